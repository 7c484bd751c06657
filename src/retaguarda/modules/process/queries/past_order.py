"""One past order, read: what it was, how it was paid and judged, and what happened, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, case, cast, func, null, select, union_all

from retaguarda.kernel.case import DONE, HEAD, STEP
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import digits, table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.process.model import PastCase, PastItem, PastPayment, PastReview, PastTime
from retaguarda.modules.process.queries.past import READ_PAST
from retaguarda.modules.process.queries.timelines import NOTE

_CASE, _ITEM, _PAYMENT = table_of(PastCase), table_of(PastItem), table_of(PastPayment)
_REVIEW, _TIME = table_of(PastReview), table_of(PastTime)
_C, _I, _P, _R = _CASE.c, _ITEM.c, _PAYMENT.c, _REVIEW.c
EARLY = "process.past.step_early"


@dataclass(frozen=True, slots=True)
class PastItemRow:
    """A line of a past order."""

    id: str
    past_case_id: str
    position: int
    product_key: str
    description: str
    seller_key: str
    quantity: Decimal
    price: Decimal
    discount_rate: Decimal
    freight_amount: Decimal
    ship_by: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PastPaymentRow:
    """A payment of a past order."""

    id: str
    past_case_id: str
    position: int
    method: str
    instalments: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PastReviewRow:
    """What the customer said of it."""

    id: str
    past_case_id: str
    score: int
    title: str
    message: str
    asked_at: dt.datetime | None
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PastHappeningRow:
    """One thing that happened to a past order: `code` is its sentence, `detail_code` the one under it, if any."""

    id: str
    subject_id: str
    at: dt.datetime
    code: str
    icon: str
    level: str
    outside_key: str
    score: int | None
    detail_code: str | None
    detail: str | None

    @property
    def params(self) -> Mapping[str, Any]:
        """What the sentence of `code` needs."""
        return {"key": self.outside_key, "score": self.score}

    @property
    def detail_params(self) -> Mapping[str, Any]:
        """What the sentence of `detail_code` needs."""
        return {"note": self.detail} if self.detail_code == NOTE else {}


def _part(name: str, row: type[Any], table: Any, order: str) -> Query:
    columns = [table.c[field] for field in row.__dataclass_fields__]
    return Query(
        name,
        row,
        select(*columns).select_from(table.join(_CASE, _C.id == table.c.past_case_id)),
        permission=READ_PAST,
        key=table.c.id,
        order=order,
        branch=_C.branch_id,
    )


past_items = _part("process.past_items", PastItemRow, _ITEM, "position")
past_payments = _part("process.past_payments", PastPaymentRow, _PAYMENT, "position")
past_reviews = _part("process.past_reviews", PastReviewRow, _REVIEW, "id")


def _happening(
    source: Any,
    *where: ColumnElement[bool],
    key: ColumnElement[Any],
    at: ColumnElement[Any],
    code: ColumnElement[Any],
    icon: str,
    level: ColumnElement[Any] | None = None,
    score: ColumnElement[Any] | None = None,
    detail_code: ColumnElement[Any] | None = None,
    detail: ColumnElement[Any] | None = None,
) -> Select[Any]:
    nothing = cast(null(), String)
    return (
        select(
            digits(key).label("id"),
            _C.id.label("subject_id"),
            at.label("at"),
            cast(code, String).label("code"),
            word(icon).label("icon"),
            cast(word("") if level is None else level, String).label("level"),
            _C.outside_key,
            (cast(null(), Integer) if score is None else score).label("score"),
            (nothing if detail_code is None else cast(detail_code, String)).label("detail_code"),
            (nothing if detail is None else detail).label("detail"),
            _C.branch_id.label("branch_id"),
        )
        .select_from(source)
        .where(*where)
    )


def _steps() -> Select[Any]:
    early = _TIME.c.seconds < number(0)
    return _happening(
        _CASE.join(HEAD, HEAD.c.subject_id == _C.id)
        .join(STEP, STEP.c.case_id == HEAD.c.id)
        .join(_TIME, and_(_TIME.c.past_case_id == _C.id, _TIME.c.step == STEP.c.name)),
        STEP.c.state == word(DONE),
        key=STEP.c.id,
        at=STEP.c.closed_at,
        code=word("process.past.done.") + STEP.c.name,
        icon="check",
        level=case((early, word("warn")), else_=word("ok")),
        detail_code=case((early, word(EARLY))),
    )


_T = (
    union_all(
        _happening(_CASE, key=_C.id, at=_C.ordered_at, code=word("process.past.done.order"), icon="file-plus"),
        _steps(),
        _happening(
            _CASE.join(_REVIEW, _R.past_case_id == _C.id),
            func.coalesce(_R.answered_at, _R.asked_at).is_not(None),
            key=_R.id,
            at=func.coalesce(_R.answered_at, _R.asked_at),
            code=word("process.past.done.review"),
            icon="star",
            level=case((_R.score <= number(2), word("bad")), else_=word("")),
            score=_R.score,
            detail_code=case((_R.message != word(""), word(NOTE))),
            detail=_R.message,
        ),
    )
    .subquery("past_happening")
    .c
)
past_timeline = Query(
    "process.past_timeline",
    PastHappeningRow,
    select(*(column for column in _T if column.key != "branch_id")),
    permission=READ_PAST,
    key=_T.id,
    order="-at",
    branch=_T.branch_id,
)
