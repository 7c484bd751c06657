"""A way forward and the order in which several stand: the customer first, then the cost.

Source: the failure catalogue of the domain (issue 5): a way counts when running it leaves the case on a step from
which it ends delivered, collected or cancelled with consent, without another decision; a new day is never counted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from retaguarda.kernel.journal import encode
from retaguarda.kernel.steps import Step

MOST = 6
"""So many ways stand on the screen: more is a list to search, no answer."""
KINDS = (
    "available",
    "fetch",
    "send_again",
    "own_route",
    "other_carrier",
    "resend",
    "arriving",
    "other_warehouse",
    "transfer",
    "swap",
    "buy",
    "substitute",
    "split",
    "less",
    "ship_short",
    "collect",
    "pay_now",
    "raise_limit",
    "within_limit",
    "negative",
    "refund",
    "bring_back",
    "later",
    "request",
)
"""Between ways that are equal in everything else the one that changes least stands first."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Way:
    """Commands that would answer a failure, run as one, and what they mean for the customer and the house.

    `day` is the day that would be promised then (None where no promise comes of it), `kept` whether it is the one that
    was asked for, `complete` whether the customer gets all of it. `dearer` is what the customer would pay more,
    `extra_cost` what the house would. `margin` is how the margin moves, None where a cost is not known. Of ways of the
    same `group` the best stands for all.
    """

    kind: str
    steps: tuple[Step, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    day: dt.date | None = None
    kept: bool = True
    complete: bool = True
    counts: bool = True
    dearer: Decimal = ZERO
    extra_cost: Decimal = ZERO
    margin: Decimal | None = None
    group: str = ""

    @property
    def key(self) -> str:
        """What names it: other commands, another day or another cost are another way."""
        said = encode([list(self.steps), self.day, str(self.dearer), str(self.extra_cost)])
        return hashlib.sha256(said.encode()).hexdigest()[:24]


CRITERIA: Sequence[tuple[str, Callable[[Way], Any]]] = (
    ("counts", lambda way: not way.counts),
    ("kept", lambda way: not way.kept),
    ("complete", lambda way: not way.complete),
    ("price", lambda way: way.dearer),
    ("day", lambda way: way.day or dt.date.max),
    ("cost", lambda way: way.extra_cost),
    ("kind", lambda way: KINDS.index(way.kind)),
)
"""What decides, in this order, by the name of its explanation."""


def ranked(ways: Iterable[Way]) -> list[Way]:
    """The ways in the order in which they stand; the same ways always stand in the same order."""
    return sorted(ways, key=lambda way: (*(of(way) for _, of in CRITERIA), way.key))


def why(ways: Sequence[Way]) -> list[str]:
    """For each of the ranked ways what puts it before the next one; for the last what puts it behind the one before."""
    pairs = [*pairwise(ways), *pairwise(ways[-2:])]
    said = [next((name for name, of in CRITERIA if of(one) != of(other)), "kind") for one, other in pairs]
    return said or ["only"] * len(ways)


def best_of_groups(ways: Iterable[Way]) -> list[Way]:
    """Of every group the first of the ranked ways."""
    found: dict[str, Way] = {}
    for way in ways:
        found.setdefault(way.group or way.key, way)
    return list(found.values())
