"""Requisitions: what people of the house ask to be bought."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Numbers, Rights, Versioned, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.purchasing.model.orders import written_later


class Requisition(Versioned, Base):
    """Somebody needs so much of a product by a day, and why; it ends ordered or refused, with the answer."""

    __tablename__ = "requisition"
    __rights__ = Rights(read="purchasing.read_requisitions", rows="branch")
    __numbers__ = Numbers("purchasing.requisition")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("requisition"),
        Trigger(
            "requisition_ends_once",
            "before update",
            (Refuse("purchasing.requisition_ended", "OLD.state <> 'open' OR NEW.quantity <> OLD.quantity"),),
        ),
    )
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    product_id: Mapped[str] = ref("product")
    quantity: Mapped[Decimal] = quantity()
    needed_on: Mapped[dt.date | None] = mapped_column()
    reason: Mapped[str] = text(200)
    person_id: Mapped[str | None] = ref("person")
    state: Mapped[str] = text(8)
    answer: Mapped[str] = text(200)
    order_id: Mapped[str | None] = written_later("purchase_order")
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint("state IN ('open', 'ordered', 'refused')", name="requisition_state"),
        CheckConstraint("(state = 'ordered') = (order_id IS NOT NULL)", name="requisition_ordered"),
        CheckConstraint("quantity > 0", name="requisition_quantity"),
        Index("ix_requisition_state", "state"),
    )
