"""The working calendar: lunch, holidays, half days, clocks that change at midnight, and laws that hold always."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.calendar import DayException, NeverOpen, WorkingCalendar, country_holidays

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MORNING = (dt.time(8), dt.time(12))
AFTERNOON = (dt.time(13, 30), dt.time(18))
WEEK = {**dict.fromkeys(range(5), (MORNING, AFTERNOON)), 5: ((dt.time(8), dt.time(12)),)}
EXCEPTIONS = {
    dt.date(2026, 12, 24): DayException("Véspera de Natal", ((dt.time(8), dt.time(12)),)),
    dt.date(2026, 12, 26): DayException("Balanço"),
    dt.date(2026, 11, 29): DayException("Domingo de Natal", ((dt.time(10), dt.time(16)),)),
}
BR = country_holidays("BR", "SP", "pt_BR")
SHOP = WorkingCalendar(SAO_PAULO, WEEK, BR, EXCEPTIONS)
NIGHTS = WorkingCalendar(SAO_PAULO, dict.fromkeys(range(7), ((dt.time(0), dt.time(6)), (dt.time(22), dt.time(0)))), BR)
ALWAYS = WorkingCalendar(ZoneInfo("America/New_York"), dict.fromkeys(range(7), ((dt.time(0), dt.time(0)),)))
ALL = [SHOP, NIGHTS, ALWAYS]


def at(text: str) -> dt.datetime:
    """An instant by the clock of São Paulo."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SAO_PAULO).astimezone(dt.UTC)


def hours(count: float) -> dt.timedelta:
    return dt.timedelta(hours=count)


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2026-11-25 09:00", 2, "2026-11-25 11:00"),
        ("2026-11-25 09:00", 3, "2026-11-25 12:00"),
        ("2026-11-25 11:00", 2, "2026-11-25 14:30"),
        ("2026-11-25 12:30", 1, "2026-11-25 14:30"),
        ("2026-11-25 06:00", 8.5, "2026-11-25 18:00"),
        ("2026-11-25 17:00", 2, "2026-11-26 09:00"),
        ("2026-11-27 17:30", 5, "2026-11-29 10:30"),
        ("2026-11-19 18:00", 1, "2026-11-21 09:00"),
        ("2026-12-24 11:00", 2, "2026-12-28 09:00"),
        ("2026-11-25 03:00", 0, "2026-11-25 03:00"),
    ],
)
def test_adding_walks_over_lunch_nights_holidays_and_exceptions(start: str, amount: float, expected: str) -> None:
    assert SHOP.add_working(at(start), hours(amount)) == at(expected)
    assert SHOP.working_between(at(start), at(expected)) == hours(amount)


@pytest.mark.parametrize(
    ("end", "amount", "expected"),
    [
        ("2026-11-25 18:00", 4.5, "2026-11-25 13:30"),
        ("2026-11-25 18:00", 5, "2026-11-25 11:30"),
        ("2026-11-26 09:00", 2, "2026-11-25 17:00"),
        ("2026-12-28 09:00", 2, "2026-12-24 11:00"),
        ("2026-11-25 13:00", 0, "2026-11-25 13:00"),
    ],
)
def test_subtracting_finds_when_work_must_begin(end: str, amount: float, expected: str) -> None:
    assert SHOP.subtract_working(at(end), hours(amount)) == at(expected)


def test_days() -> None:
    assert SHOP.is_working_day(dt.date(2026, 11, 28))
    assert not SHOP.is_working_day(dt.date(2026, 11, 20))
    assert SHOP.is_working_day(dt.date(2026, 11, 29))
    assert not SHOP.is_working_day(dt.date(2026, 12, 26))
    assert SHOP.next_working_day(dt.date(2026, 11, 19)) == dt.date(2026, 11, 21)
    assert SHOP.working_day_from(dt.date(2026, 11, 20)) == dt.date(2026, 11, 21)
    assert SHOP.working_day_from(dt.date(2026, 11, 21)) == dt.date(2026, 11, 21)
    assert SHOP.add_working_days(dt.date(2026, 11, 19), 2) == dt.date(2026, 11, 23)
    assert SHOP.add_working_days(dt.date(2026, 11, 23), -2) == dt.date(2026, 11, 19)
    assert SHOP.add_working_days(dt.date(2026, 11, 20), 0) == dt.date(2026, 11, 20)


def test_closed_days_have_names() -> None:
    assert SHOP.closed_name(dt.date(2026, 11, 20)) == "Dia Nacional de Zumbi e da Consciência Negra"
    assert SHOP.closed_name(dt.date(2026, 12, 26)) == "Balanço"
    assert SHOP.closed_name(dt.date(2026, 11, 25)) is None
    assert country_holidays("BR", "SP", "en")(dt.date(2026, 9, 7)) == "Independence Day"
    assert country_holidays("BR", "RJ")(dt.date(2026, 7, 9)) is None
    assert country_holidays("BR", "SP")(dt.date(2026, 7, 9)) is not None
    for country, state in (("BR", "XX"), ("QQ", None)):
        with pytest.raises(ValueError, match="no holidays are known"):
            country_holidays(country, state)


