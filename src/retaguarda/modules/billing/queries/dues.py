"""What is to come in, by the week in which it is due, in the branches one sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import String, cast, func, literal, select

from retaguarda.kernel.model import Minor
from retaguarda.kernel.periods import WEEK, period_begin
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api
from retaguarda.modules.billing.api.tables import is_open, open_amount
from retaguarda.modules.billing.queries.parts import READ, sees

_R = api.receivable.c


@dataclass(frozen=True, slots=True)
class DueWeekRow:
    """A week with what is still open of it; `first_on` and `last_on` are the first and last due day in it."""

    id: str
    begun_on: dt.date
    first_on: dt.date
    last_on: dt.date
    instalments: int
    open_amount: Decimal


_each = (
    select(
        period_begin(_R.due_on, literal(WEEK, String)).label("begun_on"),
        _R.due_on,
        open_amount.label("open_amount"),
    )
    .where(is_open, sees(_R.branch_id))
    .subquery("dated_dues")
)
_weeks = (
    select(
        cast(_each.c.begun_on, String).label("id"),
        _each.c.begun_on,
        func.min(_each.c.due_on).label("first_on"),
        func.max(_each.c.due_on).label("last_on"),
        func.count().label("instalments"),
        func.sum(_each.c.open_amount, type_=Minor(2)).label("open_amount"),
    )
    .group_by(_each.c.begun_on)
    .subquery("due_weeks")
)
due_weeks = Query(
    "billing.due_weeks", DueWeekRow, select(*_weeks.c), permission=READ, key=_weeks.c.id, order="begun_on"
)
