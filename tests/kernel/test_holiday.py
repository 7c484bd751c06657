"""Days that come again: fixed ones, those that go with Easter, and one that was."""

from __future__ import annotations

import datetime as dt

import holidays

from retaguarda.kernel.holiday import easter, holiday_rule


def test_easter_is_that_of_the_library_as_far_as_it_knows() -> None:
    friday = dt.timedelta(days=2)
    legal = holidays.country_holidays("BR", years=range(1950, 2101), language="pt_BR")
    assert all("Sexta-feira Santa" in (legal.get(easter(year) - friday) or "") for year in range(1950, 2101))


def test_a_rule_says_its_days_and_no_others() -> None:
    found = {}
    for said in ("12-25", "02-29", "EASTER-2", "EASTER+60", "2026-07-09"):
        rule = holiday_rule(said)
        assert rule is not None
        days = (dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365))
        found[said] = [day.isoformat() for day in days if rule(day)]
    assert found == {
        "12-25": ["2026-12-25"],
        "02-29": [],
        "EASTER-2": ["2026-04-03"],
        "EASTER+60": ["2026-06-04"],
        "2026-07-09": ["2026-07-09"],
    }
    for nothing in ("", "13-01", "02-30", "2026-02-29", "EASTER", "EASTER-100", "25/12", "１２-25"):
        assert holiday_rule(nothing) is None
