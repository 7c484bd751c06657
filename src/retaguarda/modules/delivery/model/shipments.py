"""A shipment of an order, and the ledger of what is in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, amount, instant, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.delivery import rules

_MOVES = " OR ".join(
    f"(OLD.state = '{was}' AND NEW.state = '{to}')" for (was, _), to in rules.TRANSITIONS.items() if was != rules.NONE
)

_OF_ANOTHER = (
    "EXISTS (SELECT 1 FROM shipment_line s LEFT JOIN sales_order_line l ON l.id = s.order_line_id "
    "AND l.product_id = s.product_id WHERE s.shipment_id = NEW.id "
    "AND (l.order_id IS NULL OR l.order_id <> NEW.order_id))"
)
_STILL_PICKING = "EXISTS (SELECT 1 FROM pick_list WHERE order_id = NEW.order_id AND state = 'open')"
_PACKED_DIFFERS = (
    "NEW.state = 'packed' AND EXISTS (SELECT 1 FROM shipment_line l WHERE l.shipment_id = NEW.id AND l.quantity <> "
    "(SELECT COALESCE(SUM(v.quantity), 0) FROM volume_line v WHERE v.shipment_id = NEW.id "
    "AND v.order_line_id = l.order_line_id))"
)
_BILLED = "SELECT 1 FROM invoice WHERE source_table = 'sales_order' AND source_id = NEW.order_id"
_SHIPPED_FIRST = "SELECT 1 FROM sales_order WHERE id = NEW.order_id AND invoice_policy = 'shipped'"
_UNFINISHED = "SELECT 1 FROM volume WHERE shipment_id = NEW.id AND "
_PACKING_ENDS = (
    Refuse("delivery.packed_differs", _PACKED_DIFFERS),
    Refuse("delivery.volume_open", f"NEW.state = 'packed' AND EXISTS ({_UNFINISHED}state = 'open')"),
    Refuse(
        "delivery.not_checked",
        f"NEW.state = 'packed' AND NEW.second_check AND EXISTS ({_UNFINISHED}state = 'closed' AND checked_at IS NULL)",
    ),
)
"""A shipment is packed when what lies in its closed volumes is exactly what was picked, checked where it must be."""


class Shipment(Versioned, Base):
    """The goods of an order on their way: picked, packed, shipped, delivered, each with its time and never back.

    `second_check` is what the company asked for when the goods were picked.
    """

    __tablename__ = "shipment"
    __rights__ = Rights(read="delivery.read", rows="branch")
    __personal__: ClassVar[frozenset[str]] = frozenset({"receiver_name", "receiver_document"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("shipment"),
        Trigger(
            "shipment_begins",
            "before insert",
            (
                Refuse("delivery.unknown_move", "NEW.state NOT IN ('picked', 'packed')"),
                Refuse("delivery.wrong_order", _OF_ANOTHER),
                Refuse("delivery.still_picking", _STILL_PICKING),
                Refuse("delivery.not_billed", f"NOT EXISTS ({_BILLED}) AND NOT EXISTS ({_SHIPPED_FIRST})"),
                *_PACKING_ENDS,
            ),
        ),
        Trigger(
            "shipment_moves",
            "before update",
            (
                Refuse("delivery.unknown_move", f"NOT ({_MOVES})"),
                Refuse(
                    "delivery.unknown_move",
                    "NEW.order_id <> OLD.order_id OR NEW.branch_id <> OLD.branch_id "
                    "OR NEW.second_check <> OLD.second_check",
                ),
                Refuse("delivery.not_billed", f"NEW.state = 'delivered' AND NOT EXISTS ({_BILLED})"),
                *_PACKING_ENDS,
            ),
        ),
        # What is on its way stays what was ordered: it is billed by that, and the promise is judged by it.
        Trigger(
            "shipment_of_order",
            "before update",
            (
                Refuse(
                    "delivery.shipment_stands",
                    "((NEW.state = 'cancelled' AND OLD.state <> 'cancelled') OR NEW.total_amount <> OLD.total_amount) "
                    "AND EXISTS (SELECT 1 FROM shipment WHERE order_id = NEW.id AND state <> 'returned')",
                ),
            ),
            on="sales_order",
        ),
        Trigger(
            "shipment_of_order_line",
            "before update",
            (
                Refuse(
                    "delivery.shipment_stands",
                    "EXISTS (SELECT 1 FROM shipment WHERE order_id = NEW.order_id AND state <> 'returned')",
                ),
            ),
            on="sales_order_line",
        ),
    )
    order_id: Mapped[str] = ref("sales_order", index=False)
    branch_id: Mapped[str] = ref("branch")
    state: Mapped[str] = text(10)
    picked_at: Mapped[dt.datetime] = instant()
    picker_id: Mapped[str | None] = ref("person", index=False)
    second_check: Mapped[bool] = mapped_column(default=False)
    packed_at: Mapped[dt.datetime | None] = instant()
    shipped_at: Mapped[dt.datetime | None] = instant()
    carrier_id: Mapped[str | None] = ref("party")
    tracking_code: Mapped[str] = text(60)
    delivered_at: Mapped[dt.datetime | None] = instant()
    delivered_on: Mapped[dt.date | None] = mapped_column(index=True)
    receiver_name: Mapped[str] = text(80)
    receiver_document: Mapped[str] = text(30)
    kept: Mapped[bool | None] = mapped_column()
    expected_on: Mapped[dt.date | None] = mapped_column()
    freight_amount: Mapped[Decimal | None] = amount()
    returned_at: Mapped[dt.datetime | None] = instant()
    return_reason: Mapped[str] = text(200)
    __table_args__ = (
        Index(
            "uq_shipment_order_id",
            "order_id",
            unique=True,
            sqlite_where=sql_text("state <> 'returned'"),
            postgresql_where=sql_text("state <> 'returned'"),
        ),
        Index("ix_shipment_order_id", "order_id"),
        CheckConstraint(f"state IN ({', '.join(repr(s) for s in rules.STATES)})", name="shipment_state"),
        CheckConstraint("state = 'returned' OR (state = 'picked') = (packed_at IS NULL)", name="shipment_packed"),
        CheckConstraint(
            "state = 'returned' OR (state IN ('picked', 'packed')) = (shipped_at IS NULL)", name="shipment_shipped"
        ),
        CheckConstraint("(state = 'returned') = (returned_at IS NOT NULL)", name="shipment_returned"),
        CheckConstraint("freight_amount >= 0", name="shipment_freight"),
        CheckConstraint(
            "(state = 'delivered') = (delivered_at IS NOT NULL AND delivered_on IS NOT NULL AND kept IS NOT NULL "
            "AND receiver_name <> '')",
            name="shipment_delivered",
        ),
        Index("ix_shipment_state", "state", "branch_id"),
    )


class ShipmentLine(Appended, Base):
    """How much of an order's line is in a shipment; written with it, never changed."""

    __tablename__ = "shipment_line"
    __rights__ = Rights(read="delivery.read")
    __ledger__ = Ledger(lock=("shipment_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "shipment_line_before_head",
            "before insert",
            (Refuse("delivery.unknown_move", "EXISTS (SELECT 1 FROM shipment WHERE id = NEW.shipment_id)"),),
        ),
    )
    shipment_id: Mapped[str] = mapped_column(Key(), ForeignKey("shipment.id", deferrable=True, initially="DEFERRED"))
    position: Mapped[int] = mapped_column()
    order_line_id: Mapped[str] = ref("sales_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    quantity: Mapped[Decimal] = quantity()
    __table_args__ = (
        UniqueConstraint("shipment_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="shipment_line_quantity"),
    )
