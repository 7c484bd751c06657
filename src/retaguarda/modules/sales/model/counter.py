"""Sales at the counter: paid and taken along at once; who buys without a name is one party."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Ledger, Rights, Versioned, amount, ref, text
from retaguarda.modules.sales.model.parts import written_later


class CounterCustomer(Versioned, Base):
    """The one party that stands for whoever buys at the counter without a name."""

    __tablename__ = "counter_customer"
    __rights__ = Rights(read="sales.read")
    single: Mapped[int] = mapped_column(default=1, unique=True)
    party_id: Mapped[str] = ref("party", index=False)
    __table_args__ = (CheckConstraint("single = 1", name="counter_customer_single"),)


class CounterSale(Appended, Base):
    """What was handed over for an order at the counter and what was given back; `return_id` where it was an exchange.

    `paid_amount` is what the buyer handed over in all ways together, credit excepted.
    """

    __tablename__ = "counter_sale"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id",))
    order_id: Mapped[str] = written_later("sales_order")
    station: Mapped[str] = text(60)
    paid_amount: Mapped[Decimal] = amount()
    credit_amount: Mapped[Decimal] = amount()
    change_amount: Mapped[Decimal] = amount()
    return_id: Mapped[str | None] = written_later("sales_return")
    __table_args__ = (
        CheckConstraint(
            "paid_amount >= change_amount AND change_amount >= 0 AND credit_amount >= 0", name="counter_sale_paid"
        ),
    )
