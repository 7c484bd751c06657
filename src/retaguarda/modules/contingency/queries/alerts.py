"""What early warning says of open orders: which rule, since when, whose it is, what is at stake and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, select

from retaguarda.kernel.case import HEAD, with_case
from retaguarda.kernel.case import STEP as OPEN_STEP
from retaguarda.kernel.literal import word
from retaguarda.kernel.model import table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.contingency.model import CaseAlert
from retaguarda.modules.party import api as party
from retaguarda.modules.process import api as process
from retaguarda.modules.sales import api as sales

READ = "process.read_failures"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An order that is, or was, in danger by a `rule`: `department` and `person_name` have it now, `at_risk` is its
    worth, `next_command` the way on. It `came` to its end within the promise, after it, or is still open."""

    id: str
    rule: str
    state: str
    subject_id: str
    number: int
    customer_name: str
    promised_on: dt.date
    step: str
    department: str | None
    person_name: str | None
    at_risk: Decimal
    since_at: dt.datetime
    closed_at: dt.datetime | None
    next_command: str


_A, _O, _P = table_of(CaseAlert).c, sales.sales_order.c, party.party.c

alerts = Query(
    "contingency.alerts",
    AlertRow,
    select(
        _A.id,
        _A.rule,
        _A.state,
        _A.subject_id,
        _O.number,
        _P.name.label("customer_name"),
        _O.promised_on,
        _A.step,
        OPEN_STEP.c.department,
        company.person.c.name.label("person_name"),
        _O.total_amount.label("at_risk"),
        _A.since_at,
        _A.closed_at,
        case((HEAD.c.state == "open", process.next_command()), else_=word("")).label("next_command"),
    ).select_from(
        with_case(table_of(CaseAlert), _A.subject_id)
        .join(sales.sales_order, _O.id == _A.subject_id)
        .join(party.party, _P.id == _O.customer_id)
        .outerjoin(company.person, company.person.c.id == OPEN_STEP.c.person_id)
    ),
    permission=READ,
    key=_A.id,
    order="promised_on",
    branch=_A.branch_id,
    search=_O.folded,
)
