"""What the views of a page and of a board share: their cards, the steps of width and height, F5."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from retaguarda.kernel.screen.page import PanelsState
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.state import Banner
from retaguarda.shell.failures import FailureLine
from retaguarda.shell.panels.cards import PanelCard, TabbedTables
from retaguarda.shell.panels.content import shared_problem
from retaguarda.shell.panels.tables import TableContent, is_tall
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.theme.tokens import CARD_GAP, GAP_M, PAGE_MARGINS, SIDE_FROM
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.scrolling import THICK, scrolling

_UNDER = ".rows"


class PanelsView(ScreenView):
    """The view of a PanelsState: panels at the top, the work at the left, what is read at the right, the foot.

    Below `SPLIT_FROM` px of window width the right column stands under the left one. Nothing is cut when the window
    is low: then the page scrolls. Subclasses say how wide the columns are (`place_columns`).
    """

    state: PanelsState
    SPLIT_FROM = 0
    TOP_IN_A_ROW = False

    def __init__(self, state: PanelsState, words: Words) -> None:
        super().__init__(state, words)
        # It holds the keyboard until the first rows come.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.name())
        self.cards: dict[str, PanelCard] = {}
        self.tabbed: TabbedTables | None = None
        self._main, self._side = QWidget(self), QWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._side_area: QScrollArea | None = None
        self._trouble: FailureLine | None = None
        self._shared: Phrase | None = None
        self._lay_out()
        self._show_trouble()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Refresh), self, state.refresh)

    # ---- the parts ----
    def _lay_out(self) -> None:
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_M)
        top = self._line_of(self._named("top")) if self.TOP_IN_A_ROW else _column_of(self._natural(self._named("top")))
        main, side, foot = self._main_parts(), self._natural(self._named("side")), self._natural(self._named("foot"))
        top.setContentsMargins(0, 0, THICK, 0)
        outer.addLayout(top)
        self._columns.setSpacing(CARD_GAP)
        outer.addLayout(self._columns, 1)
        self._main.setLayout(_column_of(main, last_grows=True))
        self._columns.addWidget(self._main)
        self._main.setVisible(bool(main))
        if side:
            self._side.setLayout(_column_of(side, end=True))
            self._side_area = _lane_kept(self._side)
            self._columns.addWidget(self._side_area)
        else:
            self._side.hide()
            self._columns.setContentsMargins(0, 0, THICK, 0)
        under = _column_of(foot)
        under.setContentsMargins(0, 0, THICK, 0)
        outer.addLayout(under)
        self.body.setContentsMargins(0, 0, PAGE_MARGINS[2] - 2 * THICK, 0)
        self.body.addWidget(_lane_kept(whole), 1)
        self.place_columns(self._columns, bool(main), bool(side))

    def place_columns(self, columns: QBoxLayout, main: bool, side: bool) -> None:
        """Gives the two columns their widths."""
        raise NotImplementedError

    def _named(self, place: str) -> list[str]:
        names = [name for name in self.state.panels if not name.endswith(_UNDER)]
        return [name for name in names if self.state.panels[name].panel.place == place]

    def _natural(self, names: Sequence[str]) -> list[QWidget]:
        return [self._card(name, natural=True) for name in names]

    def _card(self, name: str, *, natural: bool = False, ends: bool = False) -> PanelCard:
        card = PanelCard(self.state, name, self.words, natural=natural, ends=ends)
        self.cards[name] = card
        return card

    def _line_of(self, names: Sequence[str]) -> QHBoxLayout:
        made = QHBoxLayout()
        made.setSpacing(GAP_M)
        for card in self._natural(names):
            made.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        return made

    def _main_parts(self) -> list[QWidget]:
        raise NotImplementedError

    def tables(self) -> list[TableContent]:
        """Every table on the view, in the order of the screen."""
        made = [table for card in self.cards.values() for table in card.tables()]
        return made if self.tabbed is None else [*self.tabbed.tables(), *made]

    def first_focus(self) -> QWidget:
        """The first table of the work; the view itself while that table's rows are on the way."""
        for content in sorted(self.tables(), key=lambda one: one.is_dense):
            if content.table.isVisibleTo(self):
                return content.table
            if content.shown.rows is None and content.shown.problem is None:
                return self
        return self

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        super().topic(topic)
        kind, _, name = topic.partition(".")
        if kind == "panel":
            self._show_panel(name)
        elif topic == "tab" and self.tabbed is not None:
            self.tabbed.show_tab()

    def _show_panel(self, name: str) -> None:
        if name.endswith(_UNDER):
            self.cards[name.removesuffix(_UNDER)].show_rows_under()
        elif name in self.cards:
            self.cards[name].show_rows()
        elif self.tabbed is not None:
            self.tabbed.show_rows(name)
        self._show_trouble()
        self._fit_side()
        if self.hasFocus():
            self.first_focus().setFocus()

    def _show_trouble(self) -> None:
        """Says once, over all panels, what keeps several of them from their rows."""
        shared = shared_problem(self.state)
        if shared == self._shared:
            return
        self._shared = shared
        if self._trouble is not None:
            self.head.removeWidget(self._trouble)
            self._trouble.hide()
            self._trouble.deleteLater()
            self._trouble = None
        if shared is not None:
            self._trouble = FailureLine(self.words, Banner(shared, "warn", again=self.state.refresh))
            self._trouble.dismissed.connect(self._trouble.hide)
            self.head.addWidget(self._trouble)
        for card in self.cards.values():
            card.show_rows()
        if self.tabbed is not None:
            self.tabbed.show_all()

    # ---- the window says how much room there is ----
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = self.window().height()
        for card in self.cards.values():
            card.setVisible(high >= card.panel.hide_below_height)
        direction = QBoxLayout.Direction
        split = self.window().width() >= self.SPLIT_FROM
        self._columns.setDirection(direction.LeftToRight if split else direction.TopToBottom)
        # Under each other both columns keep out of the lane of the right one.
        self._main.setContentsMargins(0, 0, 0 if split or self._side_area is None else THICK, 0)
        for content in self.tables():
            content.set_room(is_tall(self), not split)
        for card in self.cards.values():
            card.fit()
        if self.tabbed is not None:
            self.tabbed.fit()
        self._fit_side()
        self.show_actions()

    def room_for_buttons(self) -> int:
        return super().room_for_buttons() if self.window().width() >= SIDE_FROM else 1

    def _fit_side(self) -> None:
        """Beside the work the right column scrolls by itself; under it, it is as high as its cards."""
        if self._side_area is None:
            return
        split = self._columns.direction() == QBoxLayout.Direction.LeftToRight
        self._side_area.setMinimumHeight(0 if split else self._side.sizeHint().height())
        self._side_area.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred if split else QSizePolicy.Policy.Fixed
        )


def _lane_kept(body: QWidget) -> QScrollArea:
    """A scrolling body whose bar has its lane always: nothing moves when the bar appears. The lanes of the page and
    of its right column lie side by side in the right margin."""
    area = scrolling(body)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    return area


def _column_of(parts: Sequence[QWidget], *, last_grows: bool = False, end: bool = False) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(GAP_M)
    for part in parts:
        grows = last_grows and part.sizePolicy().verticalPolicy() != QSizePolicy.Policy.Maximum
        made.addWidget(part, 1 if grows else 0)
    if end or (last_grows and not any(made.stretch(at) for at in range(made.count()))):
        made.addStretch(1)
    elif last_grows:
        # Takes only what cards that end at their content leave.
        made.addStretch(0)
    return made
