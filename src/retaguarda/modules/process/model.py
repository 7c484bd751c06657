"""Tables of the process: what one department hands to another, and the thread of it; what past cases were about.

A hand-off is a case of its own: its open step lies with the department that has to act, so that queues, deadlines and
people work as with every step. What was said and done about it is a ledger, the thread on the document.

A past case is an order of before: its case and steps stand beside the live ones, closed, and what it was about stands
here and nowhere else: no stock, no books, no series know of it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import (
    Appended,
    Base,
    Key,
    Ledger,
    Rights,
    Versioned,
    amount,
    instant,
    price,
    quantity,
    rate,
    ref,
    text,
)
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


_FIXED = (
    "source",
    "outside_key",
    "branch_id",
    "outcome",
    "ordered_at",
    "items_amount",
    "freight_amount",
    "paid_amount",
)


class PastCase(Versioned, Base):
    """An order of before the program: whose it was, what it came to, how it ended. Nothing about it changes but
    whether it counts: an import that is undone puts it away."""

    __tablename__ = "past_case"
    __searched__ = True
    __rights__ = Rights(read="process.read_past", rows="branch")
    __personal__ = frozenset({"customer_name"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("past_case"),
        Trigger(
            "past_case_fixed",
            "before update",
            (
                Refuse("process.past_is_fixed", " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _FIXED)),
                Refuse("process.past_is_fixed", "OLD.archived"),
            ),
        ),
    )
    source: Mapped[str] = text(40)
    outside_key: Mapped[str] = text(80)
    branch_id: Mapped[str] = ref("branch", index=False)
    channel: Mapped[str] = text(20)
    customer_key: Mapped[str] = text(80)
    customer_name: Mapped[str] = text(120)
    city: Mapped[str] = text(80)
    region: Mapped[str] = text(40)
    outcome: Mapped[str] = text(12)
    said_state: Mapped[str] = text(40)
    ordered_at: Mapped[dt.datetime] = instant()
    promised_on: Mapped[dt.date | None] = mapped_column()
    delivered_on: Mapped[dt.date | None] = mapped_column()
    items_amount: Mapped[Decimal] = amount()
    freight_amount: Mapped[Decimal] = amount()
    paid_amount: Mapped[Decimal] = amount()
    folded: Mapped[str] = text(400)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        # Once while it counts; what an undone import had brought may come again.
        Index(
            "uq_past_case_source_outside_key",
            "source",
            "outside_key",
            unique=True,
            sqlite_where=sql_text("NOT archived"),
            postgresql_where=sql_text("NOT archived"),
        ),
        CheckConstraint(_one_of("outcome", rules.PAST_OUTCOMES), name="past_case_outcome"),
        CheckConstraint("items_amount >= 0 AND freight_amount >= 0", name="past_case_amounts"),
    )


class PastItem(Appended, Base):
    """One line of a past order, by the keys of its source."""

    __tablename__ = "past_item"
    __rights__ = Rights(read="process.read_past")
    __ledger__ = Ledger(lock=("past_case_id",))
    past_case_id: Mapped[str] = ref("past_case")
    position: Mapped[int] = mapped_column()
    product_key: Mapped[str] = text(80)
    description: Mapped[str] = text(160)
    seller_key: Mapped[str] = text(80)
    quantity: Mapped[Decimal] = quantity()
    price: Mapped[Decimal] = price()
    discount_rate: Mapped[Decimal] = rate()
    freight_amount: Mapped[Decimal] = amount()
    ship_by: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        CheckConstraint("quantity > 0 AND price >= 0", name="past_item_amounts"),
        CheckConstraint("discount_rate BETWEEN 0 AND 1000000", name="past_item_discount"),
    )


class PastPayment(Appended, Base):
    """One payment of a past order, as its source says; the books know nothing of it."""

    __tablename__ = "past_payment"
    __rights__ = Rights(read="process.read_past")
    __ledger__ = Ledger(lock=("past_case_id",))
    past_case_id: Mapped[str] = ref("past_case")
    position: Mapped[int] = mapped_column()
    method: Mapped[str] = text(20)
    instalments: Mapped[int] = mapped_column()
    amount: Mapped[Decimal] = amount()


class PastReview(Appended, Base):
    """What a customer said of a past order: a score of five, and words."""

    __tablename__ = "past_review"
    __rights__ = Rights(read="process.read_past")
    __ledger__ = Ledger(lock=("past_case_id",))
    past_case_id: Mapped[str] = ref("past_case")
    outside_key: Mapped[str] = text(80)
    score: Mapped[int] = mapped_column()
    title: Mapped[str] = text(120)
    message: Mapped[str] = text(2000)
    asked_at: Mapped[dt.datetime | None] = instant()
    answered_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="past_review_score"),)


class PastTime(Appended, Base):
    """How long a past order took from the mark `since` (a step, or nothing: the order itself) to the end of a step, by
    the clock on the wall; less than nothing where the step was recorded before the one it follows."""

    __tablename__ = "past_time"
    __rights__ = Rights(read="process.read_past")
    __ledger__ = Ledger(lock=("past_case_id",))
    past_case_id: Mapped[str] = ref("past_case")
    flow: Mapped[str] = text(40)
    since: Mapped[str] = text(40)
    step: Mapped[str] = text(40)
    seconds: Mapped[int] = mapped_column()
