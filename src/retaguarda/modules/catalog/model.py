"""Tables of the catalog: units, products, their codes, prices with validity, dated tax rates, substitutes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, instant, price, rate, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.catalog import rules

READ = Rights(read="catalog.read")


class MeasureUnit(Versioned, Base):
    """What is counted in: pieces take whole quantities (`decimals` 0), kilograms up to four digits."""

    __tablename__ = "measure_unit"
    __rights__ = READ
    code: Mapped[str] = text(6, unique=True)
    name: Mapped[str] = text(40)
    decimals: Mapped[int] = mapped_column()
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (CheckConstraint("decimals BETWEEN 0 AND 4", name="measure_unit_decimals"),)


_DEEP = Refuse(
    "catalog.merged_into_merged",
    "NEW.merged_into_id IS NOT NULL AND EXISTS (SELECT 1 FROM product AS p WHERE p.merged_into_id = NEW.id "
    "OR (p.id = NEW.merged_into_id AND p.merged_into_id IS NOT NULL))",
)


class Product(Versioned, Base):
    """What is sold: `stock` is kept in a warehouse, `service` is not. `folded` is its search form.

    One that was put away with its import has no code in use; another product may have its `code` then. A record that
    was merged refers to the one that stands for both, which has its codes; that one is never merged itself.
    """

    __tablename__ = "product"
    __searched__ = True
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("product_merged_flat_new", "before insert", (_DEEP,)),
        Trigger("product_merged_flat_changed", "before update", (_DEEP,)),
    )
    code: Mapped[str] = text(30, index=True)
    name: Mapped[str] = text(120)
    kind: Mapped[str] = text(8)
    unit_code: Mapped[str] = mapped_column(String(6), ForeignKey("measure_unit.code"))
    tax_code: Mapped[str | None] = text(20)
    note: Mapped[str | None] = text(500)
    folded: Mapped[str] = text(400)
    archived: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[str | None] = ref("product")
    __table_args__ = (
        CheckConstraint("merged_into_id IS NULL OR archived", name="product_merged_archived"),
        CheckConstraint("kind IN ('stock', 'service')", name="product_kind"),
        Index("ix_product_name", "name"),
        Index(
            "uq_product_code",
            "code",
            unique=True,
            sqlite_where=sql_text("NOT archived"),
            postgresql_where=sql_text("NOT archived"),
        ),
    )


class ProductCode(Versioned, Base):
    """A code that finds a product when scanned or typed: its own code, further own codes, any number of GTINs."""

    __tablename__ = "product_code"
    __rights__ = READ
    product_id: Mapped[str] = ref("product")
    kind: Mapped[str] = text(4)
    code: Mapped[str] = text(30)
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint("kind IN ('own', 'gtin')", name="product_code_kind"),
        Index(
            "uq_product_code_code",
            "code",
            unique=True,
            sqlite_where=sql_text("active"),
            postgresql_where=sql_text("active"),
        ),
    )


class PriceList(Versioned, Base):
    """A list of prices; this version has one, `standard`."""

    __tablename__ = "price_list"
    __rights__ = READ
    code: Mapped[str] = text(20, unique=True)
    name: Mapped[str] = text(60)


_END = "coalesce({row}.valid_to, '9999-12-31')"
_OVERLAPS = (
    "EXISTS (SELECT 1 FROM product_price AS p WHERE p.list_id = NEW.list_id AND p.product_id = NEW.product_id "
    f"AND p.id <> NEW.id AND p.valid_from <= {_END.format(row='NEW')} AND {_END.format(row='p')} >= NEW.valid_from "
    f"AND p.valid_from <= {_END.format(row='p')} AND NEW.valid_from <= {_END.format(row='NEW')})"
)


class ProductPrice(Versioned, Base):
    """A unit price from one day to another, both included; open at the end while `valid_to` is empty.

    A price is never changed: a new one ends the old. One that was replaced before its first day ends before it began.
    """

    __tablename__ = "product_price"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("product_price"),
        Trigger("product_price_overlap_new", "before insert", (Refuse("catalog.price_overlap", _OVERLAPS),)),
        Trigger(
            "product_price_overlap_changed",
            "before update",
            (
                Refuse(
                    "catalog.price_rewritten",
                    "NEW.price <> OLD.price OR NEW.valid_from <> OLD.valid_from OR NEW.list_id <> OLD.list_id "
                    "OR NEW.product_id <> OLD.product_id",
                ),
                Refuse("catalog.price_overlap", _OVERLAPS),
            ),
        ),
    )
    list_id: Mapped[str] = ref("price_list", index=False)
    product_id: Mapped[str] = ref("product", index=False)
    valid_from: Mapped[dt.date] = mapped_column()
    valid_to: Mapped[dt.date | None] = mapped_column()
    price: Mapped[Decimal] = price()
    __table_args__ = (
        CheckConstraint("price >= 0", name="product_price_price"),
        Index("ix_product_price_valid", "product_id", "list_id", "valid_from"),
        # Two desks that set a price at once: the overlap trigger does not see the other's uncommitted row.
        Index(
            "uq_product_price_list_id_product_id",
            "list_id",
            "product_id",
            unique=True,
            sqlite_where=sql_text("valid_to IS NULL"),
            postgresql_where=sql_text("valid_to IS NULL"),
        ),
    )


class TaxRate(Appended, Base):
    """The rate of a tax code from a day on; the newest row of the latest day not after the asked one counts."""

    __tablename__ = "tax_rate"
    __rights__ = READ
    __ledger__ = Ledger(lock=("tax_code", "valid_from"))
    tax_code: Mapped[str] = text(20)
    valid_from: Mapped[dt.date] = mapped_column()
    rate: Mapped[Decimal] = rate()
    __table_args__ = (
        CheckConstraint("rate BETWEEN 0 AND 1000000", name="tax_rate_rate"),
        Index("ix_tax_rate_code", "tax_code", "valid_from"),
    )


class ProductSubstitute(Versioned, Base):
    """What may be offered when a product is out, best first by `position`."""

    __tablename__ = "product_substitute"
    __rights__ = READ
    product_id: Mapped[str] = ref("product")
    substitute_id: Mapped[str] = ref("product", index=False)
    position: Mapped[int] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        UniqueConstraint("product_id", "substitute_id"),
        CheckConstraint("product_id <> substitute_id", name="product_substitute_other"),
    )


class ProductMerge(Versioned, Base):
    """Two records of one product: put side by side, merged, taken apart. `taken` are the fields whose values come from
    the merged one, `said` is what merging changed and `merged_by` the command that did, so that it can be undone."""

    __tablename__ = "product_merge"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("product_merge"),)
    kept_id: Mapped[str] = ref("product")
    merged_id: Mapped[str] = ref("product", index=False)
    state: Mapped[str] = text(10)
    taken: Mapped[str] = text(80)
    said: Mapped[str] = mapped_column(Text, default="{}")
    merged_at: Mapped[dt.datetime | None] = instant()
    merged_by: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, rules.MERGE_STATES))})", name="product_merge_state"),
        CheckConstraint("kept_id <> merged_id", name="product_merge_other"),
        CheckConstraint(
            "state IN ('proposed', 'dropped') OR (merged_at IS NOT NULL AND merged_by IS NOT NULL)",
            name="product_merge_merged",
        ),
        Index(
            "uq_product_merge_merged_id",
            "merged_id",
            unique=True,
            sqlite_where=sql_text("state = 'merged'"),
            postgresql_where=sql_text("state = 'merged'"),
        ),
    )
