"""What stock stands at: one moving average for each product over all warehouses, kept by the moves and by differences.

A product's value is always its quantity times its average, rounded once: whatever leaves takes the difference of the
two roundings with it, so that cents neither gather nor get lost.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Minor, Rights, amount, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Run, Trigger, never_deleted
from retaguarda.modules.inventory.rules import UNIT_COST_SCALE

READ = Rights(read="inventory.read_cost")
NEW_COST = Run("INSERT INTO stock_cost (product_id) VALUES (NEW.product_id) ON CONFLICT DO NOTHING")


def cost_moves(sign: str) -> tuple[Run, Run]:
    """The steps by which a move that comes in (`+`) or goes out (`-`) changes what a product stands at."""
    return (
        NEW_COST,
        Run(
            f"UPDATE stock_cost SET quantity = quantity {sign} NEW.quantity, amount = amount {sign} NEW.cost, "
            "unit_cost = NEW.unit_cost WHERE product_id = NEW.product_id"
        ),
    )


class StockCost(Base):
    """How much of a product the company owns in all warehouses, its value, and its average cost."""

    __tablename__ = "stock_cost"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("stock_cost"),)
    product_id: Mapped[str] = ref("product", primary_key=True, index=False)
    quantity: Mapped[Decimal] = quantity_column(server_default="0")
    amount: Mapped[Decimal] = amount(server_default="0")
    unit_cost: Mapped[Decimal] = mapped_column(Minor(UNIT_COST_SCALE), server_default="0")
    __table_args__ = (CheckConstraint("unit_cost >= 0", name="stock_cost_unit_cost"),)


class CostDifference(Appended, Base):
    """A product's value changed without a move: what was sold below zero turned out to cost something else, or its
    cost was put right. No past cost is rewritten."""

    __tablename__ = "cost_difference"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "cost_difference_posts",
            "after insert",
            (
                NEW_COST,
                Run(
                    "UPDATE stock_cost SET amount = amount + NEW.amount, unit_cost = NEW.unit_cost "
                    "WHERE product_id = NEW.product_id"
                ),
            ),
        ),
    )
    product_id: Mapped[str] = ref("product", index=True)
    amount: Mapped[Decimal] = amount()
    unit_cost: Mapped[Decimal] = mapped_column(Minor(UNIT_COST_SCALE))
    on_day: Mapped[dt.date] = mapped_column()
    reason: Mapped[str] = text(200, default="")
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("unit_cost >= 0", name="cost_difference_unit_cost"),
        CheckConstraint("document_table <> ''", name="cost_difference_document"),
    )
