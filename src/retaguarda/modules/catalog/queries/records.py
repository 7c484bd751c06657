"""Products with their prices, codes and substitutes, units and tax rates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, String, bindparam, case, func, literal, literal_column, select

from retaguarda.kernel.query import Query
from retaguarda.kernel.reference import UNIT, CodeUse
from retaguarda.modules.catalog import api, rules

READ = "catalog.read"
TODAY = bindparam("today", type_=Date())
_P = api.product.c
_GTIN = (
    select(func.min(api.product_code.c.code))
    .where(api.product_code.c.product_id == _P.id, api.product_code.c.kind == rules.GTIN, api.product_code.c.active)
    .correlate(api.product)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product or service with the price of today."""

    id: str
    version: int
    code: str
    name: str
    kind: str
    unit_code: str
    gtin: str | None
    price: Decimal | None
    price_since: dt.date | None
    tax_code: str | None
    note: str | None
    archived: bool
    merged_into: str | None
    allowed: tuple[str, ...] = ()


def _product_commands(row: Any) -> tuple[str, ...]:
    if row.archived:
        return ("catalog.restore_product",) if row.merged_into is None else ()
    return (
        "catalog.revise_product",
        "catalog.set_price",
        "catalog.add_code",
        "catalog.add_substitute",
        "catalog.archive_product",
        "catalog.propose_merge",
    )


_INTO = api.product.alias("into")
_PRODUCT_SELECT = select(
    _P.id,
    _P.version,
    _P.code,
    _P.name,
    _P.kind,
    _P.unit_code,
    _GTIN.label("gtin"),
    api.product_price.c.price,
    api.product_price.c.valid_from.label("price_since"),
    _P.tax_code,
    _P.note,
    _P.archived,
    select(_INTO.c.name)
    .where(_INTO.c.id == _P.merged_into_id)
    .correlate(api.product)
    .scalar_subquery()
    .label("merged_into"),
).select_from(api.with_price(TODAY))

products = Query(
    "catalog.products",
    ProductRow,
    _PRODUCT_SELECT,
    permission=READ,
    key=_P.id,
    order="name",
    search=_P.folded,
    allowed=_product_commands,
)
product_card = Query(
    "catalog.product_card",
    ProductRow,
    _PRODUCT_SELECT,
    permission=READ,
    key=_P.id,
    order="name",
    allowed=_product_commands,
)


@dataclass(frozen=True, slots=True)
class ProductChoiceRow:
    """A product as it is offered while somebody types its name or code."""

    id: str
    name: str
    sub: str
    code: str
    unit_code: str
    kind: str


product_choices = Query(
    "catalog.product_choices",
    ProductChoiceRow,
    select(
        _P.id, _P.name, (_P.code + literal(" · ") + _P.unit_code).label("sub"), _P.code, _P.unit_code, _P.kind
    ).where(~_P.archived),
    permission=READ,
    key=_P.id,
    order="name",
    search=_P.folded,
)


@dataclass(frozen=True, slots=True)
class ProductToSellRow:
    """A product as the order entry takes it: what was scanned, its price of today and where that comes from."""

    id: str
    name: str
    code: str
    gtin: str | None
    unit_code: str
    decimals: int
    price: Decimal | None
    list_name: str | None
    price_since: dt.date | None
    kind: str
    sub: str


_SOLD = (
    _P.id,
    _P.name,
    _P.code,
    _GTIN.label("gtin"),
    _P.unit_code,
    api.measure_unit.c.decimals,
    api.product_price.c.price,
    api.price_list.c.name.label("list_name"),
    api.product_price.c.valid_from.label("price_since"),
    _P.kind,
    _P.code.label("sub"),
)
_TO_SELL = (
    select(*_SOLD)
    .select_from(api.with_price(TODAY).join(api.measure_unit, api.measure_unit.c.code == _P.unit_code))
    .where(~_P.archived)
)

