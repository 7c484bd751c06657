"""What was sold: every billed line, and the sums of them by time, product, customer, seller and place.

A sale counts on the day of its invoice, at what was billed; credit notes are papers of their own and take nothing off.
So what was returned stays among the goods that a sale cost, too: else a sale that came back whole would be all margin.
What goods cost is the cost of the moves that took them away, less of those that came back without having been handed
over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from retaguarda.kernel.model import Key, Minor, digits
from retaguarda.kernel.periods import MONTH, period_begin
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api

READ, READ_COST = "sales.read_sold", "inventory.read_cost"
A_SHARE, B_SHARE = Decimal("0.8"), Decimal("0.95")
SINCE, UNTIL = bindparam("since", type_=Date()), bindparam("until", type_=Date())
BRANCH, GRAIN = bindparam("of_branch", type_=Key()), bindparam("grain", type_=String())
DAYS: Mapping[str, BindParameter[Any]] = {"since": SINCE, "until": UNTIL, "branch_id": BRANCH}
_I, _L, _O = billing.invoice.c, billing.invoice_line.c, api.sales_order.c
_PERSON, _PLACE, _M = company.person.c, company.branch.c, inventory.stock_move.c


def _sales() -> FromClause:
    """Invoices with their lines, their order where there is one, its seller, and the branch."""
    return (
        billing.invoice.join(billing.invoice_line, _L.invoice_id == _I.id)
        .join(company.branch, _PLACE.id == _I.branch_id)
        .outerjoin(api.sales_order, and_(_I.source_table == "sales_order", _O.id == _I.source_id))
        .outerjoin(company.person, _PERSON.id == _O.seller_id)
    )


def _asked() -> tuple[ColumnElement[bool], ...]:
    return (
        or_(SINCE.is_(None), _I.issued_on >= SINCE),
        or_(UNTIL.is_(None), _I.issued_on <= UNTIL),
        or_(BRANCH.is_(None), _I.branch_id == BRANCH),
        company.sees(_I.branch_id),
    )


def _sum(column: ColumnElement[Any], scale: int, name: str) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), Decimal(0), type_=Minor(scale)).label(name)


_NET = _sum(_L.net_amount, 2, "net_amount")
_INVOICES = func.count(func.distinct(_I.id)).label("invoices")


@dataclass(frozen=True, slots=True)
class SoldRow:
    """A billed line."""

    id: str
    invoice_id: str
    invoice_number: int
    issued_on: dt.date
    branch_id: str
    branch_name: str
    customer_id: str
    customer_name: str
    seller_id: str | None
    seller_name: str | None
    product_id: str
    code: str
    name: str
    unit_code: str
    quantity: Decimal
    net_amount: Decimal


sold = Query(
    "sales.sold",
    SoldRow,
    select(
        _L.id,
        _I.id.label("invoice_id"),
        _I.number.label("invoice_number"),
        _I.issued_on,
        _I.branch_id,
        _PLACE.name.label("branch_name"),
        _I.party_id.label("customer_id"),
        _I.buyer_name.label("customer_name"),
        _O.seller_id,
        _PERSON.name.label("seller_name"),
        _L.product_id,
        _L.code,
        _L.name,
        _L.unit_code,
        _L.quantity,
        _L.net_amount,
    ).select_from(_sales()),
    permission=READ,
    key=_L.id,
    order="-issued_on",
    search=_I.folded,
    branch=_I.branch_id,
)


@dataclass(frozen=True, slots=True)
class SoldInPeriodRow:
    """What was sold in a day, week or month; `first_on` and `last_on` are the days of it on which anything was."""

    id: str
    begun_on: dt.date
    first_on: dt.date
    last_on: dt.date
    invoices: int
    net_amount: Decimal


_dated = (
    select(
        period_begin(_I.issued_on, func.coalesce(GRAIN, MONTH)).label("begun_on"),
        _I.issued_on,
        _I.id.label("invoice_id"),
        _L.net_amount,
    )
    .select_from(_sales())
    .where(*_asked())
    .subquery("dated_sales")
)
_by_period = (
    select(
        cast(_dated.c.begun_on, String).label("id"),
        _dated.c.begun_on,
        func.min(_dated.c.issued_on).label("first_on"),
        func.max(_dated.c.issued_on).label("last_on"),
        func.count(func.distinct(_dated.c.invoice_id)).label("invoices"),
        _sum(_dated.c.net_amount, 2, "net_amount"),
    )
    .group_by(_dated.c.begun_on)
    .subquery("sold_by_period")
)
sold_by_period = Query(
    "sales.sold_by_period",
    SoldInPeriodRow,
    select(*_by_period.c),
    permission=READ,
    key=_by_period.c.id,
    order="begun_on",
    given={**DAYS, "grain": GRAIN},
)


@dataclass(frozen=True, slots=True)
class SoldProductRow:
    """What was sold of a product."""

    id: str
    code: str
    name: str
    unit_code: str
    quantity: Decimal
    net_amount: Decimal


_by_product = (
    select(
        _L.product_id.label("id"),
        func.max(_L.code).label("code"),
        func.max(_L.name).label("name"),
        func.max(_L.unit_code).label("unit_code"),
        _sum(_L.quantity, 4, "quantity"),
        _NET,
    )
    .select_from(_sales())
    .where(*_asked())
    .group_by(_L.product_id)
    .subquery("sold_by_product")
)
sold_by_product = Query(
    "sales.sold_by_product",
    SoldProductRow,
    select(*_by_product.c),
    permission=READ,
    key=_by_product.c.id,
    order="-net_amount",
    given=DAYS,
)


@dataclass(frozen=True, slots=True)
class SoldToRow:
    """What was sold to a customer, by a seller (`record_id` nothing: by nobody in particular) or at a place."""

    id: str
    record_id: str | None
    name: str | None
    invoices: int
    net_amount: Decimal


def _by(name: str, key: ColumnElement[Any], words: ColumnElement[Any]) -> Query:
    sums = (
        select(
            func.coalesce(digits(key), "-", type_=String()).label("id"),
            key.label("record_id"),
            func.max(words).label("name"),
            _INVOICES,
            _NET,
        )
        .select_from(_sales())
        .where(*_asked())
        .group_by(key)
        .subquery(f"sold_by_{name}")
    )
    return Query(
        f"sales.sold_by_{name}",
        SoldToRow,
        select(*sums.c),
        permission=READ,
        key=sums.c.id,
        order="-net_amount",
        given=DAYS,
    )


sold_by_customer = _by("customer", _I.party_id, _I.buyer_name)
sold_by_seller = _by("seller", _O.seller_id, _PERSON.name)
sold_by_place = _by("place", _I.branch_id, _PLACE.name)


@dataclass(frozen=True, slots=True)
class MarginRow:
    """What was sold of a product, and what that had cost."""

    id: str
    code: str
    name: str
    net_amount: Decimal
    cost_amount: Decimal

    @property
    def margin_amount(self) -> Decimal:
        """What is left of the sale."""
        return self.net_amount - self.cost_amount

    @property
    def margin_rate(self) -> Decimal | None:
        """Its share of the sale; none of nothing."""
        return (self.margin_amount / self.net_amount).quantize(Decimal("0.0001")) if self.net_amount else None


_cost = (
    select(
        _M.line_id,
        _sum(case((_M.kind == "ship", _M.cost), else_=-_M.cost), 2, "cost_amount"),
    )
    .where(_M.line_id.is_not(None), _M.kind.in_(("ship", "back")))
    .group_by(_M.line_id)
    .subquery("cost_of_lines")
)
_margin = (
    select(
        _L.product_id.label("id"),
        func.max(_L.code).label("code"),
        func.max(_L.name).label("name"),
        _NET,
        _sum(_cost.c.cost_amount, 2, "cost_amount"),
    )
    .select_from(_sales().outerjoin(_cost, _cost.c.line_id == _L.source_line_id))
    .where(*_asked())
    .group_by(_L.product_id)
    .subquery("margin_by_product")
)
margin_by_product = Query(
    "sales.margin_by_product",
    MarginRow,
    select(*_margin.c),
    permission=READ_COST,
    key=_margin.c.id,
    order="-net_amount",
    given=DAYS,
)


@dataclass(frozen=True, slots=True)
class SoldShareRow:
    """A product by what it brings, with what it and all that bring more bring together."""

    id: str
    code: str
    name: str
    net_amount: Decimal
    running_amount: Decimal | None
    whole_amount: Decimal | None

    @property
    def running_rate(self) -> Decimal | None:
        """The share of the sales that this product and the better ones make."""
        if not self.whole_amount or self.running_amount is None:
            return None
        return (self.running_amount / self.whole_amount).quantize(Decimal("0.0001"))

    @property
    def grade(self) -> str | None:
        """A: what makes the first 80 % of the sales; B: up to 95 %; C: the rest."""
        if not self.whole_amount or self.running_amount is None:
            return None
        before = (self.running_amount - self.net_amount) / self.whole_amount
        return "a" if before < A_SHARE else "b" if before < B_SHARE else "c"


_best_first = (_by_product.c.net_amount.desc(), _by_product.c.id)
_shares = select(
    _by_product.c.id,
    _by_product.c.code,
    _by_product.c.name,
    _by_product.c.net_amount,
    func.sum(_by_product.c.net_amount, type_=Minor(2)).over(order_by=_best_first).label("running_amount"),
    func.sum(_by_product.c.net_amount, type_=Minor(2)).over().label("whole_amount"),
).subquery("sold_shares")
sold_shares = Query(
    "sales.sold_shares",
    SoldShareRow,
    select(*_shares.c),
    permission=READ,
    key=_shares.c.id,
    order="-net_amount",
    given=DAYS,
)

SOLD = (
    sold,
    sold_by_period,
    sold_by_product,
    sold_by_customer,
    sold_by_seller,
    sold_by_place,
    sold_shares,
    margin_by_product,
)
