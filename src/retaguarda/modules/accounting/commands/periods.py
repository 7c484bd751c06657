"""Closing a month of the books, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, case, func, literal_column, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.model import Minor
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.accounting.model import Period, PeriodChange

_P, _L = api.period.c, api.entry_line.c
_DAY = _P.starts_on.type
EARLIER_OPEN = Statement(
    select(func.min(_P.starts_on).label("month")).where(
        _P.starts_on < bindparam("day", type_=_DAY), _P.state == rules.OPEN
    )
)
LATER_CLOSED = Statement(
    select(func.max(_P.starts_on).label("month")).where(
        _P.starts_on > bindparam("day", type_=_DAY), _P.state == rules.CLOSED
    )
)
IN_PERIOD = Statement(
    select(
        func.count(_L.id).label("line_count"),
        func.coalesce(
            func.sum(case((_L.amount > literal_column("0"), _L.amount)), type_=Minor(2)), literal_column("0")
        ).label("debit_amount"),
    ).where(_L.occurred_on >= bindparam("first", type_=_DAY), _L.occurred_on <= bindparam("last", type_=_DAY))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePeriod(Command):
    """Closes a month that is over: nothing is booked in it or before it any more. Months close in their order."""

    period_id: Annotated[str, Ref("period")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPeriod(Command):
    """Opens the last closed month again, with the reason why; close it again when that is done."""

    period_id: Annotated[str, Ref("period")]
    reason: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def close_period(unit: Unit, command: ClosePeriod) -> Mapping[str, Any]:
    api.changed(unit)
    row = unit.get(Period, command.period_id, field="period_id")
    after = rules.TRANSITIONS.get((row.state, "close"))
    if after is None:
        raise Refusal("accounting.already_closed", month=row.starts_on)
    unit.fresh(row, command.version, "period")
    if row.ends_on >= unit.today:
        raise Refusal("accounting.month_not_over", month=row.starts_on, ends_on=row.ends_on)
    earlier = unit.one(EARLIER_OPEN, day=row.starts_on)
    if earlier is not None and earlier.month is not None:
        raise Refusal("accounting.close_earlier_first", month=row.starts_on, earlier=earlier.month)
    return _turn(unit, row, after, None)


def reopen_period(unit: Unit, command: ReopenPeriod) -> Mapping[str, Any]:
    api.changed(unit)
    row = unit.get(Period, command.period_id, field="period_id")
    after = rules.TRANSITIONS.get((row.state, "reopen"))
    if after is None:
        raise Refusal("accounting.already_open", month=row.starts_on)
    unit.fresh(row, command.version, "period")
    later = unit.one(LATER_CLOSED, day=row.starts_on)
    if later is not None and later.month is not None:
        raise Refusal("accounting.reopen_later_first", month=row.starts_on, later=later.month)
    return _turn(unit, row, after, command.reason)


def _turn(unit: Unit, row: Period, state: str, reason: str | None) -> Mapping[str, Any]:
    # The change waits for the entries under way in this month; only then is counted what is in it.
    unit.revise(Period, row, state=state)
    there = unit.one(IN_PERIOD, first=row.starts_on, last=row.ends_on)
    assert there is not None
    change = {
        "period_id": row.id,
        "edition": row.version + 1,
        "state": state,
        "reason": reason,
        "line_count": there.line_count,
        "debit_amount": there.debit_amount,
    }
    unit.append(PeriodChange, [change])
    return {"id": row.id, "version": row.version + 1}
