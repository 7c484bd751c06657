"""A form: the loaded `.ui` in a card, its actions in the head, its draft kept while one types."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.form import FormState
from retaguarda.shell.binder import Binder, load_form
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.theme.tokens import GAP_M, PAGE_MARGINS
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.scrolling import scrolling

WIDEST, WIDEST_WITH_LINES = 960, 1240
_IN_CARD, _ROUND_CARD, _NONE = (20, 18, 20, 18), (0, 0, 4, 4), (0, 0, 0, 0)


class FormView(ScreenView):
    """The view of a FormState."""

    state: FormState

    def __init__(self, state: FormState, words: Words) -> None:
        super().__init__(state, words)
        self.header.set_context(state.go.subject)
        self._make_form()

    def _make_form(self) -> None:
        self._form = load_form(self.state, self.words)
        self._inside = column(self._form)
        self._card = Card(self._inside, margins=_IN_CARD)
        self._card.setMaximumWidth(WIDEST_WITH_LINES if self.state.lines else WIDEST)
        self._around = row((self._card, 100), None, margins=_ROUND_CARD)
        self._area: QWidget = scrolling(boxed(column(self._around, None)))
        self.body.addWidget(self._area, 1)
        self.binder = Binder(self.state, self.words, self._form)
        self._command = self.state.command

    def stand_in_sheet(self, inside: bool) -> None:
        """Leaves title, buttons and card to the sheet that shows it, or takes them up again as a page of its own."""
        self.header.setVisible(not inside)
        self._card.set_tone("surface", "" if inside else "border")
        self._inside.setContentsMargins(*(_NONE if inside else _IN_CARD))
        self._around.setContentsMargins(*(_NONE if inside else _ROUND_CARD))
        self.set_margins(_NONE if inside else PAGE_MARGINS)

    def natural_height(self) -> int:
        """How high it must be to show everything without scrolling."""
        line, form = self.head.sizeHint().height(), self._form
        # A line under a field is as high as its words at the width it has, not at the one it would like.
        high = form.heightForWidth(form.width()) if form.hasHeightForWidth() else form.sizeHint().height()
        return high + (line + GAP_M if line else 0)

    def name(self) -> str:
        screen, number = self.state.screen, self.state.number
        title = screen.title_code
        if number and not screen.single:
            record = self.words.say(f"{screen.record_texts}.{number}") if screen.record_texts else number
            return self.words.say("shell.record_title", title=title, record=record).strip()
        if screen.load and not self.state.key and not screen.single:
            return self.words.say(f"{screen.name}.new")
        return self.words.say(title)

    def first_focus(self) -> QWidget:
        return self.binder.first() or self

    def topic(self, topic: str) -> None:
        super().topic(topic)
        head, _, name = topic.partition(".")
        if head == "fields":
            self.binder.show_field(name)
        elif topic == "loaded":
            self._renew()
        elif topic == "merging":
            self.settle_focus()
        elif topic in ("conflicts", "banner"):
            self.binder.show_all()
        elif topic == "suggestions":
            self.binder.suggested()
        elif topic == "focus":
            self.binder.focus(self.state.focus)

    def _renew(self) -> None:
        """The fields were filled anew; another command may have other fields."""
        if self.state.command is not self._command:
            self.body.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
            self._make_form()
        self.binder.show_all()

    def settle_focus(self) -> None:
        self.binder.settle()
