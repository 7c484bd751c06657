"""A table is brought in as an edition, put in force, taken back to the one before, or dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Day, Ref, Text, Version
from retaguarda.kernel.reference import DROPPED, TAKEN, WAITING, Code, ReferenceEdition
from retaguarda.kernel.unit import Unit
from retaguarda.modules.reference import api, rules

MOST_ROWS = 50_000
"""A table of more rows is none that people know by its codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow(Part):
    """A row of a table: its code, what it says, what it lies within, and anything else to know about it."""

    code: Annotated[str, Text(20, least=1)]
    name: Annotated[str, Text(160, least=1)]
    within: Annotated[str, Text(60)] = ""
    note: Annotated[str, Text(200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTable(Command):
    """Brings a table in whole, as a new edition that waits: what is new, changed and gone can be seen before it is put
    in force. An edition of the same table that was still waiting is dropped."""

    table: Annotated[str, Text(20, least=1)]
    file: Annotated[str, Text(120)] = ""
    rows: Annotated[tuple[CodeRow, ...], Rows(least=1, most=MOST_ROWS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutInForce(Command):
    """Puts an edition in force, at once and for everybody. One that waits is told what its source calls it, the day of
    the source and where it is from; one that was in force before needs none of it."""

    edition_id: Annotated[str, Ref("reference_edition")]
    version: Annotated[int, Version()] | None = None
    label: Annotated[str, Text(60)] = ""
    dated_on: Annotated[dt.date, Day()] | None = None
    source: Annotated[str, Text(160)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevertTable(Command):
    """Puts the edition before in force again. Records that say codes of the one that goes keep what they say."""

    table: Annotated[str, Text(20, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropEdition(Command):
    """Gives up an edition that waits; the one in force stays."""

    edition_id: Annotated[str, Ref("reference_edition")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeShipped(Command):
    """Puts in force what the program itself brings, where there is no edition yet or an older one that the program
    brought. Runs by itself when the company's database is updated."""


def load_table(unit: Unit, command: LoadTable) -> Mapping[str, Any]:
    table = api.tables(unit).get(command.table)
    if table is None:
        raise Invalid(Fault("table", "reference.unknown_table", {"table": command.table}))
    rows = [table.write(Code(one.code, one.name, one.within, one.note)) for one in command.rows]
    wrong = list(rules.faults(table, rows))
    if wrong:
        raise Invalid(*wrong[: rules.MOST_FAULTS])
    waiting = unit.one(api.WAITING_OF, table=table.name)
    if waiting is not None:
        unit.revise(ReferenceEdition, waiting, state=DROPPED)
        unit.settle()
    return {"id": api.add_edition(unit, table.name, rows, file=command.file), "version": 1}


def put_in_force(unit: Unit, command: PutInForce) -> Mapping[str, Any]:
    row = unit.get(ReferenceEdition, command.edition_id, field="edition_id")
    unit.fresh(row, command.version, "reference_edition")
    if row.state == DROPPED:
        raise Refusal("reference.edition_dropped")
    now = api.in_force_of(unit, row.table_name)
    if now is not None and now.edition_id == row.id:
        raise Refusal("reference.is_in_force", label=row.label)
    _demand_whole(unit, row)
    if row.state == TAKEN:
        api.point_at(unit, row.table_name, row.id)
        return {"id": row.id, "version": row.version}
    lacking = [name for name in ("label", "dated_on", "source") if not getattr(command, name)]
    faults = [Fault(name, "kernel.required") for name in lacking]
    if command.dated_on is not None and command.dated_on > unit.today:
        faults.append(Fault("dated_on", "reference.dated_ahead", {"day": command.dated_on}))
    if faults or command.dated_on is None:
        raise Invalid(*faults)
    api.take(unit, row.table_name, row.id, label=command.label, dated_on=command.dated_on, source=command.source)
    return {"id": row.id, "version": row.version + 1}


def revert_table(unit: Unit, command: RevertTable) -> Mapping[str, Any]:
    now = api.in_force_of(unit, command.table)
    there = None if now is None else unit.get(ReferenceEdition, now.edition_id)
    if there is None or there.follows_id is None:
        raise Refusal("reference.none_before", field="table")
    before = unit.get(ReferenceEdition, there.follows_id)
    _demand_whole(unit, before)
    api.point_at(unit, command.table, before.id)
    return {"id": before.id, "version": before.version}


def drop_edition(unit: Unit, command: DropEdition) -> Mapping[str, Any]:
    row = unit.get(ReferenceEdition, command.edition_id, field="edition_id")
    unit.fresh(row, command.version, "reference_edition")
    if row.state != WAITING:
        raise Refusal("reference.not_waiting")
    unit.revise(ReferenceEdition, row, state=DROPPED)
    return {"id": row.id, "version": row.version + 1}


def take_shipped(unit: Unit, command: TakeShipped) -> Mapping[str, Any]:
    taken = api.seed(unit)
    if not taken:
        unit.warn("reference.nothing_shipped")
    return {"tables": taken}


def _demand_whole(unit: Unit, row: ReferenceEdition) -> None:
    """Refuses an edition whose rows are not those that came with it."""
    if rules.checksum(api.rows_of(unit, row.id)) != row.checksum:
        raise Refusal("reference.not_whole", label=row.label)
