"""A price fits between the others, whatever they are."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.validity import Validity, fit_in, rewrites_past

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
