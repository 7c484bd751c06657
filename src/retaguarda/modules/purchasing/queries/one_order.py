"""One purchase order: its page and paper, what its entry edits, its lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select, type_coerce

from retaguarda.kernel.model import Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api
from retaguarda.modules.purchasing.api.ordering import came
from retaguarda.modules.purchasing.queries.orders import (
    AWAITED,
    BUYER,
    LATE,
    READ,
    RECEIVED,
    STANDING,
    TODAY,
    ZERO,
    order_allowed,
)

_O, _L, _B, _P = api.purchase_order.c, api.purchase_order_line.c, api.purchase_line_balance.c, catalog.product.c
_X = inventory.expected_movement.c


@dataclass(frozen=True, slots=True)
class PurchaseOrderCardRow(company.Issuer):
    """One order whole: what its page and its paper show."""

    id: str
    version: int
    number: int
    supplier_id: str
    supplier_name: str
    supplier_sub: str
    supplier_legal_name: str | None
    supplier_tax_id: str | None
    ordered_at: dt.datetime
    sent_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    ended_at: dt.datetime | None
    expected_on: dt.date
    total_amount: Decimal
    state: str
    standing: str
    late: bool
    received: bool
    payment_terms: str
    supplier_reference: str
    supplier_note: str
    reason: str
    warehouse_id: str
    warehouse_name: str
    buyer_name: str | None
    branch_name: str
    allowed: tuple[str, ...] = ()


order_card = Query(
    "purchasing.order_card",
    PurchaseOrderCardRow,
    select(
        *company.ISSUER,
        _O.id,
        _O.version,
        _O.number,
        _O.supplier_id,
        party.party.c.name.label("supplier_name"),
        party.sub_line().label("supplier_sub"),
        party.party.c.legal_name.label("supplier_legal_name"),
        party.party.c.tax_id_shown.label("supplier_tax_id"),
        _O.ordered_at,
        _O.sent_at,
        _O.confirmed_at,
        _O.ended_at,
        _O.expected_on,
        _O.total_amount,
        _O.state,
        STANDING.label("standing"),
        LATE.label("late"),
        RECEIVED.label("received"),
        _O.payment_terms,
        _O.supplier_reference,
        _O.supplier_note,
        _O.reason,
        _O.warehouse_id,
        inventory.warehouse.c.name.label("warehouse_name"),
        BUYER.c.name.label("buyer_name"),
        company.branch.c.name.label("branch_name"),
    ).select_from(
        party.with_main_address(
            api.purchase_order.join(party.party, party.party.c.id == _O.supplier_id)
            .join(company.branch, company.branch.c.id == _O.branch_id)
            .join(company.company, company.company.c.single == 1)
            .join(inventory.warehouse, inventory.warehouse.c.id == _O.warehouse_id)
            .outerjoin(BUYER, BUYER.c.id == _O.buyer_id)
        )
    ),
    permission=READ,
    key=_O.id,
    order="-number",
    branch=_O.branch_id,
    allowed=order_allowed,
)


@dataclass(frozen=True, slots=True)
class PurchaseOrderDraftRow:
    """Everything of an order that its entries edit, lines included."""

    id: str
    version: int
    number: int
    supplier_id: str
    supplier_name: str
    warehouse_id: str
    warehouse_name: str
    expected_on: dt.date
    payment_terms: str
    supplier_reference: str
    supplier_note: str
    internal_note: str
    reason: str
    state: str
    received: bool
    lines: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()


_LINES = nested(
    [
        _L.position,
        _L.product_id,
        _L.name,
        _P.code,
        _L.unit_code,
        _L.supplier_code,
        _L.quantity,
        _L.unit_price,
        _L.expected_on,
    ],
    _L.order_id == _O.id,
    _L.active,
    _P.id == _L.product_id,
    order="position",
)
order_draft = Query(
    "purchasing.order_draft",
    PurchaseOrderDraftRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        _O.supplier_id,
        party.party.c.name.label("supplier_name"),
        _O.warehouse_id,
        inventory.warehouse.c.name.label("warehouse_name"),
        _O.expected_on,
        _O.payment_terms,
        _O.supplier_reference,
        _O.supplier_note,
        _O.internal_note,
        _O.reason,
        _O.state,
        RECEIVED.label("received"),
        _LINES.label("lines"),
    ).select_from(
        api.purchase_order.join(party.party, party.party.c.id == _O.supplier_id).join(
            inventory.warehouse, inventory.warehouse.c.id == _O.warehouse_id
        )
    ),
    permission=READ,
    key=_O.id,
    order="number",
    branch=_O.branch_id,
    allowed=order_allowed,
)


@dataclass(frozen=True, slots=True)
class PurchaseOrderLineRow:
    """A line of an order: what was ordered and how far it has come; `pegged` of it is promised to customers."""

    id: str
    order_id: str
    number: int
    position: int
    product_id: str
    code: str
    name: str
    supplier_code: str
    unit_code: str
    quantity: Decimal
    received: Decimal
    open: Decimal
    returned: Decimal
    invoiced: Decimal
    unit_price: Decimal
    net_amount: Decimal
    expected_on: dt.date
    late: bool
    pegged: Decimal | None
    state: str
    supplier_name: str


_CAME = func.coalesce(_B.received, ZERO)
_OPEN = case(
    (AWAITED, case((_L.quantity > _CAME, _L.quantity - _CAME), else_=ZERO)),
    else_=ZERO,
)
order_lines = Query(
    "purchasing.order_lines",
    PurchaseOrderLineRow,
    select(
        _L.id,
        _L.order_id,
        _O.number,
        _L.position,
        _L.product_id,
        _P.code,
        _L.name,
        _L.supplier_code,
        _L.unit_code,
        _L.quantity,
        came(_B.received),
        type_coerce(_OPEN, Minor(4)).label("open"),
        came(_B.returned),
        came(_B.invoiced),
        _L.unit_price,
        _L.net_amount,
        _L.expected_on,
        ((_OPEN > ZERO) & (_L.expected_on < TODAY)).label("late"),
        _X.pegged,
        _O.state,
        party.party.c.name.label("supplier_name"),
    )
    .select_from(
        api.purchase_order_line.join(api.purchase_order, _O.id == _L.order_id)
        .join(party.party, party.party.c.id == _O.supplier_id)
        .join(catalog.product, _P.id == _L.product_id)
        .outerjoin(api.purchase_line_balance, _B.id == _L.id)
        .outerjoin(inventory.expected_movement, _X.id == _L.expected_id)
    )
    .where(_L.active),
    permission=READ,
    key=_L.id,
    order="position",
    branch=_O.branch_id,
)
