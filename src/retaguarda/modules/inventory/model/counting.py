"""Blind counts: the sheet with its places, and what was entered for each, without anybody seeing the books."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Keyed, Ledger, Numbers, Rights, Versioned, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted

READ = Rights(read="inventory.read")


class CountSheet(Versioned, Base):
    """A count of some places of a warehouse: open while it is entered, then posted or cancelled."""

    __tablename__ = "count_sheet"
    __rights__ = Rights(read="inventory.read", rows="branch")
    __numbers__: ClassVar[Numbers] = Numbers("inventory.count_sheet")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("count_sheet"),
        Trigger("count_sheet_begins", "before insert", (Refuse("inventory.count_closed", "NEW.state <> 'open'"),)),
        Trigger("count_sheet_ends", "before update", (Refuse("inventory.count_closed", "OLD.state <> 'open'"),)),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    number: Mapped[int] = mapped_column(BigInteger)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    state: Mapped[str] = text(9)
    opened_on: Mapped[dt.date] = mapped_column()
    note: Mapped[str] = text(200)
    document_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint("state IN ('open', 'posted', 'cancelled')", name="count_sheet_state"),
        CheckConstraint("(state = 'posted') = (document_id IS NOT NULL)", name="count_sheet_document"),
        Index("ix_count_sheet_state", "state", "warehouse_id"),
    )


class CountSheetLine(Keyed, Base):
    """A place to count. It is settled when what was entered agrees with the books, or twice with itself; the trigger
    of the entries keeps it so."""

    __tablename__ = "count_sheet_line"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("count_sheet_line"),)
    # Deferred: the number, and with it the sheet's own row, comes last.
    sheet_id: Mapped[str] = mapped_column(Key(), ForeignKey("count_sheet.id", deferrable=True, initially="DEFERRED"))
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product", index=False)
    location_id: Mapped[str] = ref("location", index=False)
    lot: Mapped[str] = text(40)
    entries: Mapped[int] = mapped_column(default=0)
    difference: Mapped[Decimal | None] = quantity_column()
    settled: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        UniqueConstraint("sheet_id", "product_id", "location_id", "lot"),
        CheckConstraint("(entries = 0) = (difference IS NULL)", name="count_sheet_line_entries"),
    )


class CountEntry(Appended, Base):
    """What somebody counted at a place, and what the books said at that instant (which nobody was shown)."""

    __tablename__ = "count_entry"
    __rights__ = Rights(read="inventory.post_count")
    __ledger__: ClassVar[Ledger] = Ledger(lock=("line_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "count_entry_of_open_sheet",
            "before insert",
            (
                Refuse(
                    "inventory.count_closed",
                    "EXISTS (SELECT 1 FROM count_sheet_line AS l JOIN count_sheet AS s ON s.id = l.sheet_id "
                    "WHERE l.id = NEW.line_id AND s.state <> 'open')",
                ),
            ),
        ),
        Trigger(
            "count_entry_settles",
            "after insert",
            (
                Run(
                    "UPDATE count_sheet_line SET settled = (NEW.quantity = NEW.booked_quantity "
                    "OR (entries > 0 AND difference = NEW.quantity - NEW.booked_quantity)), "
                    "entries = entries + 1, difference = NEW.quantity - NEW.booked_quantity WHERE id = NEW.line_id"
                ),
            ),
        ),
    )
    line_id: Mapped[str] = ref("count_sheet_line")
    quantity: Mapped[Decimal] = quantity_column()
    booked_quantity: Mapped[Decimal] = quantity_column()
    serials: Mapped[str] = text(4000)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (CheckConstraint("quantity >= 0", name="count_entry_quantity"),)
