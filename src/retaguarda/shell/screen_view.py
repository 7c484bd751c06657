"""What the views of all screens share: head, banner, questions, actions with their keys and menus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.parts import Action
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.kernel.screen.state import Button as StateButton
from retaguarda.kernel.screen.state import State
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

    Subclasses extend `topic`, which is told of every change of the state. Actions of the state become QActions with
    their keys; one primary and two more stand in the header, all of them in the menu beside it.
    """

    def __init__(self, state: State, words: Words) -> None:
        super().__init__()
        self.state, self.words = state, words
        self.header = PageHeader(self.name())
        self.actions_by_name: dict[str, QAction] = {}
        self._buttons: dict[str, Button] = {}
        self._line: Banner | FailureLine | None = None
        outer = QVBoxLayout(self)
        outer.setSpacing(GAP_M)
        self.head, self.body = QVBoxLayout(), QVBoxLayout()
        for part in (self.head, self.body):
            part.setSpacing(GAP_M)
            outer.addLayout(part, int(part is self.body))
        self.set_margins(PAGE_MARGINS)
        self.head.addWidget(self.header)
        self._make_actions()
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
        buttons = self.buttons()
        for button in buttons:
            action = QAction(self.words.say(button.text), self)
            action.setObjectName(button.action.name)
            if key_of(button.action):
                action.setShortcut(QKeySequence(key_of(button.action)))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(partial(self.press, button.action.name))
            self.addAction(action)
            self.actions_by_name[button.action.name] = action
        layout = self.header.layout()
        assert layout is not None
        self._more = Button(icon="ellipsis", name=self.words.say("shell.more_actions"))
        self._more.clicked.connect(lambda: self.show_menu(self._more.mapToGlobal(QPoint(0, self._more.height()))))
        layout.addWidget(self._more)
        # The primary ones stand last, at the right; which of them are seen changes with the record.
        for button in sorted((b for b in buttons if _has_button(b.action)), key=lambda b: b.action.primary):
            widget = Button(
                self.words.say(button.text),
                kind="primary" if button.action.primary else "secondary",
                icon=button.action.icon,
                key=key_of(button.action),
            )
            widget.setObjectName(f"button_{button.action.name}")
            widget.clicked.connect(partial(self.press, button.action.name))
            self._buttons[button.action.name] = widget
            layout.addWidget(widget)
        self.show_actions()

    def lend_buttons(self) -> list[Button]:
        """The buttons of the head, for a sheet that has a foot."""
        return list(self._buttons.values())

    def take_buttons_back(self) -> None:
        """Puts the buttons that were lent back into the head."""
        layout = self.header.layout()
        assert layout is not None
        for widget in self._buttons.values():
            layout.addWidget(widget)

    def press(self, name: str, *_checked: object) -> None:
        """Presses an action by its name, as a key or a button does."""
        self.settle_focus()
        self.state.press(name)  # type: ignore[attr-defined]

    def settle_focus(self) -> None:
        """Takes over what is still being typed, before an action looks at the state."""

    def show_actions(self) -> None:
        """Enables what can be pressed; what cannot says why in its tip."""
        buttons = self.buttons()
        for button in buttons:
            why = self.words.phrase(button.reason)
            action, widget = self.actions_by_name.get(button.action.name), self._buttons.get(button.action.name)
            if action is not None:
                # A disabled key does nothing and says nothing; the state says why instead.
                action.setToolTip(why)
            if widget is not None:
                widget.setEnabled(button.enabled)
                widget.setToolTip(why)
        if not self.state.busy:
            self._share_keys(buttons)
            self._share_room(buttons)

    def _share_keys(self, buttons: Sequence[StateButton]) -> None:
        """A key that several actions carry, each for its own state of the record, is that of the first that can be
        pressed: two enabled on one key would fire neither."""
        owners: dict[str, StateButton] = {}
        for button in buttons:
            owner = owners.setdefault(key_of(button.action), button)
            if button.enabled and not owner.enabled:
                owners[key_of(button.action)] = button
        for button in buttons:
            owns = owners[key_of(button.action)] is button
            self.actions_by_name[button.action.name].setEnabled(owns or not key_of(button.action))

    def _share_room(self, buttons: Sequence[StateButton]) -> None:
        """Shows one primary button, the first that can be pressed, and a few others; the menu has all of them, and
        alone those that are dangerous."""
        fitting = [b for b in buttons if b.action.name in self._buttons and b.reason != NOT_NOW]
        primary = [b for b in fitting if b.action.primary]
        front = ([b for b in primary if b.enabled] or primary)[:1]
        others = [b for b in fitting if not b.action.primary and not b.action.danger][
            : max(0, self.room_for_buttons() - len(front))
        ]
        shown = {button.action.name for button in (*front, *others)}
        for name, widget in self._buttons.items():
            widget.setVisible(name in shown)
        self._more.setVisible(len(buttons) > len(shown))

    def room_for_buttons(self) -> int:
        """How many buttons stand beside the title."""
        return SHOWN_BUTTONS

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
            entry.triggered.connect(partial(self.press, name))
        return menu

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
            line = FailureLine(self.words, banner)
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


def key_of(action: Action) -> str:
    """The key of an action: its own, else F10 for a primary one and Ctrl+P for what prints."""
    return action.shortcut or ("F10" if action.primary else "Ctrl+P" if action.prints else "")


def _has_button(action: Action) -> bool:
    """What only the screen itself does is in the menu, but for saving."""
    return bool(action.press or action.opens or action.prints or action.does == "save")


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
