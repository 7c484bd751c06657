"""Counts: never refused for being inconvenient, whatever they break."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from retaguarda.kernel.failure import Failure
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import table_of
from tests.helpers.company import refused
from tests.modules.inventory.depot import TABLE, Depot, TryLine, line_of


def failures(depot: Depot) -> list[tuple[str, str, str]]:
    table = table_of(Failure)
    with depot.office.store.engine.connect() as connection:
        rows = connection.execute(select(table).order_by(table.c.since_at, table.c.id)).all()
    return [(r.code, r.subject_id, r.state) for r in rows]


def test_ten_on_hand_nine_reserved_seven_counted(depot: Depot) -> None:
    first = depot.reserve((depot.paper, "4"))
    second = depot.reserve((depot.paper, "5"))
    depot.step("pick", second)
    done = depot.count(depot.paper, "7")
    assert (done["number"], done["broken"]) == (1, 1)
    assert depot.stock(depot.paper) == {
        "on_hand": "7",
        "held": "0",
        "reserved": "7",
        "allowed_negative": "0",
        "free": "0",
    }
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.document_id, lost.line_id, lost.quantity, lost.cause) == (
        second,
        line_of(second, 1),
        Decimal(2),
        "count",
    )
    assert failures(depot) == [("inventory.reservation_broken", second, "open")]
    # What was picked for the broken units went back; what is left can leave.
    assert depot.bin(depot.paper) == ("7", "3")
    depot.clean()
    depot.step("ship", first)
    depot.step("ship", second)
    assert depot.stock(depot.paper)["on_hand"] == "0"
    depot.clean()


def test_the_lowest_priority_then_the_latest_promise_breaks_first(depot: Depot) -> None:
    def order(**more: object) -> str:
        part = TryLine(line_id=new_id(), product_id=depot.paper, quantity=Decimal(2), **more)  # type: ignore[arg-type]
        return depot.reserve(part)

    late, early = order(promised_on="2026-12-24"), order(promised_on="2026-11-24")
    never, dear = order(), order(priority=5)
    depot.count(depot.paper, "1")
    lost = depot.office.show("inventory.broken_reservations").rows
    assert {r.document_id: r.quantity for r in lost} == {
        never: Decimal(2),
        late: Decimal(2),
        early: Decimal(2),
        dear: Decimal(1),
    }
    depot.count(depot.paper, "0")
    assert depot.stock(depot.paper)["reserved"] == "0"
    assert [f[0] for f in failures(depot)] == ["inventory.reservation_broken"] * 4
    depot.clean()


def test_more_than_was_booked_is_found(depot: Depot) -> None:
    depot.count(depot.paper, "12")
    depot.count(depot.pen, "0")
    assert (depot.stock(depot.paper)["free"], depot.stock(depot.pen)["free"]) == ("12", "0")
    row = depot.office.show("inventory.documents", {"kind": "count"}, "number").rows[0]
    (line,) = depot.office.show("inventory.document_lines", {"document_id": row.id}).rows
    assert (line.booked_quantity, line.quantity) == (Decimal(10), Decimal(12))
    depot.clean()


def test_an_exact_count_moves_nothing(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "10"))
    depot.step("pick", order)
    assert depot.count(depot.paper, "10")["broken"] == 0
    assert len(depot.office.show("inventory.moves").rows) == 1
    assert depot.bin(depot.paper) == ("10", "10")
    depot.clean()


def test_a_picked_place_that_holds_less_gives_its_picks_back(depot: Depot) -> None:
    """The reservation stands while other places have the goods: it is picked again, elsewhere."""
    other = depot.location("B")
    depot.receive(depot.paper, "10", location_id=other)
    order = depot.reserve((depot.paper, "8"))
    depot.step("pick", order)
    assert depot.count(depot.paper, "3")["broken"] == 0
    assert depot.bin(depot.paper) == ("3", "3")
    again = depot.step("pick", order)
    assert [(p[1], p[2]) for p in again["picked"]] == [(other, Decimal(5))]
    depot.clean()


def test_held_goods_that_are_gone_are_held_no_more(depot: Depot) -> None:
    depot.office.do("inventory.hold_stock", product_id=depot.paper, quantity="6", reason="avaria")
    depot.reserve((depot.paper, "4"))
    assert depot.count(depot.paper, "5")["broken"] == 1
    assert depot.stock(depot.paper) == {
        "on_hand": "5",
        "held": "5",
        "reserved": "0",
        "allowed_negative": "0",
        "free": "0",
    }
    depot.clean()


def test_a_count_covers_what_was_sold_before_its_entry(depot: Depot) -> None:
    depot.office.do("inventory.authorise_negative", product_id=depot.pen, quantity="5", reason="sem nota ainda")
    depot.step("ship", depot.reserve((depot.pen, "3")))
    depot.count(depot.pen, "2")
    assert depot.stock(depot.pen)["on_hand"] == "2"
    assert depot.stock(depot.pen)["allowed_negative"] == "0"
    depot.clean()


def test_what_cannot_be_counted_is_refused(depot: Depot) -> None:
    with refused(depot.office, "inventory.twice"):
        depot.office.do(
            "inventory.count_stock",
            lines=[{"product_id": depot.paper, "quantity": "1"}, {"product_id": depot.paper, "quantity": "2"}],
        )
    with refused(depot.office, "kernel.too_small"):
        depot.count(depot.paper, "-1")
    with refused(depot.office, "catalog.whole_quantity"):
        depot.count(depot.paper, "1.5")


def test_the_same_order_broken_twice_keeps_one_failure_per_line(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "9"))
    depot.count(depot.paper, "7")
    depot.count(depot.paper, "4")
    assert failures(depot) == [("inventory.reservation_broken", order, "open")]
    assert sum(r.quantity for r in depot.office.show("inventory.broken_reservations").rows) == 5
    assert depot.office.show("inventory.broken_reservations").rows[0].document_table == TABLE
    depot.clean()
