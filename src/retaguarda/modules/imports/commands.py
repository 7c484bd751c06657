"""What is kept of an import: the batch is opened, its records are noted with what came of them, it is closed or undone.

The records themselves come in by the commands of their modules, in the same transaction as the note about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Choice, Ref, Text, Version, Whole
from retaguarda.kernel.unit import Unit
from retaguarda.modules.imports import api, rules
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.imports.model import ImportBatch, ImportFinding, ImportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBatch(Command):
    """Begins to bring in files by a profile. One import of a profile is open at a time; who was cut off goes on with
    it."""

    profile: Annotated[str, Text(40, least=1)]
    brings: Annotated[str, Text(80, least=1)]
    folder: Annotated[str, Text(200)] = ""


def open_batch(unit: Unit, command: OpenBatch) -> Mapping[str, Any]:
    if api.open_batch_of(unit, command.profile) is not None:
        raise Refusal("imports.open_batch.is_open", profile=command.profile)
    key = unit.add(
        ImportBatch,
        profile=command.profile,
        brings=command.brings,
        folder=command.folder,
        state=rules.OPEN,
        person_id=unit.actor.person_id,
        started_at=unit.now,
    )
    return {"id": key, "version": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Part):
    """What was strange about a value of a record."""

    field: Annotated[str, Text(120)] = ""
    value: Annotated[str, Text(200)] = ""
    reason: Annotated[str, Text(80, least=1)]
    params: Annotated[str, Text(2000)] = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought(Part):
    """A record with the id of the command that brought it, and what came of it."""

    record_id: Annotated[str, Ref("command_journal")]
    place: Annotated[int, Whole(least=1)]
    outside_key: Annotated[str, Text(80)] = ""
    state: Annotated[str, Choice(rules.ROW_STATES, "imports.row_state")]
    findings: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecords(Command):
    """Notes which records of a batch came in, which were refused, and what was strange about them."""

    batch_id: Annotated[str, Ref("import_batch")]
    records: Annotated[tuple[Brought, ...], Rows(least=1)]


def note_records(unit: Unit, command: NoteRecords) -> Mapping[str, Any]:
    batch = unit.get(ImportBatch, command.batch_id, field="batch_id")
    if batch.state != rules.OPEN:
        raise Refusal("imports.note_records.not_open", profile=batch.profile)
    # Two who bring in the same files at once both note what one of them brought.
    new = [record for record in command.records if not api.is_in(unit, record.record_id)]
    unit.append(
        ImportRow,
        [
            {"id": r.record_id, "batch_id": batch.id, "place": r.place, "outside_key": r.outside_key, "state": r.state}
            for r in new
        ],
    )
    unit.append(
        ImportFinding,
        [
            {
                "batch_id": batch.id,
                "row_id": record.record_id,
                "place": record.place,
                "field": found.field,
                "value": found.value,
                "reason": found.reason,
                "params": found.params,
            }
            for record in new
            for found in record.findings
        ],
    )
    return {"id": batch.id, "version": batch.version}


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBatch(Command):
    """Says that all records of a batch are in."""

    batch_id: Annotated[str, Ref("import_batch")]
    version: Annotated[int, Version()] | None = None


def close_batch(unit: Unit, command: CloseBatch) -> Mapping[str, Any]:
    row = unit.get(ImportBatch, command.batch_id, field="batch_id")
    unit.fresh(row, command.version, "import_batch")
    if row.state != rules.OPEN:
        raise Refusal("imports.close_batch.not_open", profile=row.profile)
    unit.revise(ImportBatch, row, state=rules.DONE, ended_at=unit.now)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoBatch(Command):
    """Takes back all that a batch has brought. Nothing is erased: the records are put away and count no more, and the
    same files may be brought in again."""

    batch_id: Annotated[str, Ref("import_batch")]
    version: Annotated[int, Version()] | None = None


def undo_batch(unit: Unit, command: UndoBatch) -> Mapping[str, Any]:
    row = unit.get(ImportBatch, command.batch_id, field="batch_id")
    unit.fresh(row, command.version, "import_batch")
    if row.state == rules.UNDONE:
        raise Refusal("imports.undo_batch.is_undone", profile=row.profile)
    if row.brings not in rules.TAKEN_BACK:
        raise Refusal("imports.undo_batch.stays", profile=row.profile)
    unit.revise(ImportBatch, row, state=rules.UNDONE, ended_at=row.ended_at or unit.now)
    unit.emit(BatchUndone(row.id, row.brings))
    return {"id": row.id, "version": row.version + 1}
