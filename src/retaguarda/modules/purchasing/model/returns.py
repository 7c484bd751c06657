"""Goods that went back to their supplier, and the credit for what had been billed of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, amount, price, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Trigger
from retaguarda.modules.purchasing.model.receipts import before_head, moves_balance, of_head

READ = "purchasing.read"


class SupplierReturn(Appended, Base):
    """One return of goods of an order, with its reason and what the supplier owes for it."""

    __tablename__ = "supplier_return"
    __searched__ = True
    __rights__ = Rights(read=READ, rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "id"))
    __numbers__ = Numbers("purchasing.return")
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    order_id: Mapped[str] = ref("purchase_order")
    supplier_id: Mapped[str] = ref("party", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    returned_on: Mapped[dt.date] = mapped_column()
    reason: Mapped[str] = text(200)
    credit_amount: Mapped[Decimal] = amount()
    person_id: Mapped[str | None] = mapped_column(Key())
    folded: Mapped[str] = text(400)
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("id", "command_id"),
        CheckConstraint("number > 0", name="supplier_return_number"),
        CheckConstraint("reason <> '' AND credit_amount >= 0", name="supplier_return_reason"),
    )


class SupplierReturnLine(Appended, Base):
    """What went back of one line, and how much of it had been billed and is credited."""

    __tablename__ = "supplier_return_line"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("line_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        before_head("supplier_return_line", "return_id", "supplier_return"),
        Trigger("supplier_return_line_went", "after insert", moves_balance("returned")),
    )
    return_id: Mapped[str] = mapped_column(Key())
    position: Mapped[int] = mapped_column()
    line_id: Mapped[str] = ref("purchase_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    location_id: Mapped[str] = ref("location", index=False)
    lot: Mapped[str] = text(40)
    quantity: Mapped[Decimal] = quantity_column()
    credited_quantity: Mapped[Decimal] = quantity_column()
    unit_price: Mapped[Decimal] = price()
    credit_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        of_head("return_id", "supplier_return"),
        UniqueConstraint("return_id", "position"),
        Index("ix_supplier_return_line_head", "return_id", "command_id"),
        CheckConstraint("quantity > 0", name="supplier_return_line_quantity"),
        CheckConstraint("credited_quantity BETWEEN 0 AND quantity", name="supplier_return_line_credited"),
    )
