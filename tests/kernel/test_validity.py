"""A price fits between the others, whatever they are."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.validity import Gone, Validity, fit_in, rewrites_past, without

FIRST = dt.date(2026, 1, 1)
DAYS = st.integers(0, 30).map(lambda n: FIRST + dt.timedelta(days=n))


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_every_day_has_the_price_that_was_set_last_for_the_latest_day_before(days: list[dt.date]) -> None:
    rows: list[Validity] = []
    last_set: dict[dt.date, str] = {}
    for n, since in enumerate(days):
        fit = fit_in(rows, since)
        ends = dict(fit.ends)
        rows = [Validity(r.id, r.since, ends.get(r.id, r.to)) for r in rows]
        rows.append(Validity(str(n), since, fit.to))
        last_set[since] = str(n)
    for offset in range(40):
        day = FIRST + dt.timedelta(days=offset)
        holding = [r.id for r in rows if r.since <= day and (r.to is None or r.to >= day)]
        begun = [since for since in last_set if since <= day]
        assert holding == ([last_set[max(begun)]] if begun else [])
    assert sum(1 for r in rows if r.to is None) == 1


def test_only_a_first_price_may_begin_before_today() -> None:
    today = dt.date(2026, 1, 10)
    held = Validity("a", today, None)
    never = Validity("b", today, today - dt.timedelta(days=1))
    assert not rewrites_past([], FIRST, today)
    assert not rewrites_past([never], FIRST, today)
    assert not rewrites_past([held], today, today)
    assert rewrites_past([held], FIRST, today)


def holding(rows: list[Validity], day: dt.date) -> list[str]:
    return [r.id for r in rows if r.since <= day and (r.to is None or r.to >= day)]


def set_all(days: list[dt.date], left_out: set[int]) -> tuple[list[Validity], dict[int, dict[str, dt.date | None]]]:
    """What stands after prices were set for these days, one after the other; what each had ended, and until when."""
    rows: list[Validity] = []
    ended: dict[int, dict[str, dt.date | None]] = {}
    for n, since in enumerate(days):
        if n in left_out:
            continue
        fit = fit_in(rows, since)
        ends = dict(fit.ends)
        ended[n] = {r.id: r.to for r in rows if r.id in ends}
        rows = [Validity(r.id, r.since, ends.get(r.id, r.to)) for r in rows]
        rows.append(Validity(str(n), since, fit.to))
    return rows, ended


def taken_out(days: list[dt.date], gone: set[int]) -> list[Validity]:
    """What stands when those of `gone` are taken out again."""
    rows, ended = set_all(days, set())

    def resolved(n: int) -> dict[str, dt.date | None]:
        eve = days[n] - dt.timedelta(days=1)
        found: dict[str, dt.date | None] = {r.id: None for r in rows if r.to == eve and not r.empty}
        for key, to in ended[n].items():
            found |= resolved(int(key)) if int(key) in gone else {key: to}
        return found

    taken = without(rows, [Gone(str(n), FIRST, resolved(n)) for n in sorted(gone, reverse=True)])
    assert taken.again == ()
    return [Validity(r.id, r.since, taken.ends.get(r.id, r.to)) for r in rows]


LATER_DAYS = [FIRST + dt.timedelta(days=n) for n in range(40)]


@given(st.lists(DAYS, min_size=2, max_size=6), st.data())
def test_one_that_is_taken_out_leaves_the_days_as_if_it_had_never_been_set(
    days: list[dt.date], data: st.DataObject
) -> None:
    gone = {data.draw(st.integers(0, len(days) - 1))}
    left, never = taken_out(days, gone), set_all(days, gone)[0]
    assert [holding(left, day) for day in LATER_DAYS] == [holding(never, day) for day in LATER_DAYS]


@given(st.lists(DAYS, min_size=2, max_size=6).map(sorted), st.sets(st.integers(0, 5), max_size=4))
def test_so_do_several_that_were_set_for_one_day_after_the_other(days: list[dt.date], some: set[int]) -> None:
    gone = {n for n in some if n < len(days)}
    left, never = taken_out(days, gone), set_all(days, gone)[0]
    assert [holding(left, day) for day in LATER_DAYS] == [holding(never, day) for day in LATER_DAYS]


@given(st.lists(DAYS, min_size=2, max_size=6), st.sets(st.integers(0, 5), max_size=4))
def test_whatever_is_taken_out_nobody_else_loses_a_day(days: list[dt.date], some: set[int]) -> None:
    gone = {n for n in some if n < len(days)}
    before, left = set_all(days, set())[0], taken_out(days, gone)
    for day in LATER_DAYS:
        (was, now) = (holding(rows, day) for rows in (before, left))
        assert len(now) <= 1
        assert not {int(key) for key in now} & gone
        assert now == was or not was or int(was[0]) in gone


def test_days_that_have_passed_keep_what_held() -> None:
    today = FIRST + dt.timedelta(days=10)
    yesterday, eve = today - dt.timedelta(days=1), FIRST + dt.timedelta(days=4)
    rows = [Validity("a", FIRST, eve), Validity("b", eve + dt.timedelta(days=1), None)]
    taken = without(rows, [Gone("b", today, {"a": None})])
    assert (taken.ends, taken.again) == ({"b": yesterday}, (("a", today, None),))
    assert without([Validity("b", FIRST, yesterday)], [Gone("b", today, {})]).ends == {}
