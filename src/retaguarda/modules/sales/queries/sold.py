"""What was sold, net of what was credited: the lines, and their sums by time, product, customer, seller and place.

`billed` says which day counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, String, bindparam, case, cast, func, select

from retaguarda.kernel.figures import grade, running_rate
from retaguarda.kernel.model import Key, Minor, digits
from retaguarda.kernel.periods import MONTH, period_begin
from retaguarda.kernel.query import Query
from retaguarda.modules.sales.queries.billed import SALE, billed, costs

READ, READ_COST = "sales.read_sold", "inventory.read_cost"
SINCE, UNTIL = bindparam("since", type_=Date()), bindparam("until", type_=Date())
BRANCH, GRAIN = bindparam("of_branch", type_=Key()), bindparam("grain", type_=String())
DAYS: Mapping[str, BindParameter[Any]] = {"since": SINCE, "until": UNTIL, "branch_id": BRANCH}
_EVERY, _B = billed().c, billed(SINCE, UNTIL, BRANCH).c


def _sum(column: ColumnElement[Any], scale: int = 2) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), Decimal(0), type_=Minor(scale)).label(column.name)


_AMOUNTS = (_sum(_B.sold_amount), _sum(_B.credited_amount), _sum(_B.net_amount))
_INVOICES = func.count(func.distinct(case((_B.kind == SALE, _B.invoice_id)))).label("invoices")


@dataclass(frozen=True, slots=True)
class SoldRow:
    """A billed line, or one of a credit note (below nothing); `number` is that of its paper."""

    id: str
    kind: str
    invoice_id: str
    number: int
    counted_on: dt.date
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
    select(*(_EVERY[one.name] for one in fields(SoldRow))),
    permission=READ,
    key=_EVERY.id,
    order="-counted_on",
    search=_EVERY.folded,
    branch=_EVERY.branch_id,
)


@dataclass(frozen=True, slots=True)
class SoldInPeriodRow:
    """What was sold in a day, week or month; `first_on` and `last_on` are the days of it on which anything was."""

    id: str
    begun_on: dt.date
    first_on: dt.date
    last_on: dt.date
    invoices: int
    sold_amount: Decimal
    credited_amount: Decimal
    net_amount: Decimal


_begun_on = period_begin(_B.counted_on, func.coalesce(GRAIN, MONTH)).label("begun_on")
_dated = select(_begun_on, *(one for one in _B)).subquery("dated_sales").c
_by_period = (
    select(
        cast(_dated.begun_on, String).label("id"),
        _dated.begun_on,
        func.min(_dated.counted_on).label("first_on"),
        func.max(_dated.counted_on).label("last_on"),
        func.count(func.distinct(case((_dated.kind == SALE, _dated.invoice_id)))).label("invoices"),
        _sum(_dated.sold_amount),
        _sum(_dated.credited_amount),
        _sum(_dated.net_amount),
    )
    .group_by(_dated.begun_on)
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
    sold_amount: Decimal
    credited_amount: Decimal
    net_amount: Decimal


_by_product = (
    select(
        _B.product_id.label("id"),
        func.max(_B.code).label("code"),
        func.max(_B.name).label("name"),
        func.max(_B.unit_code).label("unit_code"),
        _sum(_B.quantity, 4),
        *_AMOUNTS,
    )
    .group_by(_B.product_id)
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
    sold_amount: Decimal
    credited_amount: Decimal
    net_amount: Decimal


def _by(name: str, key: ColumnElement[Any], words: ColumnElement[Any]) -> Query:
    sums = (
        select(
            func.coalesce(digits(key), "-", type_=String()).label("id"),
            key.label("record_id"),
            func.max(words).label("name"),
            _INVOICES,
            *_AMOUNTS,
        )
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


sold_by_customer = _by("customer", _B.customer_id, _B.customer_name)
sold_by_seller = _by("seller", _B.seller_id, _B.seller_name)
sold_by_place = _by("place", _B.branch_id, _B.branch_name)


@dataclass(frozen=True, slots=True)
class MarginRow:
    """What was sold of a product and not credited, and what that had cost."""

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


_COST = costs()
_margin = (
    select(
        _B.product_id.label("id"),
        func.max(_B.code).label("code"),
        func.max(_B.name).label("name"),
        _sum(_B.net_amount),
        _sum(_COST.c.cost_amount),
    )
    .select_from(_B.id.table.outerjoin(_COST, _COST.c.id == _B.id))
    .group_by(_B.product_id)
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
        return running_rate(self.running_amount, self.whole_amount)

    @property
    def grade(self) -> str | None:
        """A: what makes the first 80 % of the sales; B: up to 95 %; C: the rest."""
        return grade(self.net_amount, self.running_amount, self.whole_amount)


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
