"""The home: figures, tables and facts in their places, by keyboard, in every size, with and without rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from retaguarda.kernel.errors import Offline, Refusal
from retaguarda.kernel.screen import Person
from retaguarda.shell.board_view import BoardView
from retaguarda.shell.panels import TableContent
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.charts import SegmentBar
from tests.helpers.window import DrawnDesk
from tests.shell.seen import cut, in_reading_order, tab_stops, words
from tests.shell.shop import ShopDoor, shop_book, shop_texts
from tests.shell.test_accessible import unnamed

Key = Qt.Key
Open = Callable[..., DrawnDesk]


@pytest.fixture
def door() -> ShopDoor:
    return ShopDoor()


@pytest.fixture
def home(qtbot, light, door) -> Iterator[Open]:
    desks: list[DrawnDesk] = []

    def opened(language: str = "pt_BR", size: tuple[int, int] = (1440, 900)) -> DrawnDesk:
        desk = DrawnDesk(door, shop_book(), shop_texts(language))
        desk.open("shop.home")
        desk.draw(BoardView(desk.state, desk.words), size)
        desk.view.first_focus().setFocus()
        desk.turn()
        desks.append(desk)
        return desk

    yield opened
    for desk in desks:
        desk.view.close()
        desk.view.deleteLater()


def _table(desk: DrawnDesk, name: str) -> TableContent:
    tables: list[TableContent] = desk.view.tables()
    return next(one for one in tables if one.name == name)


def _cells(desk: DrawnDesk, name: str, column: int) -> list[str]:
    rows = _table(desk, name).table.rows
    return [str(rows.index(at, column).data()) for at in range(rows.rowCount())]


def _button(desk: DrawnDesk, name: str) -> Any:
    return desk.view.findChild(Button, name)


def test_figures_bar_and_the_rows_under_them(home):
    desk = home()
    said = [label.accessibleName() for label in desk.view.cards["promises"].findChildren(QLabel)]
    assert {"12 vencem hoje", "8 cumpridas", "2 no caminho", "2 em risco"} <= set(said)
    bars = desk.view.cards["promises"].findChildren(SegmentBar)
    assert [bar.accessibleName() for bar in bars] == ["8 cumpridas, 2 no caminho, 2 em risco"]
    assert _cells(desk, "promises.rows", 1) == ["10478 Escola Monteiro Lobato", "10483 Hotel Beira-Mar"]


def test_the_line_under_the_title_says_the_day_and_how_old_the_rows_are(home):
    assert "sáb, 21 de novembro · dados às 10:42" in words(home().view)
    assert "Sat, 21 November · data at 10:42" in words(home("en").view)


def test_the_keyboard_starts_in_the_work_and_enter_opens_a_row(home, door):
    desk = home()
    queue = _table(desk, "queue").table
    assert queue.hasFocus()
    assert queue.current_key() == 0
    door.rows["shop.orders"][0].id = "q2"
    QTest.keyClick(queue, Key.Key_Down)
    QTest.keyClick(queue, Key.Key_Return)
    desk.turn()
    assert (desk.page.screen.name, desk.page.key) == ("shop.order_page", "q2")


def test_the_rows_under_figures_open_too(home):
    desk = home()
    risks = _table(desk, "promises.rows").table
    risks.setFocus()
    QTest.keyClick(risks, Key.Key_Return)
    desk.turn()
    assert desk.page.key == "o1"


def test_a_tables_own_key_acts_on_the_chosen_row_and_only_there(home, door):
    desk = home()
    queue, last = _table(desk, "queue").table, _table(desk, "last").table
    last.setFocus()
    QTest.keyClick(last, Key.Key_Z)
    desk.turn()
    assert door.sent == []
    queue.setFocus()
    QTest.keyClick(queue, Key.Key_Down)
    QTest.keyClick(queue, Key.Key_Down)
    QTest.keyClick(queue, Key.Key_Z)
    desk.turn()
    assert door.sent == [("shop.postpone", {"id": "q3"})]


def test_an_action_that_the_row_forbids_is_grey_and_says_why_when_pressed(home, door):
    desk = home()
    queue = _table(desk, "queue").table
    QTest.keyClick(queue, Key.Key_Down)
    button = _button(desk, "queue.postpone")
    assert not button.isEnabled()
    assert button.toolTip() == "A situação deste registro não permite esta ação agora."
    QTest.keyClick(queue, Key.Key_Z)
    desk.turn()
    assert door.sent == []
    assert desk.page.banner.text.code == "shell.reason.not_now"
    menu = _table(desk, "queue").make_menu(1)
    assert [(entry.text(), entry.isEnabled()) for entry in menu.actions()] == [("Abrir", True), ("adiar", False)]
    menu.deleteLater()


def test_ctrl_p_prints_and_the_primary_key_opens(home, door):
    desk = home()
    queue = _table(desk, "queue").table
    QTest.keyClick(queue, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert door.printed == [("shop.report", {})]
    door.rows["shop.orders"][0].id = ""
    QTest.keyClick(queue, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert desk.page.screen.name == "shop.order_page"


def test_f5_asks_again_and_the_chosen_row_stays(home, door):
    desk = home()
    queue = _table(desk, "queue")
    QTest.keyClick(queue.table, Key.Key_Down)
    door.rows["shop.queue"][1].waiting = "25 min"
    QTest.keyClick(queue.table, Key.Key_F5)
    desk.turn()
    assert _cells(desk, "queue", 3)[1] == "25 min"
    assert queue.table.current_key() == 1
    assert desk.page.panels["queue"].chosen == 1


def test_what_has_no_rows_says_so_in_its_card(home, door):
    door.rows |= {"shop.queue": [], "shop.risks": [], "shop.last": []}
    desk = home()
    assert "Nada espera por você. Quando um passo for seu, ele aparece aqui." in words(desk.view.cards["queue"])
    assert "Nenhum pedido ainda." in words(desk.view.cards["last"])
    assert not _table(desk, "promises.rows").isVisible()
    assert desk.view.cards["queue"].height() < 120


def test_rows_on_their_way_have_grey_bars_then_come(home, door):
    waiting = home()
    rows = waiting.page.panels["queue"].rows
    waiting.page.panels["queue"].rows = None
    waiting.page.changed("panel.queue")
    assert not _table(waiting, "queue").isVisible()
    assert [one.accessibleName() for one in waiting.view.cards["queue"].findChildren(QLabel) if one.isVisible()][
        -1
    ] == ("Carregando…")
    waiting.page.panels["queue"].rows = rows
    waiting.page.changed("panel.queue")
    assert _table(waiting, "queue").isVisible()


def test_the_keyboard_waits_for_the_work_and_then_goes_there(home):
    desk = home()
    page, queue = desk.page, _table(desk, "queue")
    rows, page.panels["queue"].rows = page.panels["queue"].rows, None
    page.changed("panel.queue")
    desk.view.first_focus().setFocus()
    assert desk.view.hasFocus()
    page.changed("panel.last")
    assert desk.view.hasFocus()
    page.panels["queue"].rows = rows
    page.changed("panel.queue")
    assert queue.table.hasFocus()


def test_one_panel_out_of_reach_says_why_and_is_tried_again(home, door):
    door.problems["shop.last"] = Refusal("kernel.forbidden", permission="sales.read")
    desk = home()
    card = desk.view.cards["last"]
    assert any("sales.read" in text for text in words(card))
    assert _cells(desk, "queue", 1)[0] != ""
    door.problems.clear()
    QTest.mouseClick(_button(desk, "last.again"), Qt.MouseButton.LeftButton)
    desk.turn()
    assert _cells(desk, "last", 0)[0] == "10483"


def test_a_base_that_is_gone_is_said_once_over_all_panels(home, door):
    door.unplug()
    desk = home()
    lines = [text for text in words(desk.view) if "não foi encontrado" in text]
    assert len(lines) == 1
    assert words(desk.view).count("Sem resposta da base.") == 4
    door.problems.clear()
    QTest.mouseClick(_button(desk, "again"), Qt.MouseButton.LeftButton)
    desk.turn()
    assert not [text for text in words(desk.view) if "não foi encontrado" in text]
    assert _cells(desk, "queue", 0) == list("123456")


def test_rows_that_are_here_stay_when_the_base_goes(home, door):
    desk = home()
    door.problems = {name: Offline("shop.offline") for name in door.rows}
    QTest.keyClick(_table(desk, "queue").table, Key.Key_F5)
    desk.turn()
    assert _table(desk, "queue").isVisible()
    assert _cells(desk, "queue", 0) == list("123456")
    assert len([text for text in words(desk.view) if "não foi encontrado" in text]) == 1


def test_who_may_not_see_a_panel_has_a_board_without_it(home, door):
    door.person = Person(id="p2", name="Davi", permissions=frozenset())
    desk = home()
    assert sorted(desk.view.cards) == ["prevented", "promises", "queue"]
    assert not _button(desk, "queue.postpone").isEnabled()
    assert "shop.postpone" in _button(desk, "queue.postpone").toolTip()


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (1024, 768), (800, 560)])
def test_every_size_keeps_its_words_and_its_order(home, language, size):
    desk = home(language, size)
    view = desk.view
    assert cut(view) == []
    assert unnamed(view) == []
    main = view.cards["queue"].mapTo(view, QPoint(0, 0))
    side = view.cards["last"].mapTo(view, QPoint(0, 0))
    assert (side.x() > main.x() + 200) == (size[0] >= 960)
    assert view.cards["prevented"].isVisible() == (size[1] >= 800)
    hidden = _table(desk, "queue").table.isColumnHidden(4)
    assert hidden == (size[0] < 1200)


def test_tab_goes_as_one_reads(home):
    desk = home(size=(1366, 768))
    stops = tab_stops(desk.view, _button(desk, "button_report"))
    names = [stop.objectName() or stop.accessibleName() for stop in stops]
    assert names[:6] == [
        "button_report", "button_exceptions", "Em risco", "queue.postpone", "Minha fila", "Últimos pedidos",
    ]  # fmt: skip
    assert in_reading_order(desk.view, stops[:6])
