"""What the papers of delivery print: a shipment or a pick list whole, with who sends it and to whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select, type_coerce

from retaguarda.kernel.nested import WholeBytes
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_S, _K, _O, _P, _SIGN = api.shipment, api.pick_list, sales.sales_order, party.party, api.delivery_signature
_A, _B, _C = party.main_address, company.branch, company.company
_carrier = _P.alias("paper_carrier")
_picker = company.person.alias("paper_picker")


@dataclass(frozen=True, slots=True)
class Sender(company.Issuer):
    """Who sends, and to whom: what every paper of delivery has at its head."""

    customer_name: str
    street: str | None
    street_number: str | None
    complement: str | None
    district: str | None
    city: str | None
    state_code: str | None
    postcode: str | None

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The customer's address as it stands on a label."""
        first = ", ".join(word for word in (self.street, self.street_number, self.complement) if word)
        place = " - ".join(word for word in (self.city, self.state_code) if word)
        last = " ".join(word for word in (self.postcode, place) if word)
        return tuple(line for line in (first, self.district or "", last) if line)


_SENDER: tuple[ColumnElement[Any], ...] = (
    *company.ISSUER,
    _P.c.name.label("customer_name"),
    _A.c.street,
    _A.c.number.label("street_number"),
    _A.c.complement,
    _A.c.district,
    _A.c.city,
    _A.c.state.label("state_code"),
    _A.c.postcode,
)


def _sent(source: Any, branch_id: ColumnElement[Any]) -> Any:
    """`source` (which has the order) joined with the customer, the branch and the company."""
    joined = source.join(_P, _P.c.id == _O.c.customer_id).join(_B, _B.c.id == branch_id).join(_C, _C.c.single == 1)
    return party.with_main_address(joined)


@dataclass(frozen=True, slots=True)
class ShipmentCardRow(Sender):
    """One shipment whole, for its label, packing list and receipt; `signature` is the picture that was drawn."""

    id: str
    order_id: str
    order_number: int
    branch_id: str
    state: str
    handover: str
    promised_on: dt.date
    customer_note: str
    invoice_number: int | None
    carrier_name: str | None
    tracking_code: str
    shipped_at: dt.datetime | None
    expected_on: dt.date | None
    delivered_at: dt.datetime | None
    receiver_name: str
    receiver_document: str
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class PickCardRow(Sender):
    """One pick list, for its paper."""

    id: str
    number: int
    order_id: str
    order_number: int
    branch_id: str
    promised_on: dt.date
    picker_name: str | None
    began_at: dt.datetime


shipment_cards = Query(
    "delivery.shipment_card",
    ShipmentCardRow,
    select(
        *_SENDER,
        _S.c.id,
        _S.c.order_id,
        _O.c.number.label("order_number"),
        _S.c.branch_id,
        _S.c.state,
        _O.c.handover,
        _O.c.promised_on,
        _O.c.customer_note,
        billing.invoice.c.number.label("invoice_number"),
        _carrier.c.name.label("carrier_name"),
        _S.c.tracking_code,
        _S.c.shipped_at,
        _S.c.expected_on,
        _S.c.delivered_at,
        _S.c.receiver_name,
        _S.c.receiver_document,
        type_coerce(_SIGN.c.picture, WholeBytes()).label("signature"),
    ).select_from(
        _sent(_S.join(_O, _O.c.id == _S.c.order_id), _S.c.branch_id)
        .outerjoin(
            billing.invoice,
            and_(billing.invoice.c.source_id == _S.c.order_id, billing.invoice.c.source_table == sales.DOCUMENT),
        )
        .outerjoin(_carrier, _carrier.c.id == _S.c.carrier_id)
        .outerjoin(_SIGN, _SIGN.c.shipment_id == _S.c.id)
    ),
    permission=READ,
    key=_S.c.id,
    order="-promised_on",
    branch=_S.c.branch_id,
)

pick_cards = Query(
    "delivery.pick_card",
    PickCardRow,
    select(
        *_SENDER,
        _K.c.id,
        _K.c.number,
        _K.c.order_id,
        _O.c.number.label("order_number"),
        _K.c.branch_id,
        _O.c.promised_on,
        _picker.c.name.label("picker_name"),
        _K.c.began_at,
    ).select_from(
        _sent(_K.join(_O, _O.c.id == _K.c.order_id), _K.c.branch_id).outerjoin(_picker, _picker.c.id == _K.c.picker_id)
    ),
    permission=READ,
    key=_K.c.id,
    order="-began_at",
    branch=_K.c.branch_id,
)
