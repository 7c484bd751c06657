"""A panel in its card, and tables that share one card as tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from retaguarda.kernel.screen.page import PanelsState, PanelState
from retaguarda.kernel.screen.parts import (
    BarsPanel,
    FactsPanel,
    FiguresPanel,
    LightsPanel,
    Phrase,
    StepperPanel,
    TablePanel,
    TimelinePanel,
)
from retaguarda.shell.panels.boards import BarsContent, LightsContent
from retaguarda.shell.panels.content import Content, empty_of, shared_problem, title_of
from retaguarda.shell.panels.kinds import FactsContent, FiguresContent, PathContent, TimelineContent
from retaguarda.shell.panels.tables import TableContent
from retaguarda.shell.theme.tokens import CARD_MARGINS, ROW
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card, Rule
from retaguarda.shell.widgets.labels import IconMark, Pill, heading, small
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.messages import Skeleton
from retaguarda.shell.widgets.page import PillTabs

_HEAD, _EDGE_HEAD, _EDGES = 38, 42, 6
_READS = {FactsPanel: FactsContent, FiguresPanel: FiguresContent, TimelinePanel: TimelineContent,
          StepperPanel: PathContent, LightsPanel: LightsContent, BarsPanel: BarsContent}  # fmt: skip


class Filling(QStackedWidget):
    """A panel's content, or what stands in its place: grey bars on the way, a sentence when empty or out of reach."""

    def __init__(self, state: PanelsState, name: str, words: Words, *, natural: bool) -> None:
        super().__init__()
        self.state, self.name, self.words = state, name, words
        self.content = _content_of(state, name, words, natural)
        self._natural = natural or not isinstance(self.content, TableContent)
        self._other: QWidget | None = None
        self.addWidget(self.content)
        self.show_rows()

    def show_rows(self) -> None:
        """Reads the panel's state again. Rows that are here stay when asking anew fails: the view says so once."""
        shown = self.state.panels[self.name]
        if shown.rows is None and shown.problem is not None:
            self._stand_in(self._trouble(shown.problem))
        elif shown.rows is None:
            self._stand_in(self._on_the_way())
        elif not shown.rows:
            self._stand_in(self._sentence("inbox", [small(empty_of(self.state, shown.panel, self.words), wrap=True)]))
        else:
            self.content.fill()
            self._stand_in(None)

    def _stand_in(self, other: QWidget | None) -> None:
        if self._other is not None:
            self.removeWidget(self._other)
            self._other.hide()
            self._other.deleteLater()
        self._other = other
        if other is not None:
            self.addWidget(other)
        self.setCurrentWidget(other or self.content)
        # A stack is as high as its highest page; the ones behind must not hold the card open.
        high = QSizePolicy.Policy.Maximum if self._natural else QSizePolicy.Policy.Preferred
        for page in (self.content, other):
            if page is not None:
                at_front = page is (other or self.content)
                page.setSizePolicy(
                    QSizePolicy.Policy.Preferred if at_front else QSizePolicy.Policy.Ignored,
                    high if at_front else QSizePolicy.Policy.Ignored,
                )

    def _on_the_way(self) -> QWidget:
        panel, said = self.content.panel, self.words.say("shell.loading")
        if isinstance(panel, TablePanel):
            bars = Skeleton([one.width for one in panel.columns], name=said)
        else:
            bars = Skeleton([130, 130, 0, 110], name=said, row_high=30, rows=3)
        if self._natural:
            bars.setFixedHeight(92)
        return bars

    def full_height(self) -> int:
        """How high it would like to be, with all rows of a table."""
        if self._other is not None:
            return 6 * ROW if isinstance(self._other, Skeleton) else self._other.heightForWidth(self.width())
        return self.content.full_height() if isinstance(self.content, TableContent) else self.sizeHint().height()

    def _trouble(self, problem: Phrase) -> QWidget:
        if problem == shared_problem(self.state):
            return self._sentence("wifi-off", [small(self.words.say("panel.no_answer"), wrap=True)])
        cause, action = small(self.words.cause(problem), "text", wrap=True), self.words.action(problem)
        again = Button(self.words.say("shell.try_again"), icon="refresh-cw", size="small")
        again.setObjectName(f"{self.name}.again")
        again.clicked.connect(lambda _on=False: self.state.refresh())
        parts: list[Any] = [cause, *([small(action, wrap=True)] if action else []), 4, row(again, None)]
        return self._sentence("octagon-alert", parts, "bad")

    def _sentence(self, icon: str, parts: Sequence[Any], token: str = "text3") -> QWidget:
        words = boxed(column(*parts, gap=2))
        sides = (CARD_MARGINS[0], 8, CARD_MARGINS[2], 10)
        return boxed(column(row(column(IconMark(icon, token, 16), None), (words, 1), gap=10, margins=sides), None))


