"""What screens and scripts ask of imports: the batches, and what was found in them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, cast, func, select

from retaguarda.kernel.imports.telling import FoundAt
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen.parts import Note, Phrase
from retaguarda.modules.company import api as company
from retaguarda.modules.imports import rules
from retaguarda.modules.imports.api import import_batch, import_finding, import_row
from retaguarda.modules.imports.model import READ

_B, _R, _F, _P = import_batch.c, import_row.c, import_finding.c, company.person.c


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with how many records it brought, how many stayed out, and how much was strange."""

    id: str
    version: int
    profile: str
    brings: str
    folder: str
    state: str
    who: str | None
    started_at: dt.datetime
    ended_at: dt.datetime | None
    recorded: int
    left_out: int
    findings: int
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What was strange about a value: the row of the main file, the record's key there, field, value and reason."""

    id: str
    batch_id: str
    profile: str
    brings: str
    batch_state: str
    place: int
    outside_key: str
    state: str
    field: str
    value: str
    reason: str
    params: str

    @property
    def reason_params(self) -> Mapping[str, Any]:
        """What the sentence of `reason` needs."""
        found: Mapping[str, Any] = json.loads(self.params)
        return found

    @property
    def found_at(self) -> FoundAt:
        """The column as the file calls it, or the field as the forms do."""
        return FoundAt(self.brings, self.field, self.reason)

    @property
    def note(self) -> Note:
        """The reason as a sentence, with what to do where there is something."""
        return Note(Phrase(self.reason, self.reason_params), "warn" if self.state == rules.RECORDED else "bad")


def _count(*where: Any) -> Any:
    rows = select(func.count()).where(_R.batch_id == _B.id, *where).correlate(import_batch).scalar_subquery()
    return cast(rows, BigInteger)


_FOUND = select(func.count()).where(_F.batch_id == _B.id).correlate(import_batch).scalar_subquery()
batches = Query(
    "imports.batches",
    BatchRow,
    select(
        _B.id,
        _B.version,
        _B.profile,
        _B.brings,
        _B.folder,
        _B.state,
        _P.name.label("who"),
        _B.started_at,
        _B.ended_at,
        _count(_R.state == rules.RECORDED).label("recorded"),
        _count(_R.state != rules.RECORDED).label("left_out"),
        cast(_FOUND, BigInteger).label("findings"),
    ).select_from(import_batch.outerjoin(company.person, _P.id == _B.person_id)),
    permission=READ,
    key=_B.id,
    order="-started_at",
    allowed=lambda row: ("imports.undo_batch",) if rules.may_be_undone(row.state, row.brings) else (),
)
findings = Query(
    "imports.findings",
    FindingRow,
    select(
        _F.id,
        _F.batch_id,
        _B.profile,
        _B.brings,
        _B.state.label("batch_state"),
        _F.place,
        _R.outside_key,
        _R.state,
        _F.field,
        _F.value,
        _F.reason,
        _F.params,
    ).select_from(import_finding.join(import_batch, _B.id == _F.batch_id).join(import_row, _R.id == _F.row_id)),
    permission=READ,
    key=_F.id,
    order="place",
)
