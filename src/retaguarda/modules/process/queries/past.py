"""Past orders: the list, how long their steps took and how they strayed, what customers said, and what they came to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import BigInteger, ColumnElement, FromClause, String, and_, case, cast, exists, func, select

from retaguarda.kernel.case import HEAD
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import Minor, table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.process import rules
from retaguarda.modules.process.model import PastCase, PastItem, PastReview, PastTime
from retaguarda.modules.process.queries.standing import sees

READ_PAST = "process.read_past"
_CASE, _REVIEW, _TIME, _ITEM = table_of(PastCase), table_of(PastReview), table_of(PastTime), table_of(PastItem)
_C, _R, _T, _I = _CASE.c, _REVIEW.c, _TIME.c, _ITEM.c
_COUNTS = and_(_C.archived.is_(False), sees(_C.branch_id))
_LATE = and_(_C.delivered_on.is_not(None), _C.delivered_on > _C.promised_on)
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class PastOrderRow:
    """An order of before the program. `off_script`: a step was recorded before the one it follows."""

    id: str
    case_id: str
    source: str
    outside_key: str
    channel: str
    customer_key: str
    customer_name: str
    city: str
    region: str
    outcome: str
    said_state: str
    ordered_at: dt.datetime
    promised_on: dt.date | None
    delivered_on: dt.date | None
    late: bool
    items_amount: Decimal
    freight_amount: Decimal
    paid_amount: Decimal
    off_script: bool

    @property
    def customer(self) -> str:
        """Who bought: the name, else what the source calls them."""
        return self.customer_name or self.customer_key

    @property
    def place(self) -> str:
        """Where they live."""
        return ", ".join(part for part in (self.city, self.region) if part)


@dataclass(frozen=True, slots=True)
class PastTotalsRow:
    """What all past orders of a source come to."""

    id: str
    orders: int
    items_amount: Decimal
    freight_amount: Decimal
    paid_amount: Decimal
    off_script: int
    late: int


@dataclass(frozen=True, slots=True)
class PastStepRow:
    """From the mark `since` (nothing: the order itself) to the end of a step: in how many past orders it is recorded,
    in how many the step is the earlier one, and the two times in the middle of those that were delivered with every
    step between order and door recorded (`base`)."""

    id: str
    source: str
    since: str
    step: str
    recorded: int
    early: int
    base: int
    lower_seconds: int | None
    upper_seconds: int | None

    @property
    def median_days(self) -> Decimal | None:
        """The median: half of the two in the middle together."""
        if self.lower_seconds is None or self.upper_seconds is None:
            return None
        return Decimal(self.lower_seconds + self.upper_seconds) / (2 * DAY_S)


@dataclass(frozen=True, slots=True)
class PastScoreRow:
    """What customers said of past orders that came late, on time, never, or came though the source says otherwise."""

    id: str
    source: str
    arrival: str
    reviews: int
    total: int

    @property
    def mean(self) -> Decimal:
        """The mean score."""
        return Decimal(self.total) / self.reviews


@dataclass(frozen=True, slots=True)
class PastPriceRow:
    """How much was sold of everything that had one price and one discount, in all past orders of a source."""

    id: str
    source: str
    price: Decimal
    discount_rate: Decimal
    quantity: Decimal


past_orders = Query(
    "process.past_orders",
    PastOrderRow,
    select(
        _C.id,
        HEAD.c.id.label("case_id"),
        _C.source,
        _C.outside_key,
        _C.channel,
        _C.customer_key,
        _C.customer_name,
        _C.city,
        _C.region,
        _C.outcome,
        _C.said_state,
        _C.ordered_at,
        _C.promised_on,
        _C.delivered_on,
        case((_LATE, True), else_=False).label("late"),
        _C.items_amount,
        _C.freight_amount,
        _C.paid_amount,
        HEAD.c.off_script,
    )
    .select_from(_CASE.join(HEAD, HEAD.c.subject_id == _C.id))
    .where(_C.archived.is_(False)),
    permission=READ_PAST,
    key=_C.id,
    order="-ordered_at",
    search=_C.folded,
    branch=_C.branch_id,
)


def _sum(flag: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.sum(case((flag, 1), else_=0)), BigInteger)


_SUMS = (
    select(
        _C.source.label("id"),
        cast(func.count(), BigInteger).label("orders"),
        func.sum(_C.items_amount, type_=Minor(2)).label("items_amount"),
        func.sum(_C.freight_amount, type_=Minor(2)).label("freight_amount"),
        func.sum(_C.paid_amount, type_=Minor(2)).label("paid_amount"),
        _sum(HEAD.c.off_script.is_(True)).label("off_script"),
        _sum(and_(_LATE, _C.outcome == word(rules.DELIVERED))).label("late"),
    )
    .select_from(_CASE.join(HEAD, HEAD.c.subject_id == _C.id))
    .where(_COUNTS)
    .group_by(_C.source)
    .subquery("past_sums")
).c
past_totals = Query(
    "process.past_totals", PastTotalsRow, select(*_SUMS), permission=READ_PAST, key=_SUMS.id, order="id"
)


_PRICES = (
    select(
        cast(_C.source + word(".") + cast(_I.price, String) + word(".") + cast(_I.discount_rate, String), String).label(
            "id"
        ),
        _C.source,
        _I.price,
        _I.discount_rate,
        func.sum(_I.quantity, type_=Minor(4)).label("quantity"),
    )
    .select_from(_ITEM.join(_CASE, _C.id == _I.past_case_id))
    .where(_COUNTS)
    .group_by(_C.source, _I.price, _I.discount_rate)
    .subquery("past_prices")
).c
past_prices = Query(
    "process.past_prices", PastPriceRow, select(*_PRICES), permission=READ_PAST, key=_PRICES.id, order="id"
)


def _whole_way() -> ColumnElement[bool]:
    """The order was delivered, and the steps that bring it from the desk to the door are recorded."""
    mark = _TIME.alias("mark").c
    there = [exists(select(mark.id).where(mark.past_case_id == _C.id, mark.step == word(s))) for s in rules.WHOLE_WAY]
    return and_(_C.outcome == word(rules.DELIVERED), *there)


def _steps() -> FromClause:
    whole = case((_whole_way(), 1), else_=0)
    timed = (
        select(_C.source, _T.since, _T.step, _T.seconds, whole.label("whole"))
        .select_from(_TIME.join(_CASE, _C.id == _T.past_case_id))
        .where(_COUNTS)
        .subquery("timed")
    ).c
    part = (timed.source, timed.since, timed.step)
    ranked = (
        select(
            *part,
            timed.seconds,
            timed.whole,
            func.row_number().over(partition_by=(*part, timed.whole), order_by=timed.seconds).label("place"),
            func.count().over(partition_by=(*part, timed.whole)).label("many"),
        ).subquery("ranked")
    ).c
    lower = case((and_(ranked.whole == number(1), ranked.place * 2 >= ranked.many), ranked.seconds))
    upper = case((and_(ranked.whole == number(1), ranked.place * 2 > ranked.many), ranked.seconds))
    return (
        select(
            cast(ranked.source + word(".") + ranked.since + word(".") + ranked.step, String).label("id"),
            ranked.source,
            ranked.since,
            ranked.step,
            cast(func.count(), BigInteger).label("recorded"),
            cast(func.sum(case((ranked.seconds < number(0), 1), else_=0)), BigInteger).label("early"),
            cast(func.sum(ranked.whole), BigInteger).label("base"),
            cast(func.min(lower), BigInteger).label("lower_seconds"),
            cast(func.min(upper), BigInteger).label("upper_seconds"),
        )
        .group_by(ranked.source, ranked.since, ranked.step)
        .subquery("past_steps")
    )


_S = _steps().c
past_steps = Query("process.past_steps", PastStepRow, select(*_S), permission=READ_PAST, key=_S.id, order="id")

_ARRIVAL = case(
    (_C.delivered_on.is_(None), word("never")),
    (_C.outcome != word(rules.DELIVERED), word("otherwise")),
    (_LATE, word("late")),
    else_=word("on_time"),
)
_SCORED = (
    select(_C.source, _ARRIVAL.label("arrival"), _R.score)
    .select_from(_REVIEW.join(_CASE, _C.id == _R.past_case_id))
    .where(_COUNTS)
    .subquery("scored")
).c
_SCORES = (
    select(
        cast(_SCORED.source + word(".") + _SCORED.arrival, String).label("id"),
        _SCORED.source,
        _SCORED.arrival,
        cast(func.count(), BigInteger).label("reviews"),
        cast(func.sum(_SCORED.score), BigInteger).label("total"),
    )
    .group_by(_SCORED.source, _SCORED.arrival)
    .subquery("past_scores")
).c
past_scores = Query(
    "process.past_scores", PastScoreRow, select(*_SCORES), permission=READ_PAST, key=_SCORES.id, order="id"
)
