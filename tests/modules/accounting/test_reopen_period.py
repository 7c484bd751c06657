"""Opening months again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from retaguarda.kernel.errors import Forbidden
from tests.helpers.company import acting, refused
from tests.modules.accounting.ledger import Ledger
from tests.modules.accounting.test_close_period import OCTOBER, SEPTEMBER, close, month


def reopen(ledger: Ledger, day: dt.date, **more: Any) -> Any:
    asked = {"period_id": month(ledger, day).id, "reason": "nota atrasada", **more}
    return ledger.office.do(("accounting.reopen_period", asked)).rows[0]


@pytest.fixture
def closed(ledger: Ledger) -> Ledger:
    for day in (SEPTEMBER, OCTOBER):
        ledger.note("1", day)
        close(ledger, day)
    return ledger


def test_it_takes_bookings_again_with_the_reason_on_record(closed: Ledger) -> None:
    row = reopen(closed, OCTOBER)
    assert (row.state, row.reason, row.allowed) == ("open", "nota atrasada", ("accounting.close_period",))
    closed.note("1", OCTOBER)
    assert close(closed, OCTOBER).line_count == 4
    assert closed.office.check() == []


def test_the_last_closed_month_opens_first(closed: Ledger) -> None:
    with refused(closed.office, "accounting.reopen_later_first") as caught:
        reopen(closed, SEPTEMBER)
    assert caught[0].params["later"] == dt.date(2026, 10, 1)


def test_it_is_opened_once_by_who_has_seen_it_and_says_why(closed: Ledger) -> None:
    with refused(closed.office, "kernel.stale"):
        reopen(closed, OCTOBER, version=1)
    with refused(closed.office, "kernel.too_short"):
        reopen(closed, OCTOBER, reason="x")
    reopen(closed, OCTOBER)
    with refused(closed.office, "accounting.already_open"):
        reopen(closed, OCTOBER)


def test_finance_may_not(closed: Ledger) -> None:
    key = month(closed, OCTOBER).id
    with acting(closed.office, "finance"), pytest.raises(Forbidden):
        closed.office.do("accounting.reopen_period", period_id=key, reason="nota atrasada")
