"""What screens, scripts and documents ask of sales."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api, rules

_O, _L, _C = api.sales_order.c, api.sales_order_line.c, api.contact_log.c
_P, _R, _K = api.promise.c, api.promise_result.c, api.promise_consent.c
_PRODUCT = catalog.product.c
COMMANDS = {
    "revise": "sales.revise_quotation",
    "confirm": "sales.confirm_order",
    "decline": "sales.decline_quotation",
    "amend": "sales.amend_order",
    "hold": "sales.hold_order",
    "invoice": "sales.invoice_order",
    "cancel": "sales.cancel_order",
    "resume": "sales.resume_order",
}
"""The command behind each verb; `close` belongs to delivery."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in the list. Where its work stands comes from its case, by slot."""

    id: str
    version: int
    number: int
    customer_id: str
    customer_name: str
    ordered_at: dt.datetime
    promised_on: dt.date
    total_amount: Decimal
    state: str
    channel: str
    handover: str
    payment_terms: str
    seller_name: str | None
    branch_name: str
    confirmed_at: dt.datetime | None
    invoiced_at: dt.datetime | None
    reason: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderCardRow:
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


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact and the order it became."""

    id: str
    version: int
    spoken_at: dt.datetime
    channel: str
    customer_id: str | None
    name: str
    reach: str
    note: str
    person_name: str | None
    order_number: int | None
    order_id: str | None
    allowed: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """The order it became, if it did."""
        return "sales.order_page" if self.order_id else ""


@dataclass(frozen=True, slots=True)
class InternalNoteRow:
    """What is noted about an order for ourselves alone."""

    id: str
    number: int
    internal_note: str


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


@dataclass(frozen=True, slots=True)
class CustomerCardRow:
    """The customer at the head of an order: who it is, how much it may owe, what it ordered last."""

    id: str
    name: str
    sub: str
    credit_limit: Decimal | None
    blocked: bool
    block_reason: str | None
    last_number: int | None
    last_ordered_at: dt.datetime | None
    open_amount: Decimal | None


def _order_allowed(row: Any) -> tuple[str, ...]:
    billed = getattr(row, "invoiced_at", None) is not None
    return tuple(COMMANDS[verb] for verb in rules.verbs(row.state, billed) if verb in COMMANDS)


def _contact_allowed(row: ContactRow) -> tuple[str, ...]:
    return ("sales.create_order", "sales.create_quotation") if row.customer_id else ("sales.create_quotation",)


_SELLER = company.person.alias("seller")
_CUSTOMER = party.party.alias("customer_party")


def _order_source() -> Any:
    return (
        api.sales_order.join(_CUSTOMER, _CUSTOMER.c.id == _O.customer_id)
        .join(company.branch, company.branch.c.id == _O.branch_id)
        .outerjoin(_SELLER, _SELLER.c.id == _O.seller_id)
    )


def _sum_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    total: ColumnElement[Any] = (
        select(func.coalesce(func.sum(column), Decimal(0)))
        .where(_L.order_id == _O.id, _L.active)
        .correlate(api.sales_order)
        .scalar_subquery()
    )
    return total


orders = Query(
    "sales.orders",
    OrderRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        _O.customer_id,
        _CUSTOMER.c.name.label("customer_name"),
        _O.ordered_at,
        _O.promised_on,
        _O.total_amount,
        _O.state,
        _O.channel,
        _O.handover,
        _O.payment_terms,
        _SELLER.c.name.label("seller_name"),
        company.branch.c.name.label("branch_name"),
        _O.confirmed_at,
        _O.invoiced_at,
        _O.reason,
    ).select_from(_order_source()),
    permission="sales.read",
    key=_O.id,
    order="-ordered_at",
    search=_O.folded,
    branch=_O.branch_id,
    allowed=_order_allowed,
    extra={"branch_id": _O.branch_id, "seller_id": _O.seller_id, "contact_id": _O.contact_id},
)

order_card = Query(
    "sales.order_card",
    OrderCardRow,
    select(
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
        _SELLER.c.name.label("seller_name"),
        company.branch.c.name.label("branch_name"),
        _O.customer_note,
        _O.reason,
        _O.invoiced_at,
    ).select_from(
        party.with_main_address(
            api.sales_order.join(party.party, party.party.c.id == _O.customer_id)
            .join(company.branch, company.branch.c.id == _O.branch_id)
            .join(inventory.warehouse, inventory.warehouse.c.id == _O.warehouse_id)
            .outerjoin(_SELLER, _SELLER.c.id == _O.seller_id)
        )
    ),
    permission="sales.read",
    key=_O.id,
    order="-ordered_at",
    branch=_O.branch_id,
    allowed=_order_allowed,
)

order_notes = Query(
    "sales.order_notes",
    InternalNoteRow,
    select(_O.id, _O.number, _O.internal_note),
    permission="sales.read_internal",
    key=_O.id,
    order="number",
    branch=_O.branch_id,
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
    allowed=_order_allowed,
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


def _became() -> ColumnElement[bool]:
    """The newest order that a contact became."""
    newest = select(func.max(_O.number)).where(_O.contact_id == _C.id).correlate(api.contact_log).scalar_subquery()
    return and_(_O.contact_id == _C.id, _O.number == newest)


contacts = Query(
    "sales.contacts",
    ContactRow,
    select(
        _C.id,
        _C.version,
        _C.spoken_at,
        _C.channel,
        _C.customer_id,
        _C.name,
        _C.reach,
        _C.note,
        company.person.c.name.label("person_name"),
        _O.number.label("order_number"),
        _O.id.label("order_id"),
    ).select_from(
        api.contact_log.outerjoin(company.person, company.person.c.id == _C.person_id).outerjoin(
            api.sales_order, _became()
        )
    ),
    permission="sales.read",
    key=_C.id,
    order="-spoken_at",
    search=_C.folded,
    branch=_C.branch_id,
    allowed=_contact_allowed,
)


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


def _last_order(column: ColumnElement[Any]) -> ColumnElement[Any]:
    found: ColumnElement[Any] = (
        select(column)
        .where(_O.customer_id == party.party.c.id)
        .correlate(party.party)
        .order_by(_O.ordered_at.desc(), _O.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return found


_OPEN_AMOUNT = (
    select(func.sum(_O.total_amount))
    .where(_O.customer_id == party.party.c.id, or_(_O.state == rules.CONFIRMED, _O.state == rules.HELD))
    .correlate(party.party)
    .scalar_subquery()
)

customer_card = Query(
    "sales.customer_card",
    CustomerCardRow,
    select(
        party.party.c.id,
        party.party.c.name,
        party.sub_line().label("sub"),
        party.customer.c.credit_limit_amount.label("credit_limit"),
        party.customer.c.blocked,
        party.customer.c.block_reason,
        _last_order(_O.number).label("last_number"),
        _last_order(_O.ordered_at).label("last_ordered_at"),
        _OPEN_AMOUNT.label("open_amount"),
    ).select_from(
        party.with_main_address(party.party.join(party.customer, party.customer.c.party_id == party.party.c.id))
    ),
    permission="sales.read",
    key=party.party.c.id,
    order="name",
)
