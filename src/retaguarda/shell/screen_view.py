"""What the views of all screens share: head, banner, questions, actions with their keys and menus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.state import Button as StateButton
from retaguarda.kernel.screen.state import State
from retaguarda.shell.action_bar import ActionBar
from retaguarda.shell.failures import FailureLine
from retaguarda.shell.theme.tokens import GAP_M, PAGE_MARGINS
from retaguarda.shell.translate import Words, icon_of, role_of
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.labels import Pill
from retaguarda.shell.widgets.messages import Banner
from retaguarda.shell.widgets.page import PageHeader

SHOWN_BUTTONS = 3


class ScreenView(QWidget):
    """The view of a state: `header`, a line for banner or question, then what the kind of screen adds to `body`.

    Subclasses extend `topic`, which is told of every change of the state. `ways_shown` is how many ways out have room.
    Actions of the state become QActions with their keys; one primary and two more stand in the header, all of them in
    the menu beside it.
    """

    ways_shown = 9

    def __init__(self, state: State, words: Words) -> None:
        super().__init__()
        self.state, self.words = state, words
        self.header = PageHeader(self.name())
        self._line: Banner | FailureLine | None = None
        outer = QVBoxLayout(self)
        outer.setSpacing(GAP_M)
        self.head, self.body = QVBoxLayout(), QVBoxLayout()
        for part in (self.head, self.body):
            part.setSpacing(GAP_M)
            outer.addLayout(part, int(part is self.body))
        self.set_margins(PAGE_MARGINS)
        self.head.addWidget(self.header)
        self.bar = ActionBar(self, self.header, words, self.buttons(), self.press)
        self.bar.more.clicked.connect(
            lambda: self.show_menu(self.bar.more.mapToGlobal(QPoint(0, self.bar.more.height())))
        )
        self.show_actions()
        self._show_line()
        state.watch(self.topic)

    def set_margins(self, margins: tuple[int, int, int, int]) -> None:
        """Keeps this much free round the whole."""
        left, top, right, bottom = margins
        outer = self.layout()
        assert outer is not None
        outer.setContentsMargins(left, top, 0, bottom)
        # The right margin is the parts' own, so that a body may put its scroll bar there.
        for part in (self.head, self.body):
            part.setContentsMargins(0, 0, right, 0)

    def name(self) -> str:
        """The title of the page."""
        return self.words.say(self.state.screen.title_code)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        """A part of the state changed."""
        if topic in ("actions", "busy"):
            self.show_actions()
        elif topic in ("banner", "question"):
            self._show_line()
        elif topic == "begun":
            self.first_focus().setFocus()
        elif topic == "title":
            self.header.set_name(self.name())
            self.window_title_changed()

    def window_title_changed(self) -> None:
        """The tab's text follows the title."""
        self.setWindowTitle(self.name())

    # ---- actions ----
    def buttons(self) -> Sequence[StateButton]:
        """The state's actions as they stand."""
        made: Sequence[StateButton] = self.state.buttons()  # type: ignore[attr-defined]
        return made

    @property
    def actions_by_name(self) -> Mapping[str, QAction]:
        """The QAction of each of the state's actions."""
        return self.bar.actions

    def press(self, name: str, *_checked: object) -> None:
        """Presses an action by its name, as a key or a button does."""
        self.settle_focus()
        self.state.press(name)  # type: ignore[attr-defined]

    def settle_focus(self) -> None:
        """Takes over what is still being typed, before an action looks at the state."""

    def show_actions(self) -> None:
        """Enables what can be pressed; what cannot says why in its tip."""
        self.bar.show_actions(self.buttons(), self.room_for_buttons(), busy=bool(self.state.busy))

    def room_for_buttons(self) -> int:
        """How many buttons stand beside the title."""
        return SHOWN_BUTTONS

    def show_menu(self, at: QPoint) -> None:
        """Opens the menu of all actions, for the menu button and the right mouse button."""
        self.make_menu().popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right mouse button and the menu key give the same actions as the bar, wherever nothing has its own."""
        if not self.bar.actions:
            event.ignore()
        elif event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.show_menu(self.bar.more.mapToGlobal(QPoint(0, self.bar.more.height())))
        else:
            self.show_menu(event.globalPos())

    def make_menu(self) -> Menu:
        """All actions with their keys, those that cannot be pressed greyed."""
        return self.bar.make_menu(self.buttons())

    # ---- banner and question ----
    def _show_line(self) -> None:
        if self._line is not None:
            if self._line.isAncestorOf(QApplication.focusWidget() or self):
                self.first_focus().setFocus()
            self.head.removeWidget(self._line)
            self._line.hide()
            self._line.deleteLater()
            self._line = None
        question, banner = self.state.question, self.state.banner
        if question is not None:
            buttons = [self._answer_button(answer, answer == question.answers[-1]) for answer in question.answers]
            lead, rest = self.words.cause(question.text), self.words.action(question.text)
            self._line = Banner("warn", "circle-help", lead, rest, buttons)
            self._place_line()
            buttons[-1].setFocus()
        elif banner is not None:
            line = FailureLine(self.words, banner, self.ways_shown)
            line.remedy_taken.connect(self.state.remedy)
            line.dismissed.connect(self.state.dismiss)
            self._line = line
            self._place_line()
            line.take_keyboard()

    def _place_line(self) -> None:
        assert self._line is not None
        self._line.setObjectName("banner")
        self.head.addWidget(self._line)

    def _answer_button(self, answer: str, last: bool) -> Button:
        button = Button(self.words.say(f"shell.answer.{answer}"), kind="primary" if last else "secondary", size="small")
        button.setObjectName(f"answer_{answer}")
        button.clicked.connect(partial(self._answered, answer))
        return button

    def _answered(self, answer: str, *_checked: object) -> None:
        self.state.answer(answer)
        if self.state.question is None and not self.state.closed:
            self.first_focus().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            question = self.state.question
            if question is not None:
                self._answered(question.answers[0])
                return
            if self.state.banner is not None:
                self.state.dismiss()
                return
        super().keyPressEvent(event)


def pills_of(words: Words, columns: Sequence[Column], row: object) -> list[Pill]:
    """The pills of a record's header; empty values have none."""
    made = []
    for column in columns:
        value = getattr(row, column.field, None)
        if value not in (None, ""):
            level = column.levels.get(str(value), "")
            icon = icon_of(level) if level in ("ok", "warn", "bad", "plan") else ""
            made.append(Pill(words.value(value, "pill", column.texts), role_of(level), icon=icon))
    return made
