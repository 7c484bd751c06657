"""A failure: one row about what went wrong, that carries its remedies. What made it (a shortfall, a trouble, a step
over its limit, an alert) is said by its code; plan B answers failures through the `RemedySource` port.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from sqlalchemy import ColumnElement, Index, Text, bindparam, select
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.errors import Refusal, Remedy, Shortfall
from retaguarda.kernel.journal import CommandJournal, encode
from retaguarda.kernel.model import Base, Key, Rights, Versioned, instant, table_of, text
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.trigger import Trigger, never_deleted

if TYPE_CHECKING:
    from retaguarda.kernel.unit import Unit

OPEN, CLOSED = "open", "closed"


class Failure(Versioned, Base):
    """What went wrong with which subject, since when; open until what it names is mended."""

    __tablename__ = "failure"
    __rights__ = Rights(read="process.read_failures")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("failure"),)
    code: Mapped[str] = text(80)
    params: Mapped[str] = mapped_column(Text)
    subject_table: Mapped[str] = text(40)
    subject_id: Mapped[str] = mapped_column(Key(), index=True)
    step: Mapped[str | None] = mapped_column(Text)
    since_at: Mapped[dt.datetime] = instant()
    last_at: Mapped[dt.datetime] = instant()
    times: Mapped[int] = mapped_column(default=1)
    cause_key: Mapped[str] = text(120)
    state: Mapped[str] = text(8)
    closed_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        # One open failure per cause and subject, whoever comes first.
        Index(
            "uq_failure_cause_key_subject_id",
            "cause_key",
            "subject_id",
            unique=True,
            sqlite_where=sql_text("state = 'open'"),
            postgresql_where=sql_text("state = 'open'"),
        ),
    )


@dataclass(frozen=True, slots=True)
class FailureFacts:
    """What a remedy source is told: the failure as data, and the payload of the command that was refused with it."""

    id: str
    code: str
    params: Mapping[str, Any]
    subject_table: str
    subject_id: str
    asked: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The ready ways forward, best for the customer first, the codes of what could not be looked at, and for whoever
    mends the program what went wrong there."""

    remedies: tuple[Remedy, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RemedySource(Protocol):
    """A port: answers a failure; an empty answer is said plainly, and what was left out is named.

    It is asked within a transaction that is taken back: it may try what it offers.
    """

    def answer(self, unit: Unit, failure: FailureFacts) -> Answer: ...


_F = table_of(Failure)
_ID = _F.c.subject_id.type
OPEN_SAME = Statement(
    select(_F).where(
        _F.c.state == OPEN,
        _F.c.cause_key == bindparam("cause_key"),
        _F.c.subject_id == bindparam("subject_id", type_=_ID),
    )
)
OPEN_OF = Statement(select(_F).where(_F.c.state == OPEN, _F.c.subject_id == bindparam("subject_id", type_=_ID)))
_J = table_of(CommandJournal).c


def fails(subject: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a failure about the subject (a column with its key) is open, as a column beside it."""
    return select(_F.c.id).where(_F.c.subject_id == subject, _F.c.state == OPEN).exists()


ASKED = Statement(select(_J.name, _J.payload).where(_J.id == bindparam("id", type_=_J.id.type)))


def record(
    unit: Unit,
    code: str,
    *,
    subject: tuple[str, str],
    cause_key: str,
    params: Mapping[str, Any],
    step: str | None = None,
) -> FailureFacts:
    """Opens a failure about `subject` (table, id), or brings the open one with the same cause up to date."""
    table, subject_id = subject
    same = unit.one(OPEN_SAME, cause_key=cause_key, subject_id=subject_id)
    if same is not None:
        unit.revise(Failure, same, code=code, params=encode(params), last_at=unit.now, times=same.times + 1)
        return FailureFacts(same.id, code, params, table, subject_id)
    failure_id = unit.add(
        Failure,
        code=code,
        params=encode(params),
        subject_table=table,
        subject_id=subject_id,
        step=step,
        since_at=unit.now,
        last_at=unit.now,
        cause_key=cause_key,
        state=OPEN,
    )
    return FailureFacts(failure_id, code, params, table, subject_id)


class GroundMoved(Refusal):
    """What would have answered a failure is not possible any more: plan B is asked again."""

    def __init__(self, code: str, facts: FailureFacts, **params: Any) -> None:
        super().__init__(code, **params)
        self.facts = facts
        self.failure_id = facts.id


def failed(unit: Unit, refusal: Refusal) -> FailureFacts | None:
    """The failure that a refused command leaves: of a shortfall it is recorded; None where the refusal is none."""
    if isinstance(refusal, GroundMoved):
        return refusal.facts
    if not isinstance(refusal, Shortfall):
        return None
    subject, cause_key = refusal.subject, refusal.cause_key
    facts = record(unit, refusal.code, subject=subject, cause_key=cause_key, params=refusal.params)
    refusal.failure_id = facts.id
    return replace(facts, asked=_asked(unit, refusal.code, unit.command_id))


def facts_of(unit: Unit, row: Any) -> FailureFacts:
    """A failure's row as a remedy source is told it; refuses one that is closed."""
    if row.state != OPEN:
        raise Refusal("kernel.failure_closed", field="failure_id")
    asked = _asked(unit, row.code, row.command_id)
    return FailureFacts(row.id, row.code, json.loads(row.params), row.subject_table, row.subject_id, asked)


def _asked(unit: Unit, code: str, command_id: str) -> Mapping[str, Any] | None:
    """What the command was sent with whose refusal the failure is: its codes begin with its name."""
    row = unit.one(ASKED, id=command_id)
    if row is None or not code.startswith(f"{row.name}."):
        return None
    payload: Mapping[str, Any] = json.loads(row.payload)
    return payload


def decide_now(unit: Unit, subject_id: str, code: str) -> None:
    """Says that the open failure of a subject with that code has to be decided at once: the outcome carries it with the
    ways out, as a refusal does."""
    unit.asked += [row.id for row in unit.all(OPEN_OF, subject_id=subject_id) if row.code == code]


def to_decide(unit: Unit, asked: Iterable[str]) -> FailureFacts | None:
    """The first of these failures that is still open."""
    rows = (unit.get(Failure, key) for key in dict.fromkeys(asked))
    return next((facts_of(unit, row) for row in rows if row.state == OPEN), None)


def close_failure(unit: Unit, failure_id: str) -> None:
    """Closes a failure that is still open: what was done has answered it."""
    row = unit.get(Failure, failure_id)
    if row.state == OPEN:
        unit.revise(Failure, row, state=CLOSED, closed_at=unit.now)


def close_failures(unit: Unit, subject_id: str, *codes: str, cause_key: str = "") -> None:
    """Closes the open failures of a subject (all, those with one of `codes`, those of a cause): what they named is
    mended."""
    for row in unit.all(OPEN_OF, subject_id=subject_id):
        if (not codes or row.code in codes) and cause_key in ("", row.cause_key):
            unit.revise(Failure, row, state=CLOSED, closed_at=unit.now)
