"""The order of ways: the customer first, then the cost; and each place says why."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from retaguarda.modules.contingency.rules import Way, best_of_groups, ranked, why

DAY = dt.date(2026, 12, 1)
LATER = DAY + dt.timedelta(days=1)


def way(kind: str = "buy", **more: object) -> Way:
    """A way whose commands are named by what it means."""
    return Way(kind, (("toy.do", {"kind": kind, **{k: str(v) for k, v in more.items()}}),), day=DAY, **more)  # type: ignore[arg-type]


ORDER = (
    (way(), "kind"),
    (way("substitute"), "cost"),
    (way(extra_cost=Decimal(5)), "price"),
    (way(dearer=Decimal(1)), "complete"),
    (way("less", complete=False), "kept"),
    (way("split", kept=False), "counts"),
    (way("negative", counts=False), "kept"),
    (way("later", counts=False, kept=False), "kept"),
)
"""Ways as they stand, each with what puts it before the next (the last: behind the one before)."""


def test_they_always_stand_in_the_same_order_and_say_why() -> None:
    ways = [one for one, _ in ORDER]
    for seed in range(20):
        assert ranked(random.Random(seed).sample(ways, len(ways))) == ways
    assert why(ways) == [reason for _, reason in ORDER]
    assert why(ways[:1]) == ["only"]
    assert why([]) == []


def test_of_a_group_the_best_stands_for_all() -> None:
    cheap, dear, other = way(group="buy"), way(group="buy", extra_cost=Decimal(5)), way("less", complete=False)
    assert best_of_groups(ranked([dear, other, cheap])) == [cheap, other]


def test_another_day_or_cost_is_another_way() -> None:
    assert way().key == way().key
    keys = {way().key, way(extra_cost=Decimal(1)).key, Way("buy", way().steps, day=LATER).key}
    assert len(keys) == 3
