"""A price changed in the list of products: by keyboard, judged in its cell, by those who may."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.command import fields_of
from retaguarda.kernel.screen import ListScreen
from retaguarda.kernel.text import Texts
from retaguarda.shell.list_view import ListView
from retaguarda.shell.widgets.table.delegate import CellEditor
from tests.helpers.company import acting
from tests.helpers.desk import Desk
from tests.helpers.window import DrawnDesk


@pytest.fixture
def products(office: Office) -> list[Any]:
    for code, price in (("A1", "10"), ("A2", None), ("A3", "7.5")):
        price_of = {"price": price} if price else {}
        office.do("catalog.add_product", name=f"Produto {code}", code=code, **price_of)
    gone = office.show("catalog.products", sort="name").rows[2]
    office.do("catalog.archive_product", product_id=gone.id)
    return list(office.show("catalog.products", sort="name").rows)


@pytest.fixture
def desk(office: Office, qtbot: Any) -> Iterator[DrawnDesk]:
    desk = DrawnDesk(office, book(), Texts("pt_BR", strict=True))
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()


def _price(office: Office, row: Any) -> Decimal | None:
    price: Decimal | None = office.one("catalog.products", row.id).price
    return price


def test_a_price_is_typed_judged_and_sent(office: Office, products: list[Any], desk: DrawnDesk) -> None:
    state = desk.open("catalog.product_list")
    view = desk.draw(ListView(state, desk.words))
    for topic in ("rows", "status"):
        view.topic(topic)
    desk.turn()
    table, key = view.table, QTest.keyClick
    table.setFocus()
    assert not table.is_grid
    key(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(CellEditor)
    assert editor.text() == "10,00"
    QTest.keyClicks(editor, "dez")
    key(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert editor.accessibleDescription().startswith("“dez” não é um número")
    under = table.rows.at(0).note
    assert under.lead.startswith("“dez” não é um número")
    assert under.text
    key(editor, Qt.Key.Key_Escape)
    desk.turn()
    assert table.hasFocus()
    assert table.rows.at(0).note is None
    assert table.rows.index(0, table.column_at("price")).data() == "10,00"
    assert _price(office, products[0]) == Decimal(10)
    key(table, Qt.Key.Key_F2)
    editor = next(one for one in table.viewport().findChildren(CellEditor) if one.isVisible())
    QTest.keyClicks(editor, "12,5")
    key(editor, Qt.Key.Key_Return)
    desk.turn()
    assert _price(office, products[0]) == Decimal("12.5")
    assert state.rows[0].price == Decimal("12.5")
    assert table.rows.index(0, table.column_at("price")).data() == "12,50"
    assert [toast.text.code for toast in desk.toasts] == ["catalog.set_price.done"]
    key(table, Qt.Key.Key_Return)
    desk.turn()
    assert desk.state.screen.name == "catalog.product_page"


def test_what_is_refused_shows_again_what_is_true(office: Office, products: list[Any], desk: DrawnDesk) -> None:
    state = desk.open("catalog.product_list")
    view = desk.draw(ListView(state, desk.words))
    for topic in ("rows", "status"):
        view.topic(topic)
    desk.turn()
    office.do("catalog.archive_product", product_id=products[0].id)
    view.table.rows.type_over(0, view.table.column_at("price"), "99")
    desk.seat.person = type(desk.seat.person)(id=desk.seat.person.id, name="X", permissions=frozenset())
    with acting(office, "stock"):
        state.edit(products[0].id, "price", "99")
        desk.turn()
    assert state.banner.text.code == "kernel.forbidden"
    assert view.table.rows.index(0, view.table.column_at("price")).data() == "10,00"
    assert _price(office, products[0]) == Decimal(10)
    state.edit(products[0].id, "price", "x")
    assert state.banner.text.code == "text.not_a_number"
    state.edit(products[0].id, "name", "x")
    assert state.banner.text.code == "shell.reason.not_now"


def test_only_rows_and_people_that_may_have_cells_to_change(office: Office, products: list[Any]) -> None:
    state = Desk(office, book()).open("catalog.product_list")
    state.choose_tab("all")
    desk = Desk(office, book())
    state = desk.open("catalog.product_list", name=[row.name for row in products])
    rows = {row.id: row for row in state.rows}
    assert [state.allows_edit(rows[row.id], "price") for row in products] == [True, True, False]
    assert state.typed(rows[products[1].id], "price") == ""
    assert not state.allows_edit(rows[products[0].id], "name")
    with acting(office, "stock"):
        assert Desk(office, book()).open("catalog.product_list").editable == {}


def test_a_cell_to_change_is_all_that_its_command_asks_for() -> None:
    edits = {
        (screen.name, column.field): column.edits
        for screen in book() if isinstance(screen, ListScreen)
        for column in screen.columns if column.edits is not None
    }  # fmt: skip
    assert ("catalog.product_list", "price") in edits
    for (_screen, field), edit in edits.items():
        asked = {spec.name for spec in fields_of(book().commands[edit.command]) if spec.required}
        assert asked == {edit.key, edit.field or field}
