"""A dialog over the page it was opened from: the record stays in sight while a few things are asked about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from retaguarda.shell.form_view import FormView
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.labels import small
from retaguarda.shell.widgets.layout import boxed, column
from retaguarda.shell.widgets.sheet import Sheet

_WIDE, _AROUND, _FREE = 640, 160, 16_777_215


class FormSheet(Sheet):
    """Shows a form's view over `over`, with its own button and one that goes back. What is typed in it is asked about
    before it closes, as everywhere; `give_back` ends the sheet and leaves the view to somebody else.
    """

    def __init__(self, over: QWidget, key: str, view: FormView, icon: str) -> None:
        self.key, self._view = key, view
        words = view.words
        back = Button(words.say("shell.answer.back"), key="Esc")
        back.setObjectName("sheet_back")
        back.clicked.connect(lambda _on=False: self.close_sheet())
        view.stand_in_sheet(True)
        # What a field says already is not said again above it.
        said = {field.raw for field in view.state.fields}
        subject = [small(name, elide=True)] if (name := view.state.go.subject) and name not in said else []
        super().__init__(
            over, boxed(column(*subject, (view, 1), gap=8)), title=view.name(), close_name=words.say("shell.dismiss"),
            buttons=(back, *view.bar.lend()), icon=icon, width=_WIDE,
        )  # fmt: skip
        for name, action in view.actions_by_name.items():
            if not action.shortcut().isEmpty():
                self.bind(action.shortcut().toString(), partial(view.press, name))
        view.installEventFilter(self)
        self._grow()

    def begin(self) -> None:
        """Opens it, with the keyboard in the first field."""
        self._grow()
        self.open(self._view.first_focus())

    def close_sheet(self) -> None:
        """Closes the form, which asks first when something is typed; once it is closed the sheet goes away."""
        self._view.state.close()

    def go_away(self) -> None:
        """The form is closed: takes the sheet away, the view with it."""
        super().close_sheet()
        self.deleteLater()

    def give_back(self) -> FormView:
        """Ends the sheet and gives the view, a page again."""
        view = self._view
        view.removeEventFilter(self)
        view.setParent(None)
        view.setMinimumHeight(0)
        view.setMaximumHeight(_FREE)
        view.stand_in_sheet(False)
        view.bar.take_back()
        super().close_sheet()
        self.deleteLater()
        return view

    def _grow(self) -> None:
        """As high as the form, faults and questions included, and no higher than the window."""
        self._view.setFixedHeight(min(self._view.natural_height(), self._over.height() - _AROUND))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._grow()
        return super().eventFilter(watched, event)
