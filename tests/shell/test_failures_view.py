"""A failure over a screen: said in full, its ways out by keyboard; the word after a deed and its undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from retaguarda.kernel.errors import Remedy
from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.state import Banner
from retaguarda.kernel.screen.state import Toast as ToastSign
from retaguarda.shell.failures import FailureLine, ToastTeller
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.toast import Toast
from tests.helpers.focused import focused
from tests.shell.pictures import REMEDIES
from tests.shell.seen import cut, tab_stops, words
from tests.shell.shop import shop_words
from tests.shell.test_accessible import unnamed

pytestmark = pytest.mark.usefixtures("light")
Key = Qt.Key
SHORT = Phrase("shop.confirm.no_stock", {"missing": 6, "needed": 20})


class Over:
    """A line on a page with a field under it, and what came of it."""

    def __init__(self, qtbot: QtBot, banner: Banner, language: str = "pt_BR") -> None:
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.field = QLineEdit()
        self.field.setAccessibleName("x")
        self.line = FailureLine(shop_words(language), banner)
        self.page.setLayout(column(self.line, self.field, None))
        self.taken: list[Remedy] = []
        self.dismissed = 0
        self.line.remedy_taken.connect(self.taken.append)
        self.line.dismissed.connect(self._dismissed)
        self.page.resize(1200, 600)
        self.page.show()
        self.page.activateWindow()
        QApplication.processEvents()

    def _dismissed(self) -> None:
        self.dismissed += 1

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the keyboard is."""
        here = focused()
        QTest.keyClick(here, key, held)

    def button(self, name: str) -> Button:
        """A button by its object name."""
        found = self.line.findChild(Button, name)
        assert isinstance(found, Button)
        return found


@pytest.fixture
def short(qtbot: QtBot) -> Over:
    return Over(qtbot, Banner(SHORT, remedies=REMEDIES, failure_id="f1"))


def test_cause_action_and_every_remedy_are_said(short):
    assert short.line.accessibleName() == (
        "Faltam 6 de 20 estantes de aço na Matriz. O pedido continua como estava. "
        "Escolha uma alternativa ou altere a quantidade."
    )
    assert [row.accessibleName() for row in short.line.rows] == [
        "1, Transferir 6 da filial Centro, resolve sem outra decisão, entrega qua 25/11, "
        "custo R$\N{NO-BREAK SPACE}48,00",
        "2, Trocar 6 pela estante reforçada 40 cm, resolve sem outra decisão, entrega qua 25/11, "
        "custo R$\N{NO-BREAK SPACE}150,00",
        "3, Entregar 14 agora e 6 na sexta, pede outra decisão depois, entrega sex 27/11, "
        "custo R$\N{NO-BREAK SPACE}99,56",
        "4, Aguardar a compra 2207, pede outra decisão depois, entrega sex 27/11, custo R$\N{NO-BREAK SPACE}0,00",
    ]


def test_a_number_chooses_and_enter_takes(short):
    short.line.take_keyboard()
    short.press(Key.Key_3)
    assert short.line.chosen is REMEDIES[2]
    assert short.button("take_remedy").text() == "Aplicar alternativa 3"
    assert short.taken == []
    short.press(Key.Key_Return)
    assert short.taken == [REMEDIES[2]]


def test_arrows_move_and_the_button_takes_what_is_chosen(short):
    short.line.take_keyboard()
    short.press(Key.Key_Down)
    assert short.line.chosen is REMEDIES[1]
    QTest.mouseClick(short.button("take_remedy"), Qt.MouseButton.LeftButton)
    assert short.taken == [REMEDIES[1]]


