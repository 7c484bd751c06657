"""The views of a list: a menu of them, and the sheet in which one is given its name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.views import ViewedState
from retaguarda.shell.theme.tokens import REGULAR, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Combo, Menu
from retaguarda.shell.widgets.fields import Field, LineEdit
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.sheet import Sheet, ground_of

KEY = "Ctrl+Shift+V"
_LONGEST, _WIDE = 60, 440


class ViewTools:
    """Stands beside the table of a list: `button` and `KEY` open the menu of its views."""

    def __init__(self, owner: QWidget, state: ViewedState, words: Words) -> None:
        self._owner, self._state, self._words = owner, state, words
        self.sheet: ViewSheet | None = None
        self.menu: Menu | None = None
        self.button = Button(icon="layers", kind="ghost", name=words.say("shell.views"))
        self.button.clicked.connect(lambda _on=False: self.open_menu())
        self.button.setVisible(state.keeps_views is not None)
        QShortcut(QKeySequence(KEY), owner).activated.connect(self.open_menu)
        state.watch(self._heard)
        self._show()

    def _heard(self, topic: str) -> None:
        if topic == "view":
            self._show()

    def _show(self) -> None:
        """The button says which view is shown."""
        view, say = self._state.view_now, self._words.say
        name = say("shell.views") if view is None else say("shell.views.now", name=view.name)
        self.button.setAccessibleName(name)
        self.button.setToolTip(f"{name} ({KEY})")

    def open_menu(self) -> None:
        """The views, as soon as they are read."""
        self._state.ask_views(self._pop_up)

    def _pop_up(self) -> None:
        self.menu = self.make_menu()
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def make_menu(self) -> Menu:
        """The list as it comes, every view, and what can be done with the one that is shown."""
        state, say = self._state, self._words.say
        menu = Menu(self._owner)
        now = state.view_now
        self._entry(menu, say("shell.views.plain"), partial(state.use, None), checked=now is None)
        for view in state.views:
            name = view.name if view.mine else say("shell.views.of", name=view.name, person=view.person_name)
            shared = say("shell.views.shared", name=name, role=view.role_name) if view.role_name else name
            self._entry(menu, shared, partial(state.use, view), checked=now is not None and now.id == view.id)
        menu.addSeparator()
        self._entry(menu, say("shell.views.save"), self.open_sheet)
        if now is not None:
            always = self._entry(menu, say("shell.views.always", name=now.name), lambda: None)
            always.setCheckable(True)
            always.setChecked(state.default == now.id)
            always.toggled.connect(state.open_with)
        if now is not None and state.keeps_views is not None and state.keeps_views.archive in now.allowed:
            self._entry(menu, say("shell.views.archive", name=now.name), state.archive_view)
        return menu

    @staticmethod
    def _entry(menu: Menu, text: str, deed: Any, checked: bool | None = None) -> Any:
        entry = menu.addAction(text.replace("&", "&&"))
        if checked is not None:
            entry.setCheckable(True)
            entry.setChecked(checked)
        entry.triggered.connect(lambda _on=False: deed())
        return entry

    def open_sheet(self) -> None:
        """Asks for the name, once it is known with which roles a view can be shared."""
        kept_by = self._state.keeps_views
        assert kept_by is not None
        mine = self._state.seat.person

        def came(page: Page) -> None:
            self._ask([(row.id, row.name) for row in page.rows if row.id in mine.roles or mine.may("*")])

        self._state.show("roles", kept_by.roles, came, limit=200, on_problem=lambda _problem: self._ask([]))

    def _ask(self, roles: Sequence[tuple[str, str]]) -> None:
        if self.sheet is None:
            self.sheet = ViewSheet(ground_of(self._owner), self._state, self._words, roles)
            self.sheet.closed.connect(self._closed)
            self.sheet.open(self.sheet.named)

    def _closed(self) -> None:
        self.sheet = None


class ViewSheet(Sheet):
    """The name of a view and whom it is shared with; Enter keeps it. It deletes itself when it closes."""

    def __init__(self, over: QWidget, state: ViewedState, words: Words, roles: Sequence[tuple[str, str]]) -> None:
        say, now = words.say, state.view_now
        self._state = state
        self.named = LineEdit(now.name if now is not None and now.mine else "", name=say("shell.views.name"))
        self.named.setMaxLength(_LONGEST)
        self.field, self._missing = Field(say("shell.views.name"), self.named), words.texts.cause("kernel.required")
        self.role = Combo([("", say("shell.views.alone")), *roles], name=say("shell.views.role"))
        self.role.set_value(next((c for c, n in roles if now is not None and now.mine and n == now.role_name), ""))
        self.keep = Button(say("shell.views.keep"), kind="primary", key="Enter")
        self.keep.clicked.connect(lambda _on=False: self.take())
        body = column(
            Label(say("shell.views.lead"), SMALL, REGULAR, "text2", wrap=True),
            self.field, Field(say("shell.views.role"), self.role), gap=12,
        )  # fmt: skip
        super().__init__(
            over, body, title=say("shell.views.save_title"), close_name=say("shell.cancel"), icon="layers",
            buttons=(self.keep,), width=_WIDE,
        )  # fmt: skip
        for key in ("Return", "Enter", "F10"):
            self.bind(key, self.take)
        self.closed.connect(self.deleteLater)

    def take(self) -> None:
        """Keeps the view; it needs a name."""
        name = self.named.text().strip()
        self.field.set_error("" if name else self._missing)
        if name:
            role = str(self.role.value() or "")
            self.close_sheet()
            self._state.keep_view(name, role, lambda: None)
        else:
            self.named.setFocus()
