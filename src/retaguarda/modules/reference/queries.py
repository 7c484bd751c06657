"""The tables with what is in force of each, their editions, what an edition changes, and the codes themselves.

The tables are those that the country's pack declares, and the records that use codes those that any module declares:
both stand in statements that are put together when the registry is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, exists, null, or_, select, union_all

from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import digits
from retaguarda.kernel.module import Module
from retaguarda.kernel.query import Query
from retaguarda.kernel.reference import (
    BANK,
    CITY,
    DROPPED,
    READ,
    TAKEN,
    UNIT,
    WAITING,
    CodeUse,
    edition,
    in_force,
    is_in_force,
    row,
)
from retaguarda.kernel.screen import Note, Phrase
from retaguarda.kernel.text import Texts, Worded
from retaguarda.modules.company import api as company
from retaguarda.modules.reference.ports import CountryTables

_E, _F, _R = edition.c, in_force.c, row.c
_BY = company.person.alias("brought_by")
OFFERED = "company.read"
"""Who fills in a form is offered codes: everybody."""


@dataclass(frozen=True, slots=True)
class Called(Worded):
    """A table, and what its source calls an edition of it."""

    table: str
    label: str = ""

    def said(self, texts: Texts) -> str:
        table = texts.say(f"reference.table.{self.table}")
        return f"{table}, {self.label}" if self.label else table


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table with the edition that is in force; nothing of one that nobody brought in yet."""

    id: str
    position: int
    days_max: int
    today: dt.date
    edition_id: str | None
    follows_id: str | None
    label: str | None
    dated_on: dt.date | None
    source: str | None
    rows: int | None
    since: dt.datetime | None
    waiting_id: str | None
    allowed: tuple[str, ...] = ()

    @property
    def said(self) -> Note:
        """Which table it is, and under it what it is for and where it comes from."""
        return Note(Phrase(f"reference.table.{self.id}"), "", Phrase(f"reference.table.{self.id}.why"))

    @property
    def age_days(self) -> int | None:
        """How many days old the source of what is in force is."""
        return None if self.dated_on is None else (self.today - self.dated_on).days

    @property
    def state(self) -> str:
        """Whether it is lacking, old or fresh."""
        return "lacking" if self.age_days is None else "old" if self.age_days > self.days_max else "fresh"

    @property
    def title(self) -> Called:
        """What a page about it is called."""
        return Called(self.id)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition of a table. `standing` is waiting, in_force, before (it was) or dropped."""

    id: str
    version: int
    table_name: str
    standing: str
    label: str
    dated_on: dt.date | None
    source: str
    file: str
    rows: int
    checksum: str
    loaded_at: dt.datetime
    who: str | None
    since: dt.datetime | None
    allowed: tuple[str, ...] = ()

    @property
    def title(self) -> Called:
        """What a page about it is called."""
        return Called(self.table_name, self.label)

    @property
    def seal(self) -> str:
        """The beginning of its checksum, which is enough to tell one edition from another."""
        return self.checksum[:12]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What an edition would change of what is in force: a code that is new, changed or gone."""

    id: str
    edition_id: str
    change: str
    code: str
    within: str
    name: str
    note: str
    was: str | None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of a table in force."""

    id: str
    table_name: str
    code: str
    name: str
    within: str
    note: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A code offered to whoever fills in a form."""

    id: str
    code: str
    name: str
    sub: str
    state: str


@dataclass(frozen=True, slots=True)
class LostRow:
    """A record that says a code which an edition has no more."""

    id: str
    record_id: str
    edition_id: str
    code: str
    name: str


def _allowed(row: EditionRow) -> tuple[str, ...]:
    if row.standing == WAITING:
        return "reference.put_in_force", "reference.drop_edition"
    return ("reference.put_in_force",) if row.standing == "before" else ()


editions = Query(
    "reference.editions",
    EditionRow,
    select(
        _E.id,
        _E.version,
        _E.table_name,
        case((_F.id.is_not(None), word("in_force")), (_E.state == word(TAKEN), word("before")), else_=_E.state).label(
            "standing"
        ),
        _E.label,
        _E.dated_on,
        _E.source,
        _E.file,
        _E.rows,
        _E.checksum,
        _E.loaded_at,
        _BY.c.name.label("who"),
        _F.since,
    ).select_from(edition.outerjoin(in_force, _F.edition_id == _E.id).outerjoin(_BY, _BY.c.id == _E.person_id)),
    permission=READ,
    key=_E.id,
    order="-loaded_at",
    allowed=_allowed,
)


