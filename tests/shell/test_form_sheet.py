"""A dialog stands over the page it was opened from: its keys, its way back, its question, its way into a tab."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.kernel.screen.state import Go
from retaguarda.shell.form_layout import without_cells, write_form
from retaguarda.shell.widgets.sheet import Sheet
from tests.helpers import toy_screens
from tests.helpers.focused import focused
from tests.helpers.toy_front import ToyFront
from tests.shell.test_window import Opened

F10, ESC = Qt.Key.Key_F10, Qt.Key.Key_Escape


@pytest.fixture
def opened(tmp_path, qtbot, light) -> Iterator[Opened]:
    made = Opened(tmp_path, lambda: ToyFront(logged_in=True))
    made.turn(lambda: made.desk is not None)
    yield made
    made.end()


def _dialog(opened: Opened) -> tuple[Any, Any]:
    """The page of an order, and the dialog that cancels it over the page."""
    door, store = _shop(opened).door, _shop(opened).store
    line = {"product_id": next(iter(store.products)), "quantity": "1", "unit_price": "10"}
    door.do(("toy.add_order", {"customer_id": next(iter(store.customers)), "lines": [line]}))
    store.sent.clear()
    order = next(iter(store.orders))
    page = opened.desk.screens.open(Go("toy.order_page", order))
    opened.turn()
    dialog = opened.desk.screens.open(
        Go("toy.cancel_form", given={"order_id": order, "version": 1}, subject="1048 · Padaria Lua")
    )
    opened.turn()
    return page, dialog


def _sheet(opened: Opened) -> Sheet | None:
    return next((one for one in opened.desk.findChildren(Sheet) if one.isVisible()), None)


def _shop(opened: Opened) -> ToyFront:
    front = opened.window.front
    assert isinstance(front, ToyFront)
    return front


def _type(text: str) -> None:
    QTest.keyClicks(focused(), text)


def _hit(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)


def test_it_says_what_it_is_about_and_the_page_stays_in_sight(opened: Opened) -> None:
    page, dialog = _dialog(opened)
    sheet = _sheet(opened)
    assert sheet is not None
    assert sheet.accessibleName() == dialog.view.name()
    assert opened.desk.shown_key == page.key
    assert opened.front is dialog
    assert page.view.isVisible()
    assert not dialog.view.header.isVisible()
    assert "1048 · Padaria Lua" in {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    assert QApplication.focusWidget() is dialog.view.first_focus()


def test_its_key_is_its_own_and_closes_it(opened: Opened) -> None:
    page, dialog = _dialog(opened)
    pressed: list[str] = []
    page.view.actions_by_name["confirm"].triggered.connect(lambda: pressed.append("page"))
    _type("desistiu")
    _hit(F10)
    opened.turn(lambda: dialog.key not in {one.key for one in opened.desk.screens})
    assert pressed == []
    assert [type(one).__name__ for one in _shop(opened).store.sent] == ["CancelOrder"]
    assert _sheet(opened) is None
    assert opened.front is page


def test_escape_leaves_a_clean_one_and_asks_about_what_was_typed(opened: Opened) -> None:
    _page, dialog = _dialog(opened)
    _hit(ESC)
    opened.turn(lambda: _sheet(opened) is None)
    page, dialog = _dialog(opened)
    _type("desistiu")
    high = _sheet(opened)._surface.height()  # type: ignore[union-attr]
    _hit(ESC)
    opened.turn()
    assert dialog.state.question is not None
    assert _sheet(opened)._surface.height() > high, "the question has its room"  # type: ignore[union-attr]
    QTest.mouseClick(dialog.view.findChild(QWidget, "answer_discard"), Qt.MouseButton.LeftButton)
    opened.turn(lambda: _sheet(opened) is None)
    assert _shop(opened).store.sent == []
    assert opened.front is page


def test_a_page_opened_from_it_gives_it_a_tab_and_loses_nothing(opened: Opened) -> None:
    _page, dialog = _dialog(opened)
    _type("desistiu")
    opened.desk.screens.open(Go("toy.product_form"))
    opened.turn()
    assert _sheet(opened) is None
    assert dialog.key in opened.desk.page_keys
    opened.desk.show_page(dialog.key)
    opened.turn()
    assert dialog.view.header.isVisible()
    assert dialog.state.fields["reason"].raw == "desistiu"
    dialog.state.close()
    dialog.state.answer("discard")
    opened.turn(lambda: dialog.key not in opened.desk.page_keys)


def test_cells_of_absent_fields_leave_no_hole() -> None:
    whole = write_form(toy_screens.PRODUCT_FORM).encode()
    places = _places(without_cells(whole, {"price", "sold_from"}))
    assert "price" not in places
    assert "sold_from" not in places
    assert (places["name"], places["unit"], places["limit_amount"]) == ((0, 0), (1, 0), (1, 1))
    assert _places(without_cells(whole, {"nothing"})) == _places(whole)


def _places(text: bytes) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for item in fromstring(text).iter("item"):
        if item.get("row") is not None:
            names = [one.findtext("string", "") for one in item.iter("property") if one.get("name") == "bind"]
            found |= {name: (int(item.get("row", 0)), int(item.get("column", 0))) for name in names}
    return found
