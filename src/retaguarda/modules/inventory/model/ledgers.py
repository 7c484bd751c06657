"""The ledgers of the inventory: moves, reservations, picks, holds, authorised negatives, expectations, broken promises.

Each row names the document it stands for; the triggers beside each table move the balances. Everywhere the stock
balance is touched before the bins, and both bins of a move in the order of their keys: no two commands can wait for
each other.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Minor, Rights, amount, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Refuse, Run, Trigger
from retaguarda.modules.inventory.model.costs import cost_moves
from retaguarda.modules.inventory.rules import UNIT_COST_SCALE

READ = Rights(read="inventory.read")
PEGGED = sql_text("expected_id IS NOT NULL")


def _stock(column: str, quantity_sql: str, warehouse: str = "NEW.warehouse_id") -> tuple[Run, Run]:
    return (
        Run(
            "INSERT INTO stock_balance (product_id, warehouse_id) "
            f"VALUES (NEW.product_id, {warehouse}) ON CONFLICT DO NOTHING"
        ),
        Run(
            f"UPDATE stock_balance SET {column} = {column} + {quantity_sql} "
            f"WHERE product_id = NEW.product_id AND warehouse_id = {warehouse}"
        ),
    )


def _new_bin(location: str) -> Run:
    return Run(
        "INSERT INTO bin_balance (product_id, location_id, lot) "
        f"VALUES (NEW.product_id, {location}, NEW.lot) ON CONFLICT DO NOTHING"
    )


def _bin(column: str, quantity_sql: str, location: str = "NEW.location_id", also: str = "1=1") -> Run:
    return Run(
        f"UPDATE bin_balance SET {column} = {column} + {quantity_sql} "
        f"WHERE product_id = NEW.product_id AND location_id = {location} AND lot = NEW.lot AND {also}"
    )


_IN, _OUT = "NEW.to_location_id", "NEW.from_location_id"
_SAME_WAREHOUSE = "NEW.from_warehouse_id = NEW.to_warehouse_id"
_BOTH_BINS = (
    _new_bin(_OUT),
    _new_bin(_IN),
    _bin("on_hand", "-NEW.quantity", _OUT, f"{_OUT} < {_IN}"),
    _bin("on_hand", "NEW.quantity", _IN),
    _bin("on_hand", "-NEW.quantity", _OUT, f"{_OUT} > {_IN}"),
)
_UPDATE_WAREHOUSES = (
    "UPDATE stock_balance SET on_hand = on_hand {sign} NEW.quantity "
    "WHERE product_id = NEW.product_id AND warehouse_id = {side} AND {also}"
)
_BOTH_WAREHOUSES = (
    _stock("on_hand", "0", "NEW.from_warehouse_id")[0],
    _stock("on_hand", "0", "NEW.to_warehouse_id")[0],
    Run(
        _UPDATE_WAREHOUSES.format(
            sign="-", side="NEW.from_warehouse_id", also="NEW.from_warehouse_id < NEW.to_warehouse_id"
        )
    ),
    Run(_UPDATE_WAREHOUSES.format(sign="+", side="NEW.to_warehouse_id", also="1=1")),
    Run(
        _UPDATE_WAREHOUSES.format(
            sign="-", side="NEW.from_warehouse_id", also="NEW.from_warehouse_id > NEW.to_warehouse_id"
        )
    ),
)


_LOT_NAMED = Refuse(
    "inventory.lot_needed",
    "EXISTS (SELECT 1 FROM stock_care WHERE product_id = NEW.product_id AND tracking = 'lot')",
)
_NOT_EXPIRED = Refuse(
    "inventory.lot_expired",
    "EXISTS (SELECT 1 FROM lot WHERE product_id = NEW.product_id AND code = NEW.lot "
    "AND expires_on < NEW.on_day AND NOT sold_expired)",
)


_NO_KIT = Refuse(
    "inventory.kit_has_no_stock",
    "EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.product_id AND active)",
)


class StockMove(Appended, Base):
    """Stock came in (no `from`) or went out (no `to`), with its cost and the average that stands after it, or changed
    its place, which costs nothing."""

    __tablename__ = "stock_move"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "from_location_id", "to_location_id", "lot"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("stock_move_of_lot", "before insert", (_LOT_NAMED,), when=f"NEW.lot = '' AND {_OUT} IS NULL"),
        Trigger("stock_move_of_no_kit", "before insert", (_NO_KIT,), when=f"{_OUT} IS NULL"),
        Trigger("stock_move_expired", "before insert", (_NOT_EXPIRED,), when="NEW.lot <> '' AND NEW.kind = 'ship'"),
        Trigger(
            "stock_move_in",
            "after insert",
            (
                *_stock("on_hand", "NEW.quantity", "NEW.to_warehouse_id"),
                _new_bin(_IN),
                _bin("on_hand", "NEW.quantity", _IN),
                *cost_moves("+"),
            ),
            when=f"{_OUT} IS NULL",
        ),
        Trigger(
            "stock_move_out",
            "after insert",
            (
                *_stock("on_hand", "-NEW.quantity", "NEW.from_warehouse_id"),
                _new_bin(_OUT),
                _bin("on_hand", "-NEW.quantity", _OUT),
                *cost_moves("-"),
            ),
            when=f"{_IN} IS NULL",
        ),
        Trigger("stock_move_within", "after insert", _BOTH_BINS, when=_SAME_WAREHOUSE),
        Trigger(
            "stock_move_between",
            "after insert",
            (*_BOTH_WAREHOUSES, *_BOTH_BINS),
            when="NEW.from_warehouse_id <> NEW.to_warehouse_id",
        ),
    )
    kind: Mapped[str] = text(10)
    product_id: Mapped[str] = ref("product", index=False)
    from_location_id: Mapped[str | None] = mapped_column(Key())
    from_warehouse_id: Mapped[str | None] = mapped_column(Key())
    to_location_id: Mapped[str | None] = mapped_column(Key())
    to_warehouse_id: Mapped[str | None] = mapped_column(Key())
    lot: Mapped[str] = text(40, default="")
    quantity: Mapped[Decimal] = quantity_column()
    cost: Mapped[Decimal] = amount()
    unit_cost: Mapped[Decimal] = mapped_column(Minor(UNIT_COST_SCALE))
    on_day: Mapped[dt.date] = mapped_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    line_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        CheckConstraint("quantity > 0", name="stock_move_quantity"),
        CheckConstraint(
            "kind IN ('receipt', 'count', 'damage', 'transfer', 'ship', 'return', 'back', 'opening')",
            name="stock_move_kind",
        ),
        CheckConstraint("cost >= 0 AND unit_cost >= 0", name="stock_move_cost"),
        CheckConstraint(
            "cost = 0 OR from_location_id IS NULL OR to_location_id IS NULL", name="stock_move_within_costs_nothing"
        ),
        CheckConstraint(
            "(from_location_id IS NOT NULL OR to_location_id IS NOT NULL) AND from_location_id <> to_location_id",
            name="stock_move_places",
        ),
        CheckConstraint(
            "(from_location_id IS NULL) = (from_warehouse_id IS NULL) "
            "AND (to_location_id IS NULL) = (to_warehouse_id IS NULL)",
            name="stock_move_warehouses",
        ),
        CheckConstraint("document_table <> ''", name="stock_move_document"),
        ForeignKeyConstraint(["from_location_id", "from_warehouse_id"], ["location.id", "location.warehouse_id"]),
        ForeignKeyConstraint(["to_location_id", "to_warehouse_id"], ["location.id", "location.warehouse_id"]),
        Index("ix_stock_move_product_id", "product_id"),
        # What came back of a line is asked before more of it may.
        Index(
            "ix_stock_move_line_id",
            "line_id",
            sqlite_where=sql_text("kind = 'return'"),
            postgresql_where=sql_text("kind = 'return'"),
        ),
    )


class StockReservation(Appended, Base):
    """Stock kept for a document's line (above zero) or given free again (below): against what is on hand, or pegged
    to one expected movement. For a part of a kit, `kit_id` is what the line sells and `per_kit` how much of the part
    goes into one."""

    __tablename__ = "stock_reservation"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "warehouse_id", "expected_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "stock_reservation_on_hand",
            "after insert",
            _stock("reserved", "NEW.quantity"),
            when="NEW.expected_id IS NULL",
        ),
        Trigger(
            "stock_reservation_pegged",
            "after insert",
            (Run("UPDATE expected_movement SET pegged = pegged + NEW.quantity WHERE id = NEW.expected_id"),),
            when="NEW.expected_id IS NOT NULL",
        ),
    )
    kind: Mapped[str] = text(10)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    expected_id: Mapped[str | None] = ref("expected_movement", index=False)
    quantity: Mapped[Decimal] = quantity_column()
    priority: Mapped[int] = mapped_column(default=0)
    promised_on: Mapped[dt.date | None] = mapped_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    line_id: Mapped[str] = mapped_column(Key())
    kit_id: Mapped[str | None] = ref("product", index=False)
    per_kit: Mapped[Decimal | None] = quantity_column()
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="stock_reservation_quantity"),
        CheckConstraint("(kit_id IS NULL) = (per_kit IS NULL)", name="stock_reservation_kit"),
        CheckConstraint("kind IN ('reserve', 'release', 'ship', 'broken', 'arrived')", name="stock_reservation_kind"),
        CheckConstraint("document_table <> ''", name="stock_reservation_document"),
        Index("ix_stock_reservation_product", "product_id", "warehouse_id"),
        Index("ix_stock_reservation_pegged", "expected_id", sqlite_where=PEGGED, postgresql_where=PEGGED),
    )


class StockPick(Appended, Base):
    """Stock taken off its place for a document's line (above zero) or put back, lost or shipped (below)."""

    __tablename__ = "stock_pick"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "location_id", "lot"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("stock_pick_picked", "after insert", (_new_bin("NEW.location_id"), _bin("picked", "NEW.quantity"))),
    )
    kind: Mapped[str] = text(10)
    product_id: Mapped[str] = ref("product", index=False)
    location_id: Mapped[str] = ref("location", index=False)
    lot: Mapped[str] = text(40, default="")
    quantity: Mapped[Decimal] = quantity_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    line_id: Mapped[str] = mapped_column(Key())
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="stock_pick_quantity"),
        CheckConstraint("kind IN ('pick', 'unpick', 'ship', 'broken')", name="stock_pick_kind"),
        CheckConstraint("document_table <> ''", name="stock_pick_document"),
        Index("ix_stock_pick_bin", "product_id", "location_id"),
    )