def _changes() -> Query:
    """The codes of every edition beside those in force, and those in force that it has not."""
    now, other = in_force.alias("now"), row.alias("row_in_force")
    same = and_(other.c.edition_id == now.c.edition_id, other.c.code == _R.code, other.c.within == _R.within)
    come = (
        select(
            digits(_R.id).label("id"),
            _E.id.label("edition_id"),
            case((other.c.id.is_(None), word("new")), else_=word("changed")).label("change"),
            _R.code,
            _R.within,
            _R.name,
            _R.note,
            other.c.name.label("was"),
        )
        .select_from(
            row.join(edition, _E.id == _R.edition_id)
            .outerjoin(now, now.c.table_name == _E.table_name)
            .outerjoin(other, same)
        )
        .where(
            or_(now.c.id.is_(None), now.c.edition_id != _E.id),
            or_(other.c.id.is_(None), other.c.name != _R.name, other.c.note != _R.note),
        )
    )
    there = row.alias("row_there")
    gone = (
        select(
            digits(edition.c.id).op("||")(word(" ")).op("||")(digits(other.c.id)).label("id"),
            _E.id.label("edition_id"),
            word("gone").label("change"),
            other.c.code,
            other.c.within,
            other.c.name,
            other.c.note,
            null().label("was"),
        )
        .select_from(
            edition.join(now, and_(now.c.table_name == _E.table_name, now.c.edition_id != _E.id)).join(
                other, other.c.edition_id == now.c.edition_id
            )
        )
        .where(
            ~exists(
                select(there.c.id).where(
                    there.c.edition_id == _E.id, there.c.code == other.c.code, there.c.within == other.c.within
                )
            )
        )
    )
    every = union_all(come, gone).subquery("edition_change").c
    return Query("reference.edition_changes", ChangeRow, select(*every), permission=READ, key=every.id, order="code")


edition_changes = _changes()
codes = Query(
    "reference.codes",
    CodeRow,
    select(_R.id, _F.table_name, _R.code, _R.name, _R.within, _R.note).select_from(
        row.join(in_force, _F.edition_id == _R.edition_id)
    ),
    permission=READ,
    key=_R.id,
    order="code",
    search=_R.folded,
)


def _choices(name: str, table: str, sub: ColumnElement[str]) -> Query:
    return Query(
        f"reference.{name}",
        ChoiceRow,
        select(_R.id, _R.code, _R.name, sub.label("sub"), _R.within.label("state")).where(is_in_force(table)),
        permission=OFFERED,
        key=_R.id,
        order="name",
        search=_R.folded,
    )


bank_choices = _choices("bank_choices", BANK, _R.code)
city_choices = _choices("city_choices", CITY, _R.within)
unit_choices = _choices("unit_choices", UNIT, _R.code)
ALL = (editions, edition_changes, codes, bank_choices, city_choices, unit_choices)


def queries_over(modules: Sequence[Module]) -> tuple[Query, ...]:
    """The tables that a pack declares, and for each kind of record that says codes those whose codes would be gone."""
    packs = [pack for m in modules if (pack := m.ports.get(CountryTables)) is not None]
    return (*(_tables(pack) for pack in packs), *(_lost(use) for m in modules for use in m.code_uses))


def _tables(pack: CountryTables) -> Query:
    declared = union_all(
        *(
            select(word(one.name).label("id"), number(n).label("position"), number(one.days_max).label("days_max"))
            for n, one in enumerate(pack.tables(), 1)
        )
    ).subquery("declared_table")
    waiting = edition.alias("waiting_edition")
    here = select(company.company.c.id).where(company.company.c.country == word(pack.country))
    every = (
        select(
            *declared.c,
            bindparam("today", type_=Date).label("today"),
            _F.edition_id,
            _E.follows_id,
            _E.label,
            _E.dated_on,
            _E.source,
            _E.rows,
            _F.since,
            waiting.c.id.label("waiting_id"),
        )
        .select_from(
            declared.outerjoin(in_force, _F.table_name == declared.c.id)
            .outerjoin(edition, _E.id == _F.edition_id)
            .outerjoin(waiting, and_(waiting.c.table_name == declared.c.id, waiting.c.state == word(WAITING)))
        )
        .where(here.exists())
        .subquery("reference_table")
    ).c
    return Query(
        "reference.tables",
        TableRow,
        select(*every),
        permission=READ,
        key=every.id,
        order="position",
        allowed=lambda row: ("reference.revert_table",) if row.follows_id else (),
    )


def _lost(use: CodeUse) -> Query:
    """The records of a use that say a code in force which an edition has not."""
    said = use.select.subquery(f"says_{use.name}").c
    there = row.alias("row_there")
    key: Any = digits(_E.id).op("||")(word(" ")).op("||")(digits(said.id))

    def same(columns: Any) -> ColumnElement[bool]:
        code = said.code == columns[use.by]
        return and_(code, said.within == columns.within) if "within" in said else code

    select_ = (
        select(key.label("id"), said.id.label("record_id"), _E.id.label("edition_id"), said.code, said.name)
        .select_from(
            edition.join(in_force, and_(_F.table_name == _E.table_name, _F.edition_id != _E.id))
            .join(row, _R.edition_id == _F.edition_id)
            .join(said.id.table, same(_R))
        )
        .where(
            _E.table_name == word(use.table),
            _E.state != word(DROPPED),
            ~exists(select(there.c.id).where(there.c.edition_id == _E.id, same(there.c))),
        )
    )
    return Query(
        f"reference.lost_{use.name}",
        LostRow,
        select_,
        permission=use.permission,
        key=key,
        order="name",
        branch=said.branch_id if "branch_id" in said else None,
    )
