"""Reserving: all or nothing, every short product named, one read and one write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.ids import new_id
from retaguarda.modules.inventory import api
from tests.helpers.company import contents, refused
from tests.modules.inventory.depot import Depot, TryLine, TryReserve, line_of

SHORT = frozenset({"failure"})


def short_lines(depot: Depot, *lines: TryLine) -> list[dict[str, Any]]:
    order = new_id()
    with refused(depot.office, "trial.short", also=SHORT) as caught:
        depot.bus.do(TryReserve(order_id=order, lines=lines), depot.office.actor)
    assert isinstance(caught[0], Shortfall)
    found: list[dict[str, Any]] = caught[0].params["lines"]
    return found


def line(product: str, quantity: str, **more: Any) -> TryLine:
    return TryLine(line_id=new_id(), product_id=product, quantity=Decimal(quantity), **more)


def test_what_is_reserved_is_no_longer_free(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"), (depot.paper, "3"))
    assert depot.stock(depot.paper) == {
        "on_hand": "10",
        "held": "0",
        "reserved": "7",
        "allowed_negative": "0",
        "free": "3",
    }
    reserved = api.reserved_of(depot.office.reads(), ("trial_order", order))
    assert {(r.line_id, r.quantity) for r in reserved} == {
        (line_of(order, 1), Decimal(4)),
        (line_of(order, 2), Decimal(3)),
    }
    depot.clean()


def test_every_short_product_is_named_over_all_its_lines(depot: Depot) -> None:
    found = short_lines(
        depot, line(depot.paper, "6"), line(depot.paper, "5"), line(depot.pen, "1"), line(depot.paper, "1")
    )
    assert [(s["product_id"], s["needed"], s["free"], len(s["line_ids"])) for s in found] == [
        (depot.paper, Decimal(12), Decimal(10), 3),
        (depot.pen, Decimal(1), Decimal(0), 1),
    ]
    assert depot.stock(depot.paper)["reserved"] == "0"


def test_what_comes_next_is_said(depot: Depot) -> None:
    for quantity, day in (("2", "2026-11-30"), ("3", "2026-12-04"), ("9", "2026-12-10")):
        depot.office.do("inventory.expect_stock", product_id=depot.paper, quantity=quantity, expected_on=day)
    (found,) = short_lines(depot, line(depot.paper, "14"))
    assert (found["missing"], found["next_on"], found["next_quantity"], found["complete_on"]) == (
        Decimal(4),
        dt.date(2026, 11, 30),
        Decimal(2),
        dt.date(2026, 12, 4),
    )
    (found,) = short_lines(depot, line(depot.paper, "99"))
    assert found["complete_on"] is None


def test_a_peg_takes_from_what_is_to_come_only(depot: Depot) -> None:
    expected = depot.office.do(
        "inventory.expect_stock", product_id=depot.pen, quantity="5", expected_on="2026-12-01"
    ).value["id"]
    order = depot.reserve(line(depot.pen, "4", expected_id=expected))
    assert depot.stock(depot.pen)["reserved"] == "0"
    assert depot.office.one("inventory.expected", expected).pegged == 4
    (found,) = short_lines(depot, line(depot.pen, "2", expected_id=expected))
    assert (found["needed"], found["free"]) == (Decimal(2), Decimal(1))
    with refused(depot.office, "inventory.unknown_expected"):
        depot.reserve(line(depot.paper, "1", expected_id=expected))
    depot.step("release", order)
    assert depot.office.one("inventory.expected", expected).pegged == 0
    depot.clean()


def test_released_stock_is_free_again(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"), (depot.paper, "3"))
    depot.step("release", order, line_id=line_of(order, 1))
    assert depot.stock(depot.paper)["reserved"] == "3"
    depot.step("release", order)
    before = contents(depot.office)
    assert depot.step("release", order)["rows"] == []
    after = contents(depot.office)
    assert {n for n in before if before[n] != after[n]} == {"command_journal"}
    assert depot.stock(depot.paper)["free"] == "10"
    depot.clean()


def test_reserving_two_hundred_lines_is_one_read_and_one_write(depot: Depot) -> None:
    products = [depot.product(f"P{n}", f"Produto {n}") for n in range(20)]
    depot.office.do("inventory.receive_stock", lines=[{"product_id": p, "quantity": "10"} for p in products])
    for count in (1, 200):
        order = new_id()
        lines = tuple(line(products[n % 20], "1") for n in range(count))
        done = depot.bus.do(TryReserve(order_id=order, lines=lines), depot.office.actor)
        assert done.value["statements"] == 2
        depot.step("release", order)
    depot.clean()


def test_what_may_be_promised_by_a_day(depot: Depot) -> None:
    expected = depot.office.do(
        "inventory.expect_stock", product_id=depot.paper, quantity="5", expected_on="2026-12-01"
    ).value["id"]
    depot.office.do("inventory.hold_stock", product_id=depot.paper, quantity="1", reason="úmido")
    depot.reserve((depot.paper, "3"))
    depot.reserve(line(depot.paper, "2", expected_id=expected))
    reads, today = depot.office.reads(), depot.office.today()

    def promised(day: dt.date) -> Decimal:
        return api.available_to_promise(reads, [depot.paper], depot.main, day, today)[depot.paper]

    assert promised(dt.date(2026, 11, 30)) == 6
    assert promised(dt.date(2026, 12, 1)) == 9
    row = depot.office.show("inventory.availability", {"product_id": [depot.paper, depot.pen]}, "name").rows
    assert [(r.free, r.incoming_quantity, r.incoming_on) for r in row] == [
        (Decimal(0), None, None),
        (Decimal(6), Decimal(3), dt.date(2026, 12, 1)),
    ]


def test_the_database_refuses_what_is_not_there(depot: Depot) -> None:
    """The read before is a courtesy; the CHECK is the guard."""
    values = {"product_id": depot.paper, "warehouse_id": depot.main}
    with pytest.raises(Exception, match="ck_stock_balance_reserved"), depot.office.store.engine.begin() as connection:
        connection.execute(api.stock_balance.update().where(*_where(values)).values(reserved=Decimal(11)))
    with pytest.raises(Exception, match="ck_stock_balance_held"), depot.office.store.engine.begin() as connection:
        connection.execute(api.stock_balance.update().where(*_where(values)).values(held=Decimal(11)))


def _where(values: dict[str, str]) -> list[Any]:
    return [api.stock_balance.c[name] == value for name, value in values.items()]
