"""What others ask of imports: which records are in, and which batch brought them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.ids import id_from
from retaguarda.kernel.journal import CommandJournal, changes_of, read_outcome, updates_of
from retaguarda.kernel.model import Base, table_of
from retaguarda.kernel.outcome import Change
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.kernel.validity import ONE_DAY, Gone, Validity, without
from retaguarda.modules.company import api as company
from retaguarda.modules.imports import rules
from retaguarda.modules.imports.model import ImportBatch, ImportFinding, ImportRow

import_batch = table_of(ImportBatch)
import_row = table_of(ImportRow)
import_finding = table_of(ImportFinding)
shown, outside_key = rules.shown, rules.outside_key
_PROFILE = import_batch.c.profile == bindparam("profile", type_=import_batch.c.profile.type)

OPEN_BATCH = Statement(select(import_batch.c.id).where(_PROFILE, import_batch.c.state == rules.OPEN))
TIMES_UNDONE = Statement(select(func.count().label("n")).where(_PROFILE, import_batch.c.state == rules.UNDONE))
_ROW, _JOURNAL = import_row.c, table_of(CommandJournal).c
BROUGHT = Statement(
    select(_JOURNAL.id, _JOURNAL.outcome)
    .select_from(
        import_row.join(import_batch, import_batch.c.id == _ROW.batch_id).join(
            table_of(CommandJournal), _JOURNAL.id == _ROW.id
        )
    )
    .where(
        _PROFILE,
        import_batch.c.state != rules.UNDONE,
        _ROW.outside_key == bindparam("key", type_=_ROW.outside_key.type),
        _ROW.state == rules.RECORDED,
    )
    .order_by(_JOURNAL.at.desc(), _ROW.place.desc())
    .limit(1)
)
_CAME = select(_JOURNAL.id, _JOURNAL.outcome, _JOURNAL.at, _ROW.batch_id).where(_ROW.state == rules.RECORDED)
UNDONE_BY = Statement(
    _CAME.select_from(
        import_row.join(import_batch, import_batch.c.id == _ROW.batch_id).join(
            table_of(CommandJournal), _JOURNAL.id == _ROW.id
        )
    )
    .where(
        import_batch.c.state == rules.UNDONE,
        import_batch.c.brings == bindparam("brings", type_=import_batch.c.brings.type),
    )
    .order_by(_JOURNAL.at, _ROW.place)
)
BROUGHT_IN = Statement(
    select(_JOURNAL.id, _JOURNAL.outcome)
    .select_from(import_row.join(table_of(CommandJournal), _JOURNAL.id == _ROW.id))
    .where(_ROW.batch_id == bindparam("batch_id", type_=_ROW.batch_id.type), _ROW.state == rules.RECORDED)
    .order_by(_ROW.id)
)
_FINDING = import_finding.c
KEPT_OUT = Statement(
    select(_FINDING.field, _FINDING.reason, _FINDING.params)
    .select_from(import_row.join(import_finding, _FINDING.row_id == _ROW.id))
    .where(_ROW.id == bindparam("id", type_=_ROW.id.type), _ROW.state != rules.RECORDED)
    .order_by(_FINDING.id)
)
TAKEN_BACK = Statement(
    select(_ROW.id)
    .select_from(import_row.join(import_batch, import_batch.c.id == _ROW.batch_id))
    .where(
        _ROW.id == bindparam("id", type_=_ROW.id.type),
        _ROW.state == rules.RECORDED,
        import_batch.c.state == rules.UNDONE,
    )
)
_OF_A_ROW = ("id", "version", "command_id", "valid_from", "valid_to")
IS_IN = Statement(select(import_row.c.id).where(import_row.c.id == bindparam("id", type_=import_row.c.id.type)))


def record_id(profile: str, turn: int, name: str, said: str) -> str:
    """The id of the command of a record called `name` that says this: another one after each batch of the profile that
    was taken back."""
    return id_from("import", profile, str(turn), name, said)


def open_batch_of(reads: Reads, profile: str) -> str | None:
    """The batch of this profile that was begun and not ended."""
    found = reads.one(OPEN_BATCH, profile=profile)
    return None if found is None else str(found.id)


def times_undone(reads: Reads, profile: str) -> int:
    """How many batches of this profile were taken back: what they had brought may come again."""
    found = reads.one(TIMES_UNDONE, profile=profile)
    return int(found.n) if found else 0


def brought(reads: Reads, profile: str, key: str) -> str | None:
    """The id of what a profile brought under this key of its source, and was not taken back."""
    found = reads.one(BROUGHT, profile=profile, key=outside_key(key))
    return None if found is None else str(read_outcome(found.id, found.outcome).value["id"])


def brought_by(reads: Reads, profile: str, key: str) -> str | None:
    """The id of the record, which is that of its command, that brought it."""
    found = reads.one(BROUGHT, profile=profile, key=outside_key(key))
    return None if found is None else str(found.id)


def brought_in(reads: Reads, batch_id: str) -> list[str]:
    """The ids of all that a batch brought, in their order."""
    return [str(answered["id"]) for answered in answered_in(reads, batch_id)]


def answered_in(reads: Reads, batch_id: str) -> list[Mapping[str, Any]]:
    """What each command of a batch answered, in their order: a record at another version has been changed since."""
    return [read_outcome(row.id, row.outcome).value for row in reads.all(BROUGHT_IN, batch_id=batch_id)]


@dataclass(frozen=True, slots=True)
class Came:
    """A record of a batch: the id of the command that brought it, when, and what that changed."""

    id: str
    batch_id: str
    at: dt.datetime
    changes: tuple[Change, ...]

    def touched(self, table: str, kind: str) -> tuple[str, ...]:
        """The rows of a table that it touched so."""
        return tuple(key for one in self.changes if (one.table, one.kind) == (table, kind) for key in one.ids)


def undone_by(reads: Reads, brings: str) -> list[Came]:
    """What batches of this command had brought that were taken back, as it came in."""
    rows = reads.all(UNDONE_BY, brings=brings)
    return [Came(row.id, row.batch_id, row.at, changes_of(row.id, row.outcome)) for row in rows]


def is_taken_back(reads: Reads, command_id: str) -> bool:
    """Whether a batch that was undone brought something by this command."""
    return reads.one(TAKEN_BACK, id=command_id) is not None


def is_in(reads: Reads, record_id: str) -> bool:
    """Whether the record with this id came in, or was refused as it stands."""
    return reads.one(IS_IN, id=record_id) is not None


def kept_out(reads: Reads, record_id: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Why the record with this id stayed out: field, reason and what its text needs; nothing if it did not."""
    rows = reads.all(KEPT_OUT, id=record_id)
    return [(str(row.field), str(row.reason), json.loads(row.params)) for row in rows]


