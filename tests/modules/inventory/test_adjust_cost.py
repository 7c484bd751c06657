"""Putting a cost right: the difference is posted, what has left keeps its cost."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot


def test_the_difference_is_posted_and_the_past_stays(depot: Depot) -> None:
    depot.receive(depot.pen, "10", unit_cost="2")
    depot.step("ship", depot.reserve((depot.pen, "4")))
    done = depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="2.5", reason="frete esquecido")
    assert done.value["difference"] == Decimal("3.00")
    assert depot.value(depot.pen) == ("6", "2.5", "15")
    changes = depot.office.show("inventory.value_changes", {"product_id": depot.pen}, "at").rows
    assert [(c.kind, c.quantity, c.amount) for c in changes] == [
        ("receipt", Decimal(10), Decimal("20.00")),
        ("ship", Decimal(-4), Decimal("-8.00")),
        ("difference", Decimal(0), Decimal("3.00")),
    ]
    depot.clean()


def test_a_product_without_stock_gets_the_cost_of_its_next_receipts(depot: Depot) -> None:
    depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="1.25", reason="tabela do fornecedor")
    depot.receive(depot.pen, "8")
    assert depot.value(depot.pen) == ("8", "1.25", "10")
    depot.clean()


def test_what_has_no_cost_is_refused(depot: Depot) -> None:
    service = depot.product("SRV", "Montagem", kind="service")
    with refused(depot.office, "inventory.not_kept"):
        depot.office.do("inventory.adjust_cost", product_id=service, unit_cost="1", reason="engano")
    with refused(depot.office, "inventory.unknown_product"):
        depot.office.do("inventory.adjust_cost", product_id=new_id(), unit_cost="1", reason="engano")
    with refused(depot.office, "kernel.too_short"):
        depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="1", reason="")
    with acting(depot.office, "stock"), refused(depot.office, "kernel.forbidden"):
        depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="1", reason="engano")
