"""The one delegate of all tables: it paints each cell by the kind of its column, from the row itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from retaguarda.shell.theme import ROLE_ICON, color, draw_icon, font, role_ink, width_of
from retaguarda.shell.theme.tokens import BASE, MEDIUM, REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.table.cells import (
    Action,
    Availability,
    Cell,
    Column,
    Group,
    Kind,
    Note,
    Row,
    Sign,
    State,
    Toned,
    TwoLine,
    Who,
    spoken,
)
from retaguarda.shell.widgets.table.rows import Rows

Index = QModelIndex | QPersistentModelIndex
PAD = 12
NOTE = 40
MARK = 26
_SELECTED = QStyle.StateFlag.State_Selected
_Painter = Callable[[QPainter, QRectF, Cell, bool], None]


class _Type:
    """Size, weight, token, alignment and figures of a kind that is one line of text."""

    def __init__(self, size: int, weight: int, token: str, align: int = paint.LEFT, figures: bool = False) -> None:
        self.size, self.weight, self.token, self.align, self.figures = size, weight, token, align, figures

    def at_side(self, column: Column) -> _Type:
        """The same type at the side the column asks for."""
        if not column.align:
            return self
        return _Type(self.size, self.weight, self.token, paint.RIGHT if column.to_right else paint.LEFT, self.figures)

    def __call__(self, painter: QPainter, rect: QRectF, value: Cell, _selected: bool) -> None:
        words, token, weight = spoken(value), self.token, self.weight
        if isinstance(value, Toned):
            token, weight = (role_ink(value.role) if value.role else token), max(weight, MEDIUM)
        paint.text(painter, rect, words, self.size, weight, token, self.align, self.figures)


def _two_line(painter: QPainter, rect: QRectF, value: Cell, selected: bool) -> None:
    cell = value if isinstance(value, TwoLine) else TwoLine(spoken(value))
    if not cell.second:
        token = "text3" if cell.faint else "text"
        paint.text(painter, rect, cell.first, BASE, MEDIUM, token)
        return
    ink, weight = ("text3", REGULAR) if cell.faint else ("text", MEDIUM)
    paint.two_lines(painter, rect, cell.first, cell.second, ink, "text2" if selected else "text3", weight)


def _pill(painter: QPainter, rect: QRectF, value: Cell, _selected: bool) -> None:
    cell = value if isinstance(value, State) else State(spoken(value))
    paint.pill(painter, rect.left() - 4, rect.center().y(), cell.text, cell.role, cell.icon)


def _availability(painter: QPainter, rect: QRectF, value: Cell, selected: bool) -> None:
    cell = value if isinstance(value, Availability) else Availability("neutral", spoken(value))
    if cell.role == "neutral" and not cell.second:
        # A plain answer is no state: no icon, no weight.
        paint.text(painter, rect, cell.first, BASE, MEDIUM, "text")
        return
    middle = rect.center().y()
    top = middle - 16 if cell.second else middle - 7
    draw_icon(painter, rect.left() - 2, top, ROLE_ICON[cell.role], role_ink(cell.role), 14)
    ink, weight = ("text", MEDIUM) if cell.role == "ok" else (role_ink(cell.role), SEMIBOLD)
    beside = rect.adjusted(18, 0, 0, 0)
    if cell.second:
        paint.two_lines(painter, beside, cell.first, cell.second, ink, "text2" if selected else "text3", weight)
    elif rect.height() > 40 and width_of(cell.first, BASE, weight) > beside.width():
        # A long answer goes on in the second line.
        first = _line_of(cell.first, beside.width(), weight)
        paint.two_lines(painter, beside, first, cell.first[len(first) :].strip(), ink, "text2", weight)
    else:
        paint.text(painter, beside, cell.first, BASE, weight, ink)


def _line_of(words: str, wide: float, weight: int) -> str:
    """As many whole words as fit into one line."""
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}".strip()
        if line and width_of(longer, BASE, weight) > wide:
            break
        line = longer
    return line


def _avatar(painter: QPainter, rect: QRectF, value: Cell, selected: bool) -> None:
    cell = value if isinstance(value, Who) else Who("", spoken(value))
    if not cell.initials:
        paint.text(painter, rect, cell.name, BASE, REGULAR, "text2")
        return
    disc = QRectF(rect.left() - 2, rect.center().y() - 12, 24, 24)
    paint.avatar(painter, disc, cell.initials, cell.role, selected)
    paint.text(painter, rect.adjusted(28, 0, 0, 0), cell.name, BASE, REGULAR, "text2")


def _action(painter: QPainter, rect: QRectF, value: Cell, _selected: bool) -> None:
    cell = value if isinstance(value, Action) else Action(spoken(value))
    x = 0
    if cell.icon:
        draw_icon(painter, rect.left() - 2, rect.center().y() - 8, cell.icon, "accent", 16)
        x = 20
    paint.text(painter, rect.adjusted(x, 0, 6, 0), cell.text, BASE, MEDIUM, "accent")


def _icon(painter: QPainter, rect: QRectF, value: Cell, _selected: bool) -> None:
    if isinstance(value, Sign):
        middle = rect.center()
        draw_icon(painter, middle.x() - 8, middle.y() - 8, value.icon, role_ink(value.role), 16)


def _check(painter: QPainter, rect: QRectF, value: Cell, _selected: bool) -> None:
    square = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
    paint.box(painter, square, "accent" if value else "surface", "accent" if value else "border2", 4, 1.5)
    if value:
        draw_icon(painter, square.left() + 2, square.top() + 2, "check", "onaccent", 12)


PAINTERS: dict[Kind, _Painter] = {
    Kind.TEXT: _Type(BASE, REGULAR, "text2"),
    Kind.MUTED: _Type(SMALL, REGULAR, "text3"),
    Kind.STRONG: _Type(BASE, MEDIUM, "text"),
    Kind.CODE: _Type(BASE, REGULAR, "text2", paint.LEFT, True),
    Kind.NUMBER: _Type(BASE, REGULAR, "text2", paint.RIGHT, True),
    Kind.AMOUNT: _Type(BASE, MEDIUM, "text", paint.RIGHT, True),
    Kind.POSITION: _Type(BASE, MEDIUM, "text2", paint.LEFT, True),
    Kind.AGE: _Type(BASE, REGULAR, "text2", paint.LEFT, True),
    Kind.TWO_LINE: _two_line,
    Kind.PILL: _pill,
    Kind.AVAILABILITY: _availability,
    Kind.AVATAR: _avatar,
    Kind.ACTION: _action,
    Kind.ICON: _icon,
    Kind.CHECK: _check,
}


def _painter_of(column: Column) -> _Painter:
    painter = PAINTERS[column.kind]
    return painter.at_side(column) if isinstance(painter, _Type) else painter


def paint_placeholder(painter: QPainter, rect: QRectF, column: Column, place: int) -> None:
    """A grey bar where a row is still on the way; widths differ from row to row, like words do."""
    wide = rect.width() * (0.45 + ((place * 7 + len(column.key) * 5) % 5) * 0.09)
    high = 16.0 if column.kind is Kind.PILL else 10.0
    left = rect.right() - wide if column.to_right else rect.left()
    paint.box(painter, QRectF(left, rect.center().y() - high / 2, wide, high), "sunken", "", high / 2)


def paint_group(painter: QPainter, rect: QRectF, group: Group) -> None:
    """The head of a group: chevron, icon, name, count."""
    middle, x = rect.center().y(), rect.left() - 2
    draw_icon(painter, x, middle - 7, "chevron-down" if group.unfolded else "chevron-right", "text3", 14)
    x += 22
    if group.icon:
        draw_icon(painter, x, middle - 8, group.icon, role_ink(group.role), 16)
        x += 24
    paint.text(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), group.name, BASE, SEMIBOLD, "text")
    if group.tally:
        x += width_of(group.name, BASE, SEMIBOLD) + 8
        paint.pill(painter, x, middle, group.tally, group.role, dot=False, size=11)


def paint_note(painter: QPainter, rect: QRectF, note: Note) -> QRectF:
    """The strip under a row; gives back where its link is."""
    ink, middle = role_ink(note.role), rect.center().y()
    painter.fillRect(rect, color(_tint(note.role)))
    painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color(ink))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color("border"))
    right = rect.right() - PAD
    if note.key:
        wide = paint.key_width(note.key)
        paint.key_cap(painter, QRectF(right - wide - 4, middle - 9, wide, 18), note.key)
        right -= wide + 14
    wide = width_of(note.link, BASE, SEMIBOLD)
    link = QRectF(right - wide, rect.top(), wide, rect.height())
    paint.text(painter, link.adjusted(0, 0, 2, 0), note.link, BASE, SEMIBOLD, "accent")
    draw_icon(painter, rect.left() + 52, middle - 8, note.icon, ink, 16)
    x = rect.left() + 76
    lead = width_of(note.lead, BASE, SEMIBOLD)
    paint.text(painter, QRectF(x, rect.top(), lead + 2, rect.height()), note.lead, BASE, SEMIBOLD, "text")
    words = QRectF(x + lead + 6, rect.top(), link.left() - x - lead - 22, rect.height())
    paint.text(painter, words, note.text, BASE, REGULAR, "text2")
    return link


def _tint(role: str) -> str:
    return "rowbad" if role == "bad" else "rowwarn" if role == "warn" else "surface2"


class CellEditor(LineEdit):
    """The editor that opens in a cell: the 2 px accent box of a focused field."""

    def __init__(self, parent: QWidget, number: bool) -> None:
        super().__init__()
        self.filled = False
        self.setParent(parent)
        self.setTextMargins(7, 0, 7, 0)
        if number:
            self.setFont(font(BASE, MEDIUM, True))
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(lambda _text: self.refuse(""))

    def refuse(self, why: str) -> None:
        """Shows what is wrong with the text, or nothing any more."""
        self.set_invalid(bool(why))
        self.setAccessibleDescription(why)


class Painted(Protocol):
    """What the delegate needs of the table whose cells it paints."""

    rows: Rows

    @property
    def is_grid(self) -> bool: ...
    def is_active(self) -> bool: ...
    def currentIndex(self) -> QModelIndex: ...
    def hasFocus(self) -> bool: ...
    def columnWidth(self, column: int) -> int: ...
    def take_edit(self, place: int, at: int, text: str) -> None: ...
    def end_edit(self, editor: QWidget, how: str) -> None: ...


class CellDelegate(QStyledItemDelegate):
    """Paints and edits the cells of one table; `being_typed(key, column, text)` follows each key in an open editor."""

    being_typed = Signal(object, str, str)

    def __init__(self, table: Painted) -> None:
        super().__init__(cast(QObject, table))
        self._table = table
        self._take_columns()
        table.rows.modelReset.connect(self._take_columns)

    def _take_columns(self) -> None:
        self._painters = [_painter_of(column) for column in self._table.rows.columns]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows = self._table.rows
        row, place, at = rows.at(index.row()), index.row(), index.column()
        column, rect = rows.columns[at], QRectF(option.rect)
        selected = bool(option.state & _SELECTED)
        if row is None:
            self._line(painter, rect)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_placeholder(painter, rect.adjusted(PAD, 0, -PAD, 0), column, place)
            return
        if row.note is not None:
            rect.setHeight(rect.height() - NOTE)
        value = row.cells[at] if at < len(row.cells) else ""
        if row.group is not None:
            if at and value == "" and self._group_span(row) > at:
                return
            rect.setRight(rect.right() if at else rect.left() + self._group_width(row))
        # Edges between cells fall between two pixels at 125 % or 150 %: smoothed, the ground would shine through.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._ground(painter, rect, row, at, selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if row.marked and at == 0:
            _check(painter, inner, True, selected)
            inner.setLeft(inner.left() + MARK)
        if row.group is not None and at == 0:
            paint_group(painter, inner, row.group)
        elif value is not None and value != "":
            self._painters[at](painter, inner, value, selected)
        if column.editable and not row.fixed and index == self._table.currentIndex() and self._table.hasFocus():
            paint.focus_ring(painter, rect.adjusted(3, 4, -3, -5), 6)

    def _ground(self, painter: QPainter, rect: QRectF, row: Row, at: int, selected: bool) -> None:
        if selected and not row.tint:
            painter.fillRect(rect, color("hover" if self._table.is_grid else "sel"))
        elif row.tint:
            painter.fillRect(rect, color(_tint(row.tint)))
        elif row.marked:
            painter.fillRect(rect, color("accentbg"))
        elif row.group is not None:
            painter.fillRect(rect, color("surface2"))
        self._line(painter, rect)
        if at == 0 and (selected or row.tint):
            bar = role_ink(row.tint) if row.tint else "accent" if self._table.is_active() else "border2"
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color(bar))

    @staticmethod
    def _line(painter: QPainter, rect: QRectF) -> None:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color("border"))

    @staticmethod
    def _group_span(row: Row) -> int:
        """How many columns the head of a group may run over: the empty ones after the first."""
        span = 1
        while span < len(row.cells) and row.cells[span] == "":
            span += 1
        return span

    def _group_width(self, row: Row) -> int:
        return sum(self._table.columnWidth(at) for at in range(self._group_span(row)))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._table.rows.columns[index.column()]
        editor = CellEditor(parent, column.to_right)
        editor.setAccessibleName(column.title)
        row = self._table.rows.at(index.row())
        if row is not None:
            editor.textEdited.connect(partial(self.being_typed.emit, row.key, column.key))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        line = cast(CellEditor, editor)
        # Qt asks again whenever the row changes; what is being typed must not be overwritten by an answer.
        if not line.filled:
            line.filled = True
            line.setText(index.data(Qt.ItemDataRole.EditRole) or "")
            line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self._table.take_edit(index.row(), index.column(), cast(LineEdit, editor).text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row = self._table.rows.at(index.row())
        low = NOTE if row is not None and row.note is not None else 0
        editor.setGeometry(rect.adjusted(3, 4, -3, -5 - low))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            pressed = cast(QKeyEvent, event).key()
            ends = {
                Qt.Key.Key_Tab: "tab", Qt.Key.Key_Backtab: "backtab", Qt.Key.Key_Return: "enter",
                Qt.Key.Key_Enter: "enter", Qt.Key.Key_Escape: "escape", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down",
            }  # fmt: skip
            if pressed in ends:
                self._table.end_edit(cast(QWidget, editor), ends[Qt.Key(pressed)])
                return True
        return super().eventFilter(editor, event)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        words = index.data() or ""
        rect: QRect = option.rect
        longest = max((width_of(part, BASE, MEDIUM) for part in words.split(", ")), default=0.0)
        QToolTip.showText(event.globalPos(), words if longest > rect.width() - 2 * PAD else "", view)
        return True
