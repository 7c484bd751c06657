"""Tables of the process: what one department hands to another, and the thread of it.

A hand-off is a case of its own: its open step lies with the department that has to act, so that queues, deadlines and
people work as with every step. What was said and done about it is a ledger, the thread on the document.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.process import rules

_MOVES = " OR ".join(f"(OLD.state = '{was}' AND NEW.state = '{to}')" for (was, _), to in rules.HANDOFF_MOVES.items())


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Handoff(Versioned, Base):
    """Something that one department asks of another about a document: what, until when, how it was answered."""

    __tablename__ = "handoff"
    __rights__ = Rights(read="process.read", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("handoff"),
        Trigger(
            "handoff_moves",
            "before update",
            (
                Refuse("process.unknown_move", f"OLD.state <> NEW.state AND NOT ({_MOVES})"),
                Refuse("process.other_handoff", "NEW.subject_id <> OLD.subject_id OR NEW.branch_id <> OLD.branch_id"),
            ),
        ),
    )
    subject_table: Mapped[str] = text(40)
    subject_id: Mapped[str] = mapped_column(Key(), index=True)
    branch_id: Mapped[str] = ref("branch", index=False)
    from_department: Mapped[str] = text(40)
    to_department: Mapped[str] = text(40)
    what: Mapped[str] = text(200)
    due_on: Mapped[dt.date] = mapped_column()
    state: Mapped[str] = text(10)
    refusals: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        CheckConstraint(_one_of("state", rules.HANDOFF_STATES), name="handoff_state"),
        CheckConstraint("from_department <> to_department", name="handoff_departments"),
        CheckConstraint("refusals >= 0 AND (state <> 'refused' OR refusals > 0)", name="handoff_refusals"),
    )


class HandoffEntry(Appended, Base):
    """One thing that was said or done about a hand-off; `seq` is its place in the thread."""

    __tablename__ = "handoff_entry"
    __rights__ = Rights(read="process.read")
    __ledger__ = Ledger(lock=("handoff_id",))
    # The thread's first entry stands before the hand-off it opens, as every ledger before its document.
    handoff_id: Mapped[str] = mapped_column(Key(), ForeignKey("handoff.id", deferrable=True, initially="DEFERRED"))
    seq: Mapped[int] = mapped_column()
    kind: Mapped[str] = text(10)
    note: Mapped[str] = text(400)
    department: Mapped[str] = text(40)
    person_id: Mapped[str | None] = ref("person", index=False)
    __table_args__ = (
        Index("uq_handoff_entry_handoff_id_seq", "handoff_id", "seq", unique=True),
        CheckConstraint(_one_of("kind", rules.HANDOFF_ENTRIES), name="handoff_entry_kind"),
        CheckConstraint("seq > 0", name="handoff_entry_seq"),
    )
