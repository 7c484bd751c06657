"""The view of a file on its way in: rail, page of the present step, foot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from retaguarda.kernel.screen.importing import STEPS, ImportState
from retaguarda.shell.importing.check_page import CheckPage, told
from retaguarda.shell.importing.columns_page import ColumnsPage
from retaguarda.shell.importing.file_page import FilePage
from retaguarda.shell.importing.rail import StepRail
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.theme.tokens import CARD_GAP
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Rule
from retaguarda.shell.widgets.labels import small
from retaguarda.shell.widgets.layout import boxed, column, row

RAIL_FROM, FOOT = 1100, 64
FILES = "CSV, XLSX (*.csv *.txt *.tsv *.xlsx *.xlsm);;(*)"


class ImportView(ScreenView):
    """The view of an ImportState."""

    state: ImportState

    def __init__(self, state: ImportState, words: Words) -> None:
        super().__init__(state, words)
        self.rail = StepRail(words)
        self.file = FilePage(state, words, self.choose_file)
        self.columns = ColumnsPage(state, words)
        self.check = CheckPage(state, words, self.save_refused)
        self._pages: dict[str, FilePage | ColumnsPage | CheckPage] = {
            "file": self.file,
            "columns": self.columns,
            "check": self.check,
            "done": self.check,
        }
        self._stack = QStackedWidget()
        for page in (self.file, self.columns, self.check):
            self._stack.addWidget(page)
        self.back = Button(words.say("imports.wizard.back"), icon="arrow-left", key="Alt+←")
        self.back.clicked.connect(lambda _on=False: self.press("back"))
        self.leave = Button(words.say("imports.wizard.leave"), kind="ghost", key="Esc")
        self.leave.clicked.connect(lambda _on=False: self._escape())
        self.go_on = Button(words.say("imports.wizard.go_on"), kind="primary", key="Enter")
        self.go_on.clicked.connect(lambda _on=False: self.press("go_on"))
        self._at = small("", "text3")
        foot = boxed(row(self.back, None, self._at, self.leave, self.go_on, gap=16), height=FOOT)
        content = boxed(column((self._stack, 1), Rule(), foot, gap=0))
        self.body.addLayout(row(self.rail, (content, 1), gap=CARD_GAP), 1)
        self.set_margins((24, 18, 24, 0))
        for topic in ("file", "columns", "check", "step", "actions"):
            self.topic(topic)

    @property
    def page(self) -> FilePage | ColumnsPage | CheckPage:
        """The page of the present step."""
        return self._pages[self.state.step]

    def first_focus(self) -> QWidget:
        return self.page.first_focus()

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic in ("file", "step"):
            self._show_context()
        if topic in ("file", "columns"):
            self.file.show_file()
            self.columns.show_columns()
        elif topic == "faults":
            self.page.first_focus().setFocus()
        elif topic == "check":
            self.check.show_check()
        elif topic == "progress":
            self.check.show_progress()
        elif topic == "step":
            self._show_step()

    def _show_step(self) -> None:
        at = STEPS.index(self.state.step)
        self._stack.setCurrentWidget(self.page)
        self.rail.show_step(self.state.step)
        self._at.setText(self.words.say("imports.wizard.step_of", n=at + 1, whole=len(STEPS)))
        self.check.show_check()
        self.page.first_focus().setFocus()

    def _show_context(self) -> None:
        """The file with its rows and columns, once there is one."""
        looked, say = self.state.looked, self.words.say
        said = say("imports.wizard.promise")
        if looked is not None:
            rows = say("imports.wizard.rows", n=looked.count, columns=len(looked.heading))
            said = f"{Path(self.state.choice.path).name} · {rows}"
        self.header.set_context(said)

    def show_actions(self) -> None:
        super().show_actions()
        if not hasattr(self, "go_on"):
            return
        state = self.state
        for name, button in (("back", self.back), ("go_on", self.go_on)):
            why = state.reason_of(name)
            button.setEnabled(why is None)
            button.setToolTip(self.words.phrase(why))
        self.back.setVisible(state.step in ("columns", "check"))
        self.go_on.setText(self._on_words())
        self.go_on.updateGeometry()

    def _on_words(self) -> str:
        state, say = self.state, self.words.say
        if state.step == "check" and state.checked is not None:
            return say("imports.wizard.import", n=state.checked.recorded)
        whole = state.kind is not None and state.kind.whole
        code = {"columns": "check", "done": "open_whole" if whole else "open_list"}.get(state.step, "go_on")
        return say(f"imports.wizard.{code}")

    # ---- the person acts ----
    def press(self, name: str, *checked: object) -> None:
        question = self.state.question
        if name == "go_on" and question is not None:
            return  # Enter never answers what it was not meant for
        if name == "choose_file":
            self.choose_file()
        elif name == "save_refused":
            self.save_refused()
        else:
            super().press(name, *checked)

    def settle_focus(self) -> None:
        if self.state.step == "file":
            self.file.settle()
        elif self.state.step == "columns":
            self.columns.settle()

    def choose_file(self) -> None:
        """Lets a file be chosen in the system's own dialog."""
        if self.state.reason_of("choose_file") is None:
            path, _ = QFileDialog.getOpenFileName(self, self.words.say("imports.wizard.choose_file"), "", FILES)
            if path:
                self.state.choose(path=path)

    def save_refused(self) -> None:
        """Lets it be said where the refused rows go."""
        if self.state.reason_of("save_refused") is not None:
            return
        chosen = Path(self.state.choice.path)
        ending = ".xlsx" if self.state.choice.is_book else chosen.suffix
        name = f"{chosen.stem}-{self.words.say('imports.wizard.refused_file')}{ending}"
        target, _ = QFileDialog.getSaveFileName(
            self, self.words.say("imports.wizard.save_refused"), name, f"(*{ending})"
        )
        if target:
            into = Path(target)
            into = into if into.suffix == ending else into.with_name(into.name + ending)
            self.state.save_refused(into, lambda findings: told(self.state, self.words, findings))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = self.state.question is None and self.state.banner is None
        if event.key() == Qt.Key.Key_Escape and plain:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Stops what is under way, else leaves."""
        if self.state.doing:
            self.state.stop()
        else:
            self.state.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.setVisible(self.width() >= RAIL_FROM)
