"""The model behind a table: rows held whole, or pages of a list too long to hold."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from retaguarda.kernel.page import PAGE
from retaguarda.shell.widgets.table.cells import Column, Kind, Row, Toned, editable_text, spoken

Index = QModelIndex | QPersistentModelIndex
# Pages kept in memory: 60 times 200 rows, however long the list is.
KEPT = 60
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED_IN = _PLAIN | Qt.ItemFlag.ItemIsEditable


class Paging:
    """The pages of a long list that are in memory, by their number, and those on their way."""

    def __init__(self) -> None:
        self.held: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self.asked: set[int] = set()

    def clear(self) -> None:
        self.held.clear()
        self.asked.clear()


class Rows(QAbstractTableModel):
    """Rows by plain tuples.

    Whole lists: `set_rows`, `append`, `insert`, `patch`, `remove`. Long ones: `set_total(n)`, then `fill(first, rows)`
    for each `rows_wanted(first, count)`; rows not there yet are drawn as placeholders.
    """

    rows_wanted = Signal(int, int)
    row_shape_changed = Signal(int)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []
        self._places: dict[Hashable, int] | None = None
        self._total: int | None = None
        self.paging = Paging()

    # What Qt asks.

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid():
            return 0
        return len(self._rows) if self._total is None else self._total

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row = self.at(index.row())
        if row is None or index.column() >= len(row.cells):
            return None
        value = row.cells[index.column()]
        if role == _ROLE.DisplayRole:
            if row.group is not None and index.column() == 0:
                return f"{row.group.name} {row.group.tally}".strip()
            return spoken(value)
        if role == _ROLE.EditRole:
            return editable_text(value)
        if role == _ROLE.CheckStateRole and self.columns[index.column()].kind is Kind.CHECK:
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == _ROLE.CheckStateRole and row.marked and index.column() == 0:
            return Qt.CheckState.Checked
        if role == _ROLE.AccessibleDescriptionRole and row.note is not None:
            return f"{row.note.lead} {row.note.text}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.at(index.row())
        if row is not None and not row.fixed and row.group is None and self.columns[index.column()].editable:
            return _TYPED_IN
        return _PLAIN

    # What a screen says.

    @property
    def is_paged(self) -> bool:
        """Whether this is a long list whose rows come by page."""
        return self._total is not None

    def at(self, place: int) -> Row | None:
        """The row at a place; None while its page is on the way (it is asked for at once)."""
        if self._total is None:
            return self._rows[place] if 0 <= place < len(self._rows) else None
        page = place // PAGE
        held = self.paging.held.get(page)
        if held is not None:
            inside = place % PAGE
            return held[inside] if inside < len(held) else None
        if page not in self.paging.asked and 0 <= place < self._total:
            self.paging.asked.add(page)
            self.rows_wanted.emit(page * PAGE, min(PAGE, self._total - page * PAGE))
        return None

    @property
    def keys(self) -> list[Hashable]:
        """The keys of the rows in memory, from the top, of a list that is no long one."""
        return [row.key for row in self._rows]

    def place_of(self, key: Hashable) -> int:
        """Where a row is; -1 when it is not among those in memory."""
        if self._total is not None:
            for page, held in self.paging.held.items():
                for inside, row in enumerate(held):
                    if row.key == key:
                        return page * PAGE + inside
            return -1
        if self._places is None:
            self._places = {row.key: place for place, row in enumerate(self._rows)}
        return self._places.get(key, -1)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Shows other columns; the rows have to be shown anew, because their cells are those of the columns before."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._rows, self._places = [], None
        self.paging.clear()
        self.endResetModel()

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Shows these rows. When the keys are the same, selection, scroll place and open editor stay."""
        fresh = list(rows)
        if self._total is None and [row.key for row in fresh] == self.keys:
            for place, (old, new) in enumerate(zip(self._rows, fresh, strict=True)):
                if old != new:
                    self._replace(place, new)
            return
        self.beginResetModel()
        self._rows, self._places, self._total = fresh, None, None
        self.paging.clear()
        self.endResetModel()

    def append(self, rows: Iterable[Row]) -> None:
        """Adds rows at the end."""
        fresh = list(rows)
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(_ROOT, first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self._places = None
            self.endInsertRows()
            _announce(self, range(first, len(self._rows)))

    def insert(self, place: int, row: Row) -> None:
        """Puts a row before the one at a place."""
        self.beginInsertRows(_ROOT, place, place)
        self._rows.insert(place, row)
        self._places = None
        self.endInsertRows()
        _announce(self, range(place, place + 1))

    def remove(self, key: Hashable) -> None:
        """Takes a row out; a key that is not there is nobody's fault."""
        place = self.place_of(key)
        if place >= 0 and self._total is None:
            self.beginRemoveRows(_ROOT, place, place)
            del self._rows[place]
            self._places = None
            self.endRemoveRows()

    def patch(self, row: Row) -> bool:
        """Replaces the row with the same key; False when it is not in memory."""
        place = self.place_of(row.key)
        if place >= 0:
            self._replace(place, row)
        return place >= 0

    def type_over(self, place: int, column: int, text: str) -> None:
        """Shows what was typed until the screen answers with the true row."""
        row = self.at(place)
        if row is None or not isinstance(row.cells[column], str | Toned | None):
            return
        cells = (*row.cells[:column], text, *row.cells[column + 1 :])
        self._replace(place, row._replace(cells=cells))

    def set_total(self, total: int) -> None:
        """Makes this a long list of so many rows, none of them here yet."""
        self.beginResetModel()
        self._rows, self._places, self._total = [], None, total
        self.paging.clear()
        self.endResetModel()

    def fill(self, first: int, rows: Sequence[Row], *, in_sight: bool = True) -> None:
        """Brings a page; `first` is a multiple of the page size, as it was asked for. One that is not `in_sight` lets
        nothing be painted anew."""
        page = first // PAGE
        self.paging.asked.discard(page)
        self.paging.held[page] = rows
        while len(self.paging.held) > KEPT:
            self.paging.held.popitem(last=False)
        if rows and in_sight:
            last = self.index(first + len(rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), last)

    def _replace(self, place: int, row: Row) -> None:
        old = self.at(place)
        if self._total is None:
            self._rows[place] = row
        else:
            held = list(self.paging.held[place // PAGE])
            held[place % PAGE] = row
            self.paging.held[place // PAGE] = held
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
        if old is None or (old.note is None) != (row.note is None) or (old.group is None) != (row.group is None):
            self.row_shape_changed.emit(place)


def _announce(rows: Rows, places: range) -> None:
    """Says of fresh rows which are not shaped like the others."""
    for place in places:
        row = rows.at(place)
        if row is not None and (row.note is not None or row.group is not None):
            rows.row_shape_changed.emit(place)
