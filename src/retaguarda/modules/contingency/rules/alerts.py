"""Early warning: rules, as data, that judge a case at a moment by what had happened until then and by nothing else.

The same functions judge live cases and replayed ones. Every time is one of the clock on the branch's wall: what is
promised is a day there, and the days that are left are counted there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

type Moment = dt.datetime

TICK = dt.datetime.resolution
"""A limit has passed from the first moment behind it."""
SHIP, DELIVER = "ship", "deliver"
UNDONE, OVER, LATE, TIGHT = "undone", "over", "late", "tight"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as it is known: its steps in their order, when each was done, what was promised.

    `limits` are moments that were set for steps; a step without one may take as long as `allowed` says, from when the
    one before it was done.
    """

    steps: tuple[str, ...]
    opened_at: Moment
    promised_on: dt.date | None
    limits: Mapping[str, Moment]
    allowed: Mapping[str, dt.timedelta]
    done: Mapping[str, Moment]

    @property
    def open_step(self) -> str | None:
        """The first step that is not done; None when all are."""
        return next((step for step in self.steps if step not in self.done), None)

    def known_at(self, moment: Moment) -> CaseFacts:
        """The same case without what was done later than that."""
        return replace(self, done={step: at for step, at in self.done.items() if at <= moment})

    def with_done(self, step: str, at: Moment) -> CaseFacts:
        """The same case with one step more that is done."""
        return replace(self, done={**self.done, step: at})

    def limit_of(self, step: str) -> Moment | None:
        """When the step has to be done; None where nothing says so, or not yet."""
        if step in self.limits or step not in self.allowed:
            return self.limits.get(step)
        place = self.steps.index(step)
        began = self.done.get(self.steps[place - 1]) if place else self.opened_at
        return began and began + self.allowed[step]


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule: what it looks at (`kind`), at which step (none: the open one), so many days before the promise."""

    name: str
    kind: str
    step: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule says of a case, about which step, from which moment on."""

    rule: str
    step: str
    since: Moment


RULES: tuple[AlertRule, ...] = (
    AlertRule("undelivered_5", UNDONE, DELIVER, 5),
    AlertRule("undelivered_2", UNDONE, DELIVER, 2),
    AlertRule("handed_late", LATE, SHIP),
    AlertRule("slack_7", TIGHT, SHIP, 7),
    AlertRule("over_limit", OVER),
)
"""A step that is undone when the promised day less so many days ends; one that was done behind its limit; one that was
done with less than so many days left until the promised day begins; the open step when its limit has passed."""


def end_of(day: dt.date) -> Moment:
    """The last moment of the day."""
    return dt.datetime.combine(day, dt.time.max)


def grounds(case: CaseFacts) -> Iterator[Alert]:
    """The alerts that there are and, if nothing more is done, will be; each from its moment on."""
    for rule in RULES:
        yield from _KINDS[rule.kind](rule, case)


def standing(case: CaseFacts, moment: Moment) -> tuple[Alert, ...]:
    """The alerts that stand at that moment; what is done later changes none of them."""
    return tuple(alert for alert in grounds(case.known_at(moment)) if alert.since <= moment)


def news(case: CaseFacts, moment: Moment) -> tuple[Alert, ...]:
    """Of the alerts that stand those that warn of something: who promises for tomorrow knows that there is little time,
    and no rule that counts the days before a promise says so."""
    given = None if case.promised_on is None else (case.promised_on - case.opened_at.date()).days
    return tuple(alert for alert in standing(case, moment) if not _DAYS[alert.rule] or (given or 0) > _DAYS[alert.rule])


_DAYS: Mapping[str, int] = {rule.name: rule.days for rule in RULES}


def _undone(rule: AlertRule, case: CaseFacts) -> Iterator[Alert]:
    if case.promised_on is not None and rule.step not in case.done:
        yield Alert(rule.name, rule.step, end_of(case.promised_on - dt.timedelta(days=rule.days)) + TICK)


def _over(rule: AlertRule, case: CaseFacts) -> Iterator[Alert]:
    step = rule.step or case.open_step
    limit = None if step is None or step in case.done else case.limit_of(step)
    if step is not None and limit is not None:
        yield Alert(rule.name, step, limit + TICK)


def _late(rule: AlertRule, case: CaseFacts) -> Iterator[Alert]:
    done, limit = case.done.get(rule.step), case.limit_of(rule.step)
    if done is not None and limit is not None and done > limit:
        yield Alert(rule.name, rule.step, done)


def _tight(rule: AlertRule, case: CaseFacts) -> Iterator[Alert]:
    done = case.done.get(rule.step)
    if done is None or case.promised_on is None:
        return
    if dt.datetime.combine(case.promised_on, dt.time()) - done < dt.timedelta(days=rule.days):
        yield Alert(rule.name, rule.step, done)


_KINDS: Mapping[str, Callable[[AlertRule, CaseFacts], Iterator[Alert]]] = {
    UNDONE: _undone,
    OVER: _over,
    LATE: _late,
    TIGHT: _tight,
}
