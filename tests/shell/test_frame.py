"""The frame: places by mouse and by number, tabs, narrow windows, restored geometry."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from retaguarda.shell import theme
from retaguarda.shell.frame import LEAST, NavEntry, WindowFrame, clamped
from retaguarda.shell.frame.navigation import NavList
from retaguarda.shell.widgets.labels import Label
from tests.shell.boards_frame import ENTRIES, TEXTS

pytestmark = pytest.mark.usefixtures("light")
Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frame(qtbot: QtBot) -> WindowFrame:
    made = WindowFrame(TEXTS, company="Comercial Silva")
    qtbot.addWidget(made)
    made.set_entries(ENTRIES)
    for key in ("a", "b", "c"):
        made.open_page(key, f"Pedido {key}", Label(key), icon="shopping-cart")
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def heard(signal: Any) -> list[Any]:
    told: list[Any] = []
    signal.connect(lambda *given: told.append(given[0] if given else None))
    return told


def test_places_are_chosen_by_number_key_and_mouse(qtbot: QtBot, frame: WindowFrame) -> None:
    chosen = heard(frame.nav_chosen)
    qtbot.keyClick(frame, Key.Key_3, Ctrl)
    places = frame.findChildren(NavList)[0]
    places.setFocus()
    qtbot.keyClick(places, Key.Key_Down)
    qtbot.keyClick(places, Key.Key_Return)
    spot = places.visualRect(places.entries.index(1)).center()
    qtbot.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    heading = places.visualRect(places.entries.index(0)).center()
    qtbot.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert chosen == ["sales", "stock", "home"]
    frame.navigation.set_badge("stock", "7", "bad")
    index = places.entries.index(places.entries.place_of("stock"))
    assert places.entries.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Estoque 7"
    frame.navigation.go(99)
    assert len(chosen) == 3


def test_rare_places_stand_in_a_menu_where_not_all_fit(qtbot: QtBot, frame: WindowFrame) -> None:
    chosen = heard(frame.nav_chosen)
    rare = [NavEntry(f"rare{n}", f"Raro {n}", "tag", "Gestão", rare=True) for n in range(20)]
    frame.set_entries([*ENTRIES, *rare])
    QApplication.processEvents()
    places = frame.findChildren(NavList)[0]
    shown = [entry.key for entry in places.entries.shown]
    assert shown == [*(entry.key for entry in ENTRIES), "more"]
    places.setFocus()
    for _ in range(len(ENTRIES) + 4):
        qtbot.keyClick(places, Key.Key_Down)
    qtbot.keyClick(places, Key.Key_Return)
    menu = frame.navigation.findChild(QMenu)
    assert menu is not None
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    assert chosen == ["rare1"]
    frame.navigation.set_active("rare1")
    assert places.active == "more"
    frame.resize(1440, 1600)
    QApplication.processEvents()
    assert len(places.entries.shown) == len(ENTRIES) + 20
    assert places.active == "rare1"


@pytest.mark.parametrize(("width", "height", "rail"), [(1440, 900, False), (1366, 768, True), (1024, 768, True)])
def test_it_fits_every_screen(frame: WindowFrame, width: int, height: int, rail: bool) -> None:
    frame.resize(width, height)
    QApplication.processEvents()
    assert (frame.width(), frame.height()) == (width, height)
    assert frame.navigation.is_rail is rail
    assert frame.navigation.width() == (60 if rail else 224)
    assert frame.top.person.mapTo(frame, QPoint(32, 0)).x() <= width
    assert frame.status.mapTo(frame, QPoint(0, frame.status.height())).y() <= height
    frame.set_rail(not rail)
    assert frame.navigation.is_rail is not rail
    frame.set_rail(None)


def test_tabs_come_with_the_second_page_and_go_with_it(qtbot: QtBot, frame: WindowFrame) -> None:
    shown, asked = heard(frame.page_shown), heard(frame.page_close_asked)
    assert (frame.tabs.isVisible(), frame.page_keys, frame.shown_key) == (True, ["a", "b", "c"], "c")
    qtbot.keyClick(frame, Key.Key_Tab, Ctrl)
    assert frame.shown_key == "a"
    qtbot.keyClick(frame, Key.Key_Backtab, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert frame.shown_key == "c"
    qtbot.keyClick(frame, Key.Key_W, Ctrl)
    spot = frame.tabs.tabRect(0).center()
    qtbot.mouseClick(frame.tabs, Qt.MouseButton.MiddleButton, pos=spot)
    qtbot.mouseClick(frame.tabs, Qt.MouseButton.LeftButton, pos=QPoint(frame.tabs.tabRect(1).right() - 12, 17))
    assert asked == ["c", "a", "b"]
    qtbot.mouseClick(frame.tabs, Qt.MouseButton.LeftButton, pos=spot)
    assert (frame.shown_key, shown) == ("a", ["a", "c", "a"])


def test_closing_gives_the_page_back_and_shows_a_neighbour(frame: WindowFrame) -> None:
    page = frame.close_page("c")
    assert isinstance(page, QWidget)
    page.deleteLater()
    assert (frame.shown_key, frame.page_keys) == ("b", ["a", "b"])
    one = frame.close_page("a")
    assert one is not None
    one.deleteLater()
    assert not frame.tabs.isVisible()
    assert frame.page("b") is not None
    assert frame.close_page("nobody") is None
    frame.open_page("b", "outra vez", Label("b"))
    assert frame.page_keys == ["b"]


def test_the_bar_and_the_line_say_what_they_are_told(qtbot: QtBot, frame: WindowFrame) -> None:
    searched, themed = heard(frame.top.search_pressed), heard(frame.top.theme_pressed)
    qtbot.keyClick(frame, Key.Key_K, Ctrl)
    frame.top.search.setFocus()
    qtbot.keyClick(frame.top.search, Key.Key_Space)
    qtbot.mouseClick(frame.top.theme, Qt.MouseButton.LeftButton)
    assert (len(searched), len(themed)) == (2, 1)
    frame.top.set_connection("Trabalhando offline · 12 min")
    assert frame.top.connection.isVisible()
    frame.top.set_connection("")
    assert not frame.top.connection.isVisible()
    frame.top.notices.set_badge("3")
    assert frame.top.notices.accessibleName() == "Avisos 3"
    frame.status.set_state("Sem rede há 12 min", "warn")
    frame.status.set_facts(["v0.1.0"])
    assert frame.status.accessibleName() == "Sem rede há 12 min v0.1.0"


def test_the_theme_switches_live(frame: WindowFrame, light: QApplication) -> None:
    before = frame.grab().toImage().pixelColor(700, 500)
    theme.apply(light, theme.DARK)
    light.processEvents()
    after = frame.grab().toImage().pixelColor(700, 500)
    assert (before.name().upper(), after.name().upper()) == (theme.LIGHT.bg, theme.DARK.bg)


SCREENS = [QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (QRect(100, 100, 1000, 600), QRect(100, 100, 1000, 600)),
        (QRect(5000, 4000, 1000, 600), QRect(366, 168, 1000, 600)),
        (QRect(-400, -300, 1000, 600), QRect(0, 0, 1000, 600)),
        (QRect(1400, 10, 4000, 3000), QRect(1366, 0, 1920, 1080)),
        (QRect(10, 10, 0, 0), QRect(10, 10, *LEAST)),
    ],
)
def test_a_window_comes_back_on_a_screen_that_is_there(wanted: QRect, given: QRect) -> None:
    assert clamped(wanted, SCREENS) == given
    assert clamped(wanted, []) == wanted
