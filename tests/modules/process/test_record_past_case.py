"""A past order is recorded with its case and times, and touches nothing of today."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, contents, refused
from tests.helpers.guards import refused_by_database
from tests.modules.process.past import ITEM, PAID, past, payload, steps

WRITES = {
    "command_journal", "case_head", "case_step",
    "past_case", "past_item", "past_payment", "past_review", "past_time",
}  # fmt: skip


def warned(office: Office, **more: Any) -> list[str]:
    outcome = office.do(("process.record_past_case", payload(**more)))
    return [warning.code for warning in outcome.warnings]


def test_it_writes_case_steps_and_statistics_and_nothing_else(office: Office) -> None:
    before = contents(office)
    key = past(office)
    after = contents(office)
    assert {name for name in after if after[name] != before[name]} == WRITES
    row = office.one("process.past_orders", key)
    assert (row.source, row.outside_key, row.customer_name, row.outcome) == ("shoebox", "A-1", "João Lima", "delivered")
    assert (row.items_amount, row.freight_amount, row.paid_amount) == (Decimal(10), Decimal("2.50"), Decimal("12.50"))
    assert (row.delivered_on, row.late, row.off_script) == (dt.date(2026, 5, 8), False, False)
    assert office.show("process.queue").rows == ()
    assert {t.done for t in office.show("process.step_times", {"period": "year"}).rows} == {0}
    assert [r.id for r in office.show("process.past_orders", {"search": "joao"}).rows] == [key]


def test_times_opinions_and_sums_are_told(office: Office) -> None:
    past(office)
    past(office, outside_key="A-2", steps=steps(deliver="2026-05-09T10:00:00-03:00"), reviews=[{"score": 1}])
    past(office, outside_key="A-3", outcome="unfinished", steps=steps(deliver=""), reviews=[{"score": 2}])
    told = {row.step: row for row in office.show("process.past_steps").rows}
    assert {step: (row.since, row.recorded, row.base) for step, row in told.items()} == {
        "check": ("", 3, 2), "ship": ("check", 3, 2), "deliver": ("ship", 2, 2),
    }  # fmt: skip
    assert told["check"].median_days == Decimal(3600) / 86400
    assert (told["deliver"].lower_seconds, told["deliver"].upper_seconds) == (306_000 + 1800, 4 * 86400)
    scores = {row.arrival: (row.reviews, row.mean) for row in office.show("process.past_scores").rows}
    assert scores == {"on_time": (1, 4), "late": (1, 1), "never": (1, 2)}
    (sums,) = office.show("process.past_totals").rows
    assert (sums.id, sums.orders, sums.items_amount, sums.paid_amount) == ("shoebox", 3, Decimal(30), Decimal("37.50"))
    assert (sums.late, sums.off_script) == (1, 0)


def test_what_breaks_the_order_is_kept_and_flagged(office: Office) -> None:
    key = past(office, steps=steps(ship="2026-05-04T10:30:00-03:00"))
    assert office.one("process.past_orders", key).off_script
    (ship,) = office.show("process.past_steps", {"step": "ship"}).rows
    assert (ship.recorded, ship.early, ship.lower_seconds) == (1, 1, -1800)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({}, []),
        ({"steps": steps(ship="2026-05-01T10:00:00-03:00")}, ["process.past.step_early"]),
        ({"steps": steps(deliver="")}, ["process.past.delivered_undated"]),
        ({"items": []}, ["process.past.no_items"]),
        ({"payments": [PAID, PAID]}, ["process.past.paid_differs"]),
        ({"items": [{**ITEM, "price": "10.01"}]}, []),
    ],
)
def test_what_is_strange_is_said(office: Office, more: dict[str, Any], codes: list[str]) -> None:
    assert warned(office, **more) == codes


def test_discounts_and_a_freight_of_the_whole_order(office: Office) -> None:
    line = {**ITEM, "quantity": "3", "price": "9.80", "discount_rate": "0.15", "freight_amount": "0"}
    more = payload(items=[line, ITEM], freight_amount="7.10")
    del more["payments"]
    outcome = office.do(("process.record_past_case", more))
    assert outcome.warnings == ()  # nobody said what was paid
    row = office.one("process.past_orders", outcome.value["id"])
    assert (row.items_amount, row.freight_amount, row.paid_amount) == (Decimal("34.99"), Decimal("9.60"), 0)
    assert warned(office, outside_key="A-2", payments=[]) == ["process.past.paid_differs"]
    prices = {(p.price, p.discount_rate): p.quantity for p in office.show("process.past_prices").rows}
    assert prices == {(Decimal("9.80"), Decimal("0.15")): 3, (Decimal(10), 0): 2}
    with refused(office, "kernel.too_large"):
        past(office, outside_key="A-3", items=[{**ITEM, "discount_rate": "1.01"}])


def test_it_is_recorded_once(office: Office) -> None:
    command_id = new_id()
    key = past(office, command_id)
    before = contents(office)
    assert past(office, command_id) == key
    assert contents(office) == before
    with refused(office, "process.record_past_case.known"):
        past(office, city="Santos")
    past(office, source="other")


def test_what_cannot_be(office: Office) -> None:
    with refused(office, "process.record_past_case.unknown_step"):
        past(office, steps=[{"step": "dance", "at": "2026-05-04T11:00:00-03:00"}])
    with refused(office, "process.record_past_case.step_twice"):
        past(office, steps=[*steps(), *steps()])
    with refused(office, "process.record_past_case.not_past"):
        past(office, steps=steps(deliver="2027-05-04T11:00:00-03:00"))
    with refused(office, "process.record_past_case.not_past"):
        past(office, ordered_at="2027-05-04T11:00:00-03:00")
    with refused(office, "kernel.too_large"):
        past(office, reviews=[{"score": 6}])
    with refused(office, "kernel.missing"):
        past(office, branch_id=new_id())


def test_a_seller_records_no_past(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        past(office)
    with acting(office, "analyst"):
        past(office)


@pytest.mark.parametrize("change", ["outcome = 'cancelled'", "items_amount = 1", "outside_key = 'B'"])
def test_the_past_does_not_change(office: Office, change: str) -> None:
    key = past(office)
    raw = f"UPDATE past_case SET {change} WHERE id = '{key}'"
    assert refused_by_database(office, raw) == "process.past_is_fixed"
