"""Which way was chosen when something failed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Ledger, Rights, amount, ref, text
from retaguarda.modules.contingency import rules


class RemedyChoice(Appended, Base):
    """A way that was taken for a failure: its commands, its place among the ways, day and cost it was taken for, and
    the order that goes on by it (None where none does yet)."""

    __tablename__ = "remedy_choice"
    __rights__ = Rights(read="process.read_failures")
    __ledger__ = Ledger(lock=("failure_id",))
    failure_id: Mapped[str] = ref("failure")
    order_id: Mapped[str | None] = ref("sales_order")
    kind: Mapped[str] = text(20)
    place: Mapped[int] = mapped_column()
    counted: Mapped[bool] = mapped_column()
    steps: Mapped[str] = mapped_column(Text)
    promised_on: Mapped[dt.date | None] = mapped_column()
    kept: Mapped[bool] = mapped_column()
    complete: Mapped[bool] = mapped_column()
    dearer_amount: Mapped[Decimal] = amount()
    extra_cost: Mapped[Decimal] = amount()
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in rules.KINDS)})", name="remedy_choice_kind"),
        CheckConstraint("place > 0", name="remedy_choice_place"),
        CheckConstraint("extra_cost >= 0", name="remedy_choice_cost"),
    )
