"""The shape of a table: its head, the widths of its columns, the heights of its rows, the strips under them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from retaguarda.shell.theme import color, draw_icon, font, width_of
from retaguarda.shell.theme.tokens import HEAD, MEDIUM, SMALL
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.scrolling import dress
from retaguarda.shell.widgets.table.cells import Column
from retaguarda.shell.widgets.table.delegate import NOTE, PAD, paint_note
from retaguarda.shell.widgets.table.rows import Rows

GROUP_ROW = 36
# A stretching column is never narrower than this.
STRETCH_LEAST = 140


class Head(QHeaderView):
    """The head of a table, painted like its cells: 34 high, 12/500, an arrow where it is sorted.

    Where it may be arranged, a person drags columns to another place (`moved(from, to)`) and their edges
    (`widened(at, width)`); the table then shows the columns anew.
    """

    moved = Signal(int, int)
    widened = Signal(int, int)

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.sorted_by = ""
        self.descending = False
        self._before: list[int] = []
        self.setFixedHeight(HEAD)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)
        self.setFont(font(SMALL, MEDIUM))
        self.viewport().setAutoFillBackground(False)
        self.set_columns(columns)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """The columns that it is the head of, in their order."""
        self._columns = columns
        self.setSectionsClickable(self.sectionsMovable() or any(column.sortable for column in columns))
        for at in range(self.count()):
            self.moveSection(self.visualIndex(at), at)

    def let_arrange(self) -> None:
        """From now on people may arrange the columns."""
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._before = [self.sectionSize(at) for at in range(self.count())]
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        before, self._before = self._before, []
        if not self.sectionsMovable() or len(before) != self.count():
            return
        # What is dragged stands where it was put; the others moved by one only.
        away = max(range(self.count()), key=lambda at: abs(self.visualIndex(at) - at), default=0)
        wider = [at for at in range(self.count()) if self.sectionSize(at) != before[at] and before[at]]
        if self.visualIndex(away) != away:
            self.moved.emit(away, self.visualIndex(away))
        elif wider:
            self.widened.emit(wider[0], self.sectionSize(wider[0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.viewport().rect()
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), color("border"))
        for at, column in enumerate(self._columns):
            if not self.isSectionHidden(at):
                section = QRectF(self.sectionViewportPosition(at), 0, self.sectionSize(at), HEAD)
                self._paint(painter, section.adjusted(PAD, 0, -PAD, 0), column)

    def _paint(self, painter: QPainter, rect: QRectF, column: Column) -> None:
        align = paint.RIGHT if column.to_right else paint.LEFT
        here = self.sorted_by == column.key
        if here:
            arrow = "arrow-down" if self.descending else "arrow-up"
            at = rect.right() - 12 if align == paint.LEFT else rect.left()
            draw_icon(painter, at, rect.center().y() - 6, arrow, "accent", 12)
            rect = rect.adjusted(0, 0, -14, 0) if align == paint.LEFT else rect.adjusted(14, 0, 0, 0)
        paint.text(painter, rect, column.title, SMALL, MEDIUM, "text2" if here else "text3", align)


def _head_width(column: Column) -> int:
    """What the title of a column takes: a declared width never cuts it."""
    return int(width_of(column.title, SMALL, MEDIUM) + 2 * PAD + (14 if column.sortable else 0) + 1)


class ShapedTable(QTableView):
    """A table view over `Rows` that knows how it looks, not yet how it behaves."""

    def __init__(self, columns: Sequence[Column], row_high: int, head: bool) -> None:
        super().__init__()
        self.rows = Rows(columns, self)
        self._links: dict[int, QRectF] = {}
        self._shaped: set[int] = set()
        dress(self)
        self._head = Head(self.rows.columns)
        self.setHorizontalHeader(self._head)
        self._head.setVisible(head)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        upright = self.verticalHeader()
        upright.hide()
        upright.setMinimumSectionSize(20)
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_row_high(row_high)
        self.rows.modelReset.connect(self._shape_rows)
        self.rows.row_shape_changed.connect(self._shape_row)
        self._begin_widths()

    @property
    def head(self) -> Head:
        """The head over the columns."""
        return self._head

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Shows other columns, or the same in another order or width; the rows have to be shown anew."""
        self.rows.set_columns(columns)
        self._head.set_columns(self.rows.columns)
        self._begin_widths()
        self.share_width()
        self._head.viewport().update()

    def _begin_widths(self) -> None:
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, column.width if column.fixed else self.least_width(column))

    def least_width(self, column: Column) -> int:
        """The declared width of a column, or what its title takes where that is more."""
        return column.width if self._head.isHidden() else max(column.width, _head_width(column))

    def set_row_high(self, high: int) -> None:
        """Makes all plain rows so many pixels high."""
        self.verticalHeader().setDefaultSectionSize(high)
        self._shape_rows()

    def set_sort(self, column: str, descending: bool) -> None:
        """Shows by which column the rows are sorted; sorting itself is the screen's."""
        self._head.sorted_by, self._head.descending = column, descending
        self._head.viewport().update()

    def column_at(self, key: str) -> int:
        """Where a column stands; KeyError names one that is not there."""
        for at, column in enumerate(self.rows.columns):
            if column.key == key:
                return at
        raise KeyError(key)

    def link_at(self, place: int, spot: QPointF) -> bool:
        """Whether a point of the viewport lies on the link of a row's strip."""
        link = self._links.get(place)
        return link is not None and link.contains(spot)

    def _shape_rows(self) -> None:
        self._shaped.clear()
        if not self.rows.is_paged:
            for place in range(self.rows.rowCount()):
                self._shape_row(place)

    def _shape_row(self, place: int) -> None:
        row = self.rows.at(place)
        high = self.verticalHeader().defaultSectionSize()
        noted = row is not None and row.note is not None
        if row is not None and row.group is not None:
            high = GROUP_ROW
        high += NOTE if noted else 0
        if self.rowHeight(place) != high:
            self.setRowHeight(place, high)
        if noted:
            self._shaped.add(place)
        else:
            self._shaped.discard(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._links.clear()
        if not self._shaped:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in self._shaped:
            row, top = self.rows.at(place), self.rowViewportPosition(place)
            if row is not None and row.note is not None and -self.rowHeight(place) < top < self.viewport().height():
                under = QRectF(0, top + self.rowHeight(place) - NOTE, self.viewport().width(), NOTE)
                self._links[place] = paint_note(painter, under, row.note)

    @property
    def shows_all(self) -> bool:
        """Whether all rows have room at once; known before they are laid out, unlike the range of the bar."""
        return self.verticalHeader().length() <= self.viewport().height()

    def room(self) -> int:
        """The width that decides which columns leave: the table's own. A table in a part of a page may take another."""
        return self.viewport().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Hides what has no room; the columns that stretch share what the others leave."""
        wide, room = self.viewport().width(), self.room()
        for at, column in enumerate(self.rows.columns):
            hide = room < column.hide_below
            if hide != self.isColumnHidden(at):
                self.setColumnHidden(at, hide)
        shown = [at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at)]
        sharing = [at for at in shown if self.rows.columns[at].stretch]
        if not sharing and self._head.sectionsMovable():
            sharing = shown[-1:]
        left = wide - sum(self.columnWidth(at) for at in shown if at not in sharing)
        for at in sharing:
            column = self.rows.columns[at]
            least = STRETCH_LEAST if column.stretch else column.width
            self.setColumnWidth(at, max(least, left // len(sharing)))
