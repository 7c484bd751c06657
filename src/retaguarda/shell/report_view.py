"""A report: parameters, the ways in which it adds up, and what it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.report import ReportState
from retaguarda.shell.read_view import ReadView
from retaguarda.shell.report_fields import ReportFields
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.layout import Placed
from retaguarda.shell.widgets.page import PillTabs


class ReportView(ReadView):
    """The view of a ReportState."""

    state: ReportState

    def __init__(self, state: ReportState, words: Words) -> None:
        super().__init__(state, words)
        self.fields = ReportFields(state, words)
        self.tabs: PillTabs
        self.body.addWidget(self.tools.line)
        self.body.addLayout(self.fields.line)
        self.body.addWidget(self.place, 1)
        self.build()
        self.show_status()

    def cut_name(self) -> str:
        return self.words.say(f"{self.state.screen.name}.cut.{self.state.cut.name}")

    def over_table(self) -> tuple[Placed, ...]:
        """A tab for each way of adding up."""
        name, say = self.state.screen.name, self.words.say
        cuts = [(one.name, say(f"{name}.cut.{one.name}"), "") for one in self.state.cuts]
        self.tabs = PillTabs(cuts, name=self.name())
        self.tabs.choose(self.state.cut.name)
        self.tabs.chosen.connect(lambda key: self.state.choose_cut(str(key)))
        return ((self.tabs, 1),)

    def fields_focus(self) -> QWidget | None:
        return self.fields.first or self.tabs

    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "cut":
            self.fields.show_cut()
            self.build()
            self.show_status()
        elif topic == "values":
            self.fields.show_values()
        elif topic == "offers":
            self.fields.show_offers()

    def settle_focus(self) -> None:
        self.fields.settle()
