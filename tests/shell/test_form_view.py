"""Forms drawn: keyboard alone, faults beside fields, conflicts, line grids, suggestions, the .ui that is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from retaguarda.kernel.text import Texts
from retaguarda.shell.form_layout import write_form
from retaguarda.shell.form_view import FormView
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.search import SearchBox
from tests.helpers.focused import focused
from tests.helpers.toy_screens import PRODUCT_FORM, toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store
from tests.helpers.window import DrawnDesk

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def store() -> Store:
    return toy_store()


@pytest.fixture
def desk(store, qtbot, light) -> Iterator[DrawnDesk]:
    yield from _drawn(DrawnDesk(ToyDoor(store), toy_book()))


@pytest.fixture
def english(store, qtbot, light) -> Iterator[DrawnDesk]:
    yield from _drawn(DrawnDesk(ToyDoor(store), toy_book(), Texts("en")))


def _drawn(desk: DrawnDesk) -> Iterator[DrawnDesk]:
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()


def _form(desk: DrawnDesk, screen: str, key: str = "") -> Any:
    desk.open(screen, key)
    view = desk.draw(FormView(desk.form, desk.words))
    view.first_focus().setFocus()
    return view


def _control(view: Any, name: str) -> Any:
    found = view.findChild(QWidget, name)
    assert found is not None
    return found


def _focus() -> Any:
    return focused()


def _keys(text: str) -> None:
    QTest.keyClicks(_focus(), text)


def _key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focus(), key, modifier)


def test_a_record_is_made_by_keyboard_alone(desk, store):
    view = _form(desk, "toy.product_form")
    _keys("Caixa")
    _key(ENTER)
    _keys("12,5")
    _key(TAB)
    _key(Qt.Key.Key_Down)
    _key(TAB)
    _keys("+3")
    _key(TAB)
    _key(TAB)
    _keys("padaria")
    desk.turn()
    QTest.qWait(150)
    desk.turn()
    _key(ENTER)
    desk.turn()
    _key(Qt.Key.Key_F10)
    desk.turn()
    made = store.sent[-1]
    assert (made.name, made.price, made.unit) == ("Caixa", Decimal("12.5"), "box")
    assert made.sold_from == dt.date(2026, 11, 24)
    assert made.supplier_id == list(store.customers)[1]
    assert view.state.closed


def test_a_day_is_typed_digit_by_digit(desk):
    view = _form(desk, "toy.product_form")
    day = _control(view, "sold_from")
    day.setFocus()
    for typed, meant in (("15/12/2026", dt.date(2026, 12, 15)), ("+12", dt.date(2026, 12, 3))):
        QTest.keyClick(day, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for char in typed:
            _keys(char)
        assert day.text() == typed
        assert desk.form.fields["sold_from"].value == meant
    _key(TAB)
    assert day.text() == "03/12/2026"


def test_a_day_written_in_english_is_stepped_and_kept(english):
    view = _form(english, "toy.product_form")
    day = _control(view, "sold_from")
    day.setFocus()
    QTest.keyClick(day, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    _keys("25 Nov 2026")
    _key(Qt.Key.Key_Up)
    assert day.text() == "26 Nov 2026"
    _key(TAB)
    assert (day.text(), english.form.fields["sold_from"].value) == ("26 Nov 2026", dt.date(2026, 11, 26))


def test_a_fault_shows_after_leaving_and_the_name_is_read_aloud(desk):
    view = _form(desk, "toy.product_form")
    price = _control(view, "price")
    price.setFocus()
    _keys("1x")
    hint = _control(view, "hint_price")
    assert not hint.isVisible()
    _key(TAB)
    assert hint.isVisible()
    assert "número" in hint.findChildren(QLabel)[1].text()
    assert "número" in price.accessibleDescription()
    assert price.accessibleName() == "toy.product_form.price"


def test_saving_with_faults_puts_the_keyboard_into_the_first(desk):
    view = _form(desk, "toy.product_form")
    _control(view, "limit_amount").setFocus()
    _key(Qt.Key.Key_F10)
    desk.turn()
    assert QApplication.focusWidget() is _control(view, "name")
    banner = view.findChild(QWidget, "banner")
    assert "2 campos" in banner.accessibleName()


def test_what_is_still_being_typed_is_saved(desk, store):
    view = _form(desk, "toy.product_form", next(iter(store.products)))
    _control(view, "sold_from").setFocus()
    QTest.keyClick(_control(view, "sold_from"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    _keys("+1")
    _key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert store.sent[-1].sold_from == dt.date(2026, 11, 22)
    assert not desk.form.dirty


def test_a_conflict_is_asked_beside_its_field(desk, store):
    key = next(iter(store.products))
    view = _form(desk, "toy.product_form", key)
    price = _control(view, "price")
    price.setFocus()
    price.selectAll()
    _keys("99")
    store.products[key] = replace(store.products[key], price=Decimal(77), version=2)
    _key(Qt.Key.Key_F10)
    desk.turn()
    hint = _control(view, "hint_price")
    links: list[Any] = [child for child in hint.children() if hasattr(child, "text") and "77,00" in child.text()]
    assert len(links) == 1
    assert not view.findChild(Button, "button_save_close").isEnabled()
    QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
    desk.turn()
    assert price.text() == "77,00"
    assert view.findChild(Button, "button_save_close").isEnabled()


def test_a_doubtful_pasted_number_offers_its_readings(desk):
    view = _form(desk, "toy.product_form")
    price = _control(view, "price")
    price.setFocus()
    QApplication.clipboard().setText("1.234")
    price.paste()
    _key(TAB)
    hint = _control(view, "hint_price")
    links: list[Any] = [child for child in hint.children() if hasattr(child, "text") and child.text() == "1,234"]
    QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert desk.form.fields["price"].value == Decimal("1.234")


def test_lines_are_filled_by_keyboard_and_left_at_the_empty_row(desk, store):
    view = _form(desk, "toy.product_form")
    _keys("Caixa")
    table = view.binder.lines["barcodes"].table
    table.setFocus()
    table.edit_cell(id(desk.form.lines["barcodes"][0]), "gtin")
    _keys("789")
    _key(TAB)
    assert len(desk.form.lines["barcodes"]) == 2
    _keys("box")
    _key(TAB)
    _keys("790")
    _key(ENTER)
    rows = desk.form.lines["barcodes"].filled
    assert [(r["gtin"].raw, r["kind"].value) for r in rows] == [("789", "box"), ("790", "each")]
    assert table.currentIndex().row() == 1


def test_tab_walks_the_form_in_the_order_it_is_seen(desk):
    view = _form(desk, "toy.product_form")
    seen = []
    for _ in range(7):
        focus: Any = QApplication.focusWidget()
        seen.append(focus.mapTo(view, QPoint(0, 0)))
        _key(TAB)
    assert seen == sorted(seen, key=lambda at: (at.y() // 20, at.x()))
    assert len({(at.x(), at.y()) for at in seen}) == 7


def test_a_dirty_form_asks_in_words_and_escape_goes_back(desk):
    view = _form(desk, "toy.product_form")
    _keys("Caixa")
    assert not desk.form.close()
    desk.turn()
    banner = view.findChild(QWidget, "banner")
    assert "não foram salvas" in banner.accessibleName()
    _key(Qt.Key.Key_Escape)
    desk.turn()
    assert desk.form.question is None
    assert QApplication.focusWidget() is _control(view, "name")
    desk.form.close()
    desk.turn()
    QTest.mouseClick(view.findChild(Button, "answer_discard"), Qt.MouseButton.LeftButton)
    desk.turn()
    assert view.state.closed


def test_quick_add_returns_the_new_record_into_the_field(desk, store):
    desk.open("toy.order_entry")
    entry = desk.entry
    view = desk.draw(FormView(entry, desk.words))
    box = view.findChild(SearchBox, "customer_id")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert desk.form.screen.name == "toy.customer_form"
    desk.set(name="Nova", price="1")
    desk.press("save_close")
    assert entry.fields["customer_id"].value in store.products


def test_every_interactive_widget_has_a_name(desk):
    view = _form(desk, "toy.product_form")
    nameless = [
        w
        for w in view.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and w.isVisible()
        and not (w.accessibleName() or getattr(w, "text", str)())
    ]
    assert nameless == []


def test_the_written_ui_is_whole_and_says_no_word(desk):
    text = write_form(PRODUCT_FORM)
    tree = ElementTree.fromstring(text)
    strings = tree.iter("string")
    assert all(string.get("notr") == "true" for string in strings)
    bound = [s.text for p in tree.iter("property") if p.get("name") == "bind" for s in p.iter("string")]
    assert bound == ["name", "price", "unit", "sold_from", "limit_amount", "supplier_id", "active"]
