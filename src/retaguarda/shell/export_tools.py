"""The button that puts what is shown into a file, and the line that says how far the file is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from retaguarda.kernel.export import FILE_KINDS, FileKind
from retaguarda.kernel.screen.exporting import ExportingState
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.messages import Banner

KEY = "Ctrl+E"
ICONS = {"xlsx": "file-spreadsheet", "csv": "file-text", "pdf": "printer"}


class ExportTools:
    """Stands in the header of a list or report: `button`; `line` is there while a file is being written."""

    def __init__(self, owner: QWidget, state: ExportingState, words: Words) -> None:
        self._owner, self._state, self._words = owner, state, words
        self.button = Button(icon="download", kind="ghost", name=words.say("shell.export"))
        self.button.setToolTip(words.say("shell.export"))
        self.button.clicked.connect(lambda _on=False: self.open_menu())
        shortcut = QShortcut(QKeySequence(KEY), owner)
        shortcut.activated.connect(self.open_menu)
        cancel = Button(words.say("shell.cancel"), size="small")
        cancel.clicked.connect(lambda _on=False: state.stop_export())
        self.line = Banner("info", "download", words.say("shell.export.writing"), "", [cancel])
        self.line.setVisible(False)
        state.watch(self._heard)

    def open_menu(self) -> None:
        """The kinds of files, to be chosen by key or mouse."""
        self.make_menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def make_menu(self) -> Menu:
        """One entry for each kind of file."""
        menu = Menu(self._owner)
        for kind in FILE_KINDS:
            action = menu.addAction(self._words.say(f"shell.export.{kind}"))
            action.triggered.connect(partial(self._choose, kind))
        return menu

    def _choose(self, kind: FileKind, *_checked: object) -> None:
        name = "".join(char if char.isalnum() or char in " -_" else "-" for char in self._title())
        target, _ = QFileDialog.getSaveFileName(
            self._owner, self._words.say(f"shell.export.{kind}"), f"{name}.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if target:
            path = Path(target)
            self._state.export(kind, path if path.suffix else path.with_suffix(f".{kind}"))

    def _title(self) -> str:
        return self._words.say(self._state.screen.title_code)

    def _heard(self, topic: str) -> None:
        if topic != "export":
            return
        written = self._state.written
        self.line.setVisible(written is not None)
        if written is not None:
            done, whole = written
            far = self._words.say("shell.export.far", n=done, whole=whole) if whole else ""
            self.line.say("info", "download", self._words.say("shell.export.writing"), far)
