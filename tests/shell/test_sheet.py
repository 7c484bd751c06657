"""A sheet holds the keyboard while it is open, and gives it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from retaguarda.shell.widgets.buttons import Button, LinkButton
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.layout import boxed, column
from retaguarda.shell.widgets.sheet import Sheet, question

pytestmark = pytest.mark.usefixtures("light")
Key = Qt.Key


def test_a_question_keeps_the_keyboard_and_gives_it_back(qtbot: QtBot) -> None:
    line = LineEdit(name="Nome")
    page = boxed(column(line))
    qtbot.addWidget(page)
    page.resize(700, 500)
    confirmed: list[str] = []
    QShortcut(QKeySequence("F10"), page).activated.connect(lambda: confirmed.append("page"))
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Key.Key_F10)
    back, cancel = Button("Voltar", key="Esc"), Button("Cancelar pedido", kind="danger")
    asked = question(page, title="Cancelar?", text="As reservas voltam.", buttons=[back, cancel], close_name="Fechar")
    asked.bind("F9", lambda: confirmed.append("sheet"))
    closed: list[int] = []
    asked.closed.connect(lambda: closed.append(1))
    asked.open()
    assert asked.isVisible()
    assert back.hasFocus()
    seen = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        qtbot.keyClick(focus, Key.Key_F10)
        qtbot.keyClick(focus, Key.Key_F9)
        qtbot.keyClick(focus, Key.Key_Tab)
        seen.append(type(QApplication.focusWidget()))
    assert seen == [Button, LinkButton, Button]
    assert confirmed == ["page", "sheet", "sheet", "sheet"]
    page.resize(900, 600)
    assert asked.size() == page.size()
    qtbot.keyClick(back, Key.Key_Escape)
    assert (asked.isVisible(), line.hasFocus(), closed) == (False, True, [1])
    asked.close_sheet()
    assert closed == [1]


def test_a_sheet_opens_on_the_control_it_is_told(qtbot: QtBot) -> None:
    page = boxed(column(LineEdit(name="Nome")))
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    first, second = LineEdit(name="Motivo"), LineEdit(name="Senha")
    sheet = Sheet(page, column(first, second), title="Motivo", close_name="Fechar", width=300, high=400, top=50)
    page.activateWindow()
    sheet.open(second)
    qtbot.waitUntil(second.hasFocus)
    assert (sheet.y(), sheet.accessibleName()) == (50, "Motivo")
    assert page.grab().toImage().pixelColor(10, 200) != page.grab().toImage().pixelColor(10, 20)


def test_a_control_that_went_away_meanwhile_leaves_the_keyboard_to_another(qtbot: QtBot) -> None:
    gone, other = LineEdit(name="Nome"), LineEdit(name="Cidade")
    page = boxed(column(gone, other))
    qtbot.addWidget(page)
    page.resize(700, 500)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    gone.setFocus()
    qtbot.waitUntil(gone.hasFocus)
    sheet = Sheet(page, column(LineEdit(name="Motivo")), title="Motivo", close_name="Fechar", width=300)
    sheet.open()
    delete(gone)
    sheet.close_sheet()
    assert other.hasFocus()
