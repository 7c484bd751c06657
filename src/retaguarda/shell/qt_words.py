"""Qt's own words (menus of a text field, questions of a file dialog) in the language of this computer."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication


def speak(app: QApplication, language: str) -> QTranslator:
    """Lets Qt say its own words in `language` (`pt_BR`, `en`), until the translator that is given back is removed.

    English is what Qt says by itself; a language without a file leaves it at that.
    """
    translator = QTranslator(app)
    translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(translator)
    return translator