class StockHold(Appended, Base):
    """Stock at a location held back from sale (above zero), with the reason, or set free again (below)."""

    __tablename__ = "stock_hold"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "warehouse_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "stock_hold_undecided",
            "before insert",
            (
                Refuse(
                    "inventory.undecided",
                    "EXISTS (SELECT 1 FROM non_conformity WHERE hold_id = NEW.hold_id AND state = 'open')",
                ),
            ),
            # A count that finds less is a fact, whatever is held back; a release is somebody's word.
            when="NEW.quantity < 0 AND NEW.document_table = 'stock_hold'",
        ),
        Trigger(
            "stock_hold_held",
            "after insert",
            (*_stock("held", "NEW.quantity"), _new_bin("NEW.location_id"), _bin("held", "NEW.quantity")),
        ),
    )
    hold_id: Mapped[str] = mapped_column(Key(), index=True)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = mapped_column(Key())
    location_id: Mapped[str] = mapped_column(Key())
    lot: Mapped[str] = text(40, default="")
    quantity: Mapped[Decimal] = quantity_column()
    reason: Mapped[str] = text(200)
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="stock_hold_quantity"),
        CheckConstraint("document_table <> ''", name="stock_hold_document"),
        ForeignKeyConstraint(["location_id", "warehouse_id"], ["location.id", "location.warehouse_id"]),
        Index("ix_stock_hold_product", "product_id", "warehouse_id"),
    )


