"""Sales at the counter and what came back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

_O, _C, _R, _RL, _L = (
    api.sales_order.c,
    api.counter_sale.c,
    api.sales_return.c,
    api.sales_return_line.c,
    api.sales_order_line.c,
)
_S, _M, _E, _P, _I = (
    billing.settlement.c,
    billing.settlement_money.c,
    billing.receivable_entry.c,
    billing.instalment.c,
    billing.invoice.c,
)
_PERSON = company.person.c


@dataclass(frozen=True, slots=True)
class CounterSaleRow:
    """A sale at the counter; its key is the order's."""

    id: str
    number: int
    at: dt.datetime
    customer_name: str
    seller_name: str | None
    station: str
    total_amount: Decimal
    paid_amount: Decimal
    credit_amount: Decimal
    change_amount: Decimal
    return_id: str | None


@dataclass(frozen=True, slots=True)
class CounterPaymentRow:
    """One way in which an order's invoice was paid."""

    id: str
    order_id: str
    position: int
    method: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """Goods that came back."""

    id: str
    number: int
    at: dt.datetime
    order_id: str
    order_number: int
    customer_id: str
    customer_name: str
    reason: str
    note: str
    refund: str
    value_amount: Decimal
    credit_note_id: str
    person_name: str | None


@dataclass(frozen=True, slots=True)
class ReturnLineRow:
    """One line of what came back."""

    id: str
    return_id: str
    order_id: str
    line_id: str
    position: int
    name: str
    quantity: Decimal
    condition: str


counter_sales = Query(
    "sales.counter_sales",
    CounterSaleRow,
    select(
        _O.id,
        _O.number,
        _C.at,
        party.party.c.name.label("customer_name"),
        _PERSON.name.label("seller_name"),
        _C.station,
        _O.total_amount,
        _C.paid_amount,
        _C.credit_amount,
        _C.change_amount,
        _C.return_id,
    ).select_from(
        api.counter_sale.join(api.sales_order, _O.id == _C.order_id)
        .join(party.party, party.party.c.id == _O.customer_id)
        .outerjoin(company.person, _PERSON.id == _O.seller_id)
    ),
    permission="sales.read",
    key=_O.id,
    order="-at",
    search=_O.folded,
    branch=_O.branch_id,
)

counter_payments = Query(
    "sales.counter_payments",
    CounterPaymentRow,
    select(_M.id, _I.source_id.label("order_id"), _M.position, _M.method, _M.amount)
    .select_from(
        billing.settlement_money.join(billing.settlement, _S.id == _M.settlement_id)
        .join(billing.receivable_entry, _E.settlement_id == _S.id)
        .join(billing.instalment, _P.id == _E.receivable_id)
        .join(billing.invoice, _I.id == _P.invoice_id)
        .join(api.counter_sale, _C.order_id == _I.source_id)
    )
    .where(_S.kind == "payment"),
    permission="sales.read",
    key=_M.id,
    order="position",
    branch=_I.branch_id,
)

returns = Query(
    "sales.returns",
    ReturnRow,
    select(
        _R.id,
        _R.number,
        _R.at,
        _R.order_id,
        _O.number.label("order_number"),
        _R.customer_id,
        party.party.c.name.label("customer_name"),
        _R.reason,
        _R.note,
        _R.refund,
        _R.value_amount,
        _R.credit_note_id,
        _PERSON.name.label("person_name"),
    ).select_from(
        api.sales_return.join(api.sales_order, _O.id == _R.order_id)
        .join(party.party, party.party.c.id == _R.customer_id)
        .outerjoin(company.person, _PERSON.id == _R.person_id)
    ),
    permission="sales.read",
    key=_R.id,
    order="-at",
    search=_O.folded,
    branch=_R.branch_id,
)

return_lines = Query(
    "sales.return_lines",
    ReturnLineRow,
    select(
        _RL.id, _RL.return_id, _RL.order_id, _RL.line_id, _L.position, _L.name, _RL.quantity, _RL.condition
    ).select_from(
        api.sales_return_line.join(api.sales_order_line, _L.id == _RL.line_id).join(
            api.sales_order, _O.id == _RL.order_id
        )
    ),
    permission="sales.read",
    key=_RL.id,
    order="position",
    branch=_O.branch_id,
)
