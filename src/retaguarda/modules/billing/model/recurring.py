"""Recurring invoices: a contract's lines and its rhythm, and one row for each period that was billed, never two."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import (
    Appended,
    Base,
    Ledger,
    Rights,
    Versioned,
    price,
    quantity,
    rate,
    ref,
    text,
)
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted


class RecurringInvoice(Versioned, Base):
    """A contract that is billed every so many months, on the day of the month on which it began."""

    __tablename__ = "recurring_invoice"
    __rights__ = Rights(read="billing.read", rows="branch")
    branch_id: Mapped[str] = ref("branch", index=False)
    party_id: Mapped[str] = ref("party")
    name: Mapped[str] = text(120)
    payment_terms: Mapped[str] = text(80)
    every_months: Mapped[int] = mapped_column()
    starts_on: Mapped[dt.date] = mapped_column()
    ends_on: Mapped[dt.date | None] = mapped_column()
    next_on: Mapped[dt.date] = mapped_column(index=True)
    ended: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("every_months BETWEEN 1 AND 12", name="recurring_invoice_months"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="recurring_invoice_days"),
    )


class RecurringLine(Versioned, Base):
    """A service of a contract; one that was taken out stays, inactive."""

    __tablename__ = "recurring_line"
    __rights__ = Rights(read="billing.read")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("recurring_line"),)
    recurring_id: Mapped[str] = ref("recurring_invoice")
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product")
    quantity: Mapped[Decimal] = quantity()
    unit_price: Mapped[Decimal] = price()
    discount_rate: Mapped[Decimal] = rate()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint("quantity > 0 AND unit_price >= 0", name="recurring_line_quantity"),
        CheckConstraint("discount_rate BETWEEN 0 AND 1000000", name="recurring_line_discount"),
    )


class RecurringPeriod(Appended, Base):
    """A period of a contract that is billed: the document its invoice stands for, once."""

    __tablename__ = "recurring_period"
    __rights__ = Rights(read="billing.read")
    __ledger__ = Ledger(lock=("recurring_id", "period_on"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "recurring_period_agreed",
            "before insert",
            (
                Refuse(
                    "billing.recurring_ended",
                    "EXISTS (SELECT 1 FROM recurring_invoice WHERE id = NEW.recurring_id "
                    "AND (NEW.period_on < starts_on OR NEW.period_on > ends_on))",
                ),
            ),
        ),
    )
    recurring_id: Mapped[str] = ref("recurring_invoice", index=False)
    period_on: Mapped[dt.date] = mapped_column()
    __table_args__ = (UniqueConstraint("recurring_id", "period_on"),)
