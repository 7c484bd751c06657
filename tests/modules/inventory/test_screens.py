"""The stock screens as a person uses them: from the list to the fact and back, and what a product's page shows."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.compose import book
from retaguarda.kernel.text import Texts
from tests.helpers.desk import Desk
from tests.modules.inventory.depot import Depot


def desk_of(depot: Depot) -> Desk:
    return Desk(depot.office, book(), Texts("pt_BR", strict=True))


def fill(desk: Desk, row: int, **cells: str) -> None:
    """Types a line of the grid `lines`; a product is chosen by its code."""
    lines = desk.form.lines["lines"]
    for name, raw in cells.items():
        if name.endswith("_id"):
            query = lines[0][name].view.suggestions
            (found,) = desk.door.show(query, {"search": raw}).rows
            lines.choose(row, name, found.id, found.name)
        else:
            lines.type_in(row, name, raw)


def test_goods_are_received_from_the_stock_list(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.stock_list")
    assert [(r.code, r.free) for r in desk.list.rows] == [("CAN-1", Decimal(0)), ("A4-75", Decimal(10))]
    desk.press("receive")
    fill(desk, 0, product_id="CAN-1", quantity="12")
    desk.press("save_close")
    assert desk.toasts[-1].text.code == "inventory.receive_stock.done"
    assert [(r.code, r.free) for r in desk.list.rows] == [("CAN-1", Decimal(12)), ("A4-75", Decimal(10))]


def test_a_fault_of_a_line_stands_in_its_cell(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.receipt_form")
    fill(desk, 0, product_id="CAN-1", quantity="1,5")
    desk.press("save_close")
    fault = desk.form.lines["lines"][0]["quantity"].fault
    assert fault is not None
    assert fault.code == "catalog.whole_quantity"
    assert depot.stock(depot.pen)["on_hand"] == "0"


def test_a_count_is_typed(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.document_list")
    desk.press("count")
    fill(desk, 0, product_id="A4-75", quantity="0")
    desk.press("save_close")
    assert depot.stock(depot.paper)["on_hand"] == "0"
    assert [r.kind for r in desk.list.rows] == ["count", "receipt"]


def test_opening_stock_is_typed_and_taken_back(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.document_list")
    desk.press("open")
    fill(desk, 0, product_id="CAN-1", quantity="4", unit_cost="2,50")
    desk.press("save_close")
    assert depot.value(depot.pen) == ("4", "2.5", "10")
    desk.list.choose(next(n for n, row in enumerate(desk.list.rows) if row.kind == "opening"))
    desk.press("reverse")
    desk.answer("go")
    assert depot.stock(depot.pen)["on_hand"] == "0"
    assert sorted(row.kind for row in desk.list.rows) == ["opening", "receipt", "reversal"]


def test_goods_of_the_chosen_row_are_held_and_released(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.stock_list")
    desk.list.choose(next(n for n, r in enumerate(desk.list.rows) if r.code == "A4-75"))
    desk.press("hold")
    assert desk.form.fields["product_id"].raw == "Papel A4 75 g"
    desk.set(quantity="3", reason="caixa molhada")
    desk.press("save_close")
    assert depot.stock(depot.paper)["held"] == "3"
    desk.open("inventory.hold_list")
    desk.list.choose(0)
    desk.press("release")
    desk.press("save_close")
    assert depot.stock(depot.paper)["held"] == "0"
    assert not desk.list.rows


def test_a_product_s_page_shows_stock_and_moves(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("catalog.product_page", depot.paper)
    panels = desk.page.panels
    assert [row.on_hand for row in panels["stock"].rows or ()] == [Decimal(10)]
    assert [row.kind for row in panels["moves"].rows or ()] == ["receipt"]
    depot.count(depot.paper, "7")
    desk.call(desk.page.refresh)
    assert [row.kind for row in panels["moves"].rows or ()] == ["count", "receipt"]


def test_expectations_and_negatives_are_made_and_taken_back(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.expected_list")
    desk.press("new")
    desk.set(product_id="Caneta", quantity="5")
    desk.press("save_close")
    desk.list.choose(0)
    desk.press("postpone")
    desk.set(expected_on="+9")
    desk.press("save_close")
    assert desk.list.rows[0].expected_on.isoformat() == "2026-12-02"
    desk.list.choose(0)
    desk.press("cancel")
    desk.answer("go")
    assert not desk.list.rows
    desk.open("inventory.negative_list")
    desk.press("new")
    desk.set(product_id="Caneta", quantity="2", reason="chegou sem nota")
    desk.press("save_close")
    desk.list.choose(0)
    desk.press("withdraw")
    desk.answer("go")
    assert depot.stock(depot.pen)["allowed_negative"] == "0"


def test_a_warehouse_and_its_locations(depot: Depot) -> None:
    desk = desk_of(depot)
    desk.open("inventory.warehouse_list")
    desk.press("new")
    desk.set(code="2", name="Depósito")
    desk.press("save_close")
    desk.list.choose(1)
    desk.press("location")
    desk.set(code="P-1")
    desk.press("save_close")
    row = next(r for r in depot.office.show("inventory.warehouses").rows if r.code == "2")
    assert row.locations == 2
