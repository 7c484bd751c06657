"""What is owed to suppliers, instalment by instalment, the ledger that guards it, and payments.

A payable below zero is a supplier's credit: it is used up by payments like a payable, never beyond what it is.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Keyed, Ledger, Numbers, Rights, ref, text
from retaguarda.kernel.model import amount as amount_column
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted
from retaguarda.modules.purchasing.model.orders import written_later

READ_PAYABLES = "purchasing.read_payables"
_FIXED = ("branch_id", "supplier_id", "document_table", "document_id", "number", "position", "issued_on", "amount")


class Payable(Keyed, Base):
    """One instalment of a supplier's invoice, or a credit for goods that went back. `open_amount` is what is still
    owed: the triggers of the ledger keep it, and it never leaves the way from `amount` to nothing."""

    __tablename__ = "payable"
    __searched__ = True
    __rights__ = Rights(read=READ_PAYABLES, rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("payable"),
        Trigger("payable_begins", "before insert", (Refuse("purchasing.payable_differs", "NEW.open_amount <> 0"),)),
        Trigger(
            "payable_stays",
            "before update",
            (Refuse("purchasing.payable_differs", " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _FIXED)),),
        ),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    supplier_id: Mapped[str] = ref("party")
    invoice_id: Mapped[str | None] = written_later("supplier_invoice")
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    number: Mapped[str] = text(40)
    position: Mapped[int] = mapped_column()
    positions: Mapped[int] = mapped_column()
    issued_on: Mapped[dt.date] = mapped_column()
    due_on: Mapped[dt.date] = mapped_column()
    amount: Mapped[Decimal] = amount_column()
    open_amount: Mapped[Decimal] = amount_column(server_default="0")
    folded: Mapped[str] = text(400)
    __table_args__ = (
        UniqueConstraint("document_id", "position"),
        CheckConstraint(
            "(amount > 0 AND open_amount BETWEEN 0 AND amount) OR (amount < 0 AND open_amount BETWEEN amount AND 0)",
            name="payable_open",
        ),
        CheckConstraint("position BETWEEN 1 AND positions", name="payable_position"),
        Index("ix_payable_due_on", "due_on", "supplier_id"),
    )


class PayableEntry(Appended, Base):
    """What made a payable more or less: opened, paid (discounts counted in), lowered by a return, paid back."""

    __tablename__ = "payable_entry"
    __rights__ = Rights(read=READ_PAYABLES)
    __ledger__ = Ledger(lock=("payable_id", "kind"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "payable_entry_counts",
            "after insert",
            (Run("UPDATE payable SET open_amount = open_amount + NEW.amount WHERE id = NEW.payable_id"),),
        ),
    )
    payable_id: Mapped[str] = ref("payable", index=False)
    kind: Mapped[str] = text(8)
    amount: Mapped[Decimal] = amount_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("kind IN ('opened', 'paid', 'returned', 'reversed')", name="payable_entry_kind"),
        CheckConstraint("amount <> 0", name="payable_entry_amount"),
        # A document does each thing to a payable once: no payment twice, no reversal twice.
        UniqueConstraint("payable_id", "document_id", "kind"),
    )


class SupplierPayment(Appended, Base):
    """Money that went to a supplier: what it settled (`principal_amount`), less discount, plus interest."""

    __tablename__ = "supplier_payment"
    __searched__ = True
    __rights__ = Rights(read=READ_PAYABLES, rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "id"))
    __numbers__ = Numbers("purchasing.payment")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "supplier_payment_settles",
            "before insert",
            (
                Refuse(
                    "purchasing.payment_differs",
                    "NEW.principal_amount <> -COALESCE((SELECT SUM(amount) FROM payable_entry "
                    "WHERE document_id = NEW.id AND kind = 'paid'), 0)",
                ),
            ),
        ),
    )
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    supplier_id: Mapped[str] = ref("party")
    money_account_id: Mapped[str] = ref("money_account", index=False)
    paid_on: Mapped[dt.date] = mapped_column(index=True)
    principal_amount: Mapped[Decimal] = amount_column()
    discount_amount: Mapped[Decimal] = amount_column()
    interest_amount: Mapped[Decimal] = amount_column()
    money_amount: Mapped[Decimal] = amount_column()
    bank_reference: Mapped[str | None] = text(60)
    note: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    folded: Mapped[str] = text(400)
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint(
            "principal_amount + interest_amount - discount_amount = money_amount AND money_amount >= 0 "
            "AND principal_amount >= 0 AND discount_amount >= 0 AND interest_amount >= 0",
            name="supplier_payment_amounts",
        ),
        CheckConstraint("number > 0", name="supplier_payment_number"),
    )
