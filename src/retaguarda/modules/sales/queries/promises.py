"""The promise ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

_O, _L = api.sales_order.c, api.sales_order_line.c
_P, _R, _K = api.promise.c, api.promise_result.c, api.promise_consent.c


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One entry of the promise ledger: what was promised for a line, by whom, with which consent, what came of it."""

    id: str
    order_id: str
    at: dt.datetime
    turn: int
    position: int
    name: str
    quantity: Decimal
    unit_price: Decimal
    net_amount: Decimal
    promised_on: dt.date
    place: str
    channel: str
    person_name: str | None
    customer_name: str
    consent_by: str | None
    consent_channel: str | None
    consent_note: str | None
    current: bool
    delivered_on: dt.date | None
    kept: bool | None


def _promises() -> Select[Any]:
    return select(
        _P.id,
        _P.order_id,
        _P.at,
        _P.turn,
        _L.position,
        _L.name,
        _P.quantity,
        _P.unit_price,
        _P.net_amount,
        _P.promised_on,
        _P.place,
        _P.channel,
        company.person.c.name.label("person_name"),
        party.party.c.name.label("customer_name"),
        _K.given_by.label("consent_by"),
        _K.channel.label("consent_channel"),
        _K.note.label("consent_note"),
        (_P.turn == api.last_turn).label("current"),
        _R.delivered_on,
        _R.kept,
    ).select_from(
        api.promise.join(api.sales_order, _O.id == _P.order_id)
        .join(api.sales_order_line, _L.id == _P.line_id)
        .join(party.party, party.party.c.id == _P.customer_id)
        .outerjoin(company.person, company.person.c.id == _P.person_id)
        .outerjoin(api.promise_consent, _K.id == _P.consent_id)
        .outerjoin(api.promise_result, _R.promise_id == _P.id)
    )


promises = Query(
    "sales.promises",
    PromiseRow,
    _promises(),
    permission="sales.read",
    key=_P.id,
    order="-at",
    branch=_O.branch_id,
)
