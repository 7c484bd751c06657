"""Open orders in danger stand in a list, each rule once, with whose they are and what is at stake, until it is over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from retaguarda.app.headless import Office, check_office
from retaguarda.app.jobs import JobsRun
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import table_of
from retaguarda.modules.contingency.model import CaseAlert
from tests.helpers.by_itself import by_itself
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.helpers.told import words_of
from tests.modules.contingency.shortage import TODAY, Shop, shop

JOB = "contingency.job.alerts"


def wait(office: Office, **step: int) -> None:
    office.clock.move(dt.timedelta(**step))  # type: ignore[attr-defined]


def review(store: Shop) -> tuple[int, int, int]:
    said = store.do("contingency.review_alerts")
    return said["raised"], said["closed"], said["open"]


def standing(office: Office, state: str = "open") -> list[tuple[Any, ...]]:
    rows = office.show("contingency.alerts", {"state": state}).rows
    return sorted((row.number, row.rule, row.step) for row in rows)


def promised_in(store: Shop, days: int, quantity: str = "2") -> str:
    return store.order(quantity, promised_on=(TODAY + dt.timedelta(days=days)).isoformat())


def test_an_order_is_in_danger_from_its_day_on_until_it_is_delivered(office: Office) -> None:
    store = shop(office, elsewhere="", substitutes=False, supplier=False)
    order, far, asked = promised_in(store, 11), promised_in(store, 60), promised_in(store, 11)
    soon = promised_in(store, 2)
    store.do("sales.confirm_order", order_id=soon)
    assert review(store) == (0, 0, 0), "two days were promised, so that only two are left is no news"
    store.do("sales.cancel_order", order_id=soon, reason="outro")
    for confirmed in (order, far):
        store.do("sales.confirm_order", order_id=confirmed)
    wait(office, days=6)
    assert review(store) == (1, 0, 1), "the quotation was promised to nobody; but nobody has answered it for a week"
    assert [rule for _, rule, _ in standing(office)] == ["over_limit"]
    store.do("sales.decline_quotation", order_id=asked, reason="outro")
    wait(office, days=1)
    with by_itself(office, JOB) as jobs:
        assert jobs.run() == JobsRun(done=1)
    (row,) = office.show("contingency.alerts", {"state": "open"}).rows
    assert (row.rule, row.subject_id, row.step, row.customer_name) == (
        "undelivered_5",
        order,
        "deliver",
        "Helena Lacerda",
    )
    assert (row.department, row.next_command, row.at_risk) == ("finance", "sales.invoice_order", Decimal("4.00"))
    assert row.since_at == dt.datetime.combine(TODAY + dt.timedelta(days=7), dt.time(3), dt.UTC), "midnight in Brasília"
    assert len(standing(office, "closed")) == 1
    assert review(store) == (0, 0, 1)
    wait(office, days=3)
    assert review(store)[0] >= 1
    assert (row.number, "undelivered_2", "deliver") in standing(office)
    for name, payload in (
        ("sales.invoice_order", {}),
        ("delivery.pick_order", {}),
        ("delivery.ship_order", {"tracking_code": "X"}),
    ):
        store.do(name, order_id=order, **payload)
    review(store)
    assert (row.number, "slack_7", "ship") in standing(office)
    store.do("delivery.deliver_order", order_id=order, receiver_name="Helena")
    _, closed, left = review(store)
    assert closed >= 3
    assert left == len(standing(office))
    assert row.number not in [number for number, *_ in standing(office)]
    assert {row.next_command for row in office.show("contingency.alerts", {"state": "closed"}).rows} == {""}
    assert check_office(office.store.url) == []


def test_another_branch_sees_no_danger_and_ends_none(office: Office) -> None:
    store = shop(office, elsewhere="", substitutes=False, supplier=False)
    store.do("sales.confirm_order", order_id=promised_in(store, 8))
    wait(office, days=4)
    assert review(store)[0] >= 1
    branch = store.do("company.add_branch", code="2", name="Filial")["id"]
    store.do("company.add_person", login="caio", name="Caio", roles=["analyst"], branch_id=branch)
    wait(office, days=9)
    before = standing(office)
    with acting(office, "caio"):
        assert review(store) == (0, 0, 0)
        page = office.show("contingency.alerts", count=True)
        assert (page.rows, page.count) == ((), 0)
    assert standing(office) == before


def test_what_was_seen_is_not_changed_by_hand_and_stands_once(office: Office) -> None:
    store = shop(office, elsewhere="", substitutes=False, supplier=False)
    store.do("sales.confirm_order", order_id=promised_in(store, 8))
    wait(office, days=4)
    review(store)
    for changed in ("rule = 'slack_7'", "step = 'ship'", "raised_at = since_at"):
        raw = f"UPDATE case_alert SET {changed} WHERE rule = 'undelivered_5'"
        assert refused_by_database(office, raw) == "contingency.alert_is_fixed"
    table = table_of(CaseAlert)
    with office.store.engine.connect() as connection:
        (row,) = connection.execute(select(table).where(table.c.rule == "undelivered_5")).mappings().all()
    again = insert(table).values({**row, "id": new_id()})
    assert refused_by_database(office, again) == "contingency.review_alerts.at_once"


def test_only_who_may(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden") as said:
        office.do("contingency.review_alerts")
    words_of(said[0])
