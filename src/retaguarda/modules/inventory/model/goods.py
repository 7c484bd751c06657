"""What is known of goods beyond their product: how they are tracked, their lots, their serial numbers."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Keyed, Ledger, Rights, Versioned, ref, text
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted

READ = Rights(read="inventory.read")


class StockCare(Versioned, Base):
    """How a product is looked after: tracked by lot, by serial number or not at all, and how often it is counted."""

    __tablename__ = "stock_care"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("stock_care"),)
    product_id: Mapped[str] = ref("product", index=False)
    tracking: Mapped[str] = text(6)
    count_class: Mapped[str] = text(1)
    __table_args__ = (
        UniqueConstraint("product_id"),
        CheckConstraint("tracking IN ('none', 'lot', 'serial')", name="stock_care_tracking"),
        CheckConstraint("count_class IN ('A', 'B', 'C')", name="stock_care_count_class"),
    )


class Lot(Versioned, Base):
    """A lot of a product as its maker made it. Once expired it is not sold, unless somebody with the right said so."""

    __tablename__ = "lot"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("lot"),
        Trigger(
            "lot_stays_itself",
            "before update",
            (Refuse("inventory.lot_renamed", "NEW.product_id <> OLD.product_id OR NEW.code <> OLD.code"),),
        ),
    )
    product_id: Mapped[str] = ref("product", index=False)
    code: Mapped[str] = text(40)
    expires_on: Mapped[dt.date | None] = mapped_column(index=True)
    supplier_id: Mapped[str | None] = ref("party", index=False)
    sold_expired: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = text(200)
    __table_args__ = (
        UniqueConstraint("product_id", "code"),
        CheckConstraint("code <> ''", name="lot_code"),
        CheckConstraint("NOT sold_expired OR reason <> ''", name="lot_sold_expired_with_reason"),
    )


class Serial(Keyed, Base):
    """One piece of a product by its number: where it lies (nowhere: it has left), and for which line it is picked.

    Its whereabouts are the sum of its moves; their trigger keeps them, nothing else writes here.
    """

    __tablename__ = "serial"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("serial"),)
    product_id: Mapped[str] = ref("product", index=False)
    number: Mapped[str] = text(60)
    lot: Mapped[str] = text(40)
    location_id: Mapped[str | None] = mapped_column(Key())
    line_id: Mapped[str | None] = mapped_column(Key(), index=True)
    __table_args__ = (
        UniqueConstraint("product_id", "number"),
        CheckConstraint("number <> ''", name="serial_number"),
        CheckConstraint("line_id IS NULL OR location_id IS NOT NULL", name="serial_picked_is_there"),
        Index("ix_serial_location_id", "location_id"),
        Index("ix_serial_number", "number"),
    )


class SerialMove(Appended, Base):
    """A numbered piece came in (no `from`), went out (no `to`), changed its place, or was picked for a line there."""

    __tablename__ = "serial_move"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "number"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "serial_move_from_where_it_is",
            "before insert",
            (
                Refuse(
                    "inventory.serial_elsewhere",
                    "EXISTS (SELECT 1 FROM serial WHERE product_id = NEW.product_id AND number = NEW.number "
                    "AND location_id IS DISTINCT FROM NEW.from_location_id)",
                ),
                Refuse(
                    "inventory.serial_elsewhere",
                    "NEW.from_location_id IS NOT NULL AND NOT EXISTS "
                    "(SELECT 1 FROM serial WHERE product_id = NEW.product_id AND number = NEW.number)",
                ),
                Refuse(
                    "inventory.serial_picked",
                    "NEW.kind = 'pick' AND EXISTS (SELECT 1 FROM serial WHERE product_id = NEW.product_id "
                    "AND number = NEW.number AND line_id IS NOT NULL)",
                ),
            ),
        ),
        Trigger(
            "serial_move_whereabouts",
            "after insert",
            (
                Run(
                    "INSERT INTO serial (id, product_id, number, lot) VALUES "
                    "(NEW.id, NEW.product_id, NEW.number, NEW.lot) ON CONFLICT DO NOTHING"
                ),
                Run(
                    "UPDATE serial SET location_id = NEW.to_location_id, lot = NEW.lot, "
                    "line_id = CASE WHEN NEW.kind = 'pick' THEN NEW.line_id ELSE NULL END "
                    "WHERE product_id = NEW.product_id AND number = NEW.number"
                ),
            ),
        ),
    )
    kind: Mapped[str] = text(10)
    product_id: Mapped[str] = ref("product", index=False)
    number: Mapped[str] = text(60)
    lot: Mapped[str] = text(40)
    from_location_id: Mapped[str | None] = mapped_column(Key(), ForeignKey("location.id"))
    to_location_id: Mapped[str | None] = mapped_column(Key(), ForeignKey("location.id"))
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    line_id: Mapped[str | None] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint(
            "kind IN ('receipt', 'count', 'damage', 'transfer', 'ship', 'return', 'back', 'pick', 'unpick', 'opening')",
            name="serial_move_kind",
        ),
        CheckConstraint("from_location_id IS NOT NULL OR to_location_id IS NOT NULL", name="serial_move_places"),
        CheckConstraint("kind <> 'pick' OR line_id IS NOT NULL", name="serial_move_picked_for"),
        CheckConstraint("document_table <> ''", name="serial_move_document"),
        Index("ix_serial_move_number", "product_id", "number"),
    )
