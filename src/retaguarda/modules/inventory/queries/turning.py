"""How often stock turns: what left for customers in a time, at cost, to the mean of what lay there at its two ends.

Graded by that cost: A is what makes the first 80 % of it, B what goes up to 95 %, C the rest. What never left is there
too: it is what the report is read for.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, bindparam, case, func, literal, select

from retaguarda.kernel.figures import grade
from retaguarda.kernel.model import Minor
from retaguarda.kernel.periods import days_between
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory.queries.costs import CHANGES, READ

SINCE, UNTIL, TODAY = (bindparam(name, type_=Date()) for name in ("since", "until", "today"))
_C, _P = CHANGES.c, catalog.product.c


@dataclass(frozen=True, slots=True)
class TurningRow:
    """A product: its value before the first day and after the last, and what left of it for customers in between."""

    id: str
    code: str
    name: str
    days: int | None
    opening_amount: Decimal
    closing_amount: Decimal
    cost_amount: Decimal
    running_amount: Decimal | None
    whole_amount: Decimal | None

    @property
    def mean_amount(self) -> Decimal:
        """What lay there in the mean."""
        return (self.opening_amount + self.closing_amount) / 2

    @property
    def turns(self) -> Decimal | None:
        """How often what lay there left; none where nothing lay there."""
        return (self.cost_amount / self.mean_amount).quantize(Decimal("0.01")) if self.mean_amount > 0 else None

    @property
    def cover_days(self) -> int | None:
        """For how many days what is there lasts, at the pace of this time; none where nothing left."""
        if self.days is None or self.cost_amount <= 0 or self.closing_amount < 0:
            return None
        return int(self.closing_amount * self.days / self.cost_amount)

    @property
    def grade(self) -> str | None:
        """A, B or C."""
        return grade(self.cost_amount, self.running_amount, self.whole_amount)


_FIRST = func.coalesce(SINCE, func.min(_C.on_day), type_=Date())
_LAST = func.coalesce(UNTIL, TODAY, type_=Date())


def _sum(what: Any, *conditions: Any) -> Any:
    return func.coalesce(func.sum(case((conditions[0], what), else_=None)), Decimal(0), type_=Minor(2))


_BEFORE = SINCE.is_not(None) & (_C.on_day < SINCE)
_SO_FAR = UNTIL.is_(None) | (_C.on_day <= UNTIL)
_SUMS = (
    select(
        _C.product_id,
        (days_between(_FIRST, _LAST) + literal(1)).label("days"),
        _sum(_C.amount, _BEFORE).label("opening_amount"),
        _sum(_C.amount, _SO_FAR).label("closing_amount"),
        _sum(_C.cost_amount, _SO_FAR & ~_BEFORE).label("cost_amount"),
    )
    .group_by(_C.product_id)
    .subquery("turning_sum")
)
_S = _SUMS.c
_MOST_FIRST = (_S.cost_amount.desc(), _S.product_id)
_ROWS = (
    select(
        _S.product_id.label("id"),
        _P.code,
        _P.name,
        *(column for column in _S if column is not _S.product_id),
        func.sum(_S.cost_amount, type_=Minor(2)).over(order_by=_MOST_FIRST).label("running_amount"),
        func.sum(_S.cost_amount, type_=Minor(2)).over().label("whole_amount"),
    )
    .join(catalog.product, _P.id == _S.product_id)
    .subquery("turning")
).c
turning = Query(
    "inventory.turning",
    TurningRow,
    select(*_ROWS),
    permission=READ,
    key=_ROWS.id,
    order="-cost_amount",
    given={"since": SINCE, "until": UNTIL},
)
