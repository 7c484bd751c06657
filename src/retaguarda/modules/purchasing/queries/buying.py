"""What a buyer is told while typing an order: the supplier's prices, the stock, what is on its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, or_, select, true, type_coerce

from retaguarda.kernel.model import Minor, UtcDateTime, digits
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api
from retaguarda.modules.purchasing.queries.orders import AWAITED, LATE, READ, TODAY, ZERO

_P, _V, _S, _X = catalog.product.c, api.supplier_price.c, inventory.stock_balance.c, inventory.expected_movement.c
_SUPPLIER, _PARTY, _O = party.supplier.c, party.party.c, api.purchase_order.c


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A product as a supplier offers it: its prices by quantity, smallest first, and what there is and comes of it."""

    id: str
    product_id: str
    supplier_id: str
    prices: tuple[NestedRow, ...]
    free: Decimal
    incoming: Decimal
    at: dt.datetime


_ID = digits(_P.id) + digits(_SUPPLIER.party_id)
_PRICES = nested(
    [_V.least_quantity, _V.unit_price, _V.pack_quantity, _V.lead_days, _V.supplier_code],
    _V.product_id == _P.id,
    _V.supplier_id == _SUPPLIER.party_id,
    _V.valid_from <= TODAY,
    or_(_V.valid_to.is_(None), _V.valid_to >= TODAY),
    order="least_quantity",
)


def _sum(what: Any, *where: Any) -> Any:
    core = select(func.coalesce(func.sum(what), ZERO)).where(*where).correlate(catalog.product).scalar_subquery()
    return type_coerce(core, Minor(4))


offers = Query(
    "purchasing.offers",
    OfferRow,
    select(
        _ID.label("id"),
        _P.id.label("product_id"),
        _SUPPLIER.party_id.label("supplier_id"),
        _PRICES.label("prices"),
        _sum(_S.on_hand - _S.held - _S.reserved, _S.product_id == _P.id).label("free"),
        _sum(_X.quantity - _X.pegged, _X.product_id == _P.id).label("incoming"),
        bindparam("now", type_=UtcDateTime()).label("at"),
    )
    .select_from(catalog.product.join(party.supplier, true()))
    .where(_SUPPLIER.active, _P.kind == catalog.STOCK, ~_P.archived),
    permission=READ,
    key=_ID,
    order="product_id",
)


@dataclass(frozen=True, slots=True)
class SupplierCardRow:
    """A supplier over its order: what is open with it and how much of that is late."""

    id: str
    name: str
    sub: str
    open_orders: int
    open_amount: Decimal
    late_orders: int


def _count(*where: Any) -> Any:
    return (
        select(func.count())
        .select_from(api.purchase_order)
        .where(_O.supplier_id.in_(party.one_with(_PARTY.id)), *where)
        .correlate(party.party)
        .scalar_subquery()
    )


_OPEN_AMOUNT = (
    select(func.coalesce(func.sum(_O.total_amount), ZERO))
    .where(_O.supplier_id.in_(party.one_with(_PARTY.id)), AWAITED)
    .correlate(party.party)
    .scalar_subquery()
)
supplier_card = Query(
    "purchasing.supplier_card",
    SupplierCardRow,
    select(
        _PARTY.id,
        _PARTY.name,
        party.sub_line().label("sub"),
        _count(AWAITED).label("open_orders"),
        type_coerce(_OPEN_AMOUNT, Minor(2)).label("open_amount"),
        _count(LATE).label("late_orders"),
    ).select_from(
        party.with_main_address(party.party.join(party.supplier, (_SUPPLIER.party_id == _PARTY.id) & _SUPPLIER.active))
    ),
    permission=READ,
    key=_PARTY.id,
    order="name",
)


@dataclass(frozen=True, slots=True)
class ProductToBuyRow:
    """A product as the sheet of proposals takes it when it is scanned: bought though nothing proposed it."""

    id: str
    name: str
    code: str
    unit_code: str
    sub: str

    @property
    def proposal_id(self) -> None:
        """Nothing proposed it."""


_CODE = catalog.product_code.c
products_to_buy = Query(
    "purchasing.products_to_buy",
    ProductToBuyRow,
    select(_P.id, _P.name, _P.code, _P.unit_code, _P.code.label("sub"))
    .join(catalog.product_code, (_CODE.product_id == _P.id) & _CODE.active)
    .where(_P.kind == catalog.STOCK, ~_P.archived),
    permission=READ,
    key=_P.id,
    order="name",
    search=_P.folded,
    # One row per code: asked with `code`, any of the product's own codes or GTINs, it gives at most one product.
    extra={"code": _CODE.code},
)
