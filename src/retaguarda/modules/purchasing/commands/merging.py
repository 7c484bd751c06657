"""What becomes of what is bought when two products become one: suppliers' prices and reorder points go over, what is
open refuses."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, or_, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.kernel.validity import ONE_DAY
from retaguarda.modules.catalog.events import ProductsMerged, ProductsUnmerged
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.model import ReorderPoint, SupplierPrice

_PRODUCT = bindparam("product_id", type_=Key())
_O, _L, _R, _V = api.purchase_order.c, api.purchase_order_line.c, api.requisition.c, api.supplier_price.c
OPEN_ORDER = Statement(
    select(_O.number)
    .join(api.purchase_order_line, _L.order_id == _O.id)
    .where(_L.product_id == _PRODUCT, _L.active, _O.state.not_in((rules.CLOSED, rules.CANCELLED)))
    .order_by(_O.number)
)
ASKED_FOR = Statement(select(_R.number).where(_R.product_id == _PRODUCT, _R.state == "open").order_by(_R.number))
STILL_HOLD = Statement(
    select(api.supplier_price)
    .where(
        _V.product_id == _PRODUCT, or_(_V.valid_to.is_(None), _V.valid_to >= bindparam("day", type_=_V.valid_to.type))
    )
    .order_by(_V.id)
)
POINTS_OF = Statement(
    select(api.reorder_point).where(api.reorder_point.c.product_id == _PRODUCT).order_by(api.reorder_point.c.id)
)
_POINT = ("warehouse_id", "minimum_quantity", "maximum_quantity", "supplier_id", "lead_days")
_SAID = ("supplier_id", "supplier_code", "unit_price", "least_quantity", "pack_quantity", "lead_days", "valid_to")


def products_merged(unit: Unit, event: ProductsMerged) -> None:
    """Refuses a record that is being bought; gives the kept product the suppliers' prices that it has not."""
    order = unit.one(OPEN_ORDER, product_id=event.merged_id)
    if order is not None:
        raise Refusal("purchasing.merged.open_order", number=order.number)
    asked = unit.one(ASKED_FOR, product_id=event.merged_id)
    if asked is not None:
        raise Refusal("purchasing.merged.open_requisition", number=asked.number)
    there = {_offer(row) for row in unit.all(STILL_HOLD, product_id=event.kept_id, day=unit.today)}
    theirs = unit.all(STILL_HOLD, product_id=event.merged_id, day=unit.today)
    unit.add_all(
        SupplierPrice,
        [
            {"product_id": event.kept_id, "valid_from": max(row.valid_from, unit.today)}
            | {name: getattr(row, name) for name in _SAID}
            for row in theirs
            if _offer(row) not in there
        ],
    )
    _bring_points(unit, event)


def _bring_points(unit: Unit, event: ProductsMerged) -> None:
    """The merged record is bought again no more; the kept one is for the warehouses where nobody has said it of it."""
    there = {point.warehouse_id for point in unit.all(POINTS_OF, product_id=event.kept_id)}
    theirs = [point for point in unit.all(POINTS_OF, product_id=event.merged_id) if point.active]
    unit.revise_all(ReorderPoint, [(point, {"active": False}) for point in theirs])
    wanted = [point for point in theirs if point.warehouse_id not in there]
    unit.add_all(
        ReorderPoint,
        [{"product_id": event.kept_id, **{name: getattr(point, name) for name in _POINT}} for point in wanted],
    )


def products_unmerged(unit: Unit, event: ProductsUnmerged) -> None:
    """Ends the prices and reorder points that the merge brought, those that nobody has touched since; the record that
    stands by itself again is bought again as before."""
    last = unit.today - ONE_DAY
    rows = unit.all(STILL_HOLD, product_id=event.kept_id, day=unit.today)
    brought = [row for row in rows if row.command_id == event.merged_by]
    unit.revise_all(SupplierPrice, [(row, {"valid_to": last}) for row in brought])
    for product_id, active in ((event.kept_id, False), (event.merged_id, True)):
        points = unit.all(POINTS_OF, product_id=product_id)
        unit.revise_all(
            ReorderPoint, [(point, {"active": active}) for point in points if point.command_id == event.merged_by]
        )


def _offer(row: Any) -> tuple[Any, ...]:
    """Which prices are for the same: of one supplier, from the same quantity on."""
    return row.supplier_id, row.least_quantity
