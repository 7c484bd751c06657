"""An invoice is its lines and instalments and, written last with its number, its head; each instalment is a receivable.

Nothing of it changes: all three tables are ledgers. Lines and instalments come before the head, under a deferred
foreign key that also carries the command, so that only the command which issues the invoice can write them.
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
    amount,
    price,
    quantity,
    rate,
    ref,
    text,
)
from retaguarda.kernel.trigger import Refuse, Run, Trigger
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.model.parts import of_the_head, one_of

_HEAD = "SELECT 1 FROM invoice WHERE id = NEW.invoice_id"


def _before_the_head(table: str) -> Trigger:
    return Trigger(f"{table}_before_head", "before insert", (Refuse("billing.invoice.posted", f"EXISTS ({_HEAD})"),))


_OF_LINE = "document_table = NEW.source_table AND document_id = NEW.source_id AND line_id = l.source_line_id"
_RESERVED = f"SELECT SUM(quantity) FROM stock_reservation WHERE {_OF_LINE} AND expected_id IS NULL"
_GONE_OUT = f"SELECT SUM(quantity) FROM stock_move WHERE {_OF_LINE} AND kind = 'ship'"
# C7: every stock-kept line is reserved on hand, or this document has moved it already.
_UNRESERVED = (
    "EXISTS (SELECT 1 FROM invoice_line l JOIN product p ON p.id = l.product_id WHERE l.invoice_id = NEW.id "
    f"AND p.kind = 'stock' AND l.quantity > COALESCE(({_RESERVED}), 0) + COALESCE(({_GONE_OUT}), 0))"
)
_OPEN_RECEIVABLE = (
    "INSERT INTO receivable (id, party_id, branch_id, due_on, free_until, due_amount, settled_amount) "
    "VALUES (NEW.id, NEW.party_id, NEW.branch_id, NEW.due_on, NEW.free_until, NEW.amount, 0)"
)


class Invoice(Appended, Base):
    """A posted invoice: number, buyer as on that day, total. `source` is the document it bills."""

    __tablename__ = "invoice"
    __searched__ = True
    __rights__ = Rights(read="billing.read", rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "id"))
    __numbers__ = Numbers("billing.invoice")
    __personal__: ClassVar[frozenset[str]] = frozenset({"buyer_name", "buyer_tax_id", "buyer_address"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "invoice_totals",
            "before insert",
            (
                Refuse(
                    "billing.invoice.lines_differ",
                    "NOT EXISTS (SELECT 1 FROM invoice_line WHERE invoice_id = NEW.id) OR NEW.total_amount <> "
                    "(SELECT SUM(net_amount) FROM invoice_line WHERE invoice_id = NEW.id)",
                ),
                Refuse(
                    "billing.invoice.instalments_differ",
                    "NEW.total_amount <> (SELECT COALESCE(SUM(amount), 0) FROM instalment "
                    "WHERE invoice_id = NEW.id AND party_id = NEW.party_id AND branch_id = NEW.branch_id)",
                ),
                Refuse("billing.invoice.not_reserved", _UNRESERVED),
            ),
        ),
    )
    branch_id: Mapped[str] = ref("branch")
    device: Mapped[str] = text(40)
    number: Mapped[int] = mapped_column(BigInteger)
    issued_on: Mapped[dt.date] = mapped_column()
    party_id: Mapped[str] = ref("party")
    buyer_name: Mapped[str] = text(160)
    buyer_tax_id: Mapped[str | None] = text(40)
    buyer_address: Mapped[str | None] = mapped_column(Text)
    source_table: Mapped[str] = text(40)
    source_id: Mapped[str] = mapped_column(Key(), index=True)
    source_number: Mapped[int | None] = mapped_column(BigInteger)
    payment_terms: Mapped[str] = text(80)
    gross_amount: Mapped[Decimal] = amount()
    discount_amount: Mapped[Decimal] = amount()
    total_amount: Mapped[Decimal] = amount()
    folded: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("branch_id", "device", "number"),
        UniqueConstraint("id", "command_id"),
        UniqueConstraint("source_table", "source_id"),
        CheckConstraint("gross_amount - discount_amount = total_amount AND total_amount >= 0", name="invoice_amounts"),
        CheckConstraint("number > 0", name="invoice_number"),
        CheckConstraint(one_of("source_table", rules.SOURCES), name="invoice_source"),
        # The list, newest first.
        Index("ix_invoice_newest", "number", "id"),
        Index("ix_invoice_issued_on", "branch_id", "issued_on"),
    )


class InvoiceLine(Appended, Base):
    """One billed line, named and priced as on the day of the invoice."""

    __tablename__ = "invoice_line"
    __rights__ = Rights(read="billing.read")
    __ledger__ = Ledger(lock=("invoice_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (_before_the_head("invoice_line"),)
    invoice_id: Mapped[str] = mapped_column(Key())
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product", index=False)
    code: Mapped[str] = text(60)
    name: Mapped[str] = text(200)
    unit_code: Mapped[str] = text(12)
    quantity: Mapped[Decimal] = quantity()
    unit_price: Mapped[Decimal] = price()
    discount_rate: Mapped[Decimal] = rate()
    gross_amount: Mapped[Decimal] = amount()
    discount_amount: Mapped[Decimal] = amount()
    net_amount: Mapped[Decimal] = amount()
    source_line_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        of_the_head("invoice"),
        UniqueConstraint("invoice_id", "position"),
        Index("ix_invoice_line_head", "invoice_id", "command_id"),
        CheckConstraint("gross_amount - discount_amount = net_amount AND net_amount >= 0", name="invoice_line_amounts"),
        CheckConstraint("quantity > 0 AND unit_price >= 0", name="invoice_line_quantity"),
    )


class Instalment(Appended, Base):
    """A part of what an invoice or a renegotiation asks for, or what was owed when the program began, its due day, and
    the last day it is free of charges."""

    __tablename__ = "instalment"
    __rights__ = Rights(read="billing.read", rows="branch")
    __ledger__ = Ledger(lock=("position",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "instalment_before_head",
            "before insert",
            (
                Refuse("billing.invoice.posted", f"EXISTS ({_HEAD})"),
                Refuse("billing.settlement.posted", "EXISTS (SELECT 1 FROM settlement WHERE id = NEW.settlement_id)"),
                Refuse("billing.opening.posted", "EXISTS (SELECT 1 FROM opening_receivable WHERE id = NEW.opening_id)"),
            ),
        ),
        Trigger("instalment_opens_receivable", "after insert", (Run(_OPEN_RECEIVABLE),)),
    )
    invoice_id: Mapped[str | None] = mapped_column(Key())
    settlement_id: Mapped[str | None] = mapped_column(Key())
    opening_id: Mapped[str | None] = mapped_column(
        Key(), ForeignKey("opening_receivable.id", deferrable=True, initially="DEFERRED"), unique=True
    )
    party_id: Mapped[str] = ref("party", index=False)
    branch_id: Mapped[str] = ref("branch", index=False)
    position: Mapped[int] = mapped_column()
    due_on: Mapped[dt.date] = mapped_column()
    free_until: Mapped[dt.date] = mapped_column()
    amount: Mapped[Decimal] = amount()
    __table_args__ = (
        of_the_head("invoice"),
        of_the_head("settlement"),
        UniqueConstraint("invoice_id", "position"),
        Index("ix_instalment_invoice_id", "invoice_id", "command_id"),
        Index("ix_instalment_settlement_id", "settlement_id", "command_id"),
        CheckConstraint("amount > 0 AND free_until >= due_on", name="instalment_amount"),
        CheckConstraint(
            "(CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN settlement_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN opening_id IS NULL THEN 0 ELSE 1 END) = 1 AND (opening_id IS NULL OR opening_id = id)",
            name="instalment_document",
        ),
    )
