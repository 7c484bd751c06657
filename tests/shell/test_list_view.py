"""Lists drawn: rows, tabs, search, states, keys, menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.conditions import Condition
from retaguarda.shell.condition_fields import make_field
from retaguarda.shell.list_view import ListView
from retaguarda.shell.widgets.buttons import Chip
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store
from tests.helpers.window import DrawnDesk


@pytest.fixture
def store() -> Store:
    store = toy_store()
    desk = DrawnDesk(ToyDoor(store), toy_book())
    for n in range(3):
        desk.open("toy.order_entry")
        desk.set(customer_id="padaria")
        desk.scan(f"{n + 1}*{list(store.products.values())[n].gtin}")
        desk.press("save")
    return store


@pytest.fixture
def desk(store, qtbot, light) -> Iterator[DrawnDesk]:
    desk = DrawnDesk(ToyDoor(store), toy_book())
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()


def _list(desk: DrawnDesk, screen: str) -> Any:
    desk.open(screen)
    view: Any = desk.draw(ListView(desk.list, desk.words))
    for topic in ("rows", "status", "counts", "joined"):
        view.topic(topic)
    desk.turn()
    return view


def _texts(view: ListView, column: int) -> list[str]:
    rows = view.table.rows
    return [str(rows.index(at, column).data()) for at in range(rows.rowCount())]


def test_tabs_have_the_room_they_need(desk):
    view = _list(desk, "toy.order_list")
    view.resize(1200, 600)
    view.show()
    desk.turn()
    assert view.tabs.width() >= view.tabs.full_width() > 0


def test_rows_tabs_and_joined_columns_are_drawn(desk):
    view = _list(desk, "toy.order_list")
    assert _texts(view, 0) == ["10482", "10481", "10480"]
    assert _texts(view, 5) == ["toy.step.step_quotation"] * 3
    assert view.tabs is not None
    assert view.tabs.accessibleTabName(0).endswith("3")
    assert "3 registros" in [label.text().split(" · ")[0] for label in view.header.findChildren(QLabel)]


def test_enter_opens_the_row_under_the_cursor(desk):
    view = _list(desk, "toy.order_list")
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    desk.turn()
    assert desk.page.row.number == "10481"


def test_shortcuts_press_and_disabled_ones_say_why(desk, store):
    view = _list(desk, "toy.order_list")
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_F10)
    desk.turn()
    assert desk.list.record.state == "confirmed"
    QTest.keyClick(view.table, Qt.Key.Key_F10)
    desk.turn()
    assert desk.list.banner.text.code == "shell.reason.not_now"
    banner = view.findChild(object, "banner")
    assert "não permite" in banner.accessibleName()
    QTest.keyClick(view.table, Qt.Key.Key_Escape)
    desk.turn()
    assert desk.list.banner is None


def test_typing_filters_and_nothing_found_says_so(desk, qtbot):
    view = _list(desk, "toy.product_list")
    view.table.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.search is not None
    assert view.search.hasFocus()
    QTest.keyClicks(view.search, "produto 1")
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    desk.turn()
    assert len(desk.list.rows) == desk.list.count == 10
    QTest.keyClicks(view.search, "zzz")
    qtbot.wait(200)
    desk.turn()
    assert desk.list.status == "none_found"
    assert view._other.accessibleName().startswith("Nada encontrado")


def test_scrolling_asks_for_more(desk):
    desk.open("toy.product_list")
    view: Any = desk.draw(ListView(desk.list, desk.words), (800, 300))
    view.topic("rows")
    desk.turn()
    assert view.table.rows.rowCount() == 7
    bar = view.table.verticalScrollBar()
    for _ in range(4):
        bar.setValue(bar.maximum() - 1)
        bar.setValue(bar.maximum())
        desk.turn()
    assert view.table.rows.rowCount() == 20


def test_an_empty_list_says_why_and_offers_the_first_step(desk, store):
    store.orders.clear()
    view = _list(desk, "toy.order_list")
    names = [button.text() for button in view._other.findChildren(QPushButton)]
    assert names == ["toy.order_list.new"]
    assert "toy.order_list.empty" in view._other.accessibleName()


def test_a_list_out_of_reach_says_so_and_comes_back(desk, store):
    store.down = True
    view = _list(desk, "toy.order_list")
    assert "banco" in view._other.accessibleName() or "kernel.offline" in view._other.accessibleName()
    store.down = False
    view._other.findChildren(QPushButton)[0].click()
    desk.turn()
    view.topic("rows")
    assert view.table.rows.rowCount() == 3


def test_columns_leave_in_narrow_windows(desk):
    view = _list(desk, "toy.order_list")
    assert not view.table.isColumnHidden(2)
    view.resize(1000, 700)
    desk.turn()
    assert view.table.isColumnHidden(2)


def test_the_menu_has_every_action(desk):
    view = _list(desk, "toy.order_list")
    menu = view.make_menu()
    assert [a.text() for a in menu.actions()] == [
        "toy.order_list.new",
        "toy.order_list.confirm",
        "toy.order_list.cancel",
    ]
    assert [a.isEnabled() for a in menu.actions()] == [True, True, True]


def _heads(view: Any) -> list[str]:
    return [column.key for column in view.table.rows.columns]


def _drag(head: Any, start: int, end: int) -> None:
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(start, 16))
    for at in range(start, end, 12 if end > start else -12):
        QTest.mouseMove(head.viewport(), QPoint(at, 16))
    QTest.mouseMove(head.viewport(), QPoint(end, 16))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(end, 16))


def test_columns_are_arranged_by_mouse_and_by_keyboard_and_set_back(desk):
    view = _list(desk, "toy.order_list")
    declared, head, second = _heads(view), view.table.head, view.table.rows.columns[1].key
    edge = head.sectionViewportPosition(1)
    _drag(head, edge, edge + 60)
    desk.turn()
    assert desk.list.arrangement.widths == {declared[0]: head.sectionSize(0)}
    _drag(head, 30, head.sectionViewportPosition(1) + head.sectionSize(1) - 4)
    desk.turn()
    assert _heads(view)[:2] == [second, declared[0]]
    assert [head.visualIndex(at) for at in range(head.count())] == list(range(head.count()))
    assert _texts(view, 1) == ["10482", "10481", "10480"]

    view.table.setFocus()
    key, control = QTest.keyClick, Qt.KeyboardModifier.ControlModifier
    key(view, Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    desk.turn()
    sheet = view.columns.sheet
    assert sheet.table.hasFocus()
    key(sheet.table, Qt.Key.Key_Space)
    key(sheet.table, Qt.Key.Key_Down)
    key(sheet.table, Qt.Key.Key_Down, control)
    key(sheet.table, Qt.Key.Key_Right, control)
    wide = sheet.made().widths[declared[0]]
    key(sheet.table, Qt.Key.Key_F10)
    desk.turn()
    assert second not in _heads(view)
    assert _heads(view)[1] == declared[0]
    assert view.table.columnWidth(1) == wide
    assert view.table.hasFocus()
    assert view.columns.sheet is None

    *_sorting, hide, _choose, reset = view.columns.make_menu(declared[0]).actions()
    hide.trigger()
    assert declared[0] not in _heads(view)
    reset.trigger()
    assert _heads(view) == declared
    assert not view.columns.make_menu("").actions()[-1].isEnabled()


def test_columns_are_asked_by_keyboard_shown_as_chips_and_let_go(desk):
    view: Any = _list(desk, "toy.order_list")
    view.table.setFocus()
    key, both = QTest.keyClick, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    key(view, Qt.Key.Key_F, both)
    desk.turn()
    sheet: Any = view.conditions.sheet
    assert sheet.fields["number"].first.hasFocus()
    low, high = sheet.fields["total"]._ends
    high.setFocus()
    QTest.keyClicks(high, "muito")
    key(high, Qt.Key.Key_Return)
    desk.turn()
    assert sheet._wrong.text().startswith("Não foi possível entender: toy.order_list.total")
    assert desk.list.conditions == {}
    high.clear()
    low.setFocus()
    QTest.keyClicks(low, "5")
    period = sheet.fields["due_on"].first
    period.setFocus()
    QTest.keyClick(period, Qt.Key.Key_Down)
    sheet.sort.set_value("total")
    sheet.down.set_value(False)
    key(period, Qt.Key.Key_Return)
    desk.turn()
    assert view.conditions.sheet is None
    assert {name: one.kept() for name, one in desk.list.conditions.items()} == {
        "due_on": {"field": "due_on", "kind": "day", "period": "today"},
        "total": {"field": "total", "kind": "number", "low": "5"},
    }
    assert desk.list.sort == "total"
    chips = view.conditions.line.findChildren(Chip)
    assert [chip.text() for chip in chips if chip.isVisible()] == [
        "toy.order_list.due_on: hoje", "toy.order_list.total: a partir de 5,00",
    ]  # fmt: skip
    key(chips[0], Qt.Key.Key_Delete)
    desk.turn()
    assert list(desk.list.conditions) == ["total"]
    assert _texts(view, 3) == ["5,00", "10,50"]
    assert desk.list.count == 2
    view.table.setFocus()
    key(view, Qt.Key.Key_X, both)
    desk.turn()
    assert desk.list.count == 3
    assert not view.conditions.line.isVisible()
    up, down, ask, *_ = view.columns.make_menu("total").actions()
    down.trigger()
    desk.turn()
    assert _texts(view, 3) == ["10,50", "5,00", "1,50"]
    ask.trigger()
    sheet = view.conditions.sheet
    assert sheet.fields["total"].first.hasFocus()
    assert sheet.sort.value() == "total"
    key(sheet, Qt.Key.Key_Escape)
    assert up.text() == "Ordenar do menor para o maior"


@pytest.mark.parametrize(("kind", "show"), [("choice", "pill"), ("flag", "flag"), ("number", "rate")])
def test_a_condition_comes_back_into_its_field(desk, qtbot, kind, show):
    column = Column(field="x", show=show, texts="shell.answer")
    made = make_field(column, kind, "Título", desk.words, desk.seat.today)
    qtbot.addWidget(made.box)
    asked = {
        "choice": Condition(field="x", kind="choice", codes=("back", "save")),
        "flag": Condition(field="x", kind="flag", codes=("no",)),
        "number": Condition(field="x", kind="number", low="0.125"),
    }[kind]
    made.show(asked)
    assert not made.settle()
    assert made.condition() == asked
    assert made.first.accessibleName().startswith("Título")
    made.show(None)
    assert not made.settle()
    assert made.condition() is None
