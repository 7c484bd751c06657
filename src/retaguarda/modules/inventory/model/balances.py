"""The balances that guard something. Triggers of the ledgers keep them; nothing else writes here.

Their CHECKs are the race guard: two sellers may both have seen the last unit free, the database lets one have it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Boolean

from retaguarda.kernel.model import Base, Key, Keyed, Rights, instant, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Trigger, never_deleted

READ = Rights(read="inventory.read")


class _Rule(ColumnElement[bool]):
    """A condition whose `{greatest}` is the function of that name on either engine."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, sql: str) -> None:
        self.sql = sql


@compiles(_Rule, "sqlite")
def _on_sqlite(rule: _Rule, _compiler: object, **_more: object) -> str:
    return rule.sql.replace("{greatest}", "max")


@compiles(_Rule)
def _elsewhere(rule: _Rule, _compiler: object, **_more: object) -> str:
    return rule.sql.replace("{greatest}", "greatest")


class StockBalance(Base):
    """What a warehouse has of a product: on hand, held back, reserved, and how far below zero it was allowed to go."""

    __tablename__ = "stock_balance"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("stock_balance"),)
    product_id: Mapped[str] = ref("product", primary_key=True, index=False)
    warehouse_id: Mapped[str] = ref("warehouse", primary_key=True, index=False)
    on_hand: Mapped[Decimal] = quantity_column(server_default="0")
    held: Mapped[Decimal] = quantity_column(server_default="0")
    reserved: Mapped[Decimal] = quantity_column(server_default="0")
    allowed_negative: Mapped[Decimal] = quantity_column(server_default="0")
    __table_args__ = (
        CheckConstraint("on_hand >= -allowed_negative", name="stock_balance_on_hand"),
        CheckConstraint("allowed_negative >= 0", name="stock_balance_allowed"),
        CheckConstraint(
            _Rule("reserved >= 0 AND reserved <= {greatest}(0, on_hand - held + allowed_negative)"),
            name="stock_balance_reserved",
        ),
        # What is held back leaves by no path (C28): not by a shipment, not by a transfer.
        CheckConstraint(
            _Rule("held >= 0 AND held <= {greatest}(0, on_hand + allowed_negative)"), name="stock_balance_held"
        ),
        Index("ix_stock_balance_warehouse_id", "warehouse_id"),
    )


class BinBalance(Base):
    """What lies of a product (and lot) at one location: on hand, held back, picked, how far below zero it may go."""

    __tablename__ = "bin_balance"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("bin_balance"),)
    product_id: Mapped[str] = ref("product", primary_key=True, index=False)
    location_id: Mapped[str] = ref("location", primary_key=True, index=False)
    lot: Mapped[str] = text(40, primary_key=True)
    on_hand: Mapped[Decimal] = quantity_column(server_default="0")
    held: Mapped[Decimal] = quantity_column(server_default="0")
    picked: Mapped[Decimal] = quantity_column(server_default="0")
    allowed_negative: Mapped[Decimal] = quantity_column(server_default="0")
    counted_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        CheckConstraint("on_hand >= -allowed_negative", name="bin_balance_on_hand"),
        CheckConstraint("allowed_negative >= 0", name="bin_balance_allowed"),
        # What is held back at a place is not what is picked there: neither leaves in the other's stead (C28).
        CheckConstraint(
            _Rule("held >= 0 AND held <= {greatest}(0, on_hand + allowed_negative)"), name="bin_balance_held"
        ),
        CheckConstraint(
            _Rule("picked >= 0 AND picked <= {greatest}(0, on_hand + allowed_negative - held)"),
            name="bin_balance_picked",
        ),
        Index("ix_bin_balance_location_id", "location_id"),
    )


class ExpectedMovement(Keyed, Base):
    """What is still to come of a product from one source document, and how much of it is promised on (`pegged`)."""

    __tablename__ = "expected_movement"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("expected_movement"),)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    expected_on: Mapped[dt.date] = mapped_column()
    quantity: Mapped[Decimal] = quantity_column(server_default="0")
    pegged: Mapped[Decimal] = quantity_column(server_default="0")
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("pegged BETWEEN 0 AND quantity", name="expected_movement_pegged"),
        Index("ix_expected_movement_product", "product_id", "warehouse_id", "expected_on"),
    )
