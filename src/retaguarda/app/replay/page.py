"""The page about the rescue: what is assumed, what comes of it, how far the rule is off. Aggregate figures only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PAGE = """\
# Could the failed orders have been rescued?

Written by `retaguarda rescue --profile olist FOLDER --out docs/olist-rescue.md` out of {all_orders} orders of the
public Olist files; `tests/real_data` compares it with what the command writes. Counts only: no row of the data is here.

Early warning says when an order is in danger (`retaguarda replay`). This page asks what a plan B could have done with
that day: take the goods from another seller, and be there by the day that was promised.

## What is assumed

- Looked at are the {failed} orders that were cancelled or had no goods. {not_judged} of them have no items in the
  files: **they cannot be judged**, and count nowhere below. {judged} remain.
- The alarm day is the first day on which any rule of the replay speaks; it sees stamps of the past only, never the
  state of an order.
- **Substitute A** is the same product from another seller who had sold it at any time before the purchase.
- **Substitute B** is something of the same category (no category counts as one) from another seller who had
  sold in it in the 60 days before the purchase at no more than 110 % of the item's price.
- Every item of an order must have one. A seller who sold counts, whatever became of that sale.
- The new day is the alarm day, plus the new seller's median from approval to carrier, plus the median from carrier to
  customer between the two states, both of orders that were delivered before the alarm day, a part of a day being a
  day. Of several sellers the quickest is taken, and the slowest beside it; of several items the last. Where nothing is
  known yet of seller or way, the day is unknown.
- **Kept** means: the new day is not later than the one that was promised.

## What would have come of it

| | A: same product | B: same category |
|---|---:|---:|
{table}

A and B are two answers, not parts of one: an order may have both.

## How far the rule is off

The same rule, asked on the day of approval for the seller an order really had, against the day on which it really came:

| delivered orders with all times | {orders} |
|---|---:|
| nothing known yet of seller or way | {day_unknown} |
| judged | {error_judged} |
| days later than said: p10 / median / p90 | {off} |
| within two days of what was said | {within} |
| later than said | {later} |
| really in time, of all judged | {in_time} |
| said to be in time | {said_kept} |
| of these really in time | {kept_true} |
| said to be too late | {said_broken} |
| of these really too late | {broken_true} |

## What this does not say

Whether the other seller had the goods on that day, whether the customer would have taken something else of the same
category, and what it would have cost beyond the price: the files know no stock, no cost and no wishes. They do not say
either when an order was cancelled: some may have been before the alarm. Who takes the quickest of many sellers by a
median of few deliveries will often be disappointed; the slowest is the other end. So these are bounds of what a plan B
could have kept, with the error above on the day: as far as what was said to be in time comes in time no more often than
all that were judged, its days are an estimate and no promise.
"""
_ROWS = (
    ("every item has a substitute", "have_substitute"),
    ("no alarm before the data ends", "no_alert"),
    ("the new day is unknown", "day_unknown"),
    ("**the promised day kept**", "kept"),
    ("kept also by the slowest of its sellers", "kept_by_slowest"),
    ("later than promised", "broken"),
)


def page(told: Mapping[str, Any]) -> str:
    """The page that tells what `rescue` found."""
    error, kinds = told["error"], tuple(told["substitutes"].values())
    rows = [
        ("orders judged", [f"{told['judged']:,}" for _ in kinds]),
        *((words, [f"{kind[name]:,}" for kind in kinds]) for words, name in _ROWS),
        ("kept, of those with a substitute", [percent(kind["kept_of_substitutes"]) for kind in kinds]),
        ("kept, of all judged", [percent(kind["kept_of_judged"]) for kind in kinds]),
        ("days to spare by the quickest: p10 / median / p90", [ranks(kind["days_to_spare"]) for kind in kinds]),
    ]
    return _PAGE.format(
        all_orders=f"{told['orders']:,}",
        **{name: f"{told[name]:,}" for name in ("failed", "judged", "not_judged")},
        **{name: f"{error[name]:,}" for name in ("orders", "day_unknown", "said_kept", "said_broken")},
        table="\n".join(f"| {words} | {' | '.join(cells)} |" for words, cells in rows),
        error_judged=f"{error['judged']:,}",
        off=ranks(error["days_off"]),
        in_time=percent(error["in_time"]),
        within=percent(error["within_2_days"]),
        later=percent(error["later_than_said"]),
        kept_true=percent(error["said_kept_came_true"]),
        broken_true=percent(error["said_broken_came_true"]),
    )


def percent(rate: str | None) -> str:
    """A share in percent; a dash where there is none."""
    return "–" if rate is None else f"{float(rate) * 100:.1f} %"


def ranks(days: Mapping[str, int | None]) -> str:
    """The three figures of a spread."""
    return " / ".join("–" if days[name] is None else f"{days[name]}" for name in ("p10", "median", "p90"))
