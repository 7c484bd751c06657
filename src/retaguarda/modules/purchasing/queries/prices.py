"""What suppliers ask, and when products are bought again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, String, bindparam, case, func, literal_column, select

from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api

READ = "purchasing.read"
TODAY = bindparam("today", type_=Date())
_V, _N, _P, _W = api.supplier_price.c, api.reorder_point.c, catalog.product.c, inventory.warehouse.c
SUPPLIER = party.party.alias("supplier_party")


@dataclass(frozen=True, slots=True)
class SupplierPriceRow:
    """A supplier's price with its days; `state` says whether it is past, holds today, comes or never held."""

    id: str
    version: int
    supplier_id: str
    supplier_name: str
    product_id: str
    code: str
    name: str
    unit_code: str
    supplier_code: str
    unit_price: Decimal
    least_quantity: Decimal
    pack_quantity: Decimal
    lead_days: int
    valid_from: dt.date
    valid_to: dt.date | None
    state: str
    allowed: tuple[str, ...] = ()


def _price_commands(row: Any) -> tuple[str, ...]:
    return ("purchasing.end_supplier_price",) if row.state in ("current", "coming") else ()


_STATE = case(
    (_V.valid_to < _V.valid_from, literal_column("'replaced'", String())),
    (_V.valid_from > TODAY, literal_column("'coming'", String())),
    (_V.valid_to < TODAY, literal_column("'past'", String())),
    else_=literal_column("'current'", String()),
).label("state")
supplier_prices = Query(
    "purchasing.supplier_prices",
    SupplierPriceRow,
    select(
        _V.id,
        _V.version,
        _V.supplier_id,
        SUPPLIER.c.name.label("supplier_name"),
        _V.product_id,
        _P.code,
        _P.name,
        _P.unit_code,
        _V.supplier_code,
        _V.unit_price,
        _V.least_quantity,
        _V.pack_quantity,
        _V.lead_days,
        _V.valid_from,
        _V.valid_to,
        _STATE,
    )
    .join(catalog.product, _P.id == _V.product_id)
    .join(SUPPLIER, SUPPLIER.c.id == _V.supplier_id),
    permission=READ,
    key=_V.id,
    order="name",
    search=_P.folded + literal_column("' '") + SUPPLIER.c.folded + literal_column("' '") + func.lower(_V.supplier_code),
    allowed=_price_commands,
)


@dataclass(frozen=True, slots=True)
class ReorderPointRow:
    """When a product is bought again for a warehouse, and from whom."""

    id: str
    version: int
    product_id: str
    code: str
    name: str
    unit_code: str
    warehouse_id: str
    warehouse_name: str
    minimum_quantity: Decimal
    maximum_quantity: Decimal
    supplier_id: str | None
    supplier_name: str | None
    lead_days: int | None
    active: bool
    allowed: tuple[str, ...] = ()


def _point_commands(row: Any) -> tuple[str, ...]:
    set_again = ("purchasing.set_reorder_point",)
    return (*set_again, "purchasing.remove_reorder_point") if row.active else set_again


reorder_points = Query(
    "purchasing.reorder_points",
    ReorderPointRow,
    select(
        _N.id,
        _N.version,
        _N.product_id,
        _P.code,
        _P.name,
        _P.unit_code,
        _N.warehouse_id,
        _W.name.label("warehouse_name"),
        _N.minimum_quantity,
        _N.maximum_quantity,
        _N.supplier_id,
        SUPPLIER.c.name.label("supplier_name"),
        _N.lead_days,
        _N.active,
    )
    .join(catalog.product, _P.id == _N.product_id)
    .join(inventory.warehouse, _W.id == _N.warehouse_id)
    .outerjoin(SUPPLIER, SUPPLIER.c.id == _N.supplier_id),
    permission=READ,
    key=_N.id,
    order="name",
    search=_P.folded,
    branch=_W.branch_id,
    allowed=_point_commands,
)
