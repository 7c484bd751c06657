"""Receipts: goods come in, negatives are covered, pegs become reservations, what does not come breaks its pegs."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot, TryLine


def line(product: str, quantity: str, **more: object) -> TryLine:
    return TryLine(line_id=new_id(), product_id=product, quantity=Decimal(quantity), **more)  # type: ignore[arg-type]


def expected(depot: Depot, product: str, quantity: str, day: str = "2026-12-01") -> str:
    done = depot.office.do("inventory.expect_stock", product_id=product, quantity=quantity, expected_on=day)
    return str(done.value["id"])


def test_goods_come_in_numbered_without_gap(depot: Depot) -> None:
    supplier = depot.office.do("party.add_party", name="Atacado Sul", supplier=True).value["id"]
    outcome = depot.office.do(
        "inventory.receive_stock",
        supplier_id=supplier,
        reason="NF 812",
        lines=[
            {"product_id": depot.paper, "quantity": "5", "lot": "L7"},
            {"product_id": depot.pen, "quantity": "12"},
            {"product_id": depot.paper, "quantity": "1"},
        ],
    )
    (row,) = outcome.rows
    assert (row.number, row.kind, row.lines, row.reason) == (2, "receipt", 3, "NF 812")
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.pen)["free"]) == ("16", "12")
    bins = depot.office.show("inventory.bins", {"product_id": depot.paper}, "lot").rows
    assert [(b.lot, b.on_hand) for b in bins] == [("", Decimal(11)), ("L7", Decimal(5))]
    lines = depot.office.show("inventory.document_lines", {"document_id": row.id}).rows
    assert [(x.position, x.lot, x.quantity) for x in lines] == [
        (1, "L7", Decimal(5)),
        (2, "", Decimal(12)),
        (3, "", Decimal(1)),
    ]
    depot.clean()


def test_wrong_lines_are_all_named(depot: Depot) -> None:
    service = depot.product("SRV", "Montagem", kind="service")
    elsewhere = depot.office.do("inventory.add_warehouse", code="9", name="Depósito").value["id"]
    there = depot.office.show("inventory.locations", {"warehouse_id": elsewhere}).rows[0].id
    with refused(depot.office, "kernel.invalid") as caught:
        depot.office.do(
            "inventory.receive_stock",
            lines=[
                {"product_id": service, "quantity": "1"},
                {"product_id": new_id(), "quantity": "1"},
                {"product_id": depot.pen, "quantity": "1.5"},
                {"product_id": depot.pen, "quantity": "1", "location_id": there},
                {"product_id": depot.pen, "quantity": "1", "location_id": new_id()},
            ],
        )
    assert [(f["field"], f["code"]) for f in caught[0].params["faults"]] == [
        ("lines.1.product_id", "inventory.not_kept"),
        ("lines.2.product_id", "inventory.unknown_product"),
        ("lines.3.quantity", "catalog.whole_quantity"),
        ("lines.4.location_id", "inventory.other_warehouse"),
        ("lines.5.location_id", "inventory.unknown_location"),
    ]
    with refused(depot.office, "kernel.too_few"):
        depot.office.do("inventory.receive_stock", lines=[])
    with refused(depot.office, "kernel.missing"):
        depot.receive(depot.pen, "1", expected_id=new_id())
    with refused(depot.office, "kernel.missing"):
        depot.office.do(
            "inventory.receive_stock", supplier_id=new_id(), lines=[{"product_id": depot.pen, "quantity": "1"}]
        )
    with refused(depot.office, "inventory.unknown_warehouse"):
        depot.receive(depot.pen, "1", warehouse_id=new_id())


def test_another_branch_is_out_of_reach(depot: Depot) -> None:
    week = {"monday": "08:00-18:00"}
    depot.office.do(("company.add_branch", {"code": "2", "name": "Filial", "state": "SP", **week}))
    other = next(w for w in depot.office.show("inventory.warehouses").rows if w.branch_name != "Matriz")
    with acting(depot.office, "stock"), refused(depot.office, "company.other_branch"):
        depot.receive(depot.pen, "1", warehouse_id=other.id)
    depot.receive(depot.pen, "1", warehouse_id=other.id)
    assert depot.stock(depot.pen, other.id)["on_hand"] == "1"


def test_what_was_sold_before_its_entry_is_covered_first(depot: Depot) -> None:
    """Authorise 5, sell and ship 3, receive 2, then 10: the hole is filled, the authorisation gone."""
    shelf = depot.location("B")
    depot.office.do(
        "inventory.authorise_negative", product_id=depot.pen, quantity="5", reason="caminhão na doca", location_id=shelf
    )
    order = depot.reserve((depot.pen, "3"))
    assert depot.step("pick", order)["picked"] == []
    depot.step("ship", order)
    assert depot.stock(depot.pen)["on_hand"] == "-3"
    depot.receive(depot.pen, "2")
    assert (depot.bin(depot.pen, shelf)[0], depot.stock(depot.pen)["allowed_negative"]) == ("-1", "3")
    assert depot.stock(depot.pen)["free"] == "2"
    depot.receive(depot.pen, "10")
    assert (depot.bin(depot.pen, shelf)[0], depot.bin(depot.pen)[0]) == ("0", "9")
    assert depot.stock(depot.pen) == {
        "on_hand": "9",
        "held": "0",
        "reserved": "0",
        "allowed_negative": "0",
        "free": "9",
    }
    assert depot.office.show("inventory.negatives").rows == ()
    depot.clean()


def test_an_arrival_is_reserved_for_those_it_was_promised_to(depot: Depot) -> None:
    coming = expected(depot, depot.pen, "10")
    weak = depot.reserve(line(depot.pen, "4", expected_id=coming))
    strong = depot.reserve(line(depot.pen, "4", expected_id=coming, priority=1))
    depot.receive(depot.pen, "6", expected_id=coming)
    assert depot.stock(depot.pen)["reserved"] == "6"
    row = depot.office.one("inventory.expected", coming)
    assert (row.quantity, row.pegged) == (Decimal(4), Decimal(2))
    reserved = depot.office.show("inventory.reservations", {"expected_id": None}).rows
    assert {(r.document_id, r.quantity) for r in reserved} == {(strong, Decimal(4)), (weak, Decimal(2))}
    depot.receive(depot.pen, "9", expected_id=coming)
    assert depot.stock(depot.pen) == {
        "on_hand": "15",
        "held": "0",
        "reserved": "8",
        "allowed_negative": "0",
        "free": "7",
    }
    assert depot.office.show("inventory.expected").rows == ()
    depot.clean()


def test_what_was_promised_of_an_arrival_does_not_cover_what_was_sold_before(depot: Depot) -> None:
    depot.office.do("inventory.authorise_negative", product_id=depot.pen, quantity="5", reason="carga na doca")
    depot.step("ship", depot.reserve((depot.pen, "3")))
    coming = expected(depot, depot.pen, "4")
    depot.reserve(line(depot.pen, "4", expected_id=coming))
    depot.receive(depot.pen, "4", expected_id=coming)
    assert depot.stock(depot.pen) == {
        "on_hand": "1",
        "held": "0",
        "reserved": "4",
        "allowed_negative": "3",
        "free": "0",
    }
    depot.clean()


def test_each_place_below_zero_stays_authorised_until_it_is_filled(depot: Depot) -> None:
    shelves = [depot.location("B"), depot.location("C")]
    for shelf in shelves:
        depot.office.do(
            "inventory.authorise_negative", product_id=depot.pen, quantity="4", reason="doca", location_id=shelf
        )
        depot.step("ship", depot.reserve((depot.pen, "4")))
    depot.receive(depot.pen, "5")
    assert sorted(depot.bin(depot.pen, shelf)[0] for shelf in shelves) == ["-3", "0"]
    assert depot.stock(depot.pen)["allowed_negative"] == "3"
    depot.clean()


def test_an_arrival_of_another_product_answers_no_expectation(depot: Depot) -> None:
    coming = expected(depot, depot.pen, "4")
    with refused(depot.office, "inventory.unknown_expected"):
        depot.receive(depot.paper, "4", expected_id=coming)


def test_a_short_receipt_breaks_the_weakest_pegs(depot: Depot) -> None:
    coming = expected(depot, depot.pen, "10")
    weak = depot.reserve(line(depot.pen, "4", expected_id=coming, promised_on="2026-12-20"))
    depot.reserve(line(depot.pen, "4", expected_id=coming, promised_on="2026-12-10"))
    depot.receive(depot.pen, "5", expected_id=coming, rest_comes=False)
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.document_id, lost.quantity, lost.cause) == (weak, Decimal(3), "receipt")
    assert depot.stock(depot.pen)["reserved"] == "5"
    assert depot.office.show("inventory.expected").rows == ()
    depot.clean()


def test_a_seller_receives_nothing(depot: Depot) -> None:
    with acting(depot.office, "sales"), refused(depot.office, "kernel.forbidden"):
        depot.receive(depot.pen, "1")
