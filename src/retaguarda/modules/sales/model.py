"""Tables of sales: the contact log, orders with their lines, and the ledger of promises with their consents.

An order's lines stand before its head, under a deferred foreign key: the head, which carries the number, is written
last and its trigger compares the total with the lines. What was promised never changes; a change is a further row.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import (
    Appended,
    Base,
    Key,
    Ledger,
    Numbers,
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
from retaguarda.modules.sales import rules

INTERNAL = "sales.read_internal"


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


def _known_moves() -> str:
    """SQL that holds when OLD.state may become NEW.state."""
    pairs = sorted({(was, to) for (was, _), to in rules.TRANSITIONS.items() if was != to})
    return " OR ".join(f"(OLD.state = '{was}' AND NEW.state = '{to}')" for was, to in pairs)


_TOTAL = (
    "NEW.total_amount <> COALESCE((SELECT SUM(net_amount) FROM sales_order_line WHERE order_id = NEW.id AND active), 0)"
)


def _written_later(table: str, *, index: bool = True) -> Mapped[str]:
    """A foreign key to a row that the same command writes after this one."""
    return mapped_column(Key(), ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), index=index)


class ContactLog(Versioned, Base):
    """Somebody spoke to us: when, by which channel, about what. `note` may be shown to them, `internal_note` never."""

    __tablename__ = "contact_log"
    __rights__ = Rights(read="sales.read_contacts", rows="branch", columns={"internal_note": INTERNAL})
    __personal__: ClassVar[frozenset[str]] = frozenset({"name", "reach", "note", "internal_note"})
    branch_id: Mapped[str] = ref("branch")
    spoken_at: Mapped[dt.datetime] = instant(index=True)
    channel: Mapped[str] = text(10)
    customer_id: Mapped[str | None] = ref("party")
    name: Mapped[str] = text(120)
    reach: Mapped[str] = text(120)
    note: Mapped[str] = mapped_column(Text)
    internal_note: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str | None] = ref("person")
    folded: Mapped[str] = text(500)
    __table_args__ = (CheckConstraint(_one_of("channel", rules.CHANNELS), name="contact_log_channel"),)


class SalesOrder(Versioned, Base):
    """An order from quotation to its end. Where its work stands is its case's open step, not its state."""

    __tablename__ = "sales_order"
    __rights__ = Rights(read="sales.read", rows="branch", columns={"internal_note": INTERNAL})
    __numbers__ = Numbers("sales.order")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("sales_order"),
        Trigger("sales_order_total_new", "before insert", (Refuse("sales.total_differs", _TOTAL),)),
        Trigger(
            "sales_order_moves",
            "before update",
            (
                Refuse("sales.unknown_move", f"OLD.state <> NEW.state AND NOT ({_known_moves()})"),
                Refuse("sales.number_changed", "NEW.number <> OLD.number OR NEW.branch_id <> OLD.branch_id"),
                Refuse("sales.total_differs", _TOTAL),
            ),
        ),
    )
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    customer_id: Mapped[str] = ref("party")
    contact_id: Mapped[str | None] = ref("contact_log")
    channel: Mapped[str] = text(10)
    seller_id: Mapped[str | None] = ref("person")
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    state: Mapped[str] = text(10)
    reason: Mapped[str] = text(200)
    handover: Mapped[str] = text(10)
    payment_terms: Mapped[str] = text(80)
    promised_on: Mapped[dt.date] = mapped_column()
    valid_until: Mapped[dt.date] = mapped_column()
    customer_note: Mapped[str] = mapped_column(Text)
    internal_note: Mapped[str] = mapped_column(Text)
    total_amount: Mapped[Decimal] = amount()
    ordered_at: Mapped[dt.datetime] = instant()
    confirmed_at: Mapped[dt.datetime | None] = instant()
    invoiced_at: Mapped[dt.datetime | None] = instant()
    ended_at: Mapped[dt.datetime | None] = instant()
    folded: Mapped[str] = text(400)
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint("number > 0", name="sales_order_number"),
        CheckConstraint("total_amount >= 0", name="sales_order_total"),
        CheckConstraint(_one_of("state", rules.STATES), name="sales_order_state"),
        CheckConstraint(_one_of("channel", rules.CHANNELS), name="sales_order_channel"),
        CheckConstraint(_one_of("handover", rules.HANDOVERS), name="sales_order_handover"),
        CheckConstraint(
            "state IN ('quotation', 'cancelled') OR confirmed_at IS NOT NULL", name="sales_order_confirmed"
        ),
        Index("ix_sales_order_state", "state", "promised_on"),
        Index("ix_sales_order_ordered_at", "ordered_at"),
    )


