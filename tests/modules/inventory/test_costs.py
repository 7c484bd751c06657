"""Moving average: what comes in changes it, what goes out takes its share, below zero the last one stands."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from retaguarda.kernel.statement import Statement
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.rules import Standing, comes_in, goes_out, worth
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import TABLE, Depot, line_of

MANY = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(100_000), places=4)
DEAR = st.decimals(min_value=0, max_value=Decimal(10_000), places=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.booleans(), MANY, st.none() | DEAR), min_size=1, max_size=40))
def test_the_value_is_always_quantity_times_average_and_no_cent_is_lost(
    steps: list[tuple[bool, Decimal, Decimal | None]],
) -> None:
    there, ledger = Standing(), Decimal(0)
    for comes, quantity, price in steps:
        if comes:
            brought = None if price is None else worth(quantity, price)
            (cost,), difference, there = comes_in(there, [(quantity, brought)])
            ledger += cost + difference
        else:
            before = there.unit_cost
            cost, there = goes_out(there, quantity)
            ledger -= cost
            assert there.unit_cost == before
        assert cost >= 0
        assert ledger == there.amount == worth(there.quantity, there.unit_cost)


def test_receipts_mix_and_what_leaves_takes_the_average(depot: Depot) -> None:
    depot.receive(depot.pen, "3", unit_cost="1")
    depot.receive(depot.pen, "4", unit_cost="2")
    assert depot.value(depot.pen) == ("7", "1.5714", "11")
    order = depot.reserve((depot.pen, "2"), (depot.pen, "5"))
    depot.step("ship", order)
    costs = api.moved_cost(depot.office.reads(), (TABLE, order))
    assert costs == {
        line_of(order, 1): Decimal("3.14"),
        line_of(order, 2): Decimal("7.86"),
    }
    # The last piece takes the last cent with it; the average stands for what comes without a cost.
    assert depot.value(depot.pen) == ("0", "1.5714", "0")
    depot.receive(depot.pen, "7")
    assert depot.value(depot.pen) == ("7", "1.5714", "11")
    depot.clean()


def test_below_zero_the_last_cost_stands_and_the_receipt_posts_the_difference(depot: Depot) -> None:
    depot.receive(depot.pen, "1", unit_cost="2")
    depot.office.do("inventory.authorise_negative", product_id=depot.pen, quantity="5", reason="sem nota")
    depot.step("ship", depot.reserve((depot.pen, "4")))
    assert depot.value(depot.pen) == ("-3", "2", "-6")
    depot.receive(depot.pen, "10", unit_cost="3")
    # Seven at three; the three that had left at two cost one more each.
    assert depot.value(depot.pen) == ("7", "3", "21")
    changes = depot.office.show("inventory.value_changes", {"product_id": depot.pen, "kind": "difference"}).rows
    assert [c.amount for c in changes] == [Decimal("-3.00")]
    depot.clean()


def test_counts_damages_and_transfers_go_by_the_average(depot: Depot) -> None:
    depot.receive(depot.pen, "10", unit_cost="1.5")
    depot.count(depot.pen, "12")
    assert depot.value(depot.pen) == ("12", "1.5", "18")
    depot.office.do("inventory.write_off_stock", lines=[{"product_id": depot.pen, "quantity": "2"}], reason="quebra")
    other = depot.location("B")
    line = {"product_id": depot.pen, "quantity": "4", "from_location_id": depot.place, "to_location_id": other}
    depot.office.do("inventory.move_stock", lines=[line])
    assert depot.value(depot.pen) == ("10", "1.5", "15")
    depot.clean()


_E, _L, _R = accounting.entry.c, accounting.entry_line.c, accounting.account_role.c
BOOKED = Statement(
    select(_E.rule, func.sum(_L.amount).label("amount"))
    .join(accounting.entry, _E.id == _L.entry_id)
    .join(accounting.account_role, _R.account_id == _L.account_id)
    .where(_R.role == "stock")
    .group_by(_E.rule)
)


def booked(depot: Depot) -> dict[str, Decimal]:
    """What the stock account got, by rule."""
    return {row.rule: row.amount for row in depot.office.reads().all(BOOKED)}


def test_every_move_is_booked_at_its_cost(depot: Depot) -> None:
    depot.receive(depot.pen, "10", unit_cost="2")
    order = depot.reserve((depot.pen, "4"))
    depot.step("ship", order)
    depot.back(order, 1, depot.pen, "1")
    depot.count(depot.pen, "8")
    depot.office.do("inventory.write_off_stock", lines=[{"product_id": depot.pen, "quantity": "2"}], reason="quebra")
    depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="3", reason="frete")
    assert booked(depot) == {
        "inventory.received": Decimal(20),
        "inventory.shipped": Decimal(-8),
        "inventory.returned": Decimal(2),
        "inventory.difference_more": Decimal(2),
        "inventory.difference_less": Decimal(-4),
        "inventory.cost_difference": Decimal(6),
    }
    depot.clean()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE stock_move SET cost = 0",
        "UPDATE stock_move SET unit_cost = 1",
        "DELETE FROM stock_move",
        "UPDATE cost_difference SET amount = 0",
        "DELETE FROM cost_difference",
    ],
)
def test_no_past_cost_is_rewritten(depot: Depot, sql: str) -> None:
    depot.receive(depot.pen, "10", unit_cost="1.5")
    depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="2", reason="frete")
    assert refused_by_database(depot.office, sql) == "kernel.append_only"
    assert refused_by_database(depot.office, "DELETE FROM stock_cost") == "kernel.never_deleted"


def test_a_long_day_of_odd_figures_keeps_every_cent(depot: Depot) -> None:
    chance = random.Random(11)
    for _ in range(12):
        depot.receive(
            depot.pen, str(chance.randint(1, 9)), unit_cost=f"{chance.randint(1, 999)}.{chance.randint(0, 99)}"
        )
        if Decimal(depot.stock(depot.pen)["free"]) > 3:
            depot.step("ship", depot.reserve((depot.pen, str(chance.randint(1, 3)))))
    depot.clean()
