"""What was chosen when something failed, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select

from retaguarda.kernel.failure import fails
from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.contingency.model import RemedyChoice
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

READ = "process.read_failures"


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A way that was taken for an order: the `place` it stood at, the day and cost it was taken for, and whether the
    day came true (`came`: open, kept, broken)."""

    id: str
    at: dt.datetime
    order_id: str
    number: int
    customer_name: str
    kind: str
    place: int
    promised_on: dt.date | None
    extra_cost: Decimal
    dearer_amount: Decimal
    person_name: str | None
    came: str


_C, _J = table_of(RemedyChoice).c, table_of(CommandJournal).c
_O, _P, _R = sales.sales_order.c, party.party.c, sales.promise_result.c
_WORST = (
    select(func.min(case((_R.kept, 1), else_=0)))
    .where(_R.order_id == _O.id)
    .correlate(sales.sales_order)
    .scalar_subquery()
)
_CAME = case((number(1) == _WORST, word("kept")), (number(0) == _WORST, word("broken")), else_=word("open"))

choices = Query(
    "contingency.choices",
    ChoiceRow,
    select(
        _C.id,
        _C.at,
        _O.id.label("order_id"),
        _O.number,
        _P.name.label("customer_name"),
        _C.kind,
        _C.place,
        _C.promised_on,
        _C.extra_cost,
        _C.dearer_amount,
        company.person.c.name.label("person_name"),
        case((number(1) == _WORST, word("kept")), (number(0) == _WORST, word("broken")), else_=word("open")).label(
            "came"
        ),
    ).select_from(
        table_of(RemedyChoice)
        .join(sales.sales_order, _O.id == _C.order_id)
        .join(party.party, _P.id == _O.customer_id)
        .join(table_of(CommandJournal), _J.id == _C.command_id)
        .outerjoin(company.person, company.person.c.id == _J.person_id)
    ),
    permission=READ,
    key=_C.id,
    order="-at",
    branch=_O.branch_id,
    search=_O.folded,
)


@dataclass(frozen=True, slots=True)
class OrderWaysRow:
    """Whether something is open about an order, by the order's key."""

    id: str
    fails: bool
    allowed: tuple[str, ...] = ()


order_ways = Query(
    "contingency.order_ways",
    OrderWaysRow,
    select(_O.id, fails(_O.id).label("fails")),
    permission="sales.read",
    key=_O.id,
    order="id",
    branch=_O.branch_id,
    allowed=lambda row: ("contingency.find_ways",) if row.fails else (),
)
