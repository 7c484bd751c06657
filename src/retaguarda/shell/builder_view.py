"""The report builder: choices at the side, and what comes of them beside it at once."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.shell.builder_rail import BuilderRail
from retaguarda.shell.read_view import ReadView
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import Placed, row
from retaguarda.shell.widgets.table import Column as TableColumn

_LEAST = 130


class BuilderView(ReadView):
    """The view of a BuilderState."""

    state: BuilderState

    def __init__(self, state: BuilderState, words: Words) -> None:
        super().__init__(state, words)
        self.rail = BuilderRail(state, words)
        self.body.addWidget(self.tools.line)
        self.body.addLayout(row(self.rail, (self.place, 1), gap=14), 1)
        self.build()
        self.show_status()

    # ---- what it says ----
    def heads(self) -> list[TableColumn]:
        state = self.state
        if state.source is None:
            return []
        made = [self.words.head(state.source.screen.name, column) for column in state.cut.columns]
        titles = zip(made, state.inquiry.heads, strict=True)
        return [dataclasses.replace(head, title=title, width=max(head.width, _LEAST)) for head, title in titles]

    def cut_name(self) -> str:
        state = self.state
        return self.name() if state.source is None else self.words.say(state.source.screen.title_code)

    def over_table(self) -> tuple[Placed, ...]:
        """What is shown: the list, or the group whose rows stand here with the way back to all groups."""
        state = self.state
        if state.inside is None:
            return ((Label(self.cut_name(), elide=True), 1),)
        back = Button(self.words.say("shell.built.back"), icon="arrow-left", size="small", key="Esc")
        back.clicked.connect(lambda _on=False: state.back())
        return (back, (Label(state.inquiry.name_of(state.inside), elide=True), 1))

    def words_of_none(self) -> tuple[str, str]:
        if self.state.source is None:
            return self.words.say("shell.built.no_list"), self.words.say("shell.built.no_list_why")
        return self.words.say("shell.built.empty"), self.words.say("shell.built.empty_why")

    def point_label(self, row: Any) -> str:
        return self.state.inquiry.name_of(row.group)

    def fields_focus(self) -> QWidget | None:
        return self.rail.source

    def first_focus(self) -> QWidget:
        return self.rail.source

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "source":
            self.rail.show_source()
            self._rebuild()
        elif topic == "built":
            self.rail.show_built()
            self._rebuild()

    def _rebuild(self) -> None:
        # Who pressed Enter in the table goes on in the one that takes its place.
        held = self.place.isAncestorOf(self.focusWidget() or self)
        self.build()
        self._awaits_rows = self._awaits_rows or held
        self.show_status()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.state.question is None and self.state.back():
            return
        super().keyPressEvent(event)
