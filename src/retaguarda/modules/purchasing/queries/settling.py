"""What paying and billing begin with: what is open of a supplier, what an order has to bill."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import String, bindparam, cast, func, literal_column, or_, select, type_coerce

from retaguarda.kernel.model import Key, Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api
from retaguarda.modules.purchasing.queries.owing import READ_PAYABLES, ZERO

_P, _O = api.payable.c, api.purchase_order.c
_SUPPLIER = party.party.alias("supplier_party")


@dataclass(frozen=True, slots=True)
class PayableChoiceRow:
    """Something open that a payment may settle, as it is offered while somebody types."""

    id: str
    name: str
    sub: str
    code: str
    supplier_id: str
    due_on: dt.date
    open_amount: Decimal


_NAME = (
    _P.number + literal_column("' '") + cast(_P.position, String) + literal_column("'/'") + cast(_P.positions, String)
)
payable_choices = Query(
    "purchasing.payable_choices",
    PayableChoiceRow,
    select(
        _P.id,
        _NAME.label("name"),
        _SUPPLIER.c.name.label("sub"),
        _P.number.label("code"),
        _P.supplier_id,
        _P.due_on,
        func.abs(_P.open_amount, type_=Minor(2)).label("open_amount"),
    )
    .join(_SUPPLIER, _SUPPLIER.c.id == _P.supplier_id)
    .where(_P.open_amount != ZERO),
    permission=READ_PAYABLES,
    key=_P.id,
    order="due_on",
    search=_P.folded,
    branch=_P.branch_id,
)


@dataclass(frozen=True, slots=True)
class PaymentDraftRow:
    """A supplier with everything open of it, ready to be paid."""

    id: str
    supplier_name: str
    owed: Decimal
    parts: tuple[NestedRow, ...]

    @property
    def blank(self) -> None:
        """What is not known before somebody pays."""

    @property
    def nothing(self) -> Decimal:
        """No discount and no interest, until somebody says otherwise."""
        return Decimal(0)


_OPEN = _P.open_amount != ZERO
_MINE = or_(
    _P.branch_id == company.person.c.branch_id,
    company.person.c.all_branches,
    select(company.person_branch.c.id)
    .where(
        company.person_branch.c.person_id == company.person.c.id,
        company.person_branch.c.branch_id == _P.branch_id,
        company.person_branch.c.active,
    )
    .exists(),
)
_PARTS = nested(
    [
        _P.id.label("payable_id"),
        _NAME.label("name"),
        _P.due_on,
        func.abs(_P.open_amount, type_=Minor(2)).label("open_amount"),
        func.abs(_P.open_amount, type_=Minor(2)).label("amount"),
    ],
    _P.supplier_id == _SUPPLIER.c.id,
    _OPEN,
    _MINE,
    order="due_on",
)
payment_draft = Query(
    "purchasing.payment_draft",
    PaymentDraftRow,
    select(
        _SUPPLIER.c.id,
        _SUPPLIER.c.name.label("supplier_name"),
        type_coerce(
            select(func.coalesce(func.sum(_P.open_amount), ZERO))
            .where(_P.supplier_id == _SUPPLIER.c.id, _MINE)
            .correlate(_SUPPLIER, company.person)
            .scalar_subquery(),
            Minor(2),
        ).label("owed"),
        _PARTS.label("parts"),
    )
    .select_from(_SUPPLIER.join(company.person, company.person.c.id == bindparam("person_id", type_=Key())))
    .where(select(_P.id).where(_P.supplier_id == _SUPPLIER.c.id, _OPEN, _MINE).exists()),
    permission="purchasing.pay_payables",
    key=_SUPPLIER.c.id,
    order="supplier_name",
)


@dataclass(frozen=True, slots=True)
class InvoiceDraftRow:
    """An order as its supplier's invoice is compared with it: what has come and was not billed yet."""

    id: str
    number: int
    supplier_name: str
    payment_terms: str
    lines: tuple[NestedRow, ...]

    @property
    def blank(self) -> None:
        """What is not known before the invoice is there."""

    @property
    def nothing(self) -> Decimal:
        """No further charges, until somebody says otherwise."""
        return Decimal(0)


_L, _B, _PR = api.purchase_order_line.c, api.purchase_line_balance.c, catalog.product.c
_TO_BILL = _B.received - _B.returned - (_B.invoiced - _B.credited)
_BILL_LINES = nested(
    [
        _L.position,
        _L.product_id,
        _L.name,
        _PR.code,
        _L.unit_code,
        type_coerce(_TO_BILL, Minor(4)).label("to_bill"),
        type_coerce(_TO_BILL, Minor(4)).label("quantity"),
        _L.unit_price.label("order_price"),
        _L.unit_price,
    ],
    _L.order_id == _O.id,
    _L.active,
    _PR.id == _L.product_id,
    _B.id == _L.id,
    _TO_BILL > ZERO,
    order="position",
)
invoice_draft = Query(
    "purchasing.invoice_draft",
    InvoiceDraftRow,
    select(
        _O.id,
        _O.number,
        _SUPPLIER.c.name.label("supplier_name"),
        _O.payment_terms,
        _BILL_LINES.label("lines"),
    )
    .select_from(api.purchase_order.join(_SUPPLIER, _SUPPLIER.c.id == _O.supplier_id))
    .where(_O.sent_at.is_not(None)),
    permission="purchasing.record_invoice",
    key=_O.id,
    order="number",
    branch=_O.branch_id,
)