def take_back_dated(
    unit: Unit, model: type[Base], batch_id: str, brings: str, beside: Callable[[Any], Sequence[Any]]
) -> None:
    """Takes back the rows of a table with days (`valid_from`, `valid_to`) that a batch has added; `beside` gives all
    rows among which one stands.

    What an import replaced holds again, what a person has said since stands. Days before today on which a row held are
    left as they were, unless it was brought today.
    """
    undone = undone_by(unit, brings)
    adds = {key: one for one in undone for key in one.touched(model.__tablename__, "add")}
    zone = ZoneInfo(_zone(unit))
    ends: list[tuple[Any, Any]] = []
    again: list[dict[str, Any]] = []
    seen: set[str] = set()
    own = [key for key, one in adds.items() if one.batch_id == batch_id]
    for key in own:
        if key in seen:
            continue
        rows = {row.id: row for row in beside(unit.get(model, key))}
        valid = [Validity(row.id, row.valid_from, row.valid_to) for row in rows.values()]
        gone = []
        for one in reversed([one for one in own if one in rows]):
            came = adds[one]
            seen.add(one)
            today = came.at.astimezone(zone).date() == unit.today
            since = rows[one].valid_from if today else unit.today
            ended = _bounded(rows.values(), rows[one]) | _ended(unit, model, came, adds)
            gone.append(Gone(one, since, ended))
        found = without(valid, gone)
        ends += [(rows[id_], to) for id_, to in found.ends.items()]
        again += [{**_said(model, rows[id_]), "valid_from": since, "valid_to": to} for id_, since, to in found.again]
    # First room is made, then it is filled: no two rows of one thing hold on the same day at any moment.
    room = [(row, {"valid_to": to}) for row, to in ends if _earlier(to, row.valid_to)]
    unit.revise_all(model, room)
    unit.revise_all(model, [(row, {"valid_to": to}) for row, to in ends if not _earlier(to, row.valid_to)])
    unit.add_all(model, again)


def _earlier(day: dt.date | None, than: dt.date | None) -> bool:
    return day is not None and (than is None or day < than)


def _zone(unit: Unit) -> str:
    facts = company.the_company(unit)
    assert facts is not None, "who imports has a company"
    return facts.zone


def _said(model: type[Base], row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table_of(model).c if column.name not in _OF_A_ROW}


def _bounded(rows: Iterable[Any], by: Any) -> dict[str, Any]:
    """What was set later to hold from an earlier day, and found its end there; nobody has ended it otherwise since."""
    eve = by.valid_from - ONE_DAY
    return {row.id: None for row in rows if row.version == 1 and row.valid_to == eve and row.valid_from <= eve}


def _ended(unit: Unit, model: type[Base], came: Came, adds: Mapping[str, Came]) -> dict[str, Any]:
    """What a record had ended, with the day on which that would have ended by itself; of what an import had brought
    that was taken back too, what that one had ended."""
    found: dict[str, Any] = {}
    for key in came.touched(model.__tablename__, "revise"):
        if key in adds:
            found |= _ended(unit, model, adds[key], adds)
        else:
            updates = updates_of(unit, model, key)
            found[key] = next(before["valid_to"] for command, before in updates if command == came.id)
    return found
