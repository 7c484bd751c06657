"""The list of open failures: what went wrong, since when, how often, and what to do next."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, case, func, literal_column, or_, select

from retaguarda.kernel.case import HEAD, STEP, with_case
from retaguarda.kernel.failure import OPEN
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen.parts import Note, Phrase
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.process import rules
from retaguarda.modules.process.api import next_command
from retaguarda.modules.process.queries.standing import FAILURE, ORDER, PAGES, STANDS, TODAY, sees
from retaguarda.modules.sales import api as sales


@dataclass(frozen=True, slots=True)
class FailureRow:
    """An open failure. `params` is the JSON its text needs, `next_command` the way on of the step it stands in.

    `why` says why it stands at its `rank`: what a customer feels first, then what is worth most; `at_risk` is the worth
    of the order.
    """

    id: str
    version: int
    rank: int
    why: str
    area: str
    code: str
    params: str
    subject_table: str
    subject_id: str
    subject_version: int | None
    title: str | None
    step: str | None
    department: str | None
    person_name: str | None
    promised_on: dt.date | None
    at_risk: Decimal | None
    since_at: dt.datetime
    last_at: dt.datetime
    times: int
    next_command: str
    allowed: tuple[str, ...] = ()

    @property
    def text_params(self) -> Mapping[str, Any]:
        """What the text of `code` needs."""
        found: Mapping[str, Any] = json.loads(self.params)
        return found

    @property
    def note(self) -> Note:
        """The failure as a sentence: its cause and what to do."""
        return Note(Phrase(self.code, self.text_params), "bad")

    @property
    def opens(self) -> str:
        """The screen that shows what failed."""
        return PAGES.get(self.subject_table, "")


def _allowed(row: FailureRow) -> tuple[str, ...]:
    return ("process.close_failure", row.next_command)


FAR = literal_column("'9999-12-31'", Date)
AREA: ColumnElement[str] = case(
    (FAILURE.c.code.in_([word(code) for code in rules.STOCK_FAILURES]), word(rules.STOCK)),
    else_=func.coalesce(STEP.c.department, word("")),
).cast(String)
"""Whose failure it is: the stock's, or the department's where the case stands."""

_PLACES = (rules.TODAY, rules.PAST, rules.FLAGGED, rules.FAILED)
_WEIGHT = case(
    (and_(STANDS, ORDER.promised_on == TODAY), number(0)),
    (and_(STANDS, ORDER.promised_on < TODAY), number(1)),
    (HEAD.c.priority > 0, number(2)),
    else_=number(3),
)


def _ranked() -> Any:
    """Open failures that the person may see, with weight and rank."""
    day, worth = func.coalesce(ORDER.promised_on, FAR), func.coalesce(ORDER.total_amount, number(0))
    turn = (_WEIGHT, day, worth.desc(), FAILURE.c.since_at, FAILURE.c.id)
    return (
        select(FAILURE.c.id, _WEIGHT.label("weight"), func.row_number().over(order_by=turn).label("rank"))
        .select_from(_WITH_ORDER)
        # A failure without a case (an order that was refused whole) belongs to no branch and is seen by all of them.
        .where(FAILURE.c.state == OPEN, or_(HEAD.c.id.is_(None), sees(HEAD.c.branch_id)))
        .subquery("ranked")
    )


_WITH_ORDER = with_case(FAILURE, FAILURE.c.subject_id).outerjoin(sales.sales_order, ORDER.id == FAILURE.c.subject_id)
_R = _ranked().c
failures = Query(
    "process.failures",
    FailureRow,
    select(
        FAILURE.c.id,
        FAILURE.c.version,
        _R.rank,
        case(*((_R.weight == place, word(why)) for place, why in enumerate(_PLACES)), else_=word("")).label("why"),
        AREA.label("area"),
        FAILURE.c.code,
        FAILURE.c.params,
        FAILURE.c.subject_table,
        FAILURE.c.subject_id,
        ORDER.version.label("subject_version"),
        func.coalesce(HEAD.c.title, party.party.c.name).label("title"),
        func.coalesce(FAILURE.c.step, STEP.c.name).label("step"),
        STEP.c.department,
        company.person.c.name.label("person_name"),
        ORDER.promised_on,
        ORDER.total_amount.label("at_risk"),
        FAILURE.c.since_at,
        FAILURE.c.last_at,
        FAILURE.c.times,
        next_command().label("next_command"),
    ).select_from(
        _WITH_ORDER.join(_R.id.table, _R.id == FAILURE.c.id)
        .outerjoin(party.party, party.party.c.id == FAILURE.c.subject_id)
        .outerjoin(company.person, company.person.c.id == STEP.c.person_id)
    ),
    permission="process.read_failures",
    key=FAILURE.c.id,
    order="rank",
    allowed=_allowed,
    extra={"due": case((ORDER.promised_on <= TODAY, True), else_=False)},
)
