"""Contacts and what they became, the customer at the head of an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api, rules

_O, _C = api.sales_order.c, api.contact_log.c


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


def _contact_allowed(row: ContactRow) -> tuple[str, ...]:
    return ("sales.create_order", "sales.create_quotation") if row.customer_id else ("sales.create_quotation",)


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
    permission="sales.read_contacts",
    key=_C.id,
    order="-spoken_at",
    search=_C.folded,
    branch=_C.branch_id,
    allowed=_contact_allowed,
)


def _last_order(column: ColumnElement[Any]) -> ColumnElement[Any]:
    found: ColumnElement[Any] = (
        select(column)
        .where(_O.customer_id.in_(party.one_with(party.party.c.id)))
        .correlate(party.party)
        .order_by(_O.ordered_at.desc(), _O.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return found


_OPEN_AMOUNT = (
    select(func.sum(_O.total_amount))
    .where(
        _O.customer_id.in_(party.one_with(party.party.c.id)), or_(_O.state == rules.CONFIRMED, _O.state == rules.HELD)
    )
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
    permission="sales.read_credit",
    key=party.party.c.id,
    order="name",
)
