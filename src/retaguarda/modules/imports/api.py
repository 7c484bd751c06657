"""What others ask of imports: which records are in, and which batch brought them."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.model import table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.modules.imports import rules
from retaguarda.modules.imports.model import ImportBatch, ImportFinding, ImportRow

import_batch = table_of(ImportBatch)
import_row = table_of(ImportRow)
import_finding = table_of(ImportFinding)
_PROFILE = import_batch.c.profile == bindparam("profile", type_=import_batch.c.profile.type)

OPEN_BATCH = Statement(select(import_batch.c.id).where(_PROFILE, import_batch.c.state == rules.OPEN))
TIMES_UNDONE = Statement(select(func.count().label("n")).where(_PROFILE, import_batch.c.state == rules.UNDONE))
IS_IN = Statement(select(import_row.c.id).where(import_row.c.id == bindparam("id", type_=import_row.c.id.type)))


def open_batch_of(reads: Reads, profile: str) -> str | None:
    """The batch of this profile that was begun and not ended."""
    found = reads.one(OPEN_BATCH, profile=profile)
    return None if found is None else str(found.id)


def times_undone(reads: Reads, profile: str) -> int:
    """How many batches of this profile were taken back: what they had brought may come again."""
    found = reads.one(TIMES_UNDONE, profile=profile)
    return int(found.n) if found else 0


def is_in(reads: Reads, record_id: str) -> bool:
    """Whether the record with this id came in, or was refused as it stands."""
    return reads.one(IS_IN, id=record_id) is not None