class AuthorisedNegative(Appended, Base):
    """Stock that may be sold before its entry is typed (above zero), or the receipt that covered it (below)."""

    __tablename__ = "authorised_negative"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "warehouse_id", "location_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "authorised_negative_allowed",
            "after insert",
            (
                *_stock("allowed_negative", "NEW.quantity"),
                _new_bin("NEW.location_id"),
                _bin("allowed_negative", "NEW.quantity"),
            ),
        ),
    )
    authorisation_id: Mapped[str] = mapped_column(Key(), index=True)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = mapped_column(Key())
    location_id: Mapped[str] = mapped_column(Key())
    lot: Mapped[str] = text(40, default="")
    quantity: Mapped[Decimal] = quantity_column()
    reason: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="authorised_negative_quantity"),
        CheckConstraint("document_table <> ''", name="authorised_negative_document"),
        ForeignKeyConstraint(["location_id", "warehouse_id"], ["location.id", "location.warehouse_id"]),
        Index("ix_authorised_negative_product", "product_id", "warehouse_id"),
    )


class ExpectedEntry(Appended, Base):
    """Something is expected (above zero), came or was cancelled (below zero), or is expected on another day (zero)."""

    __tablename__ = "expected_entry"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "warehouse_id", "expected_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "expected_entry_quantity",
            "after insert",
            (
                Run(
                    "INSERT INTO expected_movement "
                    "(id, product_id, warehouse_id, expected_on, document_table, document_id) "
                    "VALUES (NEW.expected_id, NEW.product_id, NEW.warehouse_id, NEW.expected_on, "
                    "NEW.document_table, NEW.document_id) ON CONFLICT DO NOTHING"
                ),
                Run(
                    "UPDATE expected_movement SET quantity = quantity + NEW.quantity, expected_on = NEW.expected_on "
                    "WHERE id = NEW.expected_id"
                ),
            ),
        ),
    )
    expected_id: Mapped[str] = mapped_column(Key(), index=True)
    kind: Mapped[str] = text(10)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    expected_on: Mapped[dt.date] = mapped_column()
    quantity: Mapped[Decimal] = quantity_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("kind IN ('expect', 'receive', 'cancel', 'postpone')", name="expected_entry_kind"),
        CheckConstraint("document_table <> ''", name="expected_entry_document"),
    )


class ReservationBroken(Appended, Base):
    """A line lost what was reserved for it, because of a fact (`cause`) that the document in `cause_table` states."""

    __tablename__ = "reservation_broken"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("product_id", "warehouse_id"))
    cause: Mapped[str] = text(10)
    product_id: Mapped[str] = ref("product", index=False)
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    quantity: Mapped[Decimal] = quantity_column()
    priority: Mapped[int] = mapped_column(default=0)
    promised_on: Mapped[dt.date | None] = mapped_column()
    document_table: Mapped[str] = text(40)
    document_id: Mapped[str] = mapped_column(Key(), index=True)
    line_id: Mapped[str] = mapped_column(Key())
    cause_table: Mapped[str] = text(40)
    cause_id: Mapped[str] = mapped_column(Key(), index=True)
    __table_args__ = (
        CheckConstraint("quantity > 0", name="reservation_broken_quantity"),
        CheckConstraint("document_table <> ''", name="reservation_broken_document"),
        CheckConstraint(
            "cause IN ('count', 'damage', 'hold', 'receipt', 'late', 'cancel', 'negative')",
            name="reservation_broken_cause",
        ),
    )
