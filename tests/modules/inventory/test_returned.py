"""Goods back from a customer: at the cost they left with, good or held, never more than left."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retaguarda.kernel.errors import Refusal
from tests.modules.inventory.depot import Depot


def test_what_comes_back_costs_what_it_left_with(depot: Depot) -> None:
    depot.receive(depot.pen, "3", unit_cost="3.3333")
    order = depot.reserve((depot.pen, "3"))
    depot.step("ship", order)
    depot.receive(depot.pen, "1", unit_cost="20")
    assert depot.back(order, 1, depot.pen, "1")["cost"] == Decimal("3.33")
    assert depot.back(order, 1, depot.pen, "2")["cost"] == Decimal("6.67")
    assert depot.value(depot.pen) == ("4", "7.5", "30")
    assert depot.stock(depot.pen)["free"] == "4"
    depot.clean()


def test_goods_back_may_be_held_until_somebody_looked(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"))
    depot.step("ship", order)
    depot.back(order, 1, depot.paper, "2", held_for="embalagem aberta")
    assert (depot.stock(depot.paper)["held"], depot.stock(depot.paper)["free"]) == ("2", "6")
    (row,) = depot.office.show("inventory.holds").rows
    assert (row.quantity, row.reason) == (Decimal(2), "embalagem aberta")
    depot.clean()


def test_no_more_comes_back_than_left(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"))
    depot.step("ship", order)
    depot.back(order, 1, depot.paper, "3")
    with pytest.raises(Refusal) as refused:
        depot.back(order, 1, depot.paper, "2")
    assert refused.value.code == "inventory.return_too_much"
    assert refused.value.params["left"] == 1
    with pytest.raises(Refusal) as refused:
        depot.back(order, 2, depot.pen, "1")
    assert (refused.value.code, refused.value.params["left"]) == ("inventory.return_too_much", 0)
    depot.clean()
