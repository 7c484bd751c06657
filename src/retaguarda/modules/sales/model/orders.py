"""The contact log, and orders with their lines.

An order's lines stand before its head, under a deferred foreign key: the head, which carries the number, is written
last and its trigger compares the total with the lines.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import (
    Base,
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
from retaguarda.modules.sales.model.parts import INTERNAL, one_of, written_later


def _known_moves() -> str:
    """SQL that holds when OLD.state may become NEW.state."""
    pairs = sorted({(was, to) for (was, _), to in rules.TRANSITIONS.items() if was != to})
    return " OR ".join(f"(OLD.state = '{was}' AND NEW.state = '{to}')" for was, to in pairs)


_TOTAL = (
    "NEW.total_amount <> COALESCE((SELECT SUM(net_amount) FROM sales_order_line WHERE order_id = NEW.id AND active), 0)"
)


_LEFT = (
    "FROM stock_reservation r WHERE r.document_id = NEW.source_id AND r.line_id = l.source_line_id AND r.kind = 'ship'"
)
_CAME_BACK = (
    "COALESCE((SELECT SUM(m.quantity) FROM stock_move m WHERE m.kind = 'return' "
    "AND m.line_id = l.source_line_id AND m.product_id = r.product_id), 0)"
)
_NOT_WHAT_LEFT = (
    "NEW.source_table = 'sales_order' AND EXISTS (SELECT 1 FROM sales_order WHERE id = NEW.source_id "
    f"AND invoice_policy = '{rules.BILLED_SHIPPED}') AND (EXISTS (SELECT 1 FROM invoice_line l "
    "JOIN product p ON p.id = l.product_id WHERE l.invoice_id = NEW.id AND p.kind = 'stock' "
    f"AND (NOT EXISTS (SELECT 1 {_LEFT}) OR EXISTS (SELECT 1 {_LEFT} GROUP BY r.product_id, r.per_kit "
    f"HAVING (SUM(-r.quantity) - {_CAME_BACK}) * 10000 <> l.quantity * COALESCE(r.per_kit, 10000)))) "
    "OR EXISTS (SELECT 1 FROM sales_order_line o WHERE o.order_id = NEW.source_id AND o.active "
    "AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id = NEW.id AND l.source_line_id = o.id)))"
)
"""An order that is billed when shipped: of every line that is kept in stock exactly what has left and not come back (of
a kit each part), and no line left out."""


class ContactLog(Versioned, Base):
    """Somebody spoke to us: when, by which channel, about what. `note` may be shown to them, `internal_note` never."""

    __tablename__ = "contact_log"
    __searched__ = True
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
    __table_args__ = (CheckConstraint(one_of("channel", rules.CHANNELS), name="contact_log_channel"),)


class SalesOrder(Versioned, Base):
    """An order from quotation to its end. Where its work stands is its case's open step, not its state."""

    __tablename__ = "sales_order"
    __searched__ = True
    __rights__ = Rights(read="sales.read", rows="branch", columns={"internal_note": INTERNAL})
    __numbers__ = Numbers("sales.order")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("sales_order"),
        # C7 for services too: billing knows no orders, so the order guards what is billed for it.
        Trigger(
            "sales_order_billed",
            "before insert",
            (
                Refuse(
                    "sales.billed_unconfirmed",
                    "NEW.source_table = 'sales_order' AND NOT EXISTS (SELECT 1 FROM sales_order "
                    "WHERE id = NEW.source_id AND state IN ('confirmed', 'closed'))",
                ),
                Refuse("sales.billed_not_shipped", _NOT_WHAT_LEFT),
            ),
            on="invoice",
        ),
        Trigger("sales_order_total_new", "before insert", (Refuse("sales.total_differs", _TOTAL),)),
        Trigger(
            "sales_order_moves",
            "before update",
            (
                Refuse("sales.unknown_move", f"OLD.state <> NEW.state AND NOT ({_known_moves()})"),
                Refuse("sales.policy_changed", "NEW.invoice_policy <> OLD.invoice_policy"),
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
    invoice_policy: Mapped[str] = text(10)
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
        CheckConstraint(one_of("state", rules.STATES), name="sales_order_state"),
        CheckConstraint(one_of("channel", rules.CHANNELS), name="sales_order_channel"),
        CheckConstraint(one_of("handover", rules.HANDOVERS), name="sales_order_handover"),
        CheckConstraint(one_of("invoice_policy", rules.INVOICE_POLICIES), name="sales_order_invoice_policy"),
        CheckConstraint(
            "state IN ('quotation', 'cancelled') OR confirmed_at IS NOT NULL", name="sales_order_confirmed"
        ),
        Index("ix_sales_order_state", "state", "promised_on"),
        # What a customer ordered and was not invoiced is asked at every confirmation.
        Index(
            "ix_sales_order_to_invoice",
            "customer_id",
            sqlite_where=sql_text("invoiced_at IS NULL"),
            postgresql_where=sql_text("invoiced_at IS NULL"),
        ),
        # The list, newest first: its pages and where they begin are read from here alone.
        Index("ix_sales_order_newest", "ordered_at", "id"),
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
    order_id: Mapped[str] = written_later("sales_order")
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product", index=False)
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
        CheckConstraint(one_of("price_origin", (rules.LISTED, rules.TYPED)), name="sales_order_line_origin"),
    )
