"""Deciding: the goods go back on sale, or they are written off at their cost."""

from __future__ import annotations

from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot
from tests.modules.inventory.quality import report


def decide(depot: Depot, key: object, how: str, **more: str) -> None:
    payload = {"non_conformity_id": key, "disposition": how, "decision": "conferido pelo fornecedor", **more}
    depot.office.do(("inventory.decide_non_conformity", payload))


def test_what_is_good_after_all_is_free_again(depot: Depot) -> None:
    key = report(depot, "4")["id"]
    decide(depot, key, "release")
    assert (depot.stock(depot.paper)["held"], depot.stock(depot.paper)["free"]) == ("0", "10")
    (row,) = depot.office.show("inventory.non_conformities").rows
    assert (row.state, row.disposition, row.allowed) == ("decided", "release", ())
    with refused(depot.office, "inventory.decided"):
        decide(depot, key, "scrap")
    assert refused_by_database(depot.office, "UPDATE non_conformity SET decision = 'x'") == "inventory.decided"
    depot.clean()


def test_what_is_scrapped_leaves_at_its_cost(depot: Depot) -> None:
    depot.office.do("inventory.adjust_cost", product_id=depot.paper, unit_cost="2", reason="tabela")
    depot.reserve((depot.paper, "6"))
    decide(depot, report(depot, "4")["id"], "scrap")
    stock = depot.stock(depot.paper)
    assert (stock["on_hand"], stock["held"], stock["reserved"]) == ("6", "0", "6")
    assert depot.value(depot.paper) == ("6", "2", "12")
    (paper,) = depot.office.show("inventory.documents", {"kind": "damage"}).rows
    assert paper.reason == "conferido pelo fornecedor"
    depot.clean()


def test_numbered_pieces_are_scrapped_by_number(depot: Depot) -> None:
    depot.office.do("inventory.track_product", product_id=depot.pen, tracking="serial")
    depot.receive(depot.pen, "2", serials="A1 A2")
    key = report(depot, "1", product_id=depot.pen)["id"]
    with refused(depot.office, "inventory.serials_needed"):
        decide(depot, key, "scrap")
    decide(depot, key, "scrap", serials="A2")
    assert {s.number: s.state for s in depot.office.show("inventory.serials").rows} == {"A1": "there", "A2": "gone"}
    depot.clean()


def test_only_who_answers_for_it_decides(depot: Depot) -> None:
    key = report(depot, "1")["id"]
    with acting(depot.office, "picking"), refused(depot.office, "kernel.forbidden"):
        decide(depot, key, "release")
