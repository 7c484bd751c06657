"""The left column: the modules one may enter, 224 wide, or a rail of icons 60 wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from retaguarda.shell.theme import color, draw_icon, icon, role_ground, role_ink, width_of
from retaguarda.shell.theme.tokens import (
    BASE,
    CAPTION,
    MEDIUM,
    NAV_RAIL,
    NAV_WIDE,
    RADIUS_TILE,
    REGULAR,
    SECTION,
    SEMIBOLD,
    SMALL,
)
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.scrolling import dress

_ITEM, _ITEM_GAP, _GROUP = 34, 3, 34
_MORE = "more"
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A place one may enter. `group` is the heading it stands under; `badge` counts what waits for the person; `rare`
    ones leave for a menu where there is no room for all."""

    key: str
    text: str
    icon: str
    group: str = ""
    badge: str = ""
    badge_role: str = "neutral"
    rare: bool = False


class _NavModel(QAbstractListModel):
    """Headings and entries in one list; a heading is a plain text and cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[NavEntry | str] = []
        self.rail = False

    def show(self, entries: Sequence[NavEntry]) -> None:
        self.beginResetModel()
        self.lines, group = [], ""
        for entry in entries:
            if entry.group not in ("", group):
                group = entry.group
                self.lines.append(group)
            self.lines.append(entry)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, str):
            return line if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.text} {line.badge}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and self.rail:
            return line.text
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @property
    def shown(self) -> list[NavEntry]:
        """The entries without their headings."""
        return [line for line in self.lines if isinstance(line, NavEntry)]

    def place_of(self, key: str) -> int:
        """Where an entry stands; -1 when the person may not enter it."""
        places = (at for at, line in enumerate(self.lines) if isinstance(line, NavEntry) and line.key == key)
        return next(places, -1)


class _NavDelegate(QStyledItemDelegate):
    """Paints headings and entries, wide or as a rail."""

    def __init__(self, view: NavList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = isinstance(self._view.entries.lines[index.row()], str)
        if not heading:
            return QSize(40, _ITEM + _ITEM_GAP)
        return QSize(40, 12 if self._view.entries.rail else _GROUP) if index.row() else QSize(40, self._first())

    def _first(self) -> int:
        return 4 if self._view.entries.rail else 26

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, rect, rail = self._view.entries.lines[index.row()], QRectF(option.rect), self._view.entries.rail
        if isinstance(line, str):
            if not rail:
                words = QRectF(rect.left() + 12, rect.bottom() - 22, rect.width() - 24, 18)
                paint.text(painter, words, line.upper(), CAPTION, SEMIBOLD, "text3")
            return
        cell = QRectF(rect.left(), rect.top() + 1, rect.width(), _ITEM)
        on = line.key == self._view.active
        if on:
            paint.box(painter, cell, "accentbg", "", 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, cell, "hover", "", 6)
        if self._view.hasFocus() and index == self._view.currentIndex():
            paint.focus_ring(painter, cell, 6)
        middle = cell.center().y()
        ink = "accent" if on else "navtext"
        draw_icon(painter, cell.left() + (9 if rail else 12), middle - 9, line.icon, ink, 18)
        if rail:
            if line.badge and line.badge_role not in ("neutral", ""):
                paint.box(painter, QRectF(cell.left() + 24, middle - 13, 8, 8), role_ink(line.badge_role), "", 4)
            return
        words = cell.adjusted(40, 0, -12, 0)
        if line.badge:
            words.setRight(self._badge(painter, cell, line) - 6)
        paint.text(painter, words, line.text, BASE, SEMIBOLD if on else MEDIUM, ink)

    def _badge(self, painter: QPainter, cell: QRectF, entry: NavEntry) -> float:
        wide = max(26.0, width_of(entry.badge, CAPTION, SEMIBOLD) + 16)
        rect = QRectF(cell.right() - 10 - wide, cell.center().y() - 9, wide, 18)
        paint.box(painter, rect, role_ground(entry.badge_role), "", 9)
        paint.text(painter, rect, entry.badge, CAPTION, SEMIBOLD, role_ink(entry.badge_role), paint.CENTRE)
        return rect.left()


class NavList(QListView):
    """The entries as a list, so that they announce themselves as what they are. Enter or a click chooses."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.entries = _NavModel(self)
        self.active = ""
        self.setAccessibleName(name)
        dress(self, "nav")
        self.setModel(self.entries)
        self.setItemDelegate(_NavDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def height_of(self, entries: Sequence[NavEntry]) -> int:
        """How high entries stand with their headings."""
        headings = len({entry.group for entry in entries if entry.group})
        heading = 12 if self.entries.rail else _GROUP
        return len(entries) * (_ITEM + _ITEM_GAP) + headings * heading

    def choose(self, place: int) -> None:
        """Goes to a line as if it had been pressed; a heading or no line at all does nothing."""
        line = self.entries.lines[place] if 0 <= place < len(self.entries.lines) else ""
        if isinstance(line, NavEntry):
            self.setCurrentIndex(self.entries.index(place))
            self.chosen.emit(line.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self.indexAt(event.position().toPoint()).row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class _Brand(QWidget):
    """The sign of the program, its name and the company's."""

    def __init__(self, brand: str, company: str) -> None:
        super().__init__()
        self._brand, self._company, self.rail = brand, company, False
        self.setFixedHeight(46)
        self.rename(company)

    def rename(self, company: str) -> None:
        self._company = company
        self.setAccessibleName(f"{self._brand}, {company}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        x = 2.0 if self.rail else 6.0
        paint.box(painter, QRectF(x, 2, 32, 32), "accent", "", RADIUS_TILE)
        draw_icon(painter, x + 7, 9, "building-2", "onaccent", 18)
        if not self.rail:
            words = QRectF(x + 42, 0, self.width() - x - 42, 19)
            paint.text(painter, words, self._brand, SECTION, SEMIBOLD, "text")
            paint.text(painter, words.translated(0, 19).adjusted(0, -2, 0, -2), self._company, SMALL, REGULAR, "text3")


class Navigation(QFrame):
    """Brand and entries. `nav_chosen(key)` when the person goes somewhere; `set_active` shows where they are.

    Where the entries do not all fit under each other, the rare ones stand in the menu of the last entry, `more`.
    """

    nav_chosen = Signal(str)

    def __init__(self, *, name: str, brand: str, company: str = "", more: str) -> None:
        super().__init__()
        self._entries: tuple[NavEntry, ...] = ()
        self._more = NavEntry(_MORE, more, "ellipsis")
        self._active = ""
        self._brand = _Brand(brand, company)
        self._list = NavList(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 14, 12, 8)
        outer.setSpacing(0)
        outer.addWidget(self._brand)
        outer.addWidget(self._list, 1)
        self._list.chosen.connect(self._chosen)
        self.set_rail(False)

    def set_company(self, company: str) -> None:
        """Shows another company under the brand."""
        self._brand.rename(company)

    def set_entries(self, entries: Sequence[NavEntry]) -> None:
        """Shows the places the person may enter, in their order, grouped."""
        self._entries = tuple(entries)
        self._share_room()

    def _share_room(self) -> None:
        """Shows all entries where they fit; else the rare ones go into the menu of the last entry."""
        shown = self._entries
        if self._list.height_of(shown) > self._list.height() and any(entry.rare for entry in shown):
            shown = (*(entry for entry in shown if not entry.rare), self._more)
        if [entry.key for entry in self._list.entries.shown] != [entry.key for entry in shown]:
            self._list.entries.show(shown)
            self.set_active(self._active)

    def _chosen(self, key: str) -> None:
        if key == _MORE:
            self.open_more()
        else:
            self.nav_chosen.emit(key)

    def open_more(self) -> None:
        """Opens the menu of the rare entries beside the last entry; arrows and Enter choose."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._more.text)
        for entry in (entry for entry in self._entries if entry.rare):
            made = menu.addAction(icon(entry.icon, "navtext"), entry.text)
            made.triggered.connect(partial(self.nav_chosen.emit, entry.key))
        last = self._list.visualRect(self._list.entries.index(self._list.entries.place_of(_MORE)))
        corner = self._list.viewport().mapToGlobal(last.bottomRight())
        menu.popup(QPoint(corner.x() + 8, corner.y() - menu.sizeHint().height()))
        menu.setActiveAction(menu.actions()[0])

    def set_badge(self, key: str, badge: str, role: str = "neutral") -> None:
        """Changes the count of one entry."""
        self._entries = tuple(
            replace(entry, badge=badge, badge_role=role) if entry.key == key else entry for entry in self._entries
        )
        place = self._list.entries.place_of(key)
        if place >= 0:
            self._list.entries.lines[place] = next(entry for entry in self._entries if entry.key == key)
            index = self._list.entries.index(place)
            self._list.entries.dataChanged.emit(index, index)

    def set_active(self, key: str) -> None:
        """Marks where the person is, without a signal."""
        self._active = key
        rare = self._list.entries.place_of(key) < 0 and any(entry.key == key for entry in self._entries)
        self._list.active = _MORE if rare else key
        place = self._list.entries.place_of(self._list.active)
        if place >= 0:
            self._list.setCurrentIndex(self._list.entries.index(place))
        self._list.viewport().update()

    def go(self, number: int) -> None:
        """Chooses the entry with a number, counted from 1 (Ctrl+1 to Ctrl+9)."""
        shown = self._list.entries.shown
        if 1 <= number <= len(shown):
            self._list.choose(self._list.entries.place_of(shown[number - 1].key))

    def set_rail(self, rail: bool) -> None:
        """Shrinks to a rail of icons, or widens again."""
        self._list.entries.rail = self._brand.rail = rail
        self.setFixedWidth(NAV_RAIL if rail else NAV_WIDE)
        # On a rail a scroll bar would lie over the icons; the wheel and the arrows still scroll.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if rail else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._list.setVerticalScrollBarPolicy(policy)
        self._list.scheduleDelayedItemsLayout()
        self._share_room()
        self._brand.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    @property
    def is_rail(self) -> bool:
        """Whether only icons are shown."""
        return self._list.entries.rail

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("nav"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), color("border"))
