"""Receipts against orders: what came, what was refused at the door, and why it differs. Written once, the head last."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, price, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Run, Trigger
from retaguarda.modules.purchasing import rules

READ = "purchasing.read"


def of_head(column: str, table: str) -> ForeignKeyConstraint:
    """A row of a document whose head comes last: a late row of another command finds no head with its command."""
    return ForeignKeyConstraint(
        [column, "command_id"], [f"{table}.id", f"{table}.command_id"], deferrable=True, initially="DEFERRED"
    )


def before_head(table: str, column: str, head: str) -> Trigger:
    """Nothing is added to a document once its head is written."""
    written = f"EXISTS (SELECT 1 FROM {head} WHERE id = NEW.{column})"
    return Trigger(f"{table}_before_head", "before insert", (Refuse("purchasing.written_already", written),))


def moves_balance(column: str) -> tuple[Run, Run]:
    """What a ledger row does to the balance of its line."""
    return (
        Run("INSERT INTO purchase_line_balance (id) VALUES (NEW.line_id) ON CONFLICT DO NOTHING"),
        Run(f"UPDATE purchase_line_balance SET {column} = {column} + NEW.quantity WHERE id = NEW.line_id"),
    )


class PurchaseReceipt(Appended, Base):
    """One delivery of a supplier against an order; `supplier_document` is the number on its delivery note."""

    __tablename__ = "purchase_receipt"
    __searched__ = True
    __rights__ = Rights(read=READ, rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "id"))
    __numbers__ = Numbers("purchasing.receipt")
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    order_id: Mapped[str] = ref("purchase_order")
    supplier_id: Mapped[str] = ref("party", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    received_on: Mapped[dt.date] = mapped_column()
    supplier_document: Mapped[str] = text(60)
    note: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    folded: Mapped[str] = text(400)
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("id", "command_id"),
        CheckConstraint("number > 0", name="purchase_receipt_number"),
    )


_ORDERED = "(SELECT quantity FROM purchase_order_line WHERE id = NEW.line_id)"
_HERE = "COALESCE((SELECT received FROM purchase_line_balance WHERE id = NEW.line_id), 0)"


class PurchaseReceiptLine(Appended, Base):
    """What came of one product, to which place: taken in (`quantity`) and refused; a difference has its reason."""

    __tablename__ = "purchase_receipt_line"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("line_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        before_head("purchase_receipt_line", "receipt_id", "purchase_receipt"),
        Trigger(
            "purchase_receipt_line_of_order",
            "before insert",
            (
                Refuse(
                    "purchasing.not_awaited",
                    "NOT EXISTS (SELECT 1 FROM purchase_order_line l JOIN purchase_order o ON o.id = l.order_id "
                    f"WHERE l.id = NEW.line_id AND l.active AND l.product_id = NEW.product_id "
                    f"AND o.state IN ({', '.join(repr(state) for state in rules.AWAITED)}))",
                ),
                Refuse(
                    "purchasing.more_than_ordered",
                    f"NEW.difference <> 'more' AND NEW.quantity > 0 AND {_HERE} + NEW.quantity > {_ORDERED}",
                ),
            ),
            when="NEW.line_id IS NOT NULL",
        ),
        Trigger(
            "purchase_receipt_line_came", "after insert", moves_balance("received"), when="NEW.line_id IS NOT NULL"
        ),
    )
    receipt_id: Mapped[str] = mapped_column(Key())
    position: Mapped[int] = mapped_column()
    line_id: Mapped[str | None] = ref("purchase_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    location_id: Mapped[str] = ref("location", index=False)
    lot: Mapped[str] = text(40)
    quantity: Mapped[Decimal] = quantity_column()
    refused_quantity: Mapped[Decimal] = quantity_column()
    difference: Mapped[str] = text(10)
    reason: Mapped[str] = text(200)
    unit_cost: Mapped[Decimal | None] = price()
    __table_args__ = (
        of_head("receipt_id", "purchase_receipt"),
        UniqueConstraint("receipt_id", "position"),
        Index("ix_purchase_receipt_line_head", "receipt_id", "command_id"),
        CheckConstraint(
            "quantity >= 0 AND refused_quantity >= 0 AND quantity + refused_quantity > 0",
            name="purchase_receipt_line_quantity",
        ),
        CheckConstraint(
            f"difference IN ('', {', '.join(repr(one) for one in rules.DIFFERENCES)})",
            name="purchase_receipt_line_difference",
        ),
        CheckConstraint(
            "(refused_quantity = 0 AND line_id IS NOT NULL) OR difference <> ''", name="purchase_receipt_line_said"
        ),
        CheckConstraint("difference = '' OR reason <> ''", name="purchase_receipt_line_reason"),
    )