def test_a_number_without_remedy_and_a_number_with_ctrl_choose_nothing(short):
    short.line.take_keyboard()
    short.press(Key.Key_7)
    short.press(Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert short.line.chosen is REMEDIES[0]


def test_escape_and_the_cross_put_it_away(short):
    short.line.take_keyboard()
    short.press(Key.Key_Escape)
    QTest.mouseClick(short.button("dismiss"), Qt.MouseButton.LeftButton)
    assert short.dismissed == 2


def test_a_scanner_that_is_typing_is_not_robbed_of_the_keyboard(short):
    short.field.setFocus()
    short.line.take_keyboard()
    assert short.field.hasFocus()
    QTest.keyClicks(short.field, "3")
    QTest.keyClick(short.field, Key.Key_Return)
    assert (short.field.text(), short.taken) == ("3", [])


def test_a_failure_nothing_is_ready_for_says_so(qtbot):
    over = Over(qtbot, Banner(SHORT, failure_id="f1"))
    assert any("Sem alternativa pronta." in text for text in words(over.line))
    assert over.line.rows == []


def test_a_plain_refusal_offers_no_plan_b(qtbot):
    over = Over(qtbot, Banner(Phrase("shell.reason.not_now"), "warn"))
    assert not any("Sem alternativa" in text for text in words(over.line))
    assert over.line.findChild(Button, "take_remedy") is None


def test_trouble_is_tried_again_and_names_its_reference(qtbot):
    tried: list[int] = []
    over = Over(
        qtbot, Banner(Phrase("shop.offline"), "warn", again=lambda: tried.append(1), reference="7C41"), "en"
    )  # fmt: skip
    QTest.mouseClick(over.button("again"), Qt.MouseButton.LeftButton)
    assert tried == [1]
    assert any("7C41" in text for text in words(over.line))


def test_words_from_outside_are_not_markup(qtbot):
    refused = Phrase("shop.event.plan_b", {"by": "<b>x</b> & y"})
    over = Over(qtbot, Banner(refused))
    assert over.line.accessibleName() == "Plano B aplicado: <b>x</b> & y"
    assert any("&lt;b&gt;" in text for text in words(over.line))


def test_tab_goes_through_it_and_everything_has_a_name(short):
    stops = tab_stops(short.page, short.button("dismiss"))
    assert stops[:3] == [short.button("dismiss"), short.line.rows[0], short.button("take_remedy")]
    assert unnamed(short.page) == []
    assert cut(short.page) == []


def test_a_long_cause_wraps_and_makes_the_line_higher(qtbot):
    over = Over(qtbot, Banner(Phrase("shop.offline"), "warn"))
    high = over.line.height()
    over.page.resize(520, 600)
    QApplication.processEvents()
    assert over.line.height() > high


@pytest.fixture
def told(qtbot: QtBot) -> tuple[ToastTeller, Toast, list[Any]]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    undone: list[Any] = []
    toast = Toast(window, close_name="Fechar")
    teller = ToastTeller(toast, shop_words(), lambda command, payload: undone.append((command, dict(payload))))
    window.show()
    window.activateWindow()
    window.setFocus()
    QApplication.processEvents()
    return teller, toast, undone


def test_a_deed_is_undone_by_its_key_once(told):
    teller, toast, undone = told
    teller.say(ToastSign(Phrase("shop.deliver_order.done"), undo=("shop.undeliver", {"order_id": "o1"})))
    assert toast.isVisible()
    assert {"Entrega registrada", "Desfazer", "Ctrl Z"} <= set(words(toast)) | {b.text() for b in _links(toast)}
    QTest.keyClick(toast.window(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [("shop.undeliver", {"order_id": "o1"})]
    assert not toast.isVisible()
    QTest.keyClick(toast.window(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(undone) == 1


def test_a_deed_without_way_back_offers_none(told):
    teller, toast, undone = told
    teller.say(ToastSign(Phrase("shop.deliver_order.done"), undo=("shop.undeliver", {})))
    teller.say(ToastSign(Phrase("shop.transfer.done")))
    QTest.keyClick(toast.window(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    assert not any(link.isVisible() and link.text() for link in _links(toast))


def test_the_button_of_the_toast_undoes(told):
    teller, toast, undone = told
    teller.say(ToastSign(Phrase("shop.deliver_order.done"), undo=("shop.undeliver", {})))
    QTest.mouseClick(next(link for link in _links(toast) if link.text()), Qt.MouseButton.LeftButton)
    assert undone == [("shop.undeliver", {})]


def _links(toast: Toast) -> list[Any]:
    return [child for child in toast.findChildren(QWidget) if type(child).__name__ == "LinkButton"]
