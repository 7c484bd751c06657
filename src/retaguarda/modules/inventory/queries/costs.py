"""What stock stands at: value and average by product, and how the value changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, case, literal_column, select, type_coerce, union_all

from retaguarda.kernel.model import Minor
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api

READ = "inventory.read_cost"


def _average(column: Any) -> Any:
    """An average cost with the four digits that people read."""
    half_up = type_coerce(column, BigInteger) + literal_column("500000", BigInteger)
    return type_coerce(half_up // literal_column("1000000", BigInteger), Minor(4)).label("unit_cost")


_C, _P, _M, _D = api.stock_cost.c, catalog.product.c, api.stock_move.c, api.cost_difference.c


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A product with what is owned of it in all warehouses, its average cost and its value."""

    id: str
    product_id: str
    code: str
    name: str
    unit_code: str
    quantity: Decimal
    unit_cost: Decimal
    amount: Decimal
    allowed: tuple[str, ...] = ()


def _value_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.adjust_cost",)


values = Query(
    "inventory.values",
    ValueRow,
    select(
        _P.id,
        _P.id.label("product_id"),
        _P.code,
        _P.name,
        _P.unit_code,
        _C.quantity,
        _average(_C.unit_cost),
        _C.amount,
    ).join(catalog.product, _P.id == _C.product_id),
    permission=READ,
    key=_P.id,
    order="name",
    search=_P.folded,
    allowed=_value_commands,
)


@dataclass(frozen=True, slots=True)
class ValueChangeRow:
    """One change of a product's value: what a move brought (above zero) or took (below), or a difference.

    `cost_amount` is what left for customers, less what came back from them.
    """

    id: str
    at: dt.datetime
    on_day: dt.date
    kind: str
    product_id: str
    code: str
    name: str
    quantity: Decimal
    amount: Decimal
    cost_amount: Decimal
    unit_cost: Decimal
    reason: str
    document_table: str
    document_id: str


_NOTHING: Any = literal_column("0")
_OUT = _M.to_location_id.is_(None)
_SOLD = case((_M.kind == "ship", _M.cost), (_M.kind == "return", -_M.cost), else_=_NOTHING)
_MOVED = select(
    _M.id,
    _M.at,
    _M.on_day,
    _M.kind,
    _M.product_id,
    type_coerce(case((_OUT, -_M.quantity), else_=_M.quantity), Minor(4)).label("quantity"),
    type_coerce(case((_OUT, -_M.cost), else_=_M.cost), Minor(2)).label("amount"),
    type_coerce(_SOLD, Minor(2)).label("cost_amount"),
    _average(_M.unit_cost),
    literal_column("''").label("reason"),
    _M.document_table,
    _M.document_id,
).where(_M.from_location_id.is_(None) | _OUT)
_DIFFERED = select(
    _D.id,
    _D.at,
    _D.on_day,
    literal_column("'difference'").label("kind"),
    _D.product_id,
    type_coerce(_NOTHING, Minor(4)).label("quantity"),
    _D.amount,
    type_coerce(_NOTHING, Minor(2)).label("cost_amount"),
    _average(_D.unit_cost),
    _D.reason,
    _D.document_table,
    _D.document_id,
)
CHANGES = union_all(_MOVED, _DIFFERED).subquery("value_change")
_ALL = CHANGES.c
value_changes = Query(
    "inventory.value_changes",
    ValueChangeRow,
    select(*((_P if f.name in ("code", "name") else _ALL)[f.name] for f in fields(ValueChangeRow))).join(
        catalog.product, _P.id == _ALL.product_id
    ),
    permission=READ,
    key=_ALL.id,
    order="-at",
    search=_P.folded,
)
