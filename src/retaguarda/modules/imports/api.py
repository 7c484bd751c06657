"""What others ask of imports: which records are in, and which batch brought them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.ids import id_from
from retaguarda.kernel.journal import CommandJournal, read_outcome
from retaguarda.kernel.model import table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
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
