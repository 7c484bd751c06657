"""Deliveries: as ordered, in part, more, less, damaged, something else; promised goods are reserved at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from retaguarda.kernel.failure import Failure
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import table_of
from retaguarda.modules.inventory import api as inventory
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def came(product: str, quantity: str, **more: Any) -> dict[str, Any]:
    return {"product_id": product, "quantity": quantity, **more}


def test_without_lines_all_of_it_came_at_the_ordered_price(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    waiting = buying.peg(key, buying.paper, "4", "2026-12-01")
    with acting(buying.office, "stock"):
        outcome = buying.office.do("purchasing.receive_order", order_id=key, supplier_document="R-77", version=1)
    (row,) = outcome.rows
    assert (row.state, row.standing, row.received, outcome.value["receipt_number"]) == ("closed", "closed", True, 1)
    assert [(x.received, x.open) for x in buying.lines(key)] == [(10, 0), (20, 0)]
    assert buying.depot.stock(buying.paper) == {
        "on_hand": "10",
        "held": "0",
        "reserved": "4",
        "allowed_negative": "0",
        "free": "6",
    }
    (kept,) = buying.office.show("inventory.reservations", {"document_id": waiting}).rows
    assert (kept.quantity, kept.expected_id) == (4, None)
    assert inventory.unit_costs(buying.office.reads(), [buying.paper])[buying.paper] == 20
    assert buying.expected(key) == []
    (receipt,) = buying.office.show("purchasing.receipts", {"search": "r-77 papelaria"}).rows
    assert (receipt.order_number, receipt.lines, receipt.differences) == (1, 2, 0)
    buying.clean()


def test_in_part_and_then_the_rest(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    buying.receive(key, came(buying.paper, "4", lot="L1"), came(buying.paper, "2", lot="L2"), came(buying.pen, "0"))
    row = buying.row(key)
    assert (row.state, row.standing) == ("ordered", "partly")
    assert "purchasing.cancel_order" not in row.allowed
    assert buying.expected(key) == [("CAN-1", "20", "2026-11-25"), ("A4-75", "4", "2026-11-26")]
    buying.clean()
    with refused(buying.office, "purchasing.cancel_order.not_in_state"):
        buying.do("cancel_order", key, reason="tarde demais")
    buying.receive(key)
    assert buying.row(key).state == "closed"
    assert [x.received for x in buying.lines(key)] == [10, 20]
    buying.clean()


def test_less_and_no_more_ends_the_order_with_a_failure(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    paper, pen = buying.peg(key, buying.paper, "6", "2026-12-01"), buying.peg(key, buying.pen, "5", "2026-12-01")
    done = buying.receive(key, came(buying.paper, "4"), rest_comes=False, reason="fornecedor sem estoque")
    assert done["broken"] == 2
    assert sorted(buying.broken()) == sorted([(paper, "2", "receipt"), (pen, "5", "receipt")])
    assert (buying.row(key).state, buying.row(key).reason) == ("closed", "fornecedor sem estoque")
    failures = table_of(Failure)
    with buying.office.store.engine.connect() as connection:
        codes = connection.execute(select(failures.c.code).where(failures.c.subject_id == key)).scalars().all()
    assert codes == ["purchasing.order_short"]
    buying.clean()


def test_more_damaged_and_unordered_goods_are_noted_with_their_reason(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    lines = [
        came(buying.paper, "12", reason="mandou uma caixa a mais"),
        came(buying.pen, "15", refused_quantity="5", reason="estojo quebrado"),
        came(buying.ink, "2", reason="brinde do fornecedor"),
        came(buying.depot.product("X", "Outra coisa"), "0", refused_quantity="3", difference="wrong", reason="trocado"),
    ]
    done = buying.receive(key, *lines)
    rows = buying.office.show("purchasing.receipt_lines", {"receipt_id": done["receipt_id"]}, "position").rows
    assert [(x.difference, x.quantity, x.refused_quantity) for x in rows] == [
        ("more", 12, 0),
        ("damaged", 15, 5),
        ("unordered", 2, 0),
        ("wrong", 0, 3),
    ]
    assert [(x.received, x.open) for x in buying.lines(key)] == [(12, 0), (15, 5)]
    assert buying.depot.stock(buying.ink)["on_hand"] == "2"
    assert buying.office.show("purchasing.receipts", {"differences": 4}).rows[0].id == done["receipt_id"]
    buying.clean()
    # What has come cannot be amended away.
    with refused(buying.office, "purchasing.less_than_received"):
        buying.office.do(
            "purchasing.amend_order",
            order_id=key,
            lines=[{"product_id": buying.paper, "quantity": "10"}, {"product_id": buying.pen, "quantity": "14"}],
        )
    buying.office.do(
        "purchasing.amend_order",
        order_id=key,
        lines=[{"product_id": buying.paper, "quantity": "10"}, {"product_id": buying.pen, "quantity": "15"}],
    )
    assert buying.row(key).state == "closed", "nothing is left to come"
    buying.clean()


def tracked(buying: Buying, code: str, tracking: str) -> str:
    product = buying.depot.product(code, code)
    buying.office.do("inventory.track_product", product_id=product, tracking=tracking)
    return product


def test_lots_and_numbered_pieces_come_and_go_back(buying: Buying) -> None:
    drill = tracked(buying, "FUR-1", "serial")
    milk = tracked(buying, "LEI-1", "lot")
    for product, price in ((drill, "90"), (milk, "4")):
        buying.price(product, price)
    key = buying.order((drill, "2"), (milk, "6"))
    with refused(buying.office, "inventory.serials_needed"):
        buying.receive(key, came(drill, "2"))
    lines = [came(drill, "2", serials="A1 A2"), came(milk, "6", lot="L9", expires_on="2027-01-31")]
    buying.receive(key, *lines)
    buying.clean()
    back = {"product_id": drill, "quantity": "1"}
    with refused(buying.office, "inventory.serials_needed"):
        buying.office.do("purchasing.return_goods", order_id=key, lines=[back], reason="não liga")
    back["serials"] = "A2"
    buying.office.do("purchasing.return_goods", order_id=key, lines=[back], reason="não liga")
    assert buying.depot.stock(drill)["on_hand"] == "1"
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    with refused(buying.office, "kernel.missing"):
        buying.receive(new_id())
    with refused(buying.office, "kernel.stale"):
        buying.receive(key, version=9)
    with refused(buying.office, "purchasing.nothing_came"):
        buying.receive(key, came(buying.paper, "0"))
    with refused(buying.office, "purchasing.needs_reason"):
        buying.receive(key, came(buying.paper, "4"), rest_comes=False)
    lines = [
        came(buying.paper, "11"),
        came(buying.pen, "1"),
        came(buying.paper, "0", refused_quantity="1"),
        came(buying.paper, "1.5"),
        came(new_id(), "1"),
        came(buying.paper, "1", location_id=new_id()),
    ]
    with refused(buying.office, "purchasing.difference_needs_reason") as said:
        buying.receive(key, *lines)
    assert [(f["field"], f["code"]) for f in said[0].params["faults"]][:3] == [
        ("lines.1.reason", "purchasing.difference_needs_reason"),
        ("lines.2.reason", "purchasing.difference_needs_reason"),
        ("lines.3.reason", "purchasing.difference_needs_reason"),
    ]
    assert {f["code"] for f in said[0].params["faults"]} >= {"catalog.whole_quantity", "purchasing.unknown_product"}
    with refused(buying.office, "purchasing.unknown_place"):
        buying.receive(key, came(buying.paper, "1", location_id=new_id()))
    with acting(buying.office, "commercial"), refused(buying.office, "kernel.forbidden"):
        buying.receive(key)
    draft = buying.draft()
    with refused(buying.office, "purchasing.receive_order.not_in_state"):
        buying.receive(draft)
    assert Decimal(0) == sum((x.received for x in buying.lines(key)), Decimal(0))
