"""What Qt says by itself is in the language of the computer."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from retaguarda.shell.qt_words import speak


@pytest.mark.parametrize(("language", "said"), [("pt_BR", "Selecionar tudo"), ("en", "Select All")])
def test_the_menu_of_a_text_field(qtbot: QtBot, qapp: QApplication, language: str, said: str) -> None:
    translator = speak(qapp, language)
    try:
        line = QLineEdit()
        qtbot.addWidget(line)
        menu = line.createStandardContextMenu()
        words = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
        menu.deleteLater()
    finally:
        qapp.removeTranslator(translator)
    assert said in words
