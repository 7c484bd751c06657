"""The public door of reference tables: editions, what is in force, what a code says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import String, bindparam, select

from retaguarda.kernel.fold import fold
from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.reference import (
    TAKEN,
    WAITING,
    Code,
    ReferenceEdition,
    ReferenceInForce,
    ReferenceRow,
    ReferenceTable,
    Shipped,
    edition,
    in_force,
    row,
)
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.reference import rules
from retaguarda.modules.reference.ports import CountryTables

_TABLE = bindparam("table", type_=String())
IN_FORCE = Statement(select(in_force).where(in_force.c.table_name == _TABLE))
WAITING_OF = Statement(select(edition).where(edition.c.table_name == _TABLE, edition.c.state == WAITING))
ROWS_OF = Statement(
    select(row.c.code, row.c.name, row.c.within, row.c.note).where(
        row.c.edition_id == bindparam("edition_id", type_=Key())
    )
)
CODE = Statement(
    select(row.c.name)
    .select_from(in_force.join(row, row.c.edition_id == in_force.c.edition_id))
    .where(in_force.c.table_name == _TABLE, row.c.code == bindparam("code", type_=String()))
)


def tables(unit: Unit) -> Mapping[str, ReferenceTable]:
    """The tables of the company's country by their names; none of a country without a pack."""
    facts, pack = company.the_company(unit), unit.port(CountryTables)  # type: ignore[type-abstract]
    return {one.name: one for one in pack.tables()} if facts is not None and facts.country == pack.country else {}


def in_force_of(reads: Reads, table: str) -> Any | None:
    """Which edition of a table is in force; None before there is one."""
    return reads.one(IN_FORCE, table=table)


def is_unknown(reads: Reads, table: str, code: str) -> bool:
    """Whether a code is one that the table in force does not have; never where there is no table."""
    return in_force_of(reads, table) is not None and reads.one(CODE, table=table, code=code) is None


def rows_of(reads: Reads, edition_id: str) -> list[Code]:
    """The rows of an edition."""
    return [Code(one.code, one.name, one.within, one.note) for one in reads.all(ROWS_OF, edition_id=edition_id)]


def add_edition(unit: Unit, table: str, rows: Sequence[Code], **values: Any) -> str:
    """Writes an edition with all its rows, and gives its key."""
    key = unit.add(
        ReferenceEdition,
        **{"table_name": table, "state": WAITING, "label": "", "source": "", "file": "", "dated_on": None, **values},
        rows=len(rows),
        checksum=rules.checksum(rows),
        person_id=unit.actor.person_id,
        loaded_at=unit.now,
        follows_id=None,
    )
    unit.append(
        ReferenceRow,
        [
            {
                "edition_id": key,
                "code": one.code,
                "within": one.within,
                "name": one.name,
                "note": one.note,
                "folded": fold(f"{one.code} {one.name} {one.within}"),
            }
            for one in rows
        ],
    )
    return key


def take(unit: Unit, table: str, key: str, *, label: str, dated_on: dt.date, source: str) -> None:
    """Puts a waiting edition in force, as what its source calls it."""
    now = in_force_of(unit, table)
    named = {"state": TAKEN, "label": label, "dated_on": dated_on, "source": source}
    unit.revise(ReferenceEdition, unit.get(ReferenceEdition, key), **named, follows_id=now and now.edition_id)
    point_at(unit, table, key)


def point_at(unit: Unit, table: str, key: str) -> None:
    """Makes an edition that was taken the one in force."""
    now, values = in_force_of(unit, table), {"edition_id": key, "since": unit.now, "person_id": unit.actor.person_id}
    if now is None:
        unit.add(ReferenceInForce, table_name=table, **values)
    else:
        unit.revise(ReferenceInForce, now, **values)


def seed(unit: Unit) -> list[str]:
    """Puts in force what the program ships, where there is nothing or an older one that it shipped; gives the names of
    those tables."""
    taken = []
    for name, table in tables(unit).items():
        if table.shipped is not None and _is_news(unit, name, table.shipped):
            said = table.shipped
            key = add_edition(unit, name, said.rows, shipped=True)
            take(unit, name, key, label=said.label, dated_on=said.dated_on, source=said.source)
            taken.append(name)
    return taken


def _is_news(unit: Unit, table: str, said: Shipped) -> bool:
    now = in_force_of(unit, table)
    if now is None:
        return True
    there = unit.get(ReferenceEdition, now.edition_id)
    older = there.dated_on is not None and there.dated_on < said.dated_on
    return bool(there.shipped) and older and there.checksum != rules.checksum(said.rows)
