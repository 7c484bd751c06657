"""Classes A, B and C by what was shipped."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.jobs import JobsRun
from retaguarda.modules.inventory.rules import count_classes
from tests.helpers.by_itself import by_itself
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot


def test_what_makes_up_most_of_the_value_is_counted_most_often(depot: Depot) -> None:
    office = depot.office
    depot.receive(depot.pen, "100", unit_cost="10")
    office.do("inventory.adjust_cost", product_id=depot.paper, unit_cost="1", reason="tabela")
    depot.step("ship", depot.reserve((depot.pen, "50"), (depot.paper, "2")))
    with by_itself(office, "inventory.job.classes") as jobs:
        assert jobs.run() == JobsRun(done=1)
    assert [office.one("inventory.care", p).count_class for p in (depot.pen, depot.paper)] == ["A", "C"]
    assert office.do("inventory.classify_stock", days=30).value == {"changed": 0}
    with refused(office, "kernel.too_small"):
        office.do("inventory.classify_stock", days=0)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("inventory.classify_stock")


def test_the_shares() -> None:
    values = {"a": Decimal(70), "b": Decimal(15), "c": Decimal(12), "d": Decimal(3), "e": Decimal(0)}
    assert count_classes(values) == {"a": "A", "b": "A", "c": "B", "d": "C", "e": "C"}
    assert count_classes({"a": Decimal(0)}) == {"a": "C"}
    assert count_classes({}) == {}
