"""A record's page: name, path, tabs of tables, the right column, one primary action at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.kernel.errors import Missing, Trouble
from retaguarda.shell.failures import FailureLine
from retaguarda.shell.page_view import PageView
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.labels import Pill
from retaguarda.shell.widgets.stepper import Stepper
from retaguarda.shell.widgets.timeline import Timeline
from tests.helpers.focused import focused
from tests.helpers.window import DrawnDesk
from tests.shell.pictures import REMEDIES, no_stock
from tests.shell.seen import in_reading_order, tab_stops, words
from tests.shell.shop import ShopDoor, order_row, shop_book, shop_texts
from tests.shell.test_accessible import unnamed

Key = Qt.Key
Open = Callable[..., DrawnDesk]
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def door() -> ShopDoor:
    return ShopDoor()


@pytest.fixture
def page(qtbot, light, door) -> Iterator[Open]:
    desks: list[DrawnDesk] = []

    def opened(language: str = "pt_BR", size: tuple[int, int] = (1440, 900)) -> DrawnDesk:
        desk = DrawnDesk(door, shop_book(), shop_texts(language))
        desk.open("shop.order_page", "o1")
        desk.draw(PageView(desk.state, desk.words), size)
        desk.view.first_focus().setFocus()
        desk.turn()
        desks.append(desk)
        return desk

    yield opened
    for desk in desks:
        desk.view.close()
        desk.view.deleteLater()


def _seen(desk: DrawnDesk) -> list[str]:
    made = [one for one in desk.view.findChildren(Button) if one.objectName().startswith("button_") and one.isVisible()]
    made.sort(key=lambda one: one.x())
    return [one.objectName().removeprefix("button_") for one in made]


def _press(desk: DrawnDesk, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    here = focused()
    QTest.keyClick(here, key, held)
    desk.turn()


def _quotation(door: ShopDoor) -> None:
    door.rows["shop.orders"] = [order_row(allowed=("shop.confirm", "shop.cancel"), state="quotation")]


def test_name_pills_and_context(page):
    view = page().view
    said = words(view.header)
    assert said[0] == "Pedido 10478 · Escola Monteiro Lobato"
    assert [pill.text() for pill in view.header.findChildren(Pill)] == ["Em rota", "Promessa no prazo"]
    assert f"Escola Monteiro Lobato · 20/11/2026 09:12 · R${NBSP}15.780,00" in said


def test_the_path_says_who_when_and_how_long_it_waited_before_each_step(page):
    path = page().view.findChild(Stepper)
    steps = path.accessibleDescription().split("; ")
    assert steps[0] == f"Pedido, feita, Marina · sex 20/11 09:12, trabalho 6{NBSP}min"
    assert steps[1] == f"Estoque, feita, Júlio · 09:22, trabalho 12{NBSP}min"
    assert steps[5].startswith("Entregar, em curso, Rota Sul · hoje 07:24")
    waits = [(step.wait, step.longest) for step in path._steps]
    assert waits[0] == (f"4{NBSP}min", False)
    assert waits[4] == (f"16{NBSP}h", True)
    assert waits[5] == ("", False)


def test_the_sums_of_the_path_stand_beside_its_title(page):
    said = words(page().view.cards["path"])
    assert said[said.index("espera") + 1] == f"19{NBSP}h 58{NBSP}min"
    assert said[said.index("trabalho") + 1] == f"5{NBSP}h 31{NBSP}min"


def test_tables_are_tabs_with_counts_and_the_state_follows(page):
    desk = page()
    tabs = desk.view.tabbed.tabs
    assert [tabs.accessibleTabName(at) for at in range(tabs.count())] == ["Itens 5", "Financeiro 0", "Conversas 1"]
    assert desk.view.findChild(Button, "lines.trace").isVisible()
    tabs.setFocus()
    _press(desk, Key.Key_Right)
    assert desk.page.tab == "money"
    assert "Nenhuma parcela. Elas nascem com a fatura." in words(desk.view)
    assert not desk.view.findChild(Button, "lines.trace").isVisible()
    desk.call(lambda: desk.page.choose_tab("talk"))
    assert tabs.chosen_key() == "talk"


def test_facts_show_money_days_pills_and_long_values_in_full(page):
    said = words(page().view.cards["promise"])
    assert {"21/11/2026", f"R${NBSP}15.780,00", "Promessa no prazo", "completa", "até 12 h · restam 1 h 18"} <= set(
        said
    )
    assert "Rua das Acácias, 412, portão dos fundos, Santo André, SP" in said


def test_the_timeline_says_what_who_and_when(page):
    moments = page().view.findChild(Timeline).accessibleDescription().split("; ")
    assert moments[0] == "hoje 07:24, Saiu para entrega, carro próprio, Wagner Luz · 52 volumes"
    assert moments[4] == "sex 20/11 09:45, Fatura 3.211 emitida"


def test_f10_is_the_first_primary_action_that_can_be_pressed(page, door):
    desk = page()
    assert _seen(desk) == ["print", "hold", "deliver"]
    _press(desk, Key.Key_F10)
    assert door.sent == [("shop.deliver_order", {"order_id": "o1"})]


def test_another_state_of_the_record_has_another_primary_on_the_same_key(page, door):
    _quotation(door)
    desk = page()
    assert _seen(desk) == ["print", "confirm"]
    _press(desk, Key.Key_F10)
    assert door.sent == [("shop.confirm", {"order_id": "o1"})]


def test_the_primary_follows_when_the_record_changes(page, door):
    _quotation(door)
    desk = page()
    door.rows["shop.orders"] = [order_row()]
    _press(desk, Key.Key_F5)
    assert _seen(desk) == ["print", "hold", "deliver"]


def test_ctrl_p_prints_the_record(page, door):
    _press(page(), Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert door.printed == [("shop.order", {"order_id": "o1"})]


def test_a_dangerous_action_is_in_the_menu_and_asks_first(page, door):
    desk = page()
    menu = desk.view.make_menu()
    entries = {entry.text(): entry for entry in menu.actions()}
    assert list(entries) == ["Imprimir", "Confirmar pedido", "Registrar entrega", "Reter", "Cancelar pedido"]
    assert [text for text, entry in entries.items() if not entry.isEnabled()] == ["Confirmar pedido"]
    entries["Cancelar pedido"].trigger()
    desk.turn()
    assert door.sent == []
    assert desk.page.question is not None
    _press(desk, Key.Key_Escape)
    assert desk.page.question is None
    assert door.sent == []
    menu.deleteLater()


def test_a_shortfall_is_answered_by_keyboard_alone(page, door):
    _quotation(door)
    door.problems["shop.confirm"] = no_stock()
    desk = page()
    _press(desk, Key.Key_F10)
    line = desk.view.findChild(FailureLine)
    assert line.rows[0].hasFocus()
    assert [REMEDIES[at].command for at in range(4)] == [r.command for r in desk.page.banner.remedies]
    _press(desk, Key.Key_2)
    _press(desk, Key.Key_Return)
    assert door.sent == [("shop.substitute", {})]
    assert desk.page.banner is None
    assert desk.view.tables()[0].table.hasFocus()


def test_escape_puts_the_failure_away_and_the_keyboard_goes_back(page, door):
    _quotation(door)
    door.problems["shop.confirm"] = no_stock(())
    desk = page()
    _press(desk, Key.Key_F10)
    assert any("Sem alternativa pronta." in text for text in words(desk.view))
    _press(desk, Key.Key_Escape)
    assert not any("Sem alternativa pronta." in text for text in words(desk.view))
    assert desk.view.isAncestorOf(QApplication.focusWidget())


def test_trouble_while_pressing_is_tried_again_with_the_same_deed(page, door):
    door.problems["shop.deliver_order"] = Trouble("shop.offline")
    desk = page()
    _press(desk, Key.Key_F10)
    door.problems.clear()
    QTest.mouseClick(desk.view.findChild(Button, "again"), Qt.MouseButton.LeftButton)
    desk.turn()
    assert [name for name, _payload in door.sent] == ["shop.deliver_order"]


def test_a_record_that_is_gone_says_so_and_nothing_can_be_pressed(page, door):
    door.problems["shop.orders"] = Missing("order", "o1")
    desk = page()
    assert words(desk.view.header)[0] == "Pedido"
    assert any("o1" in text for text in words(desk.view))
    assert not any(button.enabled for button in desk.page.buttons())


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (1024, 768)])
def test_the_right_column_stands_beside_or_under(page, language, size):
    desk = page(language, size)
    view = desk.view
    lines = view.tabbed.mapTo(view, QPoint(0, 0))
    promise = view.cards["promise"].mapTo(view, QPoint(0, 0))
    wide = size[0] >= 1200
    assert (promise.x() > lines.x() + 200) == wide
    assert view.cards["promise"].width() == (400 if wide else view.tabbed.width())
    assert unnamed(view) == []
    assert _seen(desk)[-1] == "deliver"


def test_tab_goes_as_one_reads(page):
    desk = page(size=(1366, 768))
    stops = tab_stops(desk.view, desk.view.findChild(Button, "button_print"))
    names = [stop.objectName() or stop.accessibleName() for stop in stops]
    assert names[:6] == ["button_print", "button_hold", "button_deliver", "Partes do registro", "lines.trace", "Itens"]
    assert in_reading_order(desk.view, stops[:6])
