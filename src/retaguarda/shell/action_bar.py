"""The actions of a screen: their keys, their buttons in the head of the page, their menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.parts import Action
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.kernel.screen.state import Button as StateButton
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.page import PageHeader

_CAPS = {"Return": "Enter"}
"""Keys that are called otherwise than Qt has them."""
_WITH_BUTTON = ("save", "print_out", "save_pdf")


class ActionBar(QObject):
    """Makes a QAction with its key for every action, and a button in `header` for those that do something to data.

    One primary and a few more are seen, all of them stand in the menu behind `more`. `lend` gives the buttons to a
    sheet that has a foot, `take_back` puts them into the head again.
    """

    def __init__(
        self,
        view: QWidget,
        header: PageHeader,
        words: Words,
        buttons: Sequence[StateButton],
        press: Callable[..., object],
    ) -> None:
        super().__init__(view)
        self._view, self._header, self._words, self._press = view, header, words, press
        self.actions: dict[str, QAction] = {}
        self._buttons: dict[str, Button] = {}
        for button in buttons:
            self._make_action(button)
        self.more = Button(icon="ellipsis", name=words.say("shell.more_actions"))
        self._put(self.more)
        # The primary ones stand last, at the right; which of them are seen changes with the record.
        for button in sorted((b for b in buttons if _has_button(b.action)), key=lambda b: b.action.primary):
            self._make_button(button)

    def _put(self, widget: QWidget) -> None:
        layout = self._header.layout()
        assert layout is not None
        layout.addWidget(widget)

    def _make_action(self, button: StateButton) -> None:
        action = QAction(self._words.say(button.text), self._view)
        action.setObjectName(button.action.name)
        if key_of(button.action):
            action.setShortcut(QKeySequence(key_of(button.action)))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(partial(self._press, button.action.name))
        self._view.addAction(action)
        self.actions[button.action.name] = action

    def _make_button(self, button: StateButton) -> None:
        widget = Button(
            self._words.say(button.text),
            kind="primary" if button.action.primary else "secondary",
            icon=button.action.icon,
            key=_CAPS.get(key_of(button.action), key_of(button.action)),
        )
        widget.setObjectName(f"button_{button.action.name}")
        widget.clicked.connect(partial(self._press, button.action.name))
        self._buttons[button.action.name] = widget
        self._put(widget)

    def say(self, name: str, text: str) -> None:
        """An action says something else, on its button and in the menu."""
        self.actions[name].setText(text)
        if name in self._buttons:
            self._buttons[name].setText(text)

    def has_button(self, name: str) -> bool:
        """Whether an action has a button of its own."""
        return name in self._buttons

    def lend(self) -> list[Button]:
        """The buttons of the head, for a sheet that has a foot."""
        return list(self._buttons.values())

    def take_back(self) -> None:
        """Puts the buttons that were lent back into the head."""
        for widget in self._buttons.values():
            self._put(widget)

    def show_actions(self, buttons: Sequence[StateButton], room: int, *, busy: bool) -> None:
        """Enables what can be pressed; what cannot says why in its tip. At most `room` buttons are seen."""
        for button in buttons:
            why = self._words.phrase(button.reason)
            action, widget = self.actions.get(button.action.name), self._buttons.get(button.action.name)
            if action is not None:
                # A disabled key does nothing and says nothing; the state says why instead.
                action.setToolTip(why)
            if widget is not None:
                widget.setEnabled(button.enabled)
                widget.setToolTip(why)
        if not busy:
            self._share_keys(buttons)
            self._share_room(buttons, room)

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
            self.actions[button.action.name].setEnabled(owns or not key_of(button.action))

    def _share_room(self, buttons: Sequence[StateButton], room: int) -> None:
        """Shows one primary button, the first that can be pressed, and a few others; the menu has all of them, and
        alone those that are dangerous."""
        fitting = [b for b in buttons if b.action.name in self._buttons and b.reason != NOT_NOW]
        primary = [b for b in fitting if b.action.primary]
        front = ([b for b in primary if b.enabled] or primary)[:1]
        others = [b for b in fitting if not b.action.primary and not b.action.danger][: max(0, room - len(front))]
        shown = {button.action.name for button in (*front, *others)}
        for name, widget in self._buttons.items():
            widget.setVisible(name in shown)
        self.more.setVisible(len(buttons) > len(shown))

    def make_menu(self, buttons: Sequence[StateButton]) -> Menu:
        """All actions with their keys, those that cannot be pressed greyed."""
        menu = Menu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reasons = {button.action.name: button.reason for button in buttons}
        for name, action in self.actions.items():
            entry = menu.addAction(action.text())
            entry.setShortcut(action.shortcut())
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            entry.setEnabled(reasons.get(name) is None)
            entry.triggered.connect(partial(self._press, name))
        return menu


def key_of(action: Action) -> str:
    """The key of an action: its own, else F10 for a primary one and Ctrl+P for what prints."""
    return action.shortcut or ("F10" if action.primary else "Ctrl+P" if action.prints else "")


def _has_button(action: Action) -> bool:
    """What only the screen itself does is in the menu, but for saving and printing."""
    return bool(action.press or action.opens or action.prints or action.does in _WITH_BUTTON)
