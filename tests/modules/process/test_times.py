"""Median and nine in ten of waiting and working, against a count made by hand; the bottleneck is the longest wait."""

from __future__ import annotations

import datetime as dt
import math
from statistics import median_low
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from retaguarda.kernel.case import DONE, HEAD, STEP
from tests.helpers.company import acting
from tests.modules.process.conftest import Work

PERIODS = {"week": (0, 7), "last_week": (7, 14), "month": (0, 30), "year": (0, 365)}


def times(work: Work, period: str = "week") -> dict[str, Any]:
    rows = work.office.show("process.step_times", {"period": period}, "position").rows
    return {row.step.removeprefix("order."): row for row in rows}


def by_hand(work: Work, period: str) -> dict[str, tuple[int, int | None, int | None, int | None, int | None]]:
    """The same figures from the plain rows: none of the query's own SQL."""
    with work.office.store.engine.connect() as connection:
        rows = connection.execute(
            select(STEP.c.name, STEP.c.opened_at, STEP.c.started_at, STEP.c.closed_at)
            .join(HEAD, HEAD.c.id == STEP.c.case_id)
            .where(STEP.c.state == DONE, HEAD.c.flow == "order")
        ).all()
    since, until = (dt.timedelta(days=days) for days in PERIODS[period])
    now, waits, works = work.office.clock.now(), dict[str, list[int]](), dict[str, list[int]]()
    for name, opened, started, closed in rows:
        if since <= now - closed < until:
            waits.setdefault(name, []).append(int(((started or closed) - opened).total_seconds()))
            if started:
                works.setdefault(name, []).append(int((closed - started).total_seconds()))

    def figures(found: list[int]) -> tuple[int | None, int | None]:
        if not found:
            return None, None
        return median_low(sorted(found)) // 60, sorted(found)[math.ceil(len(found) * 9 / 10) - 1] // 60

    return {name: (len(found), *figures(found), *figures(works.get(name, []))) for name, found in waits.items()}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.integers(0, 600), st.one_of(st.none(), st.integers(0, 300))), min_size=1, max_size=7))
def test_figures_equal_those_made_by_hand(work: Work, plan: list[tuple[int, int | None]]) -> None:
    for wait, worked in plan:
        order = work.order("check")
        work.pass_time(minutes=wait)
        if worked is not None:
            work.office.do("process.take_step", step_id=work.row(order).id)
            work.pass_time(minutes=worked)
        work.step("invoice", order)
    for period in PERIODS:
        expected = by_hand(work, period)
        for name, row in times(work, period).items():
            found = (row.done, row.wait_minutes, row.wait_p90, row.work_minutes, row.work_p90)
            assert found == expected.get(name, (0, None, None, None, None)), (period, name)


def test_the_bottleneck_is_the_step_that_is_waited_for_longest(work: Work) -> None:
    assert [row.hot for row in times(work).values()] == [False] * 6, "nothing was done yet"
    for hours in (1, 5, 2):
        order = work.order("invoice")
        work.pass_time(hours=hours)
        work.step("pick", order)
        work.pass_time(minutes=20)
        work.step("pack", order)
    found = times(work)
    assert (found["pick"].wait_minutes, found["pick"].wait_p90, found["pick"].hot) == (120, 300, True)
    assert [name for name, row in found.items() if row.hot] == ["pick"]
    assert (found["pack"].wait_minutes, found["pack"].taken, found["pack"].work_minutes) == (20, 0, None)


def test_a_week_ago_is_last_week(work: Work) -> None:
    work.order("check")
    work.pass_time(days=8)
    assert (times(work)["check"].done, times(work, "last_week")["check"].done) == (0, 1)
    assert times(work, "month")["check"].done == 1


def test_what_other_branches_did_does_not_count(work: Work) -> None:
    work.order("check")
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    work.office.do("company.add_person", login="caio", name="Caio", roles=["sales"], branch_id=branch)
    with acting(work.office, "caio"):
        assert times(work)["check"].done == 0