class SalesOrderLine(Versioned, Base):
    """One line: what, how much, at which price from where. A line that was taken out stays, inactive."""

    __tablename__ = "sales_order_line"
    __rights__ = Rights(read="sales.read")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("sales_order_line"),
        Trigger(
            "sales_order_line_ended",
            "before update",
            (
                Refuse(
                    "sales.order_ended",
                    "EXISTS (SELECT 1 FROM sales_order WHERE id = OLD.order_id AND state IN ('cancelled', 'closed'))",
                ),
            ),
        ),
    )
    order_id: Mapped[str] = _written_later("sales_order")
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product")
    kind: Mapped[str] = text(8)
    name: Mapped[str] = text(120)
    unit_code: Mapped[str] = text(6)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    quantity: Mapped[Decimal] = quantity()
    list_price: Mapped[Decimal | None] = price()
    price_origin: Mapped[str] = text(8)
    price_list_name: Mapped[str | None] = text(60)
    unit_price: Mapped[Decimal] = price()
    discount_rate: Mapped[Decimal] = rate()
    gross_amount: Mapped[Decimal] = amount()
    discount_amount: Mapped[Decimal] = amount()
    net_amount: Mapped[Decimal] = amount()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint("quantity > 0", name="sales_order_line_quantity"),
        CheckConstraint("unit_price >= 0 AND discount_rate BETWEEN 0 AND 1000000", name="sales_order_line_price"),
        CheckConstraint("gross_amount - discount_amount = net_amount AND net_amount >= 0", name="sales_order_line_net"),
        CheckConstraint(_one_of("price_origin", (rules.LISTED, rules.TYPED)), name="sales_order_line_origin"),
    )


class PromiseConsent(Appended, Base):
    """The customer agreed to a later day: who, by which channel, what was shown to them, what they said."""

    __tablename__ = "promise_consent"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id",))
    __personal__: ClassVar[frozenset[str]] = frozenset({"given_by", "note"})
    order_id: Mapped[str] = ref("sales_order")
    promised_on: Mapped[dt.date] = mapped_column()
    given_by: Mapped[str] = text(120)
    channel: Mapped[str] = text(10)
    shown: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (CheckConstraint(_one_of("channel", rules.CHANNELS), name="promise_consent_channel"),)


_CONSENTED = (
    "EXISTS (SELECT 1 FROM promise_consent c WHERE c.id = NEW.consent_id AND c.order_id = NEW.order_id "
    "AND c.promised_on >= NEW.promised_on)"
)


class Promise(Appended, Base):
    """What a customer was promised for one line. The highest `turn` counts; a later day needs a consent."""

    __tablename__ = "promise"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id", "line_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "promise_turns",
            "before insert",
            (
                Refuse(
                    "sales.promise_turn",
                    "NEW.turn <> 1 + (SELECT COUNT(*) FROM promise WHERE line_id = NEW.line_id)",
                ),
                Refuse(
                    "sales.later_without_consent",
                    "EXISTS (SELECT 1 FROM promise p WHERE p.line_id = NEW.line_id AND p.turn = NEW.turn - 1 "
                    f"AND p.promised_on < NEW.promised_on) AND NOT {_CONSENTED}",
                ),
            ),
        ),
    )
    order_id: Mapped[str] = _written_later("sales_order")
    line_id: Mapped[str] = _written_later("sales_order_line", index=False)
    turn: Mapped[int] = mapped_column()
    quantity: Mapped[Decimal] = quantity()
    unit_price: Mapped[Decimal] = price()
    net_amount: Mapped[Decimal] = amount()
    promised_on: Mapped[dt.date] = mapped_column(index=True)
    place: Mapped[str] = text(10)
    channel: Mapped[str] = text(10)
    person_id: Mapped[str | None] = mapped_column(Key())
    customer_id: Mapped[str] = ref("party", index=False)
    consent_id: Mapped[str | None] = ref("promise_consent", index=False)
    __table_args__ = (
        UniqueConstraint("line_id", "turn"),
        CheckConstraint("quantity >= 0 AND turn > 0", name="promise_quantity"),
    )


class PromiseResult(Appended, Base):
    """What became of a promise: handed over on which day, kept or broken."""

    __tablename__ = "promise_result"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id", "promise_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "promise_result_judged",
            "before insert",
            (
                Refuse(
                    "sales.result_differs",
                    "NEW.kept <> (NEW.delivered_on <= (SELECT promised_on FROM promise WHERE id = NEW.promise_id))",
                ),
            ),
        ),
    )
    order_id: Mapped[str] = ref("sales_order")
    promise_id: Mapped[str] = ref("promise", index=False, unique=True)
    line_id: Mapped[str] = mapped_column(Key())
    delivered_on: Mapped[dt.date] = mapped_column(index=True)
    kept: Mapped[bool] = mapped_column()
