"""What a shipment is packed in: volumes with their measures, and the ledger of what lies in each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, instant, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.delivery import rules

READ = Rights(read="delivery.read")


def _written_later(table: str, **more: object) -> Mapped[str]:
    """A reference to a row that the same command writes after this one."""
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(Key(), key, **more)  # type: ignore[arg-type]


_GONE = Refuse(
    "delivery.volume_gone", "EXISTS (SELECT 1 FROM shipment WHERE id = NEW.shipment_id AND state <> 'picked')"
)
_THERE = "SELECT COALESCE(SUM(v.quantity), 0) FROM volume_line v WHERE v.order_line_id = NEW.order_line_id AND "
_PICKED = (
    "(SELECT COALESCE(SUM(l.quantity), 0) FROM shipment_line l WHERE l.shipment_id = NEW.shipment_id "
    "AND l.order_line_id = NEW.order_line_id AND l.product_id = NEW.product_id)"
)


class Volume(Versioned, Base):
    """A box, bag or pallet of a shipment: who packed it, what it weighs (kg) and measures (cm), who checked it."""

    __tablename__ = "volume"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("volume"),
        Trigger("volume_made", "before insert", (_GONE,)),
        Trigger(
            "volume_changed",
            "before update",
            (
                _GONE,
                Refuse(
                    "delivery.volume_gone",
                    "NEW.shipment_id <> OLD.shipment_id OR NEW.number <> OLD.number "
                    "OR (OLD.state <> 'open' AND OLD.state <> NEW.state)",
                ),
                Refuse(
                    "delivery.volume_empty",
                    "NEW.state = 'closed' AND OLD.state = 'open' AND "
                    "(SELECT COALESCE(SUM(quantity), 0) FROM volume_line WHERE volume_id = NEW.id) <= 0",
                ),
            ),
        ),
    )
    shipment_id: Mapped[str] = _written_later("shipment", index=False)
    number: Mapped[int] = mapped_column()
    state: Mapped[str] = text(8)
    weight_kg: Mapped[Decimal | None] = quantity()
    length_cm: Mapped[int | None] = mapped_column()
    width_cm: Mapped[int | None] = mapped_column()
    height_cm: Mapped[int | None] = mapped_column()
    packer_id: Mapped[str | None] = ref("person", index=False)
    packed_at: Mapped[dt.datetime | None] = instant()
    checker_id: Mapped[str | None] = ref("person", index=False)
    checked_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        UniqueConstraint("shipment_id", "number"),
        CheckConstraint(f"state IN ({', '.join(repr(s) for s in rules.VOLUME_STATES)})", name="volume_state"),
        CheckConstraint("number > 0", name="volume_number"),
        CheckConstraint("(state = 'open') = (packed_at IS NULL)", name="volume_packed"),
        CheckConstraint("checked_at IS NULL OR state = 'closed'", name="volume_checked"),
        CheckConstraint("checker_id IS NULL OR checker_id <> packer_id", name="volume_checker"),
        CheckConstraint(
            "COALESCE(weight_kg, 1) > 0 AND COALESCE(length_cm, 1) > 0 AND COALESCE(width_cm, 1) > 0 "
            "AND COALESCE(height_cm, 1) > 0",
            name="volume_measures",
        ),
    )


class VolumeLine(Appended, Base):
    """Goods of an order's line put into a volume (above zero) or taken out of it again (below)."""

    __tablename__ = "volume_line"
    __rights__ = READ
    __ledger__ = Ledger(lock=("shipment_id", "order_line_id", "volume_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "volume_line_fits",
            "before insert",
            (
                _GONE,
                Refuse(
                    "delivery.volume_closed",
                    "EXISTS (SELECT 1 FROM volume WHERE id = NEW.volume_id "
                    "AND (state <> 'open' OR shipment_id <> NEW.shipment_id))",
                ),
                Refuse(
                    "delivery.packed_not_picked",
                    f"NEW.quantity > 0 AND ({_THERE}v.shipment_id = NEW.shipment_id) + NEW.quantity > {_PICKED}",
                ),
                Refuse("delivery.taken_not_packed", f"({_THERE}v.volume_id = NEW.volume_id) + NEW.quantity < 0"),
            ),
        ),
    )
    shipment_id: Mapped[str] = _written_later("shipment", index=True)
    volume_id: Mapped[str] = _written_later("volume", index=True)
    order_line_id: Mapped[str] = ref("sales_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    quantity: Mapped[Decimal] = quantity()
    __table_args__ = (CheckConstraint("quantity <> 0", name="volume_line_quantity"),)
