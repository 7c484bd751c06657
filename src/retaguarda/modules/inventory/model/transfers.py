"""Transfers between warehouses: what was sent, what of it has come, and what was lost or found on the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, Versioned, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted

READ = Rights(read="inventory.read")
_LEFT = (
    "(SELECT l.quantity FROM transfer_line AS l WHERE l.id = NEW.line_id) - "
    "(SELECT coalesce(sum(r.quantity + r.lost_quantity), 0) FROM transfer_arrival AS r WHERE r.line_id = NEW.line_id)"
)


class Transfer(Versioned, Base):
    """Goods on their way from one warehouse to another; they lie in transit until they are received."""

    __tablename__ = "transfer"
    __rights__ = Rights(read="inventory.read", rows="branch")
    __numbers__: ClassVar[Numbers] = Numbers("inventory.transfer")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("transfer"),
        Trigger("transfer_begins", "before insert", (Refuse("inventory.transfer_moves", "NEW.state <> 'sent'"),)),
        Trigger(
            "transfer_moves",
            "before update",
            (
                Refuse("inventory.transfer_moves", "OLD.state <> 'sent'"),
                Refuse(
                    "inventory.transfer_moves",
                    "NEW.from_warehouse_id <> OLD.from_warehouse_id OR NEW.to_warehouse_id <> OLD.to_warehouse_id "
                    "OR NEW.number <> OLD.number OR NEW.branch_id <> OLD.branch_id",
                ),
            ),
        ),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    number: Mapped[int] = mapped_column(BigInteger)
    from_warehouse_id: Mapped[str] = ref("warehouse", index=False)
    to_warehouse_id: Mapped[str] = ref("warehouse", index=False)
    state: Mapped[str] = text(8)
    sent_on: Mapped[dt.date] = mapped_column()
    expected_on: Mapped[dt.date] = mapped_column()
    received_on: Mapped[dt.date | None] = mapped_column()
    note: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint("state IN ('sent', 'received')", name="transfer_state"),
        CheckConstraint("(state = 'received') = (received_on IS NOT NULL)", name="transfer_received_on"),
        CheckConstraint("from_warehouse_id <> to_warehouse_id", name="transfer_warehouses"),
    )


class TransferLine(Appended, Base):
    """How much of a product was sent, from which place, and what is expected of it at the destination."""

    __tablename__ = "transfer_line"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("transfer_id", "position"))
    transfer_id: Mapped[str] = mapped_column(
        Key(), ForeignKey("transfer.id", deferrable=True, initially="DEFERRED"), index=True
    )
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product", index=False)
    from_location_id: Mapped[str] = ref("location", index=False)
    transit_location_id: Mapped[str] = ref("location", index=False)
    lot: Mapped[str] = text(40)
    quantity: Mapped[Decimal] = quantity_column()
    expected_id: Mapped[str] = ref("expected_movement", index=False)
    __table_args__ = (
        UniqueConstraint("transfer_id", "position"),
        CheckConstraint("quantity > 0", name="transfer_line_quantity"),
    )


class TransferArrival(Appended, Base):
    """What came of a line, what was lost of it on the way, and what came beyond it; a difference has its reason."""

    __tablename__ = "transfer_arrival"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("line_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "transfer_arrival_of_what_was_sent",
            "before insert",
            (Refuse("inventory.more_than_sent", f"NEW.quantity + NEW.lost_quantity > {_LEFT}"),),
        ),
    )
    line_id: Mapped[str] = ref("transfer_line")
    quantity: Mapped[Decimal] = quantity_column()
    lost_quantity: Mapped[Decimal] = quantity_column()
    found_quantity: Mapped[Decimal] = quantity_column()
    reason: Mapped[str] = text(200)
    __table_args__ = (
        CheckConstraint(
            "quantity >= 0 AND lost_quantity >= 0 AND found_quantity >= 0", name="transfer_arrival_quantity"
        ),
        CheckConstraint("(lost_quantity = 0 AND found_quantity = 0) OR reason <> ''", name="transfer_arrival_reason"),
    )
