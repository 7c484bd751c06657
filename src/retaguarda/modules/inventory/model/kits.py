"""Kits: what is sold as one and put together from other products when it is reserved."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Rights, Versioned, ref
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted

_NESTED = Refuse(
    "inventory.kit_in_kit",
    "NEW.active AND (EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.component_id AND active) "
    "OR EXISTS (SELECT 1 FROM kit_part WHERE component_id = NEW.kit_id AND active))",
)


class KitPart(Versioned, Base):
    """How much of a product goes into one kit; a kit is no part of another."""

    __tablename__ = "kit_part"
    __rights__ = Rights(read="inventory.read")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("kit_part"),
        Trigger("kit_part_flat_new", "before insert", (_NESTED,)),
        Trigger("kit_part_flat_changed", "before update", (_NESTED,)),
    )
    kit_id: Mapped[str] = ref("product", index=False)
    component_id: Mapped[str] = ref("product")
    quantity: Mapped[Decimal] = quantity_column()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        UniqueConstraint("kit_id", "component_id"),
        CheckConstraint("kit_id <> component_id", name="kit_part_other"),
        CheckConstraint("quantity > 0", name="kit_part_quantity"),
    )
