"""From a lot or a numbered piece to the customers who got it, and from an order to what left by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import String, literal_column, select

from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

_M, _S, _O, _P = inventory.stock_move.c, inventory.serial_move.c, api.sales_order.c, catalog.product.c
_BUYER = party.party.c


@dataclass(frozen=True, slots=True)
class RecallRow:
    """Who got how much of a lot, by which order and on which day."""

    id: str
    product_id: str
    code: str
    name: str
    lot: str
    quantity: Decimal
    left_on: dt.date
    order_id: str
    order_number: int
    customer_id: str
    customer_name: str


recall = Query(
    "sales.recall",
    RecallRow,
    select(
        _M.id,
        _M.product_id,
        _P.code,
        _P.name,
        _M.lot,
        _M.quantity,
        _M.on_day.label("left_on"),
        _O.id.label("order_id"),
        _O.number.label("order_number"),
        _O.customer_id,
        _BUYER.name.label("customer_name"),
    )
    .join(api.sales_order, _O.id == _M.document_id)
    .join(party.party, _BUYER.id == _O.customer_id)
    .join(catalog.product, _P.id == _M.product_id)
    .where(_M.kind == "ship"),
    permission="sales.read",
    key=_M.id,
    order="-left_on",
    search=_P.folded,
    branch=_O.branch_id,
)


@dataclass(frozen=True, slots=True)
class PieceBuyerRow:
    """Who got a numbered piece."""

    id: str
    product_id: str
    number: str
    at: dt.datetime
    order_id: str
    order_number: int
    customer_name: str


piece_buyers = Query(
    "sales.piece_buyers",
    PieceBuyerRow,
    select(
        _S.id,
        _S.product_id,
        _S.number,
        _S.at,
        _O.id.label("order_id"),
        _O.number.label("order_number"),
        _BUYER.name.label("customer_name"),
    )
    .join(api.sales_order, _O.id == _S.document_id)
    .join(party.party, _BUYER.id == _O.customer_id)
    .where(_S.kind == literal_column("'ship'", String())),
    permission="sales.read",
    key=_S.id,
    order="-at",
    branch=_O.branch_id,
)