class PanelCard(Card):
    """One panel as a card: icon, title, count and tools on top, its filling under them.

    `natural` makes a table as high as its rows, for places that scroll as a whole. Otherwise a table's card takes
    the room there is; with `ends` no more of it than all its rows need.
    """

    def __init__(
        self, state: PanelsState, name: str, words: Words, *, natural: bool = False, ends: bool = False
    ) -> None:
        super().__init__()
        self.panel = state.panels[name].panel
        self.title = words.say(title_of(state, self.panel))
        self.setAccessibleName(self.title)
        self.filling = Filling(state, name, words, natural=natural)
        self._words = words
        self._count = Pill("", dot=False, size=11)
        self._ends = ends and not natural and self.filling.content.reaches_edge
        edge = self.filling.content.reaches_edge
        icon = [IconMark(self.panel.icon, "accent", 16)] if self.panel.icon else []
        head = boxed(
            row(*icon, heading(self.title), self._count, None, *self.filling.content.tools(), margins=(16, 0, 12, 0))
        )
        head.setFixedHeight(_EDGE_HEAD if edge else _HEAD)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*((1, 1, 1, _EDGES - 1) if self.filling.content.framed else (0, 0, 0, 0)))
        outer.setSpacing(0)
        outer.addWidget(head)
        head.setVisible(self.filling.content.framed)
        if edge:
            outer.addWidget(Rule())
        outer.addWidget(self.filling, 1)
        if natural or not edge:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._show_count()
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.filling.content.framed:
            super().paintEvent(event)

    def show_rows(self) -> None:
        """Reads the panel's state again."""
        self.filling.show_rows()
        self._show_count()
        self.fit()

    def fit(self) -> None:
        """Ends the card at its content, where it is not to take all the room."""
        if self._ends:
            self.setMaximumHeight(_EDGE_HEAD + 1 + _EDGES + self.filling.full_height())

    def show_rows_under(self) -> None:
        """Reads the small list under figures again."""
        content = self.filling.content
        if isinstance(content, FiguresContent):
            content.fill_rows()

    def tables(self) -> list[TableContent]:
        """The tables in the card."""
        content = self.filling.content
        if isinstance(content, FiguresContent):
            return [content.rows_content] if content.rows_content is not None else []
        return [content] if isinstance(content, TableContent) else []

    def _show_count(self) -> None:
        shown = self.filling.state.panels[self.filling.name]
        counted = shown.count is not None and isinstance(self.panel, TablePanel) and shown.problem is None
        self._count.setVisible(counted)
        if counted:
            self._count.set_state(self._words.count(shown.count or 0, shown.count_capped), "neutral")


class TabbedTables(Card):
    """Tables of a page's main place in one card: tabs with counts, the tools of the table in front at the right."""

    def __init__(self, state: PanelsState, names: Sequence[str], words: Words) -> None:
        super().__init__()
        self._state, self._words = state, words
        self.setAccessibleName(words.say("panel.tabs"))
        titles = [(name, words.say(title_of(state, state.panels[name].panel)), "") for name in names]
        self.tabs = PillTabs(titles, name=words.say("panel.tabs"))
        self._tools, self._stack = QStackedWidget(), QStackedWidget()
        self._tools.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.fillings: dict[str, Filling] = {}
        for name in names:
            filling = Filling(state, name, words, natural=False)
            self.fillings[name] = filling
            self._tools.addWidget(boxed(row(None, *filling.content.tools())))
            self._stack.addWidget(filling)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 5)
        outer.setSpacing(0)
        outer.addLayout(row((self.tabs, 1), self._tools, margins=(10, 0, 12, 0)))
        outer.addWidget(Rule())
        outer.addWidget(self._stack, 1)
        self.tabs.chosen.connect(lambda name: state.choose_tab(str(name)))
        self.tabs.resized.connect(self._share_tabs)
        self.show_all()
        self.show_tab()
        self.fit()

    def show_rows(self, name: str) -> None:
        """Reads a panel's state again."""
        self.fillings[name].show_rows()
        shown = self._state.panels[name]
        self.tabs.set_count(name, "" if shown.count is None else self._words.count(shown.count, shown.count_capped))
        self.fit()

    def _share_tabs(self) -> None:
        """Where not all tabs fit beside each other, those of empty tables that offer nothing to do are put away."""
        fits = self.tabs.full_width() <= self.tabs.width()
        for at, name in enumerate(self.fillings):
            kept = at == 0 or name == self._state.tab or not _says_nothing(self._state.panels[name])
            self.tabs.show_tab(name, fits or kept)

    def fit(self) -> None:
        """Ends the card at the rows of the table in front."""
        self._share_tabs()
        front = self.fillings.get(self._state.tab)
        if front is not None:
            self.setMaximumHeight(self.tabs.sizeHint().height() + 1 + _EDGES + front.full_height())

    def show_tab(self) -> None:
        """Brings the state's tab to the front."""
        name = self._state.tab
        if name in self.fillings:
            at = list(self.fillings).index(name)
            self._stack.setCurrentIndex(at)
            self._tools.setCurrentIndex(at)
            if self.tabs.chosen_key() != name:
                self.tabs.choose(name)
            self.fit()

    def show_all(self) -> None:
        """Reads the state of every panel again."""
        for name in self.fillings:
            self.show_rows(name)

    def tables(self) -> list[TableContent]:
        """The tables in the card."""
        return [one.content for one in self.fillings.values() if isinstance(one.content, TableContent)]


def _says_nothing(shown: PanelState) -> bool:
    """Whether a table is empty and offers nothing to do about it: its tab would only take room."""
    panel = shown.panel
    return shown.rows == () and shown.problem is None and not getattr(panel, "actions", ())


def _content_of(state: PanelsState, name: str, words: Words, natural: bool) -> Content:
    panel = state.panels[name].panel
    if isinstance(panel, TablePanel):
        return TableContent(state, name, words, natural=natural)
    return next(make for kind, make in _READS.items() if isinstance(panel, kind))(state, name, words)
