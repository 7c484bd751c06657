"""Suppliers' invoices, matched line by line with order and receipt, and the ledger of what was billed and credited."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, amount, price, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted
from retaguarda.modules.purchasing.model.orders import written_later
from retaguarda.modules.purchasing.model.receipts import before_head

READ = "purchasing.read"
_STANDS = sql_text("state <> 'refused'")
_LINES = "COALESCE((SELECT SUM(net_amount) FROM supplier_invoice_line WHERE invoice_id = NEW.id), 0)"
_OWED = "COALESCE((SELECT SUM(amount) FROM payable WHERE invoice_id = NEW.id), 0)"
_CHECKED = (
    Refuse("purchasing.invoice_differs", f"NEW.goods_amount <> {_LINES}"),
    Refuse("purchasing.payables_differ", f"NEW.state = 'posted' AND NEW.total_amount <> {_OWED}"),
)
_KEPT = ("supplier_id", "supplier_number", "supplier_series", "branch_id", "goods_amount", "total_amount", "issued_on")


class SupplierInvoice(Versioned, Base):
    """An invoice that a supplier sent: `posted` it is owed, `held` it waits for who may approve its differences,
    `refused` it went back. The same number of one supplier stands once."""

    __tablename__ = "supplier_invoice"
    __searched__ = True
    __rights__ = Rights(read=READ, rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("supplier_invoice"),
        Trigger("supplier_invoice_new", "before insert", _CHECKED),
        Trigger(
            "supplier_invoice_stays",
            "before update",
            (
                Refuse("purchasing.invoice_settled", "OLD.state <> 'held'"),
                Refuse("purchasing.invoice_changed", " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _KEPT)),
                *_CHECKED,
            ),
        ),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    supplier_id: Mapped[str] = ref("party")
    order_id: Mapped[str | None] = ref("purchase_order")
    supplier_number: Mapped[str] = text(40)
    supplier_series: Mapped[str] = text(10)
    issued_on: Mapped[dt.date] = mapped_column()
    entered_on: Mapped[dt.date] = mapped_column()
    payment_terms: Mapped[str] = text(80)
    goods_amount: Mapped[Decimal] = amount()
    other_amount: Mapped[Decimal] = amount()
    total_amount: Mapped[Decimal] = amount()
    received_amount: Mapped[Decimal] = amount()
    state: Mapped[str] = text(8)
    reason: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    approved_by_id: Mapped[str | None] = ref("person", index=False)
    folded: Mapped[str] = text(400)
    __table_args__ = (
        Index(
            "uq_supplier_invoice_supplier_id_supplier_series_supplier_number",
            "supplier_id",
            "supplier_series",
            "supplier_number",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        CheckConstraint("state IN ('posted', 'held', 'refused')", name="supplier_invoice_state"),
        CheckConstraint(
            "goods_amount >= 0 AND other_amount >= 0 AND goods_amount + other_amount = total_amount "
            "AND total_amount > 0",
            name="supplier_invoice_amounts",
        ),
        CheckConstraint("supplier_number <> ''", name="supplier_invoice_number"),
        CheckConstraint(
            "approved_by_id IS NULL OR (state = 'posted' AND reason <> '')", name="supplier_invoice_approved"
        ),
    )


class SupplierInvoiceLine(Appended, Base):
    """One billed product beside what was ordered and what had come and was not billed yet."""

    __tablename__ = "supplier_invoice_line"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("invoice_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        before_head("supplier_invoice_line", "invoice_id", "supplier_invoice"),
    )
    invoice_id: Mapped[str] = written_later("supplier_invoice")
    position: Mapped[int] = mapped_column()
    line_id: Mapped[str] = ref("purchase_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    name: Mapped[str] = text(120)
    quantity: Mapped[Decimal] = quantity_column()
    unit_price: Mapped[Decimal] = price()
    net_amount: Mapped[Decimal] = amount()
    order_price: Mapped[Decimal] = price()
    to_bill_quantity: Mapped[Decimal] = quantity_column()
    price_difference_amount: Mapped[Decimal] = amount()
    within: Mapped[bool] = mapped_column()
    __table_args__ = (
        UniqueConstraint("invoice_id", "position"),
        UniqueConstraint("invoice_id", "line_id"),
        CheckConstraint("quantity > 0 AND unit_price >= 0", name="supplier_invoice_line_quantity"),
    )


class PurchaseBilling(Appended, Base):
    """What a supplier billed of a line (`invoiced`), or gave credit for (`credited`), by which document."""

    __tablename__ = "purchase_billing"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("line_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "purchase_billing_counts",
            "after insert",
            (
                Run("INSERT INTO purchase_line_balance (id) VALUES (NEW.line_id) ON CONFLICT DO NOTHING"),
                Run(
                    "UPDATE purchase_line_balance SET invoiced = invoiced + NEW.quantity WHERE id = NEW.line_id",
                    when="NEW.kind = 'invoiced'",
                ),
                Run(
                    "UPDATE purchase_line_balance SET credited = credited + NEW.quantity WHERE id = NEW.line_id",
                    when="NEW.kind = 'credited'",
                ),
            ),
        ),
    )
    kind: Mapped[str] = text(10)
    line_id: Mapped[str] = ref("purchase_order_line")
    quantity: Mapped[Decimal] = quantity_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("kind IN ('invoiced', 'credited')", name="purchase_billing_kind"),
        CheckConstraint("quantity > 0", name="purchase_billing_quantity"),
        # An invoice is posted once: it bills a line once.
        UniqueConstraint("line_id", "document_id", "kind"),
    )
