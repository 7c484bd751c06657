"""Receipts and returns: the lists, their lines, and what the receipt entry begins with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, String, func, literal_column, select, type_coerce

from retaguarda.kernel.model import Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api
from retaguarda.modules.purchasing.queries.orders import READ, RECEIVED, ZERO, order_allowed

_R, _RL = api.purchase_receipt.c, api.purchase_receipt_line.c
_T, _TL = api.supplier_return.c, api.supplier_return_line.c
_O, _L, _B, _P = api.purchase_order.c, api.purchase_order_line.c, api.purchase_line_balance.c, catalog.product.c
_LOCATION, _WHO, _SUPPLIER = inventory.location.c, company.person.alias("who"), party.party.alias("supplier_party")


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A delivery of a supplier, and whether it differed from the order."""

    id: str
    number: int
    order_id: str
    order_number: int
    supplier_id: str
    supplier_name: str
    received_on: dt.date
    supplier_document: str
    warehouse_name: str
    person_name: str | None
    lines: int
    differences: int
    note: str


def _count(*where: Any) -> Any:
    return (
        select(func.count())
        .select_from(api.purchase_receipt_line)
        .where(_RL.receipt_id == _R.id, *where)
        .correlate(api.purchase_receipt)
        .scalar_subquery()
    )


receipts = Query(
    "purchasing.receipts",
    ReceiptRow,
    select(
        _R.id,
        _R.number,
        _R.order_id,
        _O.number.label("order_number"),
        _R.supplier_id,
        _SUPPLIER.c.name.label("supplier_name"),
        _R.received_on,
        _R.supplier_document,
        inventory.warehouse.c.name.label("warehouse_name"),
        _WHO.c.name.label("person_name"),
        _count().label("lines"),
        _count(_RL.difference != "").label("differences"),
        _R.note,
    )
    .join(api.purchase_order, _O.id == _R.order_id)
    .join(_SUPPLIER, _SUPPLIER.c.id == _R.supplier_id)
    .join(inventory.warehouse, inventory.warehouse.c.id == _R.warehouse_id)
    .outerjoin(_WHO, _WHO.c.id == _R.person_id),
    permission=READ,
    key=_R.id,
    order="-number",
    search=_R.folded,
    branch=_R.branch_id,
)


@dataclass(frozen=True, slots=True)
class ReceiptLineRow:
    """What came of one product: taken in, refused, why it differs."""

    id: str
    receipt_id: str
    order_id: str
    number: int
    received_on: dt.date
    position: int
    product_id: str
    code: str
    name: str
    unit_code: str
    quantity: Decimal
    refused_quantity: Decimal
    difference: str | None
    reason: str
    location_code: str
    lot: str
    unit_cost: Decimal | None


receipt_lines = Query(
    "purchasing.receipt_lines",
    ReceiptLineRow,
    select(
        _RL.id,
        _RL.receipt_id,
        _R.order_id,
        _R.number,
        _R.received_on,
        _RL.position,
        _RL.product_id,
        _P.code,
        _P.name,
        _P.unit_code,
        _RL.quantity,
        _RL.refused_quantity,
        func.nullif(_RL.difference, literal_column("''")).label("difference"),
        _RL.reason,
        _LOCATION.code.label("location_code"),
        _RL.lot,
        _RL.unit_cost,
    )
    .join(api.purchase_receipt, _R.id == _RL.receipt_id)
    .join(catalog.product, _P.id == _RL.product_id)
    .join(inventory.location, _LOCATION.id == _RL.location_id),
    permission=READ,
    key=_RL.id,
    order="position",
    branch=_R.branch_id,
)


@dataclass(frozen=True, slots=True)
class ReceiptDraftRow:
    """An order as its delivery is checked: each line with what is still to come, counted from nothing."""

    id: str
    version: int
    number: int
    supplier_name: str
    state: str
    received: bool
    lines: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()

    @property
    def rest_comes(self) -> bool:
        """The rest still comes, until somebody says otherwise."""
        return True

    @property
    def blank(self) -> str:
        """What is not known before the delivery is there."""
        return ""


# A nested row has no outer join: what came of a line is asked for each.
_CAME = (
    select(func.coalesce(func.sum(_B.received), ZERO))
    .where(_B.id == _L.id)
    .correlate(api.purchase_order_line)
    .scalar_subquery()
)
_NOTHING = type_coerce(literal_column("0"), Minor(4))
_BLANK = literal_column("''", String())
_LINES = nested(
    [
        _L.position,
        _L.product_id,
        _L.name,
        _P.code,
        _L.unit_code,
        _L.supplier_code,
        type_coerce(_L.quantity - _CAME, Minor(4)).label("open"),
        _NOTHING.label("quantity"),
        _NOTHING.label("refused_quantity"),
        _BLANK.label("lot"),
        _BLANK.label("reason"),
        literal_column("NULL", Date()).label("expires_on"),
        _BLANK.label("serials"),
    ],
    _L.order_id == _O.id,
    _L.active,
    _P.id == _L.product_id,
    _L.quantity > _CAME,
    order="position",
)
receipt_draft = Query(
    "purchasing.receipt_draft",
    ReceiptDraftRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        _SUPPLIER.c.name.label("supplier_name"),
        _O.state,
        RECEIVED.label("received"),
        _LINES.label("lines"),
    )
    .select_from(api.purchase_order.join(_SUPPLIER, _SUPPLIER.c.id == _O.supplier_id))
    .where(_O.state.in_(("ordered", "confirmed"))),
    permission="purchasing.receive_order",
    key=_O.id,
    order="number",
    branch=_O.branch_id,
    allowed=order_allowed,
)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """Goods that went back to their supplier, and what it owes for them."""

    id: str
    number: int
    order_id: str
    order_number: int
    supplier_name: str
    returned_on: dt.date
    reason: str
    credit_amount: Decimal
    person_name: str | None


returns = Query(
    "purchasing.returns",
    ReturnRow,
    select(
        _T.id,
        _T.number,
        _T.order_id,
        _O.number.label("order_number"),
        _SUPPLIER.c.name.label("supplier_name"),
        _T.returned_on,
        _T.reason,
        _T.credit_amount,
        _WHO.c.name.label("person_name"),
    )
    .join(api.purchase_order, _O.id == _T.order_id)
    .join(_SUPPLIER, _SUPPLIER.c.id == _T.supplier_id)
    .outerjoin(_WHO, _WHO.c.id == _T.person_id),
    permission=READ,
    key=_T.id,
    order="-number",
    search=_T.folded,
    branch=_T.branch_id,
)


@dataclass(frozen=True, slots=True)
class ReturnLineRow:
    """One product that went back."""

    id: str
    return_id: str
    position: int
    product_id: str
    code: str
    name: str
    quantity: Decimal
    credited_quantity: Decimal
    unit_price: Decimal
    credit_amount: Decimal
    location_code: str
    lot: str


return_lines = Query(
    "purchasing.return_lines",
    ReturnLineRow,
    select(
        _TL.id,
        _TL.return_id,
        _TL.position,
        _TL.product_id,
        _P.code,
        _P.name,
        _TL.quantity,
        _TL.credited_quantity,
        _TL.unit_price,
        _TL.credit_amount,
        _LOCATION.code.label("location_code"),
        _TL.lot,
    )
    .join(api.supplier_return, _T.id == _TL.return_id)
    .join(catalog.product, _P.id == _TL.product_id)
    .join(inventory.location, _LOCATION.id == _TL.location_id),
    permission=READ,
    key=_TL.id,
    order="position",
    branch=_T.branch_id,
)
