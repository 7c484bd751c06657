"""Shares, grades and nearest ranks, by value."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

import pytest
from sqlalchemy import create_engine, literal, select, union_all

from retaguarda.kernel.figures import MEDIAN, NINE_IN_TEN, grade, nearest_rank, ranked, running_rate


def test_a_row_is_graded_by_what_the_better_ones_make_before_it() -> None:
    amounts = [Decimal(n) for n in (50, 30, 10, 5, 5)]
    sums = [sum(amounts[: n + 1], Decimal(0)) for n in range(len(amounts))]
    told = [grade(own, running, Decimal(100)) for own, running in zip(amounts, sums, strict=True)]
    # 0 % and 50 % before the first two, 80 % before the third, which is B from there on, 95 % before the last.
    assert told == ["a", "a", "b", "b", "c"]
    assert [running_rate(running, Decimal(100)) for running in sums] == [
        Decimal(n) / 10_000 for n in (5000, 8000, 9000, 9500, 10_000)
    ]
    for whole in (None, Decimal(0), Decimal(-1)):
        assert grade(Decimal(1), Decimal(1), whole) is None
        assert running_rate(Decimal(1), whole) is None


@pytest.mark.parametrize("many", [1, 2, 9, 10, 11])
def test_the_nearest_rank_is_a_figure_that_is_there(many: int) -> None:
    figures = [7 * n % 11 for n in range(many)]
    rows = union_all(*(select(literal(1).label("one"), literal(n).label("value")) for n in figures)).subquery().c
    r = select(rows.value, *ranked((rows.one,), rows.value)).subquery("ranked").c
    asked = select(*(nearest_rank(r, tenths, r.value) for tenths in (MEDIAN, NINE_IN_TEN)))
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        found = tuple(connection.execute(asked).one())
    engine.dispose()
    assert found == tuple(sorted(figures)[ceil(many * tenths / 10) - 1] for tenths in (5, 9))
