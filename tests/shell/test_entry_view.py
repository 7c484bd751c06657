"""The order entry drawn: keyboard alone, scanner bursts, judged lines, narrow and low windows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from retaguarda.shell.entry_view import EntryView
from tests.helpers.focused import focused
from tests.helpers.toy import ProductRow
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store
from tests.helpers.window import DrawnDesk

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def store() -> Store:
    return toy_store()


@pytest.fixture
def desk(store, qtbot, light) -> Iterator[DrawnDesk]:
    desk = DrawnDesk(ToyDoor(store), toy_book())
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()


def _entry(desk: DrawnDesk, size: tuple[int, int] = (1306, 690)) -> Any:
    desk.open("toy.order_entry")
    view = desk.draw(EntryView(desk.entry, desk.words), size)
    view.first_focus().setFocus()
    return view


def _focus() -> Any:
    return focused()


def _keys(text: str) -> None:
    QTest.keyClicks(_focus(), text)
    QTest.qWait(50)


def _key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focus(), key, modifier)


def _slowly(text: str) -> None:
    for char in text:
        QTest.keyClicks(_focus(), char)
        QTest.qWait(45)


def _products(store: Store) -> list[ProductRow]:
    return list(store.products.values())


def _cells(view: Any, column: int) -> list[str]:
    return [str(view.table.rows.index(at, column).data()) for at in range(view.table.rows.rowCount())]


def test_an_order_without_a_mouse(desk, store):
    view = _entry(desk)
    _slowly("padaria")
    QTest.qWait(150)
    desk.turn()
    _key(ENTER)
    desk.turn()
    assert _focus() is view.scan
    assert view.partner._name.text() == "Padaria Três Irmãos"
    _keys(_products(store)[0].gtin)
    _key(ENTER)
    desk.turn()
    _keys(f"3*{_products(store)[1].gtin}")
    _key(ENTER)
    desk.turn()
    assert _cells(view, 1)[:2] == ["Produto 00, 1000", "Produto 01, 1001"]
    assert _focus() is view.scan
    _key(Qt.Key.Key_F10)
    desk.turn()
    desk.turn()
    assert [o.state for o in store.orders.values()] == ["confirmed"]
    assert {x.quantity for o in store.orders.values() for x in o.lines} == {Decimal(1), Decimal(3)}


def test_lines_are_typed_in_the_grid_and_tab_opens_the_next(desk, store):
    view = _entry(desk)
    view.table.setFocus()
    view.table.edit_cell(id(desk.entry.grid[0]), "name")
    _slowly("1003")
    _key(ENTER)
    desk.turn()
    assert view.table.currentIndex().column() == 2
    _slowly("12")
    _key(ENTER)
    _slowly("9,5")
    _key(TAB)
    _slowly("10")
    _key(TAB)
    desk.turn()
    line = desk.entry.values().lines[0]
    assert line.values["quantity"] == Decimal(12)
    assert line.values["unit_price"] == Decimal("9.5")
    assert line.values["discount"] == Decimal("0.1")
    assert view.table.currentIndex().row() == 1
    assert view.table.currentIndex().column() == 1
    _slowly("produto 1")
    _key(ENTER)
    desk.turn()
    choices = view.window().findChild(QWidget, "choices")
    assert choices.isVisible()
    _key(Qt.Key.Key_Down)
    _key(ENTER)
    desk.turn()
    assert desk.entry.values().lines[1].info["name"] == "Produto 11"
    assert view.table.currentIndex().column() == 2
    _key(ESC)
    _key(Qt.Key.Key_Down)
    view.table.edit_cell(id(desk.entry.grid[2]), "name")
    _key(TAB)
    assert not view.table.is_active()


def test_two_hundred_codes_at_once_lose_nothing(desk, store):
    view = _entry(desk)
    view.scan.setFocus()
    dice = random.Random(7)
    codes = [dice.choice(_products(store)).gtin for _ in range(200)]
    for at, code in enumerate(codes):
        QTest.keyClicks(view.scan, code)
        QTest.keyClick(view.scan, ENTER)
        if at % 20 == 0:
            desk.turn()
    desk.turn()
    desk.turn()
    by_id = {p.id: p.gtin for p in _products(store)}
    totals = {by_id[x.values["product_id"]]: x.values["quantity"] for x in desk.entry.values().lines}
    assert totals == {code: Decimal(n) for code, n in Counter(codes).items()}
    assert view.scan.text() == ""


def test_a_burst_in_the_notes_goes_to_the_lines_and_typing_stays(desk, store):
    view = _entry(desk)
    note = view.findChild(QWidget, "note")
    note.setFocus()
    _slowly("oi ")
    for code in (_products(store)[4].gtin, "7899999999990", _products(store)[4].gtin):
        QTest.keyClicks(note, code)
        QTest.keyClick(note, ENTER)
    desk.turn()
    _slowly("tchau")
    QTest.qWait(60)
    assert note.text() == "oi tchau"
    assert [x.values["quantity"] for x in desk.entry.values().lines] == [Decimal(2)]
    assert desk.entry.scanning.unknown == ["7899999999990"]
    assert "7899999999990" in view.findChild(QWidget, "banner").accessibleName()


def test_short_lines_say_so_and_offer_the_way_out(desk, store):
    view = _entry(desk)
    desk.scan(f"60*{_products(store)[0].gtin}")
    desk.turn()
    row = view.table.rows.at(0)
    assert row.tint == "bad"
    assert row.note is not None
    assert row.note.key == "Ctrl B"
    assert "toy.short" in _cells(view, 6)[0]
    assert any("precisa de atenção" in label.text() for label in view.header.findChildren(QLabel))


def test_the_cursors_line_is_removed_and_repeated_by_keys(desk, store):
    view = _entry(desk)
    desk.scan(_products(store)[0].gtin, _products(store)[1].gtin)
    desk.turn()
    view.table.setFocus()
    view.table.go_to(id(desk.entry.grid[0]))
    _key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert _cells(view, 1)[0] == "Produto 01, 1001"
    assert view.table.rows.rowCount() == 2
    view.table.go_to(id(desk.entry.grid[1]))
    _key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert len(desk.entry.values().lines) == 2


def test_the_last_scan_is_said_and_undone(desk, store):
    view = _entry(desk)
    desk.scan(f"2*{_products(store)[0].gtin}")
    desk.turn()
    assert view.scan_card.accessibleName().startswith("+2 Produto 00")
    view.scan_card.undo_pressed.emit()
    desk.turn()
    assert desk.entry.values().lines == []


def test_saving_without_a_customer_opens_the_box(desk, store):
    view = _entry(desk)
    desk.scan(_products(store)[0].gtin)
    view.scan.setFocus()
    _key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert _focus().objectName() == "customer_id"
    assert "precisa de correção" in view.findChild(QWidget, "banner").accessibleName()


def test_narrow_and_low_windows_lose_the_side_not_the_work(desk, store):
    view = _entry(desk, (964, 690))
    desk.scan(_products(store)[0].gtin)
    desk.turn()
    assert not view._side.isVisible()
    assert view._bar.isVisible()
    assert any("toy.total" in label.text() for label in view._bar.findChildren(QLabel))
    view.resize(1380, 820)
    desk.turn()
    assert view._side.isVisible()
    assert not view._bar.isVisible()


def test_every_interactive_widget_has_a_name(desk):
    view = _entry(desk)
    nameless = [
        w
        for w in view.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and w.isVisible()
        and not (w.accessibleName() or getattr(w, "text", str)())
    ]
    assert nameless == []
