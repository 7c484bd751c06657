"""Early warning over eight thousand real orders: the table of the domain, exactly; what failed was seen on its day; and
the page about who could have been rescued is the one that the command writes."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import replay
from retaguarda.app.replay.travel import Raised
from retaguarda.app.replay.verdict import verdict

OLIST = Path(__file__).parents[3] / "shared" / "data" / "olist"
ORDERS = "olist_orders_dataset.csv"
TABLE = {
    "undelivered_5": (787, "0.4346", "1.0000", {"median": 5, "p10": 5}),
    "undelivered_2": (484, "0.7066", "1.0000", {"median": 2, "p10": 2}),
    "handed_late": (467, "0.2120", "0.2895", {"median": 15, "p10": 4}),
    "slack_7": (234, "0.2650", "0.1813", {"median": 5, "p10": 0}),
}

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not OLIST.is_dir(), reason="the real orders in ../shared/data/olist are not there"),
]


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (OLIST / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def first_limits() -> dict[str, dt.date]:
    """Of each order that was cancelled or had no goods the first day on which the limit of its step had passed and it
    was not done, from the files alone: three days to the approval, the latest of the sellers' dates to the carrier (six
    days from the approval on where there is none), the promised day to the customer."""
    at = dt.datetime.fromisoformat
    handed_by: dict[str, dt.datetime] = {}
    for item in rows_of("olist_order_items_dataset.csv"):
        limit = at(item["shipping_limit_date"])
        handed_by[item["order_id"]] = max(limit, handed_by.get(item["order_id"], limit))
    found = {}
    for order in rows_of(ORDERS):
        if order["order_status"] not in ("canceled", "unavailable"):
            continue
        bought, approved, sent, arrived, promised = (
            at(order[f"order_{name}"]) if order[f"order_{name}"] else None
            for name in (
                "purchase_timestamp",
                "approved_at",
                "delivered_carrier_date",
                "delivered_customer_date",
                "estimated_delivery_date",
            )
        )
        assert bought is not None
        assert promised is not None
        days = [bought + dt.timedelta(days=3)] if not approved or approved - bought > dt.timedelta(days=3) else []
        if approved:
            limit = handed_by.get(order["order_id"], approved + dt.timedelta(days=6))
            days += [max(limit, approved)] if not sent or sent > max(limit, approved) else []
        if approved and sent:
            days += [promised] if not arrived or arrived.date() > promised.date() else []
        if days:
            found[order["order_id"]] = min(days).date()
    return found


PAGE = Path(__file__).parents[2] / "docs" / "olist-rescue.md"
type Found = tuple[dict[str, Any], dict[str, list[Raised]], dict[str, Any]]


@pytest.fixture(scope="module")
def found() -> Found:
    """What the replay says, the alerts of each order, and what the rescue says."""
    with replay.replayed(OLIST) as kept:
        alerts = {ending.key: kept.alerts_of(ending.n) for ending in kept.endings()}
        return verdict(kept), alerts, replay.rescue(OLIST, kept)


def test_the_table_of_the_domain_and_no_failed_order_unseen(found: Found) -> None:
    told, seen, _ = found
    assert (told["orders"], told["base"], told["late"]) == (8135, 5164, 342)
    rules: dict[str, Any] = {one["rule"]: one for one in told["rules"]}
    assert {
        name: (one["flagged"], one["precision"], one["recall"], one["warning_days"])
        for name, one in rules.items()
        if name in TABLE
    } == TABLE
    assert rules["handed_late"]["late_otherwise"] == "0.0517"
    limits = first_limits()
    assert len(limits) == 1231, "three of the 1,234 were delivered or sent in time"
    first = {key: min((one.day for one in seen[key] if one.rule == "over_limit"), default=None) for key in limits}
    assert first == limits
    assert told["failed"]["orders"] == 1234
    assert (told["failed"]["limit_passed"], told["failed"]["alerted_on_that_day"]) == (1231, 1231)
    assert told["failed"]["missed"] == []


def test_the_state_of_an_order_changes_no_alert(found: Found, tmp_path: Path) -> None:
    """The column is shuffled: its figures are others then, and every alert is the same."""
    for source in OLIST.glob("*.csv"):
        (tmp_path / source.name).symlink_to(source)
    orders = list(rows_of(ORDERS))
    states = random.Random(5).sample([order["order_status"] for order in orders], len(orders))
    (tmp_path / ORDERS).unlink()
    with (tmp_path / ORDERS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(orders[0]))
        writer.writeheader()
        writer.writerows({**order, "order_status": state} for order, state in zip(orders, states, strict=True))
    told, other = found[0], replay.run(tmp_path)
    assert other["base"] != told["base"]
    assert (other["alerts"], other["alerts_sha256"]) == (told["alerts"], told["alerts_sha256"])


def test_the_page_about_the_rescue_is_what_the_command_writes(found: Found) -> None:
    told = found[2]
    assert (told["failed"], told["judged"], told["not_judged"]) == (1234, 467, 767)
    assert {kind: one["have_substitute"] for kind, one in told["substitutes"].items()} == {"A": 12, "B": 411}
    for one in told["substitutes"].values():
        fates = ("no_substitute", "no_alert", "day_unknown", "kept", "broken")
        assert sum(one[fate] for fate in fates) == 467
    assert told["error"]["orders"] == 5164
    assert PAGE.read_text(encoding="utf-8") == replay.page(told)
