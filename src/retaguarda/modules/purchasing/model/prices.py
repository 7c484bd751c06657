"""What suppliers ask for their goods, and when the company buys again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Rights, Versioned, price, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted

READ = Rights(read="purchasing.read")
_END = "coalesce({row}.valid_to, '9999-12-31')"
_OVERLAPS = (
    "EXISTS (SELECT 1 FROM supplier_price AS p WHERE p.supplier_id = NEW.supplier_id "
    "AND p.product_id = NEW.product_id AND p.least_quantity = NEW.least_quantity AND p.id <> NEW.id "
    f"AND p.valid_from <= {_END.format(row='NEW')} AND {_END.format(row='p')} >= NEW.valid_from "
    f"AND p.valid_from <= {_END.format(row='p')} AND NEW.valid_from <= {_END.format(row='NEW')})"
)


class SupplierPrice(Versioned, Base):
    """What a supplier asks for a product from one day to another, for at least so many, in packs of so many.

    A price is never changed: a new one ends the old. One that was replaced before its first day ends before it began.
    `supplier_code` is what the supplier calls the product, `lead_days` the working days until it comes.
    """

    __tablename__ = "supplier_price"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("supplier_price"),
        Trigger("supplier_price_overlap_new", "before insert", (Refuse("purchasing.price_overlap", _OVERLAPS),)),
        Trigger(
            "supplier_price_changed",
            "before update",
            (
                Refuse(
                    "purchasing.price_rewritten",
                    "NEW.unit_price <> OLD.unit_price OR NEW.valid_from <> OLD.valid_from "
                    "OR NEW.supplier_id <> OLD.supplier_id OR NEW.product_id <> OLD.product_id "
                    "OR NEW.least_quantity <> OLD.least_quantity OR NEW.pack_quantity <> OLD.pack_quantity",
                ),
                Refuse("purchasing.price_overlap", _OVERLAPS),
            ),
        ),
    )
    supplier_id: Mapped[str] = ref("party", index=False)
    product_id: Mapped[str] = ref("product", index=False)
    supplier_code: Mapped[str] = text(40)
    unit_price: Mapped[Decimal] = price()
    least_quantity: Mapped[Decimal] = quantity()
    pack_quantity: Mapped[Decimal] = quantity()
    lead_days: Mapped[int] = mapped_column()
    valid_from: Mapped[dt.date] = mapped_column()
    valid_to: Mapped[dt.date | None] = mapped_column()
    __table_args__ = (
        CheckConstraint("unit_price >= 0", name="supplier_price_price"),
        CheckConstraint("least_quantity > 0 AND pack_quantity > 0", name="supplier_price_quantities"),
        CheckConstraint("lead_days BETWEEN 0 AND 365", name="supplier_price_lead_days"),
        Index("ix_supplier_price_product", "product_id", "valid_from"),
        # Two desks that set a price at once: the overlap trigger does not see the other's uncommitted row.
        Index(
            "uq_supplier_price_supplier_id_product_id_least_quantity",
            "supplier_id",
            "product_id",
            "least_quantity",
            unique=True,
            sqlite_where=sql_text("valid_to IS NULL"),
            postgresql_where=sql_text("valid_to IS NULL"),
        ),
    )


class ReorderPoint(Versioned, Base):
    """When a product is bought again for a warehouse: below `minimum_quantity`, up to `maximum_quantity`; from the
    named supplier where there is one. One that is not kept any more stays, inactive."""

    __tablename__ = "reorder_point"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("reorder_point"),)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = ref("warehouse")
    minimum_quantity: Mapped[Decimal] = quantity()
    maximum_quantity: Mapped[Decimal] = quantity()
    supplier_id: Mapped[str | None] = ref("party", index=False)
    lead_days: Mapped[int | None] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        UniqueConstraint("product_id", "warehouse_id"),
        CheckConstraint("minimum_quantity > 0 AND maximum_quantity >= minimum_quantity", name="reorder_point_quantity"),
        CheckConstraint("lead_days BETWEEN 0 AND 365", name="reorder_point_lead_days"),
    )
