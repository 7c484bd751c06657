"""What was found wrong with goods: the record, the hold it stands on, and what was decided."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Key, Numbers, Rights, Versioned, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted


class NonConformity(Versioned, Base):
    """Goods that are not as they should be: where that was found, what is wrong, and what becomes of them. While it is
    open its goods stay held back; once decided it does not change."""

    __tablename__ = "non_conformity"
    __rights__ = Rights(read="inventory.read", rows="branch")
    __numbers__: ClassVar[Numbers] = Numbers("inventory.non_conformity")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("non_conformity"),
        Trigger("non_conformity_decided", "before update", (Refuse("inventory.decided", "OLD.state <> 'open'"),)),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    number: Mapped[int] = mapped_column(BigInteger)
    hold_id: Mapped[str] = mapped_column(Key())
    product_id: Mapped[str] = ref("product")
    lot: Mapped[str] = text(40)
    quantity: Mapped[Decimal] = quantity_column()
    found_at: Mapped[str] = text(8)
    description: Mapped[str] = text(500)
    state: Mapped[str] = text(7)
    disposition: Mapped[str | None] = text(7)
    decision: Mapped[str] = text(200)
    found_on: Mapped[dt.date] = mapped_column()
    decided_on: Mapped[dt.date | None] = mapped_column()
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_non_conformity_hold_id", "hold_id"),
        CheckConstraint("found_at IN ('receipt', 'stock', 'return', 'customer')", name="non_conformity_found_at"),
        CheckConstraint("state IN ('open', 'decided')", name="non_conformity_state"),
        CheckConstraint("disposition IN ('release', 'scrap')", name="non_conformity_disposition"),
        CheckConstraint(
            "(state = 'decided') = (disposition IS NOT NULL AND decided_on IS NOT NULL AND decision <> '')",
            name="non_conformity_decision",
        ),
    )