products_to_sell = Query(
    "catalog.products_to_sell",
    ProductToSellRow,
    _TO_SELL.join(api.product_code, (api.product_code.c.product_id == _P.id) & api.product_code.c.active),
    permission=READ,
    key=_P.id,
    order="name",
    # One row per code: asked with `code`, any of the product's own codes or GTINs, it gives at most one product.
    extra={"code": api.product_code.c.code},
)
products_to_find = Query(
    "catalog.products_to_find",
    ProductToSellRow,
    _TO_SELL,
    permission=READ,
    key=_P.id,
    order="name",
    search=_P.folded,
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of measure and the digits its quantities may have."""

    id: str
    version: int
    code: str
    name: str
    decimals: int
    archived: bool


@dataclass(frozen=True, slots=True)
class UnitChoiceRow:
    """A unit as a field offers it; its key is its code."""

    id: str
    name: str
    sub: str


_U = api.measure_unit.c
units = Query(
    "catalog.units",
    UnitRow,
    select(_U.id, _U.version, _U.code, _U.name, _U.decimals, _U.archived),
    permission=READ,
    key=_U.id,
    order="code",
)
UNIT_CODES = CodeUse("units", UNIT, READ, select(_U.id, _U.name, _U.code).where(~_U.archived))
unit_choices = Query(
    "catalog.unit_choices",
    UnitChoiceRow,
    select(_U.code.label("id"), _U.code.label("name"), _U.name.label("sub")).where(~_U.archived),
    permission=READ,
    key=_U.code,
    order="name",
    search=func.lower(_U.code + literal(" ") + _U.name),
)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price of a product with its days; `state` says whether it is past, holds today, comes or never held."""

    id: str
    product_id: str
    list_name: str
    price: Decimal
    valid_from: dt.date
    valid_to: dt.date | None
    state: str


_V = api.product_price.c
_STATE = case(
    (_V.valid_to < _V.valid_from, literal_column("'replaced'", String())),
    (_V.valid_from > TODAY, literal_column("'coming'", String())),
    (_V.valid_to < TODAY, literal_column("'past'", String())),
    else_=literal_column("'current'", String()),
).label("state")
prices = Query(
    "catalog.prices",
    PriceRow,
    select(
        _V.id, _V.product_id, api.price_list.c.name.label("list_name"), _V.price, _V.valid_from, _V.valid_to, _STATE
    ).join(api.price_list, api.price_list.c.id == _V.list_id),
    permission=READ,
    key=_V.id,
    order="-valid_from",
)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of a product."""

    id: str
    product_id: str
    kind: str
    code: str
    active: bool


_C = api.product_code.c
codes = Query(
    "catalog.codes",
    CodeRow,
    select(_C.id, _C.product_id, _C.kind, _C.code, _C.active),
    permission=READ,
    key=_C.id,
    order="code",
)


@dataclass(frozen=True, slots=True)
class SubstituteRow:
    """A product that may stand in for another."""

    id: str
    product_id: str
    substitute_id: str
    position: int
    code: str
    name: str
    price: Decimal | None
    active: bool


_S = api.product_substitute.c
substitutes = Query(
    "catalog.substitutes",
    SubstituteRow,
    select(_S.id, _S.product_id, _S.substitute_id, _S.position, _P.code, _P.name, _V.price, _S.active)
    .join(api.product, _P.id == _S.substitute_id)
    .outerjoin(api.product_price, api.price_in_force(TODAY)),
    permission=READ,
    key=_S.id,
    order="position",
)


@dataclass(frozen=True, slots=True)
class TaxRateRow:
    """A rate of a tax code from a day on."""

    id: str
    tax_code: str
    rate: Decimal
    valid_from: dt.date


_T = api.tax_rate.c
tax_rates = Query(
    "catalog.tax_rates",
    TaxRateRow,
    select(_T.id, _T.tax_code, _T.rate, _T.valid_from),
    permission=READ,
    key=_T.id,
    order="tax_code",
)

RECORDS = (
    products,
    product_card,
    product_choices,
    products_to_sell,
    products_to_find,
    units,
    unit_choices,
    prices,
    codes,
    substitutes,
    tax_rates,
)
