"""Deadlines counted back from the promised day: on any calendar, for any time left, and when the promise moves."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from retaguarda.kernel.calendar import DayException, WorkingCalendar, country_holidays
from retaguarda.modules.process.flows import ORDER
from retaguarda.modules.process.rules import due_at
from tests.helpers.company import MONDAY
from tests.modules.process.conftest import Work

HOUR = dt.timedelta(hours=1)
MIDDAY = ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(17, 30)))
NIGHT = ((dt.time(0), dt.time(3)), (dt.time(20), dt.time(0)))
"""Hours that the change of the clocks falls into."""
CALENDARS = st.builds(
    WorkingCalendar,
    st.sampled_from([ZoneInfo(name) for name in ("America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe")]),
    st.dictionaries(st.integers(0, 6), st.sampled_from([MIDDAY, NIGHT, MIDDAY[:1]]), min_size=1),
    st.sampled_from([country_holidays("BR"), country_holidays("US")]),
    st.dictionaries(
        st.dates(dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        st.sampled_from([DayException("Inventário"), DayException("Meio dia", MIDDAY[:1])]),
        max_size=6,
    ),
)
NOWS = st.datetimes(dt.datetime(2026, 10, 1), dt.datetime(2026, 12, 20), timezones=st.just(dt.UTC))
LIMITS = st.lists(st.integers(1, 40).map(lambda half_hours: HOUR * half_hours / 2), min_size=1, max_size=6)
SECOND = dt.timedelta(seconds=1)


@settings(max_examples=150, deadline=None)
@given(CALENDARS, NOWS, st.integers(0, 40), LIMITS)
def test_what_the_later_limits_leave(
    calendar: WorkingCalendar, now: dt.datetime, days: int, limits: list[dt.timedelta]
) -> None:
    promised = now.astimezone(calendar.zone).date() + dt.timedelta(days=days)
    closing = calendar.closing_on(promised)
    own, later = limits[0], sum(limits[1:], dt.timedelta(0))
    due = due_at(calendar, now, promised, own, later)
    assert due is not None
    left = calendar.working_between(now, closing)
    if left <= dt.timedelta(0):
        assert due == closing
        return
    assert now <= due <= closing
    behind = calendar.working_between(due, closing)
    if left >= own + later:
        assert behind == later, "exactly the later steps' limits are left"
    else:
        assert abs(behind - left * (later / (own + later))) < SECOND, "all steps give way alike"


@settings(max_examples=60, deadline=None)
@given(CALENDARS, NOWS, st.integers(0, 40), st.integers(0, 10), LIMITS)
def test_a_later_promise_never_asks_for_an_earlier_step(
    calendar: WorkingCalendar, now: dt.datetime, days: int, more: int, limits: list[dt.timedelta]
) -> None:
    promised = now.astimezone(calendar.zone).date() + dt.timedelta(days=days)
    own, later = limits[0], sum(limits[1:], dt.timedelta(0))
    first = due_at(calendar, now, promised, own, later)
    second = due_at(calendar, now, promised + dt.timedelta(days=more), own, later)
    assert first is not None
    assert second is not None
    assert first <= second + SECOND


@settings(max_examples=60, deadline=None)
@given(CALENDARS, NOWS, st.integers(1, 60), LIMITS)
def test_steps_done_when_due_end_with_the_promised_day(
    calendar: WorkingCalendar, now: dt.datetime, days: int, limits: list[dt.timedelta]
) -> None:
    promised = now.astimezone(calendar.zone).date() + dt.timedelta(days=days)
    at, last = now, now
    for place, own in enumerate(limits):
        due = due_at(calendar, at, promised, own, sum(limits[place + 1 :], dt.timedelta(0)))
        assert due is not None
        last, at = due, max(at, due)
    assert abs(calendar.working_between(last, calendar.closing_on(promised))) < SECOND


def test_over_a_change_of_the_clocks() -> None:
    night = WorkingCalendar(ZoneInfo("America/New_York"), dict.fromkeys(range(7), NIGHT))
    # On 1 November 2026 the hour from one to two comes twice: before three o'clock there are four hours of work.
    promised = dt.date(2026, 10, 31)
    now = dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC)
    assert due_at(night, now, promised, HOUR, HOUR) == dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)
    following = promised + dt.timedelta(days=1)
    assert due_at(night, now, following, HOUR, 7 * HOUR) == dt.datetime(2026, 11, 1, 5, tzinfo=dt.UTC)


def test_a_branch_without_hours_sets_none() -> None:
    never = WorkingCalendar(ZoneInfo("America/Sao_Paulo"), {})
    assert due_at(never, MONDAY, MONDAY.date(), HOUR, HOUR) is None
    assert due_at(never, MONDAY, None, HOUR, HOUR) is None


def test_the_limits_of_a_flow_behind_a_step() -> None:
    assert ORDER.limit_after("invoice", ()) == 28 * HOUR
    assert ORDER.limit_after("invoice", ("pack",)) == 24 * HOUR
    assert ORDER.limit_after("deliver", ()) == dt.timedelta(0)


def path(work: Work, order: str) -> dict[str, Any]:
    return {row.step: row for row in work.office.show("process.order_path", {"subject_id": order}).rows}


def test_the_last_step_ends_with_the_promised_day(work: Work) -> None:
    order = work.order("ship", promised_on="2026-12-04")
    assert work.row(order).due_at == dt.datetime(2026, 12, 4, 21, tzinfo=dt.UTC)


def test_a_promise_far_away_leaves_time(work: Work) -> None:
    # 24 hours of the later steps are three working days before Friday's closing.
    order = work.order("check", promised_on="2026-12-04")
    due = work.row(order).due_at
    calendar = WorkingCalendar(
        ZoneInfo("America/Sao_Paulo"),
        dict.fromkeys(range(5), ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(18)))),
    )
    assert calendar.working_between(due, dt.datetime(2026, 12, 4, 21, tzinfo=dt.UTC)) == 28 * HOUR
    assert path(work, order)["check"].due_at == MONDAY + 9 * HOUR, "a quotation promises nothing yet"


def test_it_moves_with_the_promise(work: Work) -> None:
    order = work.order("check", promised_on="2026-12-04")
    before = work.row(order).due_at
    line = work.office.show("sales.order_lines", {"order_id": order}).rows[0]
    lines = [{"line_id": line.id, "product_id": work.product, "quantity": "1"}]
    consent = {"consent_by": "Maria", "consent_channel": "phone"}
    work.office.do("sales.amend_order", order_id=order, lines=lines, promised_on="2026-12-08", **consent)
    assert work.row(order).due_at > before
    work.office.do("sales.amend_order", order_id=order, lines=lines, promised_on="2026-12-04")
    assert work.row(order).due_at == before
    version = work.row(order).version
    work.office.do("sales.amend_order", order_id=order, lines=[{**lines[0], "quantity": "2"}])
    assert work.row(order).version == version, "the same day is no news to the step"


def test_it_comes_back_counted_from_the_promise(work: Work) -> None:
    order = work.order("check", promised_on="2026-12-04")
    before = work.row(order).due_at
    work.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    assert work.row(order).due_at is None
    work.pass_time(days=1)
    work.office.do("sales.resume_order", order_id=order)
    assert work.row(order).due_at == before


def test_where_the_goods_go_first_the_invoice_is_counted_until_it_is_there(work: Work) -> None:
    calendar = WorkingCalendar(
        ZoneInfo("America/Sao_Paulo"),
        dict.fromkeys(range(5), ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(18)))),
    )

    def left_behind(order: str) -> dt.timedelta:
        return calendar.working_between(work.row(order).due_at, dt.datetime(2026, 12, 4, 21, tzinfo=dt.UTC))

    work.office.do("company.change_setting", code="invoice_policy", value="shipped")
    order = work.order("check", promised_on="2026-12-04")
    assert left_behind(order) == 28 * HOUR, "packing, shipping, the invoice and the delivery come after the picking"
    for step in ("pick", "pack"):
        work.step(step, order)
    assert (work.row(order).step, left_behind(order)) == ("ship", 20 * HOUR)
    for step in ("ship", "invoice"):
        work.step(step, order)
    work.office.do("delivery.return_shipment", order_id=order, reason="cliente viajou")
    assert (work.row(order).step, left_behind(order)) == ("pick", 24 * HOUR), "the invoice stands"
    work.step("pick", order)
    assert (work.row(order).step, left_behind(order)) == ("pack", 20 * HOUR)
