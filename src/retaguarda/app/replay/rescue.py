"""Whether orders that failed could have been rescued on the day of the alarm: by another seller, and until when.

What is assumed stands in the page that is written (`page.py`); it is that of issue 5, to the letter.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retaguarda.app.replay.diary import Diary, Ending
from retaguarda.app.replay.market import Delivery, Market, Sale, Times
from retaguarda.app.replay.verdict import FAILED, in_base, rank, share

type Find = Callable[[Sale], set[str]]
type _Days = tuple[dt.date, dt.date] | None
NO_SUBSTITUTE, NO_ALERT, UNKNOWN, KEPT, BROKEN = "no_substitute", "no_alert", "day_unknown", "kept", "broken"
FATES = (NO_SUBSTITUTE, NO_ALERT, UNKNOWN, KEPT, BROKEN)
SURE = "kept_by_slowest"
"""Kept also by the slowest of the sellers that it is known of."""
OWN = "own"
"""A delivered order, asked for with the sellers that it really had."""
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """On `day` it is asked when the order could be there, each of its items from one of some sellers."""

    day: dt.date
    kind: str
    ending: Ending
    sellers: Sequence[set[str]]

    def answer(self, times: Times, home: str) -> _Days:
        """The days on which the last of them would be there, from the quickest sellers and from the slowest; None where
        nothing is known of one."""
        days = [times.expected(some, home) for some in self.sellers]
        known = [one for one in days if one is not None]
        if len(known) < len(days):
            return None
        return self.day + max(quick for quick, _ in known) * DAY, self.day + max(slow for _, slow in known) * DAY


def rescue(folder: Path, diary: Diary) -> dict[str, Any]:
    """What would have become of the failed orders by each kind of substitute, and how far the same rule is off on
    orders that were delivered."""
    market = Market(folder)
    fates = {"A": _Fates(market.same_product), "B": _Fates(market.same_category)}
    asked: list[_Asked] = []
    deliveries: list[Delivery] = []
    orders, failed, judged, errors = 0, 0, 0, _Errors()
    for ending in diary.endings():
        orders += 1
        items, done = market.items.get(ending.key, []), ending.facts.done
        if ending.facts.open_step is None:
            deliveries.append(Delivery(ending.key, done["check"], done["ship"], done["deliver"]))
        if in_base(ending):
            asked.append(_Asked(done["check"].date(), OWN, ending, [{item.seller} for item in items]))
        if ending.outcome in FAILED:
            failed, judged = failed + 1, judged + bool(items)
            alarm = min((one.day for one in diary.alerts_of(ending.n)), default=None)
            for kind, some in fates.items() if items else ():
                asked += some.take(kind, ending, items, alarm)
    times = Times(market, deliveries)
    for one in sorted(asked, key=lambda one: (one.day, one.ending.n, one.kind)):
        times.go_to(one.day)
        days = one.answer(times, market.home_of[one.ending.key])
        (errors if one.kind == OWN else fates[one.kind]).decide(one.ending, days)
    return {
        "orders": orders,
        "failed": failed,
        "judged": judged,
        "not_judged": failed - judged,
        "substitutes": {kind: some.told(judged) for kind, some in fates.items()},
        "error": errors.told(),
    }


class _Fates:
    """What would have become of the failed orders by one kind of substitute."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._count: Counter[str] = Counter()
        self._spare: Counter[int] = Counter()

    def take(self, kind: str, ending: Ending, items: Sequence[Sale], alarm: dt.date | None) -> Iterator[_Asked]:
        sellers = [self._find(item) for item in items]
        if not all(sellers):
            self._count[NO_SUBSTITUTE] += 1
        elif alarm is None:
            self._count[NO_ALERT] += 1
        else:
            yield _Asked(alarm, kind, ending, sellers)

    def decide(self, ending: Ending, days: _Days) -> None:
        promised = ending.facts.promised_on
        if days is None or promised is None:
            self._count[UNKNOWN] += 1
            return
        quick, slow = days
        self._count[KEPT if quick <= promised else BROKEN] += 1
        self._count[SURE] += slow <= promised
        self._spare[(promised - quick).days] += 1

    def told(self, judged: int) -> dict[str, Any]:
        count = self._count
        have = judged - count[NO_SUBSTITUTE]
        return {
            "have_substitute": have,
            **{fate: count[fate] for fate in (*FATES, SURE)},
            "kept_of_substitutes": share(count[KEPT], have),
            "kept_of_judged": share(count[KEPT], judged),
            "days_to_spare": {"p10": rank(self._spare, 1), "median": rank(self._spare, 5), "p90": rank(self._spare, 9)},
        }


class _Errors:
    """How far the rule is off on orders that were delivered, by their own sellers, from the day of approval on."""

    def __init__(self) -> None:
        self._off: Counter[int] = Counter()
        self._said: Counter[tuple[bool, bool]] = Counter()
        self._unknown = 0

    def decide(self, ending: Ending, days: _Days) -> None:
        promised, arrived = ending.facts.promised_on, ending.facts.done["deliver"].date()
        if days is None or promised is None:
            self._unknown += 1
            return
        day, _ = days
        self._off[(arrived - day).days] += 1
        self._said[day <= promised, arrived <= promised] += 1

    def told(self) -> dict[str, Any]:
        off, said = self._off, self._said
        return {
            "orders": off.total() + self._unknown,
            "day_unknown": self._unknown,
            "judged": off.total(),
            "days_off": {"p10": rank(off, 1), "median": rank(off, 5), "p90": rank(off, 9)},
            "in_time": share(said[True, True] + said[False, True], off.total()),
            "within_2_days": share(sum(n for days, n in off.items() if abs(days) <= 2), off.total()),
            "later_than_said": share(sum(n for days, n in off.items() if days > 0), off.total()),
            "said_kept": said[True, True] + said[True, False],
            "said_kept_came_true": share(said[True, True], said[True, True] + said[True, False]),
            "said_broken": said[False, True] + said[False, False],
            "said_broken_came_true": share(said[False, False], said[False, True] + said[False, False]),
        }
