"""What a report shows: a chart, the table that says the same, its row of totals, and what stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.reading import ReadingState
from retaguarda.shell.export_tools import ExportTools
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card, Panel, Rule
from retaguarda.shell.widgets.layout import Placed, boxed, row
from retaguarda.shell.widgets.layout import column as stacked
from retaguarda.shell.widgets.messages import EmptyState, Skeleton
from retaguarda.shell.widgets.report_chart import FLAT, HIGH, Point, ReportChart
from retaguarda.shell.widgets.table import Column as TableColumn
from retaguarda.shell.widgets.table import Row, Table

TOTAL = "total"
CHART_FROM, CHART_WHOLE = 560, 760
_TWO_LINES = 46
"""Below the first height of the page the table has the room alone, below the second the chart is flat."""


class ReadView(ScreenView):
    """The view of a ReadingState. Subclasses put `place` into their body, and say what stands over the table."""

    state: ReadingState

    def __init__(self, state: ReadingState, words: Words) -> None:
        super().__init__(state, words)
        self.tools = ExportTools(self, state, words)
        self.place = QStackedWidget()
        self.table: Table
        self.chart: ReportChart | None = None
        self._chart_card: Card | None = None
        self._awaits_rows = False

    def name(self) -> str:
        """The name under which it was saved, or the report's own."""
        return self.state.name or super().name()

    # ---- what each kind says ----
    def heads(self) -> list[TableColumn]:
        """The columns of the table."""
        return [self.words.head(self.state.screen.name, column) for column in self.state.cut.columns]

    def cut_name(self) -> str:
        """What the table shows, for who does not see it."""
        raise NotImplementedError

    def over_table(self) -> tuple[Placed, ...]:
        """What stands over the table, before the buttons."""
        raise NotImplementedError

    def words_of_none(self) -> tuple[str, str]:
        """What is said where there are no rows, and why."""
        name = self.state.screen.name
        return self.words.say(f"{name}.empty"), self.words.say(f"{name}.empty_why")

    def point_label(self, row: Any) -> str:
        """What a point of the chart is called."""
        cut = self.state.cut
        assert cut.chart is not None
        label = next(column for column in cut.columns if column.field == cut.chart.label)
        return self.words.value(getattr(row, label.field), label.show, label.texts)

    def fields_focus(self) -> QWidget | None:
        """Where the keyboard waits for the rows."""
        raise NotImplementedError

    # ---- parts ----
    def build(self) -> None:
        """Chart and table as they are shown now."""
        cut, words = self.state.cut, self.words
        old = self.place.currentWidget()
        if old is not None:
            self.place.removeWidget(old)
            old.deleteLater()
        heads = self.heads()
        two_lines = any(column.has_two_lines for column in cut.columns)
        self.table = Table(heads, name=self.cut_name(), row_high=_TWO_LINES if two_lines else 36)
        self.table.row_activated.connect(lambda _key: self.state.open())
        self.table.current_changed.connect(lambda key: self.state.choose(None if key is None else int(str(key))))
        self.totals = _Totals(heads, self.table, words.say("shell.total"))
        self.totals.setFixedHeight(40)
        self.totals.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._other: QWidget | None = None
        self._stack.addWidget(stacked_widget(self.table, Rule(), self.totals))
        refresh = Button(icon="refresh-cw", kind="ghost", name=words.say("shell.refresh"))
        refresh.clicked.connect(lambda _on=False: self.state.refresh())
        panel = Panel(self._stack, header=(*self.over_table(), self.tools.button, refresh), head=52)
        parts: list[Any] = [(panel, 1)]
        self.chart = self._chart_card = None
        if cut.chart is not None:
            self.chart = ReportChart(cut.chart.kind, name=self._chart_name())
            self._chart_card = Card(stacked(self.chart, gap=0))
            parts.insert(0, self._chart_card)
        page = QWidget()
        page.setLayout(stacked(*parts, gap=14))
        self.place.addWidget(page)
        self._fit()

    def _chart_name(self) -> str:
        chart, heads = self.state.cut.chart, {head.key: head.title for head in self.heads()}
        assert chart is not None
        return f"{heads[chart.value]} · {heads[chart.label]}"

    def _fit(self) -> None:
        if self._chart_card is not None:
            self._chart_card.setVisible(self.height() >= CHART_FROM and bool(self.state.found.rows))
        if self.chart is not None:
            self.chart.setFixedHeight(HIGH if self.height() >= CHART_WHOLE else FLAT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def first_focus(self) -> QWidget:
        if self.table.isVisibleTo(self):
            return self.table
        self._awaits_rows = True
        return self.fields_focus() or self.table

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "rows":
            self._show_rows()
        elif topic == "status":
            self.show_status()
        elif topic == "progress":
            self._show_count()
        elif topic == "title":
            self.header.set_name(self.name())

    def _show_rows(self) -> None:
        found, cut = self.state.found, self.state.cut
        self.table.rows.set_rows(self.words.row_of(cut.columns, row, str(at)) for at, row in enumerate(found.rows))
        if found.rows:
            self.table.go_to("0")
        self.totals.setVisible(found.total is not None)
        if found.total is not None:
            sums = self.words.row_of(cut.columns, found.total, TOTAL)
            summed = {*cut.totals, *cut.derived}
            cells = [c if column.field in summed else "" for column, c in zip(cut.columns, sums.cells, strict=True)]
            # A word in the place of a state would look like one.
            plain = (n for n, one in enumerate(cut.columns) if one.show != "pill" and one.field not in summed)
            cells[next(plain, 0)] = self.words.say("shell.total")
            self.totals.rows.set_rows([Row(TOTAL, tuple(cells))])
        if self.chart is not None and cut.chart is not None:
            self.chart.set_points(self._points())
        self._fit()
        self._show_count()

    def _points(self) -> list[Point]:
        cut = self.state.cut
        assert cut.chart is not None
        columns = {column.field: column for column in cut.columns}
        value = columns[cut.chart.value]
        rows = self.state.found.rows if cut.chart.kind == "line" else self.state.found.rows[: cut.chart.most]
        return [
            Point(
                self.point_label(row),
                float(getattr(row, value.field) or 0),
                self.words.value(getattr(row, value.field), value.show),
            )
            for row in rows
        ]

    def _show_count(self) -> None:
        state = self.state
        done, whole = state.progress
        if state.status == "loading":
            parts = [self.words.say("shell.export.far", n=done, whole=whole)] if whole else []
        else:
            parts = [self.words.phrase(state.phrase())]
            if state.answered_at is not None:
                parts.append(self.words.say("shell.data_at", at=state.answered_at))
        self.header.set_context(" · ".join(parts))

    def show_status(self) -> None:
        status = self.state.status
        had_keyboard = self._other is not None and self._other.isAncestorOf(self.focusWidget() or self)
        if self._other is not None:
            self._stack.removeWidget(self._other)
            self._other.deleteLater()
            self._other = None
        if status == "ready":
            self._stack.setCurrentIndex(0)
            if self._awaits_rows or had_keyboard:
                self._awaits_rows = False
                self.table.setFocus()
        else:
            self._other = self._make_other(status)
            self._stack.addWidget(self._other)
            self._stack.setCurrentWidget(self._other)
        self._fit()
        self._show_count()

    def _make_other(self, status: str) -> QWidget:
        words = self.words
        if status == "loading":
            stop = Button(words.say("shell.cancel"), size="small")
            stop.clicked.connect(lambda _on=False: self.state.stop())
            bars = Skeleton([column.width for column in self.state.cut.columns], name=words.say("shell.loading"))
            return stacked_widget(bars, boxed(row(None, stop, None, margins=(0, 8, 0, 8))))
        again = Button(words.say("shell.try_again"), icon="refresh-cw", kind="primary")
        again.clicked.connect(lambda _on=False: self.state.refresh())
        if status == "failed":
            banner = self.state.banner
            text = banner.text if banner is not None else Phrase("shell.state.offline")
            return EmptyState("octagon-alert", words.cause(text), words.action(text), [again], role="bad")
        if status == "stopped":
            stopped = Phrase("shell.report.stopped")
            return EmptyState("ban", words.cause(stopped), words.action(stopped), [again], role="warn")
        return EmptyState(self.state.screen.icon or "inbox", *self.words_of_none())

    # ---- the person acts ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.state.status == "loading":
            self.state.stop()
            return
        super().keyPressEvent(event)


class _Totals(Table):
    """The row under a table whose figures stand under the table's own."""

    _above: Table | None = None

    def __init__(self, heads: Sequence[TableColumn], above: Table, name: str) -> None:
        super().__init__(heads, name=name, head=False)
        self._above = above
        above.horizontalHeader().sectionResized.connect(lambda _at, _old, _new: self.share_width())

    def share_width(self) -> None:
        """As wide as the columns above, whatever those leave out."""
        if self._above is not None:
            for at in range(self.rows.columnCount()):
                self.setColumnHidden(at, self._above.isColumnHidden(at))
                self.setColumnWidth(at, self._above.columnWidth(at))


def stacked_widget(*parts: Any) -> QWidget:
    """Parts under each other in a widget of their own; the first takes what is left."""
    made = QWidget()
    made.setLayout(stacked((parts[0], 1), *parts[1:], gap=0))
    return made
