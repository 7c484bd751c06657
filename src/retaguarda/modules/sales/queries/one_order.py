"""One order: its page, what its entry edits, its lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api
from retaguarda.modules.sales.queries.orders import GOODS, SELLER, order_allowed

_O, _L = api.sales_order.c, api.sales_order_line.c
_PRODUCT = catalog.product.c


@dataclass(frozen=True, slots=True)
class OrderCardRow(company.Issuer):
    """One order, as its page shows it."""

    id: str
    version: int
    number: int
    customer_id: str
    customer_name: str
    customer_sub: str
    ordered_at: dt.datetime
    promised_on: dt.date
    valid_until: dt.date
    total_amount: Decimal
    gross_amount: Decimal
    discount_amount: Decimal
    state: str
    channel: str
    handover: str
    payment_terms: str
    warehouse_name: str
    seller_name: str | None
    branch_name: str
    customer_note: str
    reason: str
    invoiced_at: dt.datetime | None
    invoice_policy: str
    goods: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderDraftRow:
    """Everything of an order that its entry edits, lines included."""

    id: str
    version: int
    number: int
    customer_id: str
    customer_name: str
    channel: str
    handover: str
    payment_terms: str
    promised_on: dt.date
    valid_until: dt.date
    warehouse_id: str
    warehouse_name: str
    customer_note: str
    internal_note: str
    state: str
    lines: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """A line of an order, with where its price comes from."""

    id: str
    order_id: str
    position: int
    product_id: str
    code: str
    name: str
    kind: str
    unit_code: str
    quantity: Decimal
    list_price: Decimal | None
    price_origin: str
    price_list_name: str | None
    unit_price: Decimal
    discount_rate: Decimal
    discount_amount: Decimal
    net_amount: Decimal
    warehouse_name: str


def _sum_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    total: ColumnElement[Any] = (
        select(func.coalesce(func.sum(column), Decimal(0)))
        .where(_L.order_id == _O.id, _L.active)
        .correlate(api.sales_order)
        .scalar_subquery()
    )
    return total


order_card = Query(
    "sales.order_card",
    OrderCardRow,
    select(
        *company.ISSUER,
        _O.id,
        _O.version,
        _O.number,
        _O.customer_id,
        party.party.c.name.label("customer_name"),
        party.sub_line().label("customer_sub"),
        _O.ordered_at,
        _O.promised_on,
        _O.valid_until,
        _O.total_amount,
        _sum_of(_L.gross_amount).label("gross_amount"),
        _sum_of(_L.discount_amount).label("discount_amount"),
        _O.state,
        _O.channel,
        _O.handover,
        _O.payment_terms,
        inventory.warehouse.c.name.label("warehouse_name"),
        SELLER.c.name.label("seller_name"),
        company.branch.c.name.label("branch_name"),
        _O.customer_note,
        _O.reason,
        _O.invoiced_at,
        _O.invoice_policy,
        GOODS.label("goods"),
    ).select_from(
        party.with_main_address(
            api.sales_order.join(party.party, party.party.c.id == _O.customer_id)
            .join(company.branch, company.branch.c.id == _O.branch_id)
            .join(company.company, company.company.c.single == 1)
            .join(inventory.warehouse, inventory.warehouse.c.id == _O.warehouse_id)
            .outerjoin(SELLER, SELLER.c.id == _O.seller_id)
        )
    ),
    permission="sales.read",
    key=_O.id,
    order="-ordered_at",
    branch=_O.branch_id,
    allowed=order_allowed,
)

_LINES = nested(
    [
        _L.position,
        _L.product_id,
        _L.name,
        _L.unit_code,
        _L.quantity,
        _L.unit_price,
        _L.discount_rate,
        _L.list_price.label("price"),
        _L.price_list_name.label("list_name"),
        _L.kind,
        _PRODUCT.code,
    ],
    _L.order_id == _O.id,
    _L.active,
    _PRODUCT.id == _L.product_id,
    order="position",
)

order_draft = Query(
    "sales.order_draft",
    OrderDraftRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        _O.customer_id,
        party.party.c.name.label("customer_name"),
        _O.channel,
        _O.handover,
        _O.payment_terms,
        _O.promised_on,
        _O.valid_until,
        _O.warehouse_id,
        inventory.warehouse.c.name.label("warehouse_name"),
        _O.customer_note,
        _O.internal_note,
        _O.state,
        _LINES.label("lines"),
    ).select_from(
        api.sales_order.join(party.party, party.party.c.id == _O.customer_id).join(
            inventory.warehouse, inventory.warehouse.c.id == _O.warehouse_id
        )
    ),
    permission="sales.revise_quotation",
    key=_O.id,
    order="number",
    branch=_O.branch_id,
    allowed=order_allowed,
)

order_lines = Query(
    "sales.order_lines",
    OrderLineRow,
    select(
        _L.id,
        _L.order_id,
        _L.position,
        _L.product_id,
        _PRODUCT.code,
        _L.name,
        _L.kind,
        _L.unit_code,
        _L.quantity,
        _L.list_price,
        _L.price_origin,
        _L.price_list_name,
        _L.unit_price,
        _L.discount_rate,
        _L.discount_amount,
        _L.net_amount,
        inventory.warehouse.c.name.label("warehouse_name"),
    )
    .select_from(
        api.sales_order_line.join(api.sales_order, _O.id == _L.order_id)
        .join(catalog.product, _PRODUCT.id == _L.product_id)
        .join(inventory.warehouse, inventory.warehouse.c.id == _L.warehouse_id)
    )
    .where(_L.active),
    permission="sales.read",
    key=_L.id,
    order="position",
    branch=_O.branch_id,
)
