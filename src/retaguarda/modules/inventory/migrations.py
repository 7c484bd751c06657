"""What older databases lack of the inventory: costs, places in transit, held by place, kits."""

from __future__ import annotations

from alembic.operations import Operations

from retaguarda.kernel.migration import Step, new_column, new_constraint
from retaguarda.kernel.model import Base

_DAY = {"sqlite": "substr(at, 1, 10)", "postgresql": "CAST(at AT TIME ZONE 'UTC' AS DATE)"}
_HELD = (
    "coalesce((SELECT sum(h.quantity) FROM stock_hold AS h WHERE h.product_id = bin_balance.product_id "
    "AND h.location_id = bin_balance.location_id AND h.lot = bin_balance.lot), 0)"
)
# What came in before there were costs is owned at none, until somebody puts its cost right.
_OWNED = (
    "INSERT INTO stock_cost (product_id, quantity, amount, unit_cost) "
    "SELECT product_id, sum(on_hand), 0, 0 FROM stock_balance GROUP BY product_id"
)
_SERIES = (
    "UPDATE number_series SET kind = 'inventory.document.' || substr(kind, 11) "
    "WHERE kind IN ('inventory.receipt', 'inventory.count', 'inventory.damage', 'inventory.transfer')"
)


def _day_of_moves(operations: Operations) -> None:
    """The day of what moved before moves had one: nearly always the same in the company's zone."""
    new_column("stock_move", "on_day", _DAY[operations.get_bind().dialect.name])(operations)


def _owned(operations: Operations) -> None:
    connection = operations.get_bind()
    Base.metadata.tables["stock_cost"].create(connection)
    connection.exec_driver_sql(_OWNED)


def _series(operations: Operations) -> None:
    operations.get_bind().exec_driver_sql(_SERIES)


MIGRATIONS: tuple[Step, ...] = (
    new_column("stock_move", "cost", "0"),
    new_column("stock_move", "unit_cost", "0"),
    _day_of_moves,
    new_constraint("stock_move", "ck_stock_move_kind"),
    new_constraint("stock_move", "ck_stock_move_cost"),
    new_constraint("stock_move", "ck_stock_move_within_costs_nothing"),
    new_column("bin_balance", "held", _HELD),
    new_column("bin_balance", "counted_at"),
    new_constraint("bin_balance", "ck_bin_balance_held"),
    new_constraint("bin_balance", "ck_bin_balance_picked"),
    new_column("stock_document", "reverses_id"),
    new_constraint("stock_document", "ck_stock_document_kind"),
    new_constraint("stock_document", "ck_stock_document_reverses"),
    new_constraint("stock_document", "uq_stock_document_reverses_id"),
    new_column("warehouse", "transit", "(1 = 0)"),
    new_constraint("warehouse", "ck_warehouse_transit"),
    new_column("stock_reservation", "kit_id"),
    new_column("stock_reservation", "per_kit"),
    new_constraint("stock_reservation", "ck_stock_reservation_kit"),
    _owned,
    _series,
)