def test_open_at_opening_time_and_closed_at_closing_time() -> None:
    assert SHOP.is_open(at("2026-11-25 08:00"))
    assert not SHOP.is_open(at("2026-11-25 12:00"))
    assert not SHOP.is_open(at("2026-11-25 12:59"))
    assert NIGHTS.is_open(at("2026-11-25 23:59"))
    assert NIGHTS.is_open(at("2026-11-26 00:00"))


def test_a_night_shift_runs_through_midnight() -> None:
    assert NIGHTS.add_working(at("2026-11-25 23:00"), hours(3)) == at("2026-11-26 02:00")


def test_hours_are_real_where_clocks_change_at_midnight() -> None:
    # Brazil's summer time began at 00:00 (which became 01:00) and ended at 24:00 (which became 23:00).
    assert NIGHTS.add_working(at("2018-11-03 23:00"), hours(2)) == at("2018-11-04 02:00")
    assert NIGHTS.working_between(at("2018-11-03 22:00"), at("2018-11-04 06:00")) == hours(7)
    assert NIGHTS.working_between(at("2018-02-17 22:00"), at("2018-02-18 06:00")) == hours(9)
    assert ALWAYS.working_between(
        dt.datetime(2026, 3, 8, 5, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 4, tzinfo=dt.UTC)
    ) == hours(23)


def test_spans_inside_an_hour_that_does_not_exist_keep_their_order() -> None:
    spans = ((dt.time(0), dt.time(0, 45)), (dt.time(0, 45), dt.time(2)))
    calendar = WorkingCalendar(SAO_PAULO, {6: spans})
    found = calendar.spans_on(dt.date(2018, 11, 4))
    assert all(start < end for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


instants = st.datetimes(dt.datetime(2016, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC))
amounts = st.timedeltas(dt.timedelta(0), dt.timedelta(hours=200))
calendars = st.sampled_from(ALL)


@given(calendars, instants, amounts)
def test_what_is_added_lies_between(calendar: WorkingCalendar, start: dt.datetime, amount: dt.timedelta) -> None:
    end = calendar.add_working(start, amount)
    assert end >= start
    assert calendar.working_between(start, end) == amount
    assert calendar.working_between(end, start) == -amount


@given(calendars, instants, amounts)
def test_what_is_subtracted_lies_between(calendar: WorkingCalendar, end: dt.datetime, amount: dt.timedelta) -> None:
    start = calendar.subtract_working(end, amount)
    assert start <= end
    assert calendar.working_between(start, end) == amount


@given(calendars, instants, amounts, amounts)
def test_more_time_is_never_earlier(
    calendar: WorkingCalendar, start: dt.datetime, amount: dt.timedelta, more: dt.timedelta
) -> None:
    assert calendar.add_working(start, amount) <= calendar.add_working(start, amount + more)
    assert calendar.add_working(start, amount) <= calendar.add_working(start + more, amount)


@given(calendars, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_parts_make_the_whole(calendar: WorkingCalendar, three: list[dt.datetime]) -> None:
    first, middle, last = three[0], three[0] + (three[1] - three[0]) / 40, three[0] + (three[2] - three[0]) / 40
    parts = calendar.working_between(first, middle) + calendar.working_between(middle, last)
    assert parts == calendar.working_between(first, last)


@pytest.mark.parametrize(
    "spans",
    [
        ((dt.time(8), dt.time(8)),),
        ((dt.time(12), dt.time(8)),),
        ((dt.time(8), dt.time(12)), (dt.time(11), dt.time(18))),
        ((dt.time(13), dt.time(18)), (dt.time(8), dt.time(12))),
    ],
)
def test_impossible_hours_are_refused(spans: tuple[tuple[dt.time, dt.time], ...]) -> None:
    with pytest.raises(ValueError, match="run forwards"):
        WorkingCalendar(SAO_PAULO, {0: spans})
    with pytest.raises(ValueError, match="run forwards"):
        WorkingCalendar(SAO_PAULO, {}, exceptions={dt.date(2026, 1, 1): DayException("x", spans)})


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="weekdays"):
        WorkingCalendar(SAO_PAULO, {7: (MORNING,)})
    with pytest.raises(ValueError, match="zone"):
        SHOP.add_working(dt.datetime(2026, 1, 1), hours(1))
    with pytest.raises(ValueError, match="negative"):
        SHOP.subtract_working(at("2026-11-25 09:00"), hours(-1))


def test_a_calendar_without_hours_says_so_instead_of_searching_for_ever() -> None:
    never = WorkingCalendar(SAO_PAULO, {})
    for call in (never.add_working, never.subtract_working):
        with pytest.raises(NeverOpen):
            call(at("2026-11-25 09:00"), hours(1))
    with pytest.raises(NeverOpen):
        never.next_working_day(dt.date(2026, 11, 25))
