"""Purchase orders, their lines, and how far each line has come.

An order's lines stand before its head, under a deferred foreign key: the head, which carries the number, is written
last and its trigger compares the total with the lines. What came of a line is a balance that the ledgers move.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Key, Numbers, Rights, Versioned, amount, instant, price, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.purchasing import rules

READ = "purchasing.read"


def _known_moves() -> str:
    """SQL that holds when OLD.state may become NEW.state."""
    pairs = sorted({(was, to) for (was, _), to in rules.TRANSITIONS.items() if was != to})
    return " OR ".join(f"(OLD.state = '{was}' AND NEW.state = '{to}')" for was, to in pairs)


_TOTAL = (
    "NEW.total_amount <> "
    "COALESCE((SELECT SUM(net_amount) FROM purchase_order_line WHERE order_id = NEW.id AND active), 0)"
)


def written_later(table: str, *, index: bool = True) -> Mapped[str]:
    """A foreign key to a row that the same command writes after this one."""
    return mapped_column(Key(), ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), index=index)


class PurchaseOrder(Versioned, Base):
    """An order to a supplier from its draft to its end. `supplier_note` is printed, `internal_note` never."""

    __tablename__ = "purchase_order"
    __searched__ = True
    __rights__ = Rights(read=READ, rows="branch")
    __numbers__ = Numbers("purchasing.order")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("purchase_order"),
        Trigger("purchase_order_total_new", "before insert", (Refuse("purchasing.total_differs", _TOTAL),)),
        Trigger(
            "purchase_order_moves",
            "before update",
            (
                Refuse("purchasing.unknown_move", f"OLD.state <> NEW.state AND NOT ({_known_moves()})"),
                Refuse(
                    "purchasing.number_changed",
                    "NEW.number <> OLD.number OR NEW.branch_id <> OLD.branch_id OR NEW.supplier_id <> OLD.supplier_id",
                ),
                Refuse("purchasing.total_differs", _TOTAL),
            ),
        ),
    )
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    supplier_id: Mapped[str] = ref("party")
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    buyer_id: Mapped[str | None] = ref("person", index=False)
    state: Mapped[str] = text(10)
    reason: Mapped[str] = text(200)
    payment_terms: Mapped[str] = text(80)
    expected_on: Mapped[dt.date] = mapped_column()
    supplier_reference: Mapped[str] = text(60)
    supplier_note: Mapped[str] = mapped_column(Text)
    internal_note: Mapped[str] = mapped_column(Text)
    total_amount: Mapped[Decimal] = amount()
    ordered_at: Mapped[dt.datetime] = instant()
    sent_at: Mapped[dt.datetime | None] = instant()
    confirmed_at: Mapped[dt.datetime | None] = instant()
    ended_at: Mapped[dt.datetime | None] = instant()
    folded: Mapped[str] = text(400)
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint("number > 0", name="purchase_order_number"),
        CheckConstraint("total_amount >= 0", name="purchase_order_total"),
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in rules.STATES)})", name="purchase_order_state"),
        CheckConstraint("state IN ('draft', 'cancelled') OR sent_at IS NOT NULL", name="purchase_order_sent"),
        CheckConstraint("(state IN ('closed', 'cancelled')) = (ended_at IS NOT NULL)", name="purchase_order_ended"),
        Index("ix_purchase_order_state", "state", "expected_on"),
    )


class PurchaseOrderLine(Versioned, Base):
    """One product of an order: how much at which price, when it is to come, and the expectation that says so.

    A product stands on one line of an order; a line that was taken out stays, inactive.
    """

    __tablename__ = "purchase_order_line"
    __rights__ = Rights(read=READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("purchase_order_line"),
        Trigger(
            "purchase_order_line_ended",
            "before update",
            (
                Refuse(
                    "purchasing.order_ended",
                    "EXISTS (SELECT 1 FROM purchase_order WHERE id = OLD.order_id "
                    "AND state IN ('cancelled', 'closed'))",
                ),
                Refuse("purchasing.other_product", "NEW.product_id <> OLD.product_id OR NEW.order_id <> OLD.order_id"),
                Refuse(
                    "purchasing.less_than_received",
                    "EXISTS (SELECT 1 FROM purchase_line_balance b WHERE b.id = OLD.id AND b.received > 0 "
                    "AND (NOT NEW.active OR NEW.quantity < {least}(b.received, OLD.quantity)))",
                ),
            ),
        ),
    )
    order_id: Mapped[str] = written_later("purchase_order")
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product")
    supplier_code: Mapped[str] = text(40)
    name: Mapped[str] = text(120)
    unit_code: Mapped[str] = text(6)
    quantity: Mapped[Decimal] = quantity()
    unit_price: Mapped[Decimal] = price()
    net_amount: Mapped[Decimal] = amount()
    expected_on: Mapped[dt.date] = mapped_column()
    expected_id: Mapped[str | None] = ref("expected_movement")
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint("quantity > 0", name="purchase_order_line_quantity"),
        CheckConstraint("unit_price >= 0 AND net_amount >= 0", name="purchase_order_line_price"),
        Index(
            "uq_purchase_order_line_order_id_product_id",
            "order_id",
            "product_id",
            unique=True,
            sqlite_where=sql_text("active"),
            postgresql_where=sql_text("active"),
        ),
    )


class PurchaseLineBalance(Base):
    """How far a line has come: received, sent back, billed by the supplier, credited. Triggers of the ledgers keep it;
    nothing else writes here."""

    __tablename__ = "purchase_line_balance"
    __rights__ = Rights(read=READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("purchase_line_balance"),)
    id: Mapped[str] = ref("purchase_order_line", primary_key=True, index=False)
    received: Mapped[Decimal] = quantity(server_default="0")
    returned: Mapped[Decimal] = quantity(server_default="0")
    invoiced: Mapped[Decimal] = quantity(server_default="0")
    credited: Mapped[Decimal] = quantity(server_default="0")
    __table_args__ = (
        CheckConstraint("received >= 0 AND invoiced >= 0", name="purchase_line_balance_came"),
        CheckConstraint("returned BETWEEN 0 AND received", name="purchase_line_balance_returned"),
        CheckConstraint("credited BETWEEN 0 AND invoiced", name="purchase_line_balance_credited"),
    )
