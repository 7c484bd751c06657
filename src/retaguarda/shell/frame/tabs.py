"""The row of open records over a page, 34 high; it is there only when more than one is open."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar

from retaguarda.shell.theme import color, draw_icon, font, width_of
from retaguarda.shell.theme.tokens import BASE, MEDIUM, SEMIBOLD, SMALL, TAB_ROW
from retaguarda.shell.widgets import paint

_CROSS = 22
_WIDEST = 400


class TabRow(QTabBar):
    """Tabs by key. `tab_chosen(key)`, `tab_close_asked(key)` (cross, middle button), `tab_menu_asked(key, point)`,
    `tab_detach_asked(key)` (double click). It asks; the window closes and detaches.
    """

    tab_chosen = Signal(str)
    tab_close_asked = Signal(str)
    tab_detach_asked = Signal(str)
    tab_menu_asked = Signal(str, QPoint)

    def __init__(self, *, name: str, close_name: str) -> None:
        super().__init__()
        self._icons: dict[str, str] = {}
        self._unsaved: set[str] = set()
        self._close_name = close_name
        self._over = -1
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFont(font(BASE, MEDIUM))
        self.setMouseTracking(True)
        self.setFixedHeight(TAB_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._changed)
        self.hide()

    def keys(self) -> list[str]:
        """The keys of the tabs, left to right."""
        return [str(self.tabData(at)) for at in range(self.count())]

    def add(self, key: str, text: str, icon: str = "") -> None:
        """Adds a tab at the right end."""
        self._icons[key] = icon
        was = self.blockSignals(True)
        at = self.addTab(text)
        self.setTabData(at, key)
        self.setTabToolTip(at, text)
        self.blockSignals(was)
        self.setVisible(self.count() > 1)

    def drop(self, key: str) -> None:
        """Takes a tab away."""
        if key in self.keys():
            was = self.blockSignals(True)
            self.removeTab(self.keys().index(key))
            self.blockSignals(was)
            self._icons.pop(key, None)
            self._unsaved.discard(key)
        self.setVisible(self.count() > 1)

    def go(self, key: str) -> None:
        """Shows a tab as the current one, without a signal."""
        was = self.blockSignals(True)
        if key in self.keys():
            self.setCurrentIndex(self.keys().index(key))
        self.blockSignals(was)
        self.update()

    def rename(self, key: str, text: str) -> None:
        """Gives a tab another text."""
        if key in self.keys():
            at = self.keys().index(key)
            self.setTabText(at, text)
            self.setTabToolTip(at, text)

    def mark_unsaved(self, key: str, unsaved: bool) -> None:
        """A dot says that something typed there is not saved yet."""
        if unsaved == (key in self._unsaved):
            return
        self._unsaved ^= {key}
        self.update()

    def step(self, by: int) -> None:
        """Goes on to the next tab or back, round the end (Ctrl+Tab, Ctrl+Shift+Tab)."""
        if self.count() > 1:
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def _changed(self, at: int) -> None:
        if at >= 0:
            self.tab_chosen.emit(str(self.tabData(at)))

    def tabSizeHint(self, index: int) -> QSize:
        wide = width_of(self.tabText(index), BASE, SEMIBOLD) + 24 + _CROSS
        wide += 22 if self._icons.get(str(self.tabData(index))) else 0
        room = max(90.0, self.width() / max(1, self.count()))
        return QSize(int(min(wide, _WIDEST, room)), TAB_ROW)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(90, TAB_ROW)

    def _cross(self, at: int) -> QRectF:
        rect = QRectF(self.tabRect(at))
        return QRectF(rect.right() - _CROSS - 2, rect.center().y() - 9, 18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), color("bg"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("border"))
        # Of many tabs most lie beyond the edge.
        for at in (at for at in range(self.count()) if self.tabRect(at).intersects(event.rect())):
            rect, key, on = QRectF(self.tabRect(at)), str(self.tabData(at)), at == self.currentIndex()
            if on:
                painter.fillRect(rect, color("surface"))
                painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), color("accent"))
            painter.fillRect(QRectF(rect.right(), rect.top() + 8, 1, rect.height() - 16), color("border"))
            x, ink = rect.left() + 12, "text" if on else "text2"
            if self._icons.get(key):
                draw_icon(painter, x, rect.center().y() - 7, self._icons[key], "accent" if on else "text3", 14)
                x += 22
            words = QRectF(x, rect.top(), rect.right() - _CROSS - 6 - x, rect.height())
            paint.text(painter, words, self.tabText(at), SMALL + 1, SEMIBOLD if on else MEDIUM, ink)
            cross = self._cross(at)
            if at == self._over:
                paint.box(painter, cross, "surface2", "", 4)
            if key in self._unsaved and at != self._over:
                paint.box(painter, QRectF(cross.center().x() - 3.5, cross.center().y() - 3.5, 7, 7), "warn", "", 3.5)
            else:
                draw_icon(painter, cross.left() + 3, cross.top() + 3, "x", "text3", 12)
            if on and self.hasFocus():
                paint.focus_ring(painter, rect.adjusted(2, 3, -2, -2), 5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self.tabAt(event.position().toPoint())
        over = at if at >= 0 and self._cross(at).contains(event.position()) else -1
        if over != self._over:
            self._over = over
            self.setToolTip(self._close_name if over >= 0 else "")
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        crossed = at >= 0 and self._cross(at).contains(event.position())
        if at >= 0 and (event.button() == Qt.MouseButton.MiddleButton or crossed):
            self.tab_close_asked.emit(str(self.tabData(at)))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        if at >= 0 and not self._cross(at).contains(event.position()):
            self.tab_detach_asked.emit(str(self.tabData(at)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.tabAt(event.pos())
        at = self.currentIndex() if at < 0 else at
        if at >= 0:
            self.tab_menu_asked.emit(str(self.tabData(at)), event.globalPos())
