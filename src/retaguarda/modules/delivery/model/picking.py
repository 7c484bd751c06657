"""Picking by scan: the list of an order's goods by the way through the warehouse, and the ledger of what was done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import (
    Appended,
    Base,
    Key,
    Ledger,
    Numbers,
    Rights,
    Versioned,
    instant,
    quantity,
    ref,
    text,
)
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.delivery import rules

READ = Rights(read="delivery.read")
_MOVES = " OR ".join(
    f"(OLD.state = '{rules.OPEN}' AND NEW.state = '{state}')" for state in rules.LIST_STATES if state != rules.OPEN
)
_OF_ANOTHER = (
    "SELECT 1 FROM pick_task t LEFT JOIN sales_order_line l ON l.id = t.order_line_id "
    "AND (l.product_id = t.product_id OR EXISTS (SELECT 1 FROM stock_reservation r WHERE r.document_id = NEW.order_id "
    "AND r.line_id = l.id AND r.product_id = t.product_id AND r.kit_id = l.product_id)) "
    "WHERE t.pick_list_id = NEW.id AND (l.order_id IS NULL OR l.order_id <> NEW.order_id)"
)
_DONE = (
    "(SELECT COALESCE(SUM(e.quantity), 0) FROM pick_entry e WHERE e.task_id = NEW.task_id "
    "AND e.kind IN ('pick', 'short'))"
)


class PickList(Versioned, Base):
    """One picker's way through the warehouse for one order; an order has one open list at the most."""

    __tablename__ = "pick_list"
    __rights__ = Rights(read="delivery.read", rows="branch")
    __numbers__ = Numbers("delivery.pick_list")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("pick_list"),
        Trigger(
            "pick_list_begins",
            "before insert",
            (
                Refuse("delivery.list_ended", f"NEW.state <> '{rules.OPEN}'"),
                Refuse("delivery.wrong_order", f"EXISTS ({_OF_ANOTHER})"),
            ),
        ),
        Trigger(
            "pick_list_moves",
            "before update",
            (
                Refuse("delivery.list_ended", f"NOT ({_MOVES})"),
                Refuse("delivery.list_ended", "NEW.order_id <> OLD.order_id OR NEW.number <> OLD.number"),
            ),
        ),
    )
    number: Mapped[int] = mapped_column(BigInteger)
    order_id: Mapped[str] = ref("sales_order")
    branch_id: Mapped[str] = ref("branch", index=False)
    picker_id: Mapped[str | None] = ref("person", index=False)
    state: Mapped[str] = text(8)
    began_at: Mapped[dt.datetime] = instant()
    ended_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint(f"state IN ({', '.join(repr(s) for s in rules.LIST_STATES)})", name="pick_list_state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="pick_list_ended"),
        Index(
            "uq_pick_list_order_id",
            "order_id",
            unique=True,
            sqlite_where=sql_text("state = 'open'"),
            postgresql_where=sql_text("state = 'open'"),
        ),
    )


class PickTask(Appended, Base):
    """A stop of the list: so much of a product for an order's line from one place. Further stops follow when goods
    were not where they should have been."""

    __tablename__ = "pick_task"
    __rights__ = READ
    __ledger__ = Ledger(lock=("pick_list_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "pick_task_of_open_list",
            "before insert",
            (
                Refuse(
                    "delivery.list_ended",
                    "EXISTS (SELECT 1 FROM pick_list WHERE id = NEW.pick_list_id AND state <> 'open')",
                ),
                Refuse(
                    "delivery.wrong_order",
                    "EXISTS (SELECT 1 FROM pick_list p WHERE p.id = NEW.pick_list_id AND NOT EXISTS "
                    "(SELECT 1 FROM sales_order_line l WHERE l.id = NEW.order_line_id AND l.order_id = p.order_id "
                    "AND l.product_id = NEW.product_id))",
                ),
            ),
        ),
    )
    # Deferred: the number, and with it the list's own row, comes last.
    pick_list_id: Mapped[str] = mapped_column(
        Key(), ForeignKey("pick_list.id", deferrable=True, initially="DEFERRED"), index=False
    )
    position: Mapped[int] = mapped_column()
    order_line_id: Mapped[str] = ref("sales_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    location_id: Mapped[str] = ref("location", index=False)
    lot: Mapped[str] = text(40)
    quantity: Mapped[Decimal] = quantity()
    __table_args__ = (
        UniqueConstraint("pick_list_id", "position"),
        CheckConstraint("quantity > 0", name="pick_task_quantity"),
        Index("ix_pick_task_place", "product_id", "location_id"),
    )


class PickEntry(Appended, Base):
    """What the picker did at a stop: was there (place), took goods (pick), did not find them or found them spoilt
    (short, with the reason), left it for later (skip)."""

    __tablename__ = "pick_entry"
    __rights__ = READ
    __ledger__ = Ledger(lock=("pick_list_id", "task_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "pick_entry_fits",
            "before insert",
            (
                Refuse(
                    "delivery.list_ended",
                    "NOT EXISTS (SELECT 1 FROM pick_list p JOIN pick_task t ON t.pick_list_id = p.id "
                    "WHERE p.id = NEW.pick_list_id AND t.id = NEW.task_id AND p.state = 'open')",
                ),
                Refuse(
                    "delivery.more_than_asked",
                    f"NEW.kind IN ('pick', 'short') AND {_DONE} + NEW.quantity > "
                    "(SELECT quantity FROM pick_task WHERE id = NEW.task_id)",
                ),
            ),
        ),
    )
    pick_list_id: Mapped[str] = ref("pick_list")
    task_id: Mapped[str] = ref("pick_task")
    kind: Mapped[str] = text(8)
    quantity: Mapped[Decimal] = quantity()
    typed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = text(16)
    note: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(k) for k in rules.ENTRY_KINDS)})", name="pick_entry_kind"),
        CheckConstraint("(kind IN ('pick', 'short')) = (quantity > 0) AND quantity >= 0", name="pick_entry_quantity"),
        CheckConstraint("(kind = 'short') = (reason <> '')", name="pick_entry_reason"),
    )
