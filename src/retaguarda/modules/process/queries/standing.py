"""Where an order stands, said once for every query: its situation, what is late, what fails."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, bindparam, case, or_, select
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.case import HEAD, STEP, with_case
from retaguarda.kernel.failure import OPEN, Failure
from retaguarda.kernel.model import Key, UtcDateTime, table_of
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.sales import api as sales

ORDER = sales.sales_order.c
FAILURE = table_of(Failure)
TODAY = bindparam("today", type_=Date())
NOW = bindparam("now", type_=UtcDateTime())
ME = bindparam("person_id", type_=Key())

STANDS = or_(ORDER.state == "confirmed", ORDER.state == "held")
"""The order is promised and not handed over yet."""


def with_order_case() -> FromClause:
    """Orders with their case and open step."""
    return with_case(sales.sales_order, ORDER.id)


def fails(subject_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether something open is wrong with the subject."""
    return (
        select(FAILURE.c.id)
        .where(FAILURE.c.subject_id == subject_id, FAILURE.c.state == OPEN)
        .correlate_except(FAILURE)
        .exists()
    )


LATE = STEP.c.due_at < NOW
AT_RISK = or_(ORDER.state == "held", fails(ORDER.id), LATE)
"""The order's promise is in danger: nobody works on it, something failed, or its step is over its limit."""

SITUATION: ColumnElement[str] = case(
    (ORDER.state == "closed", "delivered"),
    (and_(ORDER.state == "cancelled", HEAD.c.outcome.is_not(None)), HEAD.c.outcome),
    (ORDER.state == "cancelled", "cancelled"),
    (ORDER.state == "held", "held"),
    (fails(ORDER.id), "failed"),
    else_=STEP.c.name,
).cast(String)
"""One word for where an order stands: its end, what stops it, or its open step."""


def next_command() -> ColumnElement[str]:
    """The command that ends the open step of a case; a held order has to be resumed first."""
    steps = [(and_(HEAD.c.flow == f.name, STEP.c.name == s.name), s.command) for f in FLOWS for s in f.steps]
    return case((ORDER.state == "held", "sales.resume_order"), *steps, else_="")
