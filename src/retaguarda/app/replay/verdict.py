"""What came of the alerts, in hindsight: the only part of a replay that knows how the orders ended."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from retaguarda.app.replay.diary import Diary, Ending
from retaguarda.app.replay.travel import Raised
from retaguarda.modules.contingency.api import RULES, CaseFacts

DELIVERED = "delivered"
FAILED = ("cancelled", "unavailable")
_OF_A_STEP = {rule.name for rule in RULES if rule.step}


@dataclass(slots=True)
class _Tally:
    """What one rule flagged of the base."""

    flagged: int = 0
    late: int = 0
    days: Counter[int] = field(default_factory=Counter)


def verdict(diary: Diary) -> dict[str, Any]:
    """Of the base (delivered, with every step's time) what each rule flagged, how much of it came late, and how many
    days before the promise; of the orders that failed, whether each was alerted on the day on which the first limit of
    its step passed."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    orders, base, late, alerts = 0, 0, 0, Counter[str]()
    failed = _Failed()
    digest = hashlib.sha256()
    for ending in diary.endings():
        raised = diary.alerts_of(ending.n)
        orders += 1
        for one in raised:
            alerts[_named(one)] += 1
            digest.update(f"{ending.key} {one.rule} {one.step} {one.day}\n".encode())
        if ending.outcome in FAILED:
            failed.take(ending, raised)
        if in_base(ending):
            base += 1
            late += is_late(ending.facts)
            _count(tallies, ending.facts, raised)
    return {
        "orders": orders,
        "base": base,
        "late": late,
        "rules": [_told(name, tallies[name], base, late) for name in _names(diary.steps)],
        "failed": failed.told(),
        "alerts": dict(sorted(alerts.items())),
        "alerts_sha256": digest.hexdigest(),
    }


def _names(steps: Sequence[str]) -> list[str]:
    """The rules by name; one that looks at whatever step is open is told for each."""
    return [name for r in RULES for name in ([r.name] if r.step else [f"{r.name} {step}" for step in steps])]


def _named(one: Raised) -> str:
    return one.rule if one.rule in _OF_A_STEP else f"{one.rule} {one.step}"


def in_base(ending: Ending) -> bool:
    """Whether an order was delivered, and it is known when each of its steps was done."""
    return ending.outcome == DELIVERED and ending.facts.open_step is None


def is_late(case: CaseFacts) -> bool:
    """Whether the last step was done on a later day than the promised one."""
    return case.promised_on is not None and case.done[case.steps[-1]].date() > case.promised_on


def first_passed(case: CaseFacts) -> dt.date | None:
    """The first day on which the limit of the step where the order stood had passed, told from its end."""
    since, days = case.opened_at, []
    for step in case.steps:
        done, limit = case.done.get(step), case.limit_of(step)
        passed = limit and max(limit, since)
        if passed is not None and (done is None or done > passed):
            days.append(passed.date())
        if done is None:
            break
        since = max(since, done)
    return min(days, default=None)


def _count(tallies: defaultdict[str, _Tally], case: CaseFacts, raised: Sequence[Raised]) -> None:
    first: dict[str, dt.date] = {}
    for one in raised:
        first[_named(one)] = one.day
    for rule, day in first.items():
        tally = tallies[rule]
        tally.flagged += 1
        tally.late += is_late(case)
        if case.promised_on is not None:
            tally.days[(case.promised_on - day).days] += 1


def _told(rule: str, tally: _Tally, base: int, late: int) -> dict[str, Any]:
    return {
        "rule": rule,
        "flagged": tally.flagged,
        "flagged_rate": share(tally.flagged, base),
        "late": tally.late,
        "precision": share(tally.late, tally.flagged),
        "late_otherwise": share(late - tally.late, base - tally.flagged),
        "recall": share(tally.late, late),
        "warning_days": spread(tally.days),
    }


class _Failed:
    """The orders that were cancelled or had no goods."""

    def __init__(self) -> None:
        self.orders = self.passed = self.on_the_day = 0
        self.missed: list[str] = []
        self.days: Counter[int] = Counter()

    def take(self, ending: Ending, raised: Sequence[Raised]) -> None:
        self.orders += 1
        first = min((one.day for one in raised), default=None)
        if first is not None and ending.facts.promised_on is not None:
            self.days[(ending.facts.promised_on - first).days] += 1
        day = first_passed(ending.facts)
        if day is None:
            return
        self.passed += 1
        if any(one.day == day and one.rule == "over_limit" for one in raised):
            self.on_the_day += 1
        else:
            self.missed.append(ending.key)

    def told(self) -> dict[str, Any]:
        return {
            "orders": self.orders,
            "limit_passed": self.passed,
            "alerted_on_that_day": self.on_the_day,
            "missed": self.missed,
            "alerted": self.days.total(),
            "warning_days": spread(self.days),
        }


def share(part: int, whole: int) -> str | None:
    """A part of the whole with four digits; none of nothing."""
    return f"{part / whole:.4f}" if whole else None


def spread(days: Counter[int]) -> dict[str, int | None]:
    """The median of the days, and what nine in ten had at least: figures of nearest rank."""
    return {"median": rank(days, 5), "p10": rank(days, 1)}


def rank(days: Counter[int], tenths: int) -> int | None:
    """The smallest of the days that so many tenths of them do not exceed; None where there are none."""
    seen = 0
    for value in sorted(days):
        seen += days[value]
        if seen * 10 >= days.total() * tenths:
            return value
    return None
