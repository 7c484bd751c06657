"""What the views of all screens share: head, banner, questions, actions with their keys and menus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retaguarda.kernel.errors import Remedy
from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.state import Button as StateButton
from retaguarda.kernel.screen.state import State
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

    Subclasses extend `topic`, which is told of every change of the state. Actions of the state become QActions with
    their shortcuts; the primary one and two more stand in the header, all of them in the menu beside it.
    """

    def __init__(self, state: State, words: Words) -> None:
        super().__init__()
        self.state, self.words = state, words
        self.header = PageHeader(self.name())
        self.actions_by_name: dict[str, QAction] = {}
        self._buttons: dict[str, Button] = {}
        self._line: Banner | None = None
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(*PAGE_MARGINS)
        self.outer.setSpacing(GAP_M)
        self.outer.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP_M)
        self.outer.addLayout(self.body, 1)
        self._make_actions()
        state.watch(self.topic)

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

    def _make_actions(self) -> None:
        buttons = list(self.buttons())
        for button in buttons:
            action = QAction(self.words.say(button.text), self)
            action.setObjectName(button.action.name)
            if button.action.shortcut:
                action.setShortcut(QKeySequence(button.action.shortcut))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(partial(self._pressed, button.action.name))
            self.addAction(action)
            self.actions_by_name[button.action.name] = action
        made: list[QWidget] = []
        pressable = [
            b for b in buttons if b.action.press or b.action.opens or b.action.prints or b.action.does == "save"
        ]
        primary = [b for b in pressable if b.action.primary][:1]
        others = [b for b in pressable if b not in primary]
        shown = [*others[: SHOWN_BUTTONS - len(primary)], *primary]
        if len(buttons) > len(shown):
            more = Button(icon="ellipsis", name=self.words.say("shell.more_actions"))
            more.clicked.connect(lambda: self.show_menu(more.mapToGlobal(QPoint(0, more.height()))))
            made.append(more)
        for button in shown:
            widget = Button(
                self.words.say(button.text),
                kind="primary" if button.action.primary else "danger" if button.action.danger else "secondary",
                icon=button.action.icon,
                key=button.action.shortcut,
            )
            widget.setObjectName(f"button_{button.action.name}")
            widget.clicked.connect(partial(self._pressed, button.action.name))
            self._buttons[button.action.name] = widget
            made.append(widget)
        layout = self.header.layout()
        assert layout is not None
        for one in made:
            layout.addWidget(one)
        self.show_actions()

    def _pressed(self, name: str, *_checked: object) -> None:
        self.settle_focus()
        self.state.press(name)  # type: ignore[attr-defined]

    def settle_focus(self) -> None:
        """Takes over what is still being typed, before an action looks at the state."""

    def show_actions(self) -> None:
        """Enables what can be pressed; what cannot says why in its tip."""
        for button in self.buttons():
            why = self.words.phrase(button.reason)
            action, widget = self.actions_by_name.get(button.action.name), self._buttons.get(button.action.name)
            if action is not None:
                # A disabled key does nothing and says nothing; the state says why instead.
                action.setToolTip(why)
            if widget is not None:
                widget.setEnabled(button.enabled)
                widget.setToolTip(why)

    def show_menu(self, at: QPoint) -> None:
        """Opens the menu of all actions, for the menu button and the right mouse button."""
        self.make_menu().popup(at)

    def make_menu(self) -> Menu:
        """All actions with their keys, those that cannot be pressed greyed."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reasons = {button.action.name: button.reason for button in self.buttons()}
        for name, action in self.actions_by_name.items():
            entry = menu.addAction(action.text())
            entry.setShortcut(action.shortcut())
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            entry.setEnabled(reasons.get(name) is None)
            entry.triggered.connect(partial(self._pressed, name))
        return menu

    # ---- banner and question ----
    def _show_line(self) -> None:
        if self._line is not None:
            self.outer.removeWidget(self._line)
            self._line.hide()
            self._line.deleteLater()
            self._line = None
        question, banner = self.state.question, self.state.banner
        if question is not None:
            buttons = [self._answer_button(answer, at) for at, answer in enumerate(question.answers)]
            lead, rest = self.words.cause(question.text), self.words.action(question.text)
            self._line = Banner("warn", "circle-help", lead, rest, buttons)
            self._place_line()
            buttons[-1].setFocus()
        elif banner is not None:
            lead, rest = self.words.cause(banner.text), self.words.action(banner.text)
            role = role_of(banner.level)
            self._line = Banner(role, icon_of(banner.level), lead, rest, self._banner_buttons())
            self._place_line()

    def _place_line(self) -> None:
        assert self._line is not None
        self._line.setObjectName("banner")
        self.outer.insertWidget(1, self._line)

    def _answer_button(self, answer: str, at: int) -> Button:
        button = Button(self.words.say(f"shell.answer.{answer}"), kind="primary" if at else "secondary", size="small")
        button.setObjectName(f"answer_{answer}")
        button.clicked.connect(partial(self._answered, answer))
        return button

    def _answered(self, answer: str, *_checked: object) -> None:
        self.state.answer(answer)
        if self.state.question is None and not self.state.closed:
            self.first_focus().setFocus()

    def _banner_buttons(self) -> list[QWidget]:
        banner = self.state.banner
        assert banner is not None
        made: list[QWidget] = []
        for number, remedy in enumerate(banner.remedies, 1):
            made.append(self._remedy_button(number, remedy))
        if banner.again is not None:
            again = Button(self.words.say("shell.try_again"), icon="refresh-cw", size="small")
            again.setObjectName("again")
            again.clicked.connect(lambda _on=False, again=banner.again: again())
            made.append(again)
        close = Button(icon="x", kind="ghost", size="small", name=self.words.say("shell.dismiss"))
        close.setObjectName("dismiss")
        close.clicked.connect(lambda _on=False: self.state.dismiss())
        made.append(close)
        return made

    def _remedy_button(self, number: int, remedy: Remedy) -> Button:
        words = self.words.say(remedy.reason, **remedy.params)
        button = Button(words, kind="warn", size="small", key=str(number))
        button.clicked.connect(lambda _on=False: self.state.remedy(remedy))
        return button

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
            made.append(Pill(words.value(value, "pill", column.texts), role_of(column.levels.get(str(value), ""))))
    return made
