"""What the program stands on, reached and read by the keyboard, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retaguarda.kernel.licences import Part
from retaguarda.kernel.text import LANGUAGES, Texts
from retaguarda.shell.about import AboutSheet
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.layout import boxed, column
from tests.helpers.focused import focused

pytestmark = pytest.mark.usefixtures("light")
PARTS = [Part("Retaguarda", "0.1.0", "Apache-2.0", "Apache License"), Part("Python", "3.12", "PSF-2.0", "PSF LICENSE")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_read_by_the_keyboard(qtbot: QtBot, language: str) -> None:
    line = LineEdit(name="Nome")
    page = boxed(column(line))
    qtbot.addWidget(page)
    page.resize(1024, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    about = AboutSheet(page, Words(Texts(language)), PARTS)
    about.begin()
    assert about.table.hasFocus()
    assert about.text.toPlainText() == "Apache License"
    QTest.keyClick(about.table, Qt.Key.Key_Down)
    assert about.text.toPlainText() == "PSF LICENSE"
    QTest.keyClick(about.table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is about.text
    assert about.text.isReadOnly()
    QTest.keyClick(about.text, Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert line.hasFocus()
