"""What is to come is known by day and may be promised from that day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_it_stands_in_the_list_and_in_the_answer(depot: Depot) -> None:
    for quantity, day in (("5", "2026-12-01"), ("2", "2026-11-30"), ("1", "2026-11-30")):
        depot.office.do("inventory.expect_stock", product_id=depot.paper, quantity=quantity, expected_on=day)
    rows = depot.office.show("inventory.expected").rows
    assert [(r.expected_on.day, r.late) for r in rows] == [(30, False), (30, False), (1, False)]
    row = depot.office.show("inventory.stock", {"product_id": depot.paper}).rows[0]
    assert (row.incoming_on, row.incoming_quantity, row.incoming_total) == (
        dt.date(2026, 11, 30),
        Decimal(3),
        Decimal(8),
    )
    depot.office.clock.move(dt.timedelta(days=8))  # type: ignore[attr-defined]
    assert [r.late for r in depot.office.show("inventory.expected").rows] == [True, True, False]
    row = depot.office.show("inventory.stock", {"product_id": depot.paper}).rows[0]
    assert (row.incoming_on, row.incoming_quantity) == (dt.date(2026, 12, 1), Decimal(5))
    depot.clean()


def test_a_past_day_and_a_service_are_refused(depot: Depot) -> None:
    service = depot.product("S", "Serviço", kind="service")
    with refused(depot.office, "inventory.day_is_past") as caught:
        depot.office.do("inventory.expect_stock", product_id=service, quantity="1", expected_on="2026-11-22")
    assert {f["code"] for f in caught[0].params["faults"]} == {"inventory.not_kept", "inventory.day_is_past"}
    with refused(depot.office, "inventory.unknown_product"):
        depot.office.do("inventory.expect_stock", product_id="0" * 32, quantity="1", expected_on="2026-12-01")
