"""The journal: every command and its outcome, refusals included; the same command id is carried out once.

Before and after of changed rows live in `row_audit`, written by triggers; added rows and ledgers are their own record.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import BigInteger, Identity, Integer, String, Table, Text, bindparam, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.errors import (
    Fault,
    Forbidden,
    Invalid,
    Missing,
    NeedsConsent,
    Problem,
    Refusal,
    Shortfall,
    Stale,
)
from retaguarda.kernel.ids import IdMaker
from retaguarda.kernel.model import Base, Key, Keyed, Rights, instant, table_of, text
from retaguarda.kernel.nested import reader_of
from retaguarda.kernel.outcome import Change, Outcome, Warned
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.store import CHANNEL
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted

OPEN, DONE, REFUSED = "open", "done", "refused"
_KINDS: dict[str, type[Refusal]] = {
    kind.__name__: kind for kind in (Invalid, Forbidden, Missing, Stale, NeedsConsent, Shortfall)
}
_encoder = msgspec.json.Encoder(decimal_format="string", enc_hook=str)


class CommandJournal(Keyed, Base):
    """One command: who sent what from where, and what came of it."""

    __tablename__ = "command_journal"
    __rights__ = Rights(read="company.read_journal")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("command_journal"),
        Trigger(
            "command_journal_closed",
            "before update",
            (Refuse("kernel.journal_closed", "OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.name <> OLD.name"),),
        ),
        # Other desks are told with the commit, of the command and no more: they read the rest here themselves.
        Trigger(
            "command_journal_told",
            "after update",
            (Run(f"PERFORM pg_notify('{CHANNEL}', replace(NEW.id::text, '-', ''))"),),
            only="postgresql",
        ),
    )
    name: Mapped[str] = text(80)
    person_id: Mapped[str | None] = mapped_column(Key())
    station: Mapped[str] = text(40)
    at: Mapped[dt.datetime] = instant()
    state: Mapped[str] = text(8)
    payload: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)


class RowAudit(Base):
    """Before and after of one update, written by the table's trigger."""

    __tablename__ = "row_audit"
    __rights__ = Rights(read="company.read_journal")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("row_audit_no_update", "before update", (Refuse("kernel.append_only"),)),
        never_deleted("row_audit"),
    )
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), Identity(always=True), primary_key=True
    )
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[str] = mapped_column(Key(), index=True)
    command_id: Mapped[str] = mapped_column(Key())
    before: Mapped[str] = mapped_column(Text().with_variant(JSONB(), "postgresql"))
    after: Mapped[str] = mapped_column(Text().with_variant(JSONB(), "postgresql"))


_J = table_of(CommandJournal)
CLOSE = Statement(
    update(_J)
    .where(_J.c.id == bindparam("b_id", type_=_J.c.id.type))
    .values(state=bindparam("state"), outcome=bindparam("outcome"))
)
_A = table_of(RowAudit).c
UPDATES = Statement(
    select(_A.command_id, _A.before)
    .where(_A.table_name == bindparam("table_name"), _A.row_id == bindparam("row_id", type_=_A.row_id.type))
    .order_by(_A.id.desc())
)
KNOWN = Statement(select(_J.c.name, _J.c.state, _J.c.outcome).where(_J.c.id == bindparam("id", type_=_J.c.id.type)))


def updates_of(reads: Reads, model: type[Base], key: str) -> list[tuple[str, dict[str, Any]]]:
    """Each update of a record, the latest first: the id of its command, and what it changed as that stood before."""
    table = table_of(model)
    found = reads.all(UPDATES, table_name=table.name, row_id=key)
    return [(str(row.command_id), _typed(table, row.before)) for row in found]


def _typed(table: Table, before: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(before) if isinstance(before, str) else before
    return {name: None if value is None else reader_of(table.c[name].type)(value) for name, value in said.items()}


def encode(value: Any) -> str:
    """JSON text of what journals and outboxes keep (Decimals as strings)."""
    return _encoder.encode(value).decode()


def outcome_text(outcome: Outcome) -> str:
    """What the journal keeps of a command that went through; ids that it made by their running numbers."""
    number_of = IdMaker(outcome.command_id).number_of
    stored: dict[str, Any] = {
        "value": outcome.value,
        "changes": [[c.table, c.kind, _short(c.ids, [number_of(key) for key in c.ids])] for c in outcome.changes],
    }
    if outcome.warnings:
        stored["warnings"] = [[w.code, w.params] for w in outcome.warnings]
    return encode(stored)


def _short(ids: Sequence[str], numbers: Sequence[int | None]) -> Any:
    """Ids by their running numbers; `first-last` where these run on."""
    first = numbers[0] if len(numbers) > 2 else None
    if first is not None and list(numbers) == list(range(first, first + len(numbers))):
        return f"{first}-{numbers[-1]}"
    return [key if number is None else number for key, number in zip(ids, numbers, strict=True)]


def _long(stored: Any, command_id: str) -> tuple[str, ...]:
    id_of = IdMaker(command_id).id_of
    if isinstance(stored, str):
        first, last = map(int, stored.split("-"))
        return tuple(id_of(number) for number in range(first, last + 1))
    return tuple(id_of(key) if isinstance(key, int) else key for key in stored)


def refusal_text(problem: Problem) -> str:
    """What the journal keeps of a refused command."""
    stored: dict[str, Any] = {
        "kind": type(problem).__name__,
        "code": problem.code,
        "field": problem.field,
        "params": problem.params,
    }
    if isinstance(problem, Shortfall):
        stored |= {"subject": problem.subject, "cause_key": problem.cause_key, "failure_id": problem.failure_id}
    return encode(stored)


def read_refusal(stored: str) -> Refusal:
    """The refusal that an earlier try of the same command id ended with, of the same kind; `params["known"]` is set."""
    data = msgspec.json.decode(stored)
    kind = _KINDS.get(data["kind"], Refusal)
    refusal = kind.__new__(kind)
    Problem.__init__(refusal, data["code"], field=data["field"], **{**data["params"], "known": True})
    if isinstance(refusal, Invalid):
        refusal.faults = tuple(Fault(f["field"], f["code"], f["params"]) for f in data["params"]["faults"])
    if isinstance(refusal, Shortfall):
        table, key = data["subject"]
        refusal.subject, refusal.cause_key, refusal.failure_id = (table, key), data["cause_key"], data["failure_id"]
    return refusal


def changes_of(command_id: str, stored: str) -> tuple[Change, ...]:
    """What a completed command changed; of a refused one the failure it may have left."""
    data = msgspec.json.decode(stored)
    if data.get("failure_id"):
        return (Change("failure", "revise", (data["failure_id"],)),)
    return tuple(Change(table, kind, _long(ids, command_id)) for table, kind, ids in data.get("changes", ()))


def read_outcome(command_id: str, stored: str) -> Outcome:
    """The stored outcome of a command that had been carried out before."""
    data = msgspec.json.decode(stored)
    return Outcome(
        command_id,
        data["value"],
        changes=changes_of(command_id, stored),
        warnings=tuple(Warned(code, params) for code, params in data.get("warnings", ())),
        known=True,
    )
