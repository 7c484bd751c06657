"""Early warning: what each rule says of a case, to the second; that it sees nothing of what comes later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retaguarda.app.replay.travel import DAY, OPENED, Event, alerts
from retaguarda.modules.contingency.rules import CaseFacts, end_of, standing

STEPS = ("check", "ship", "deliver")
PROMISED = dt.date(2026, 3, 20)
OPENED_AT = dt.datetime(2026, 3, 1, 6)
SECOND = dt.timedelta(seconds=1)
QUARTER = dt.timedelta(hours=6)


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, second)


def case(**done: dt.datetime) -> CaseFacts:
    """An order to be sent by the 13th at midnight and delivered on the 20th."""
    limits = {"ship": at(13), "deliver": end_of(PROMISED)}
    return CaseFacts(STEPS, OPENED_AT, PROMISED, limits, {"check": 3 * DAY, "ship": 6 * DAY}, done)


SENT = {"check": at(1, 11), "ship": at(3)}
SAID: tuple[tuple[str, dict[str, dt.datetime], dt.datetime, list[str]], ...] = (
    ("nothing is due yet", {}, at(4, 6), []),
    ("three days for the check have passed", {}, at(4, 6, 0, 1), ["over_limit check"]),
    ("its limit, to the second", {"check": at(1, 11)}, at(13), []),
    ("a second later", {"check": at(1, 11)}, at(13, 0, 0, 1), ["over_limit ship"]),
    ("sent on its limit, with seven days left", {"check": at(1, 11), "ship": at(13)}, at(13, 9), []),
    (
        "sent a second later",
        {"check": at(1, 11), "ship": at(13, 0, 0, 1)},
        at(13, 9),
        ["handed_late ship", "slack_7 ship"],
    ),
    ("before the close of the fifth day", SENT, at(15, 23, 59, 59), []),
    ("at its close", SENT, at(16), ["undelivered_5 deliver"]),
    ("delivered on that day", {**SENT, "deliver": at(15, 23, 59, 59)}, at(16), []),
    ("at the close of the second day", SENT, at(19), ["undelivered_5 deliver", "undelivered_2 deliver"]),
    (
        "the promised day is over",
        SENT,
        at(21),
        ["over_limit deliver", "undelivered_5 deliver", "undelivered_2 deliver"],
    ),
    ("sent before it was checked", {"ship": at(3)}, at(5), ["over_limit check"]),
)


@pytest.mark.parametrize(("why", "done", "moment", "said"), SAID, ids=[row[0] for row in SAID])
def test_what_stands_at_a_moment(why: str, done: dict[str, dt.datetime], moment: dt.datetime, said: list[str]) -> None:
    assert sorted(f"{a.rule} {a.step}" for a in standing(case(**done), moment)) == sorted(said)


def test_without_a_promise_or_limit_only_the_steps_allowance_speaks() -> None:
    bare = replace(case(check=at(2)), promised_on=None, limits={})
    assert standing(bare, at(8)) == ()
    assert [(a.rule, a.step) for a in standing(bare, at(8) + SECOND)] == [("over_limit", "ship")]
    assert standing(replace(bare, allowed={}), at(31)) == ()


moments = st.datetimes(dt.datetime(2026, 2, 27), dt.datetime(2026, 3, 28))


@st.composite
def cases(draw: st.DrawFn) -> CaseFacts:
    """Any order, also one whose steps were done in no order, some at the same moment, some never. What is done and
    what is due falls on a quarter of a day."""
    moment = st.integers(-4, 4 * 30).map(lambda n: OPENED_AT + n * QUARTER)
    days = st.one_of(st.none(), st.integers(1, 27).map(lambda d: dt.date(2026, 3, d)))
    steps = st.dictionaries(st.sampled_from(STEPS), moment)
    return CaseFacts(STEPS, OPENED_AT, draw(days), draw(steps), case().allowed, draw(steps))


@settings(max_examples=60, deadline=None)
@given(cases(), cases(), moments)
def test_what_is_done_later_changes_nothing(one: CaseFacts, other: CaseFacts, moment: dt.datetime) -> None:
    later = {step: when for step, when in other.done.items() if when > moment}
    past = {step: when for step, when in one.done.items() if when <= moment}
    assert standing(replace(one, done={**later, **past}), moment) == standing(one, moment)


@settings(max_examples=25, deadline=None)
@given(st.lists(cases(), min_size=1, max_size=3))
def test_the_travelling_clock_misses_nothing(some: list[CaseFacts]) -> None:
    """It looks at a case on some days only; who looks at every case all day long sees the same on the same days."""
    events = []
    for n, one in enumerate(some):
        opened = one.known_at(OPENED_AT)
        events.append((OPENED_AT, n, 0, Event(OPENED_AT, n, OPENED, opened)))
        later = [(when, step) for step, when in one.done.items() if step not in opened.done]
        events += [(when, n, 1 + STEPS.index(step), Event(when, n, step)) for when, step in later]
    travelled = list(alerts(event for *_, event in sorted(events, key=lambda e: e[:3])))
    assert len({(r.n, r.rule, r.step) for r in travelled}) == len(travelled), "each is raised once"
    assert {(r.n, r.rule, r.step): r.day for r in travelled} == {
        (n, rule, step): day for n, one in enumerate(some) for (rule, step), day in _all_day_long(one).items()
    }


def _all_day_long(one: CaseFacts) -> dict[tuple[str, str], dt.date]:
    """What is seen of a case until it ends, before and after each moment at which something may be done."""
    ended = max(OPENED_AT, *one.done.values()) if len(one.done) == len(STEPS) else dt.datetime.max
    seen: dict[tuple[str, str], dt.date] = {}
    moment = OPENED_AT
    while moment <= min(ended, OPENED_AT + 45 * DAY):
        for known, day in _states(one, moment):
            for alert in standing(known, moment):
                seen.setdefault((alert.rule, alert.step), day)
        moment += QUARTER
    return seen


def _states(one: CaseFacts, moment: dt.datetime) -> Iterator[tuple[CaseFacts, dt.date]]:
    """What is known before a moment and as its steps are done, one after the other; with the day it belongs to."""
    known = one.known_at(moment)
    if moment > OPENED_AT:
        known = one.known_at(moment - SECOND)
        # What came with midnight belongs to the day that ended.
        yield known, (moment - dt.datetime.resolution).date()
        for step in (step for step in STEPS if one.done.get(step) == moment):
            known = known.with_done(step, moment)
            yield known, moment.date()
    yield known, moment.date()
