"""Desks that sell the last ten units at once: ten are sold, whatever each of them had read before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.module import Registry
from tests.helpers import company
from tests.modules.inventory.depot import TRIAL, Depot, TryLine, TryReserve

DESKS, TRIES = 4, 6


@pytest.fixture
def desks(office: Office, company_url: str) -> Iterator[list[Office]]:
    """Further desks at the same database, each with its own connection."""
    opened = [company.open_as(company_url) for _ in range(DESKS)]
    yield opened
    for desk in opened:
        desk.close()


def test_the_last_ten_units_are_sold_once(depot: Depot, desks: list[Office]) -> None:
    start = threading.Barrier(DESKS)

    def sell(desk: Office) -> int:
        bus = Bus(desk.store, Registry((*MODULES, TRIAL)), desk.clock, desk.zone)
        start.wait()
        sold = 0
        for _ in range(TRIES):
            part = TryLine(line_id=new_id(), product_id=depot.paper, quantity=Decimal(1))
            try:
                bus.do(TryReserve(order_id=new_id(), lines=(part,)), desk.actor)
                sold += 1
            except Refusal as refusal:
                assert refusal.code == "trial.short", refusal.code
        bus.close()
        return sold

    with ThreadPoolExecutor(DESKS) as pool:
        assert sum(pool.map(sell, desks)) == 10
    assert depot.stock(depot.paper)["free"] == "0"
    depot.clean()


def test_two_transfers_that_cross_do_not_wait_for_each_other(depot: Depot, desks: list[Office]) -> None:
    """Both bins of a move are locked in the order of their keys, so neither desk holds what the other waits for."""
    shelf = depot.location("B")
    depot.receive(depot.paper, "20", location_id=shelf)
    start = threading.Barrier(2)

    def shuttle(desk: Office, here: str, there: str) -> None:
        start.wait()
        for _ in range(5):
            line = {"product_id": depot.paper, "quantity": "1", "from_location_id": here, "to_location_id": there}
            desk.do("inventory.move_stock", lines=[line])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(shuttle, desks[:2], (depot.place, shelf), (shelf, depot.place)))
    assert (depot.bin(depot.paper)[0], depot.bin(depot.paper, shelf)[0]) == ("10", "20")
    assert sum(desk.bus.retries for desk in desks) == 0
    depot.clean()
