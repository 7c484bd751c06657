"""The picking station drawn: a scanner is read from any focus, two hundred scans lose nothing, keys do the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app.compose import book
from retaguarda.kernel.text import Texts
from retaguarda.shell import theme
from retaguarda.shell.scan_view import ScanView
from retaguarda.shell.tabs import view_of
from tests.helpers.focused import focused
from tests.helpers.window import DrawnDesk

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


@pytest.fixture
def desk(aisles: Aisles, qapp: QApplication) -> Iterator[DrawnDesk]:
    theme.apply(qapp, theme.LIGHT)
    desk = DrawnDesk(aisles.office, book(), Texts("pt_BR", strict=True))
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()
    QApplication.processEvents()


def draw(desk: DrawnDesk, pick_list: str, size: tuple[int, int] = (1380, 820)) -> Any:
    desk.open("delivery.pick_station", pick_list)
    view = desk.draw(view_of(desk.state, desk.words), size)
    assert isinstance(view, ScanView)
    view.first_focus().setFocus()
    return view


def burst(code: str) -> None:
    """A scanner's keys and its Enter, as fast as the test can send them."""
    QTest.keyClicks(focused(), code)
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def test_two_hundred_scans_by_keys_from_any_focus(aisles: Aisles, desk: DrawnDesk) -> None:
    product = aisles.office.do("catalog.add_product", code="7899", name="Bucha 8", price="0.10").value["id"]
    aisles.office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "250"}])
    pick_list = aisles.start((product, "250"))
    view = draw(desk, pick_list)
    for _ in range(100):
        burst("7899")
    view._big_keys["skip"].setFocus()
    for _ in range(100):
        burst("7899")
    desk.turn()
    assert (view.state.waiting, view.state.refused) == (0, [])
    assert view.state.stage.done == 200
    assert view._done.text() == "200"


def test_a_wrong_code_is_seen_and_the_field_is_ready_for_the_next(aisles: Aisles, desk: DrawnDesk) -> None:
    view = draw(desk, aisles.start())
    burst("P-2000")
    desk.turn()
    assert view.scan.invalid
    assert "01" in view._last.text()
    assert view.scan.text() == ""
    burst("01")
    desk.turn()
    assert not view.scan.invalid
    assert focused() is view.scan


@pytest.mark.parametrize("size", [(1380, 820), (1306, 690), (964, 690)])
def test_big_values_fit_their_room(aisles: Aisles, desk: DrawnDesk, size: tuple[int, int]) -> None:
    view = draw(desk, aisles.start(), size)
    assert view._way.isVisible() == (size[0] >= 1000)
    assert view._where.height() > 120
    for name in ("short", "damaged", "skip", "type"):
        key = view._big_keys[name]
        assert key.isVisible()
        assert key.height() == 64
        assert key.width() >= key.sizeHint().width(), f"{name} is cut"
