"""Stock and value as they were on any day: a row says from which day to which it was so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    String,
    case,
    cast,
    func,
    literal_column,
    select,
    true,
    type_coerce,
    union_all,
)

from retaguarda.kernel.model import Minor, digits
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api

READ = "inventory.read"
_P, _W, _M, _D = catalog.product.c, api.warehouse.c, api.stock_move.c, api.cost_difference.c


@dataclass(frozen=True, slots=True)
class StockOnRow:
    """How much of a product a warehouse had at the end of each day from `since_on` until before `until_on`."""

    id: str
    product_id: str
    warehouse_id: str
    code: str
    name: str
    unit_code: str
    warehouse_name: str
    since_on: dt.date
    until_on: dt.date
    quantity: Decimal


_SIDES = union_all(
    select(_M.product_id, _M.to_warehouse_id.label("warehouse_id"), _M.on_day, _M.quantity).where(
        _M.to_warehouse_id.is_not(None)
    ),
    select(_M.product_id, _M.from_warehouse_id, _M.on_day, -_M.quantity).where(_M.from_warehouse_id.is_not(None)),
).subquery("side")
_DAYS = (
    select(_SIDES.c.product_id, _SIDES.c.warehouse_id, _SIDES.c.on_day, func.sum(_SIDES.c.quantity).label("quantity"))
    .group_by(_SIDES.c.product_id, _SIDES.c.warehouse_id, _SIDES.c.on_day)
    .subquery("day_sum")
)
_BY: dict[str, Any] = {"partition_by": (_DAYS.c.product_id, _DAYS.c.warehouse_id), "order_by": _DAYS.c.on_day}
_RUNNING = select(
    _DAYS.c.product_id,
    _DAYS.c.warehouse_id,
    _DAYS.c.on_day.label("since_on"),
    func.lead(_DAYS.c.on_day).over(**_BY).label("next_on"),
    func.sum(_DAYS.c.quantity).over(**_BY).label("quantity"),
).subquery("running")
_R = _RUNNING.c
_DAY = cast(_R.since_on, String)
_ID = digits(_R.product_id) + digits(_R.warehouse_id) + _DAY
_FAR = literal_column("'9999-12-31'", String())
stock_history = Query(
    "inventory.stock_history",
    StockOnRow,
    select(
        _ID.label("id"),
        _R.product_id,
        _R.warehouse_id,
        _P.code,
        _P.name,
        _P.unit_code,
        _W.name.label("warehouse_name"),
        type_coerce(_R.since_on, Date()).label("since_on"),
        type_coerce(func.coalesce(_R.next_on, _FAR), Date()).label("until_on"),
        type_coerce(_R.quantity, Minor(4)).label("quantity"),
    )
    .join(catalog.product, _P.id == _R.product_id)
    .join(api.warehouse, _W.id == _R.warehouse_id),
    permission=READ,
    key=_ID,
    order="name",
    branch=_W.branch_id,
)


@dataclass(frozen=True, slots=True)
class ValueOnRow:
    """What a product was worth at the end of each day from `since_on` until before `until_on`."""

    id: str
    product_id: str
    since_on: dt.date
    until_on: dt.date
    quantity: Decimal
    amount: Decimal
    unit_cost: Decimal


_OUT = _M.to_location_id.is_(None)
_CHANGES = union_all(
    select(
        _M.product_id,
        _M.on_day,
        case((_OUT, -_M.quantity), else_=_M.quantity).label("quantity"),
        case((_OUT, -_M.cost), else_=_M.cost).label("amount"),
    ).where(_M.from_location_id.is_(None) | _OUT),
    select(_D.product_id, _D.on_day, type_coerce(literal_column("0"), Minor(4)), _D.amount),
).subquery("change")
_SUMS = (
    select(
        _CHANGES.c.product_id,
        _CHANGES.c.on_day,
        func.sum(_CHANGES.c.quantity).label("quantity"),
        func.sum(_CHANGES.c.amount).label("amount"),
    )
    .group_by(_CHANGES.c.product_id, _CHANGES.c.on_day)
    .subquery("change_sum")
)
_EACH: dict[str, Any] = {"partition_by": _SUMS.c.product_id, "order_by": _SUMS.c.on_day}
_WORTH = select(
    _SUMS.c.product_id,
    _SUMS.c.on_day.label("since_on"),
    func.lead(_SUMS.c.on_day).over(**_EACH).label("next_on"),
    func.sum(_SUMS.c.quantity).over(**_EACH).label("quantity"),
    func.sum(_SUMS.c.amount).over(**_EACH).label("amount"),
).subquery("worth")
_V = _WORTH.c
_VALUE_ID = digits(_V.product_id) + cast(_V.since_on, String)
_PER_UNIT = case(
    (type_coerce(_V.quantity, BigInteger) == literal_column("0"), literal_column("0")),
    else_=type_coerce(_V.amount, BigInteger) * literal_column("1000000") // type_coerce(_V.quantity, BigInteger),
)
value_history = Query(
    "inventory.value_history",
    ValueOnRow,
    select(
        _VALUE_ID.label("id"),
        _V.product_id,
        type_coerce(_V.since_on, Date()).label("since_on"),
        type_coerce(func.coalesce(_V.next_on, _FAR), Date()).label("until_on"),
        type_coerce(_V.quantity, Minor(4)).label("quantity"),
        type_coerce(_V.amount, Minor(2)).label("amount"),
        type_coerce(_PER_UNIT, Minor(4)).label("unit_cost"),
    ),
    permission="inventory.read_cost",
    key=_VALUE_ID,
    order="id",
)


@dataclass(frozen=True, slots=True)
class PaperHeadRow(company.Issuer):
    """Who a paper of a warehouse comes from."""

    id: str


paper_heads = Query(
    "inventory.paper_heads",
    PaperHeadRow,
    select(
        *company.ISSUER,
        _W.id,
    ).select_from(
        api.warehouse.join(company.branch, company.branch.c.id == _W.branch_id).join(company.company, true())
    ),
    permission=READ,
    key=_W.id,
    order="id",
    branch=_W.branch_id,
)
