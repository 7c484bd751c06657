"""Below the point, bought up to the maximum, in whole packs, from the best supplier, once."""

from __future__ import annotations

from typing import Any

from retaguarda.app.compose import book
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.text import Texts
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.modules.purchasing.buying import Buying


def point(buying: Buying, product: str, least: str, most: str, **more: str) -> str:
    values = {"product_id": product, "minimum_quantity": least, "maximum_quantity": most, **more}
    return str(buying.office.do(("purchasing.set_reorder_point", values)).value["id"])


def proposed(buying: Buying) -> list[tuple[str, str, str | None]]:
    rows = buying.office.show("purchasing.proposals", sort="code").rows
    return [(row.code, f"{row.quantity.normalize():f}", row.supplier_name) for row in rows]


def order(buying: Buying, *lines: dict[str, Any]) -> Any:
    return buying.office.do(("purchasing.order_proposals", {"lines": list(lines)})).value


def test_free_and_incoming_and_drafted_count_and_reserved_does_not(buying: Buying) -> None:
    buying.depot.receive(buying.paper, "12")
    key = point(buying, buying.paper, "10", "33")
    assert proposed(buying) == []
    buying.depot.reserve((buying.paper, "3"))
    assert proposed(buying) == [("A4-75", "25", "Papelaria Central")]
    row = buying.office.one("purchasing.proposals", key)
    assert (row.free, row.incoming, row.minimum_quantity, row.need) == (9, 0, 10, 24)
    sent = buying.order((buying.paper, "5"))
    assert proposed(buying) == []
    buying.peg(sent, buying.paper, "5", "2026-12-01")
    assert proposed(buying) == [("A4-75", "25", "Papelaria Central")]
    buying.draft((buying.paper, "5"))
    assert proposed(buying) == []


def test_the_best_price_decides_unless_the_point_names_a_supplier(buying: Buying) -> None:
    point(buying, buying.paper, "10", "20")
    point(buying, buying.ink, "1", "2")
    buying.price(buying.paper, "18", buying.other, least_quantity="100")
    assert proposed(buying) == [("A4-75", "20", "Papelaria Central"), ("TIN-1", "2", None)]
    buying.price(buying.paper, "19.99", buying.other)
    assert proposed(buying)[0] == ("A4-75", "20", "Atacado do Papel")
    point(buying, buying.paper, "10", "21", supplier_id=buying.supplier)
    assert proposed(buying)[0] == ("A4-75", "25", "Papelaria Central")
    point(buying, buying.ink, "1", "2", supplier_id=buying.other)
    assert proposed(buying)[1] == ("TIN-1", "2", "Atacado do Papel")


def test_the_chosen_become_one_order_for_each_supplier(buying: Buying) -> None:
    buying.price(buying.ink, "30", buying.other)
    paper, pen = point(buying, buying.paper, "10", "20"), point(buying, buying.pen, "20", "60")
    ask = {"product_id": buying.paper, "quantity": "5", "reason": "cliente espera"}
    asked = buying.office.do(("purchasing.request_goods", ask)).value["id"]
    with acting(buying.office, "commercial"):
        done = order(
            buying,
            {"product_id": buying.paper, "quantity": "20", "proposal_id": paper},
            {"product_id": buying.paper, "quantity": "5", "proposal_id": asked},
            {"product_id": buying.ink, "quantity": "2", "supplier_id": buying.other},
        )
    assert (done["count"], sorted(done["numbers"])) == (2, [1, 2])
    rows = {row.supplier_name: row for row in buying.office.show("purchasing.orders").rows}
    assert {name: (row.state, row.total_amount) for name, row in rows.items()} == {
        "Papelaria Central": ("draft", 500),
        "Atacado do Papel": ("draft", 60),
    }
    (line,) = buying.lines(rows["Papelaria Central"].id)
    assert line.quantity == 25
    (request,) = buying.office.show("purchasing.requisitions").rows
    assert (request.state, request.order_number) == ("ordered", rows["Papelaria Central"].number)
    assert proposed(buying) == [("CAN-1", "60", "Papelaria Central")]
    with refused(buying.office, "purchasing.not_proposed"):
        order(buying, {"product_id": buying.paper, "quantity": "20", "proposal_id": paper})
    assert pen != paper
    buying.clean()


def test_chosen_on_the_sheet_by_keyboard(buying: Buying) -> None:
    point(buying, buying.paper, "10", "20")
    point(buying, buying.pen, "20", "60")
    desk = Desk(buying.office, book(), Texts("pt_BR", strict=True))
    desk.open("purchasing.proposal_list")
    desk.press("order")
    lines = desk.entry.values().lines
    assert [(x.info["code"], x.values["quantity"], x.derived["net_amount"]) for x in lines] == [
        ("CAN-1", 60, 90),
        ("A4-75", 20, 400),
    ]
    desk.set_line(2, quantity="15")
    desk.press("save")
    (row,) = buying.office.show("purchasing.orders").rows
    assert (row.state, row.total_amount) == ("draft", 390)
    buying.clean()


def test_refusals(buying: Buying) -> None:
    ink = point(buying, buying.ink, "1", "2")
    with refused(buying.office, "kernel.too_few"):
        order(buying)
    with refused(buying.office, "purchasing.no_supplier"):
        order(buying, {"product_id": buying.ink, "quantity": "2", "proposal_id": ink})
    with refused(buying.office, "purchasing.not_proposed"):
        order(buying, {"product_id": buying.paper, "quantity": "2", "proposal_id": new_id()})
    with refused(buying.office, "purchasing.not_proposed"):
        order(buying, {"product_id": buying.paper, "quantity": "2", "proposal_id": ink})
    with refused(buying.office, "purchasing.no_price"):
        order(buying, {"product_id": buying.ink, "quantity": "2", "proposal_id": ink, "supplier_id": buying.other})
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        order(buying, {"product_id": buying.ink, "quantity": "2", "proposal_id": ink})
