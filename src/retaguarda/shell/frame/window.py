"""The frame of a window: navigation at the left, bar on top, tabs, pages, status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QMainWindow, QStackedWidget, QWidget

from retaguarda.shell.frame.bars import FrameTexts, StatusLine, TopBar
from retaguarda.shell.frame.navigation import NavEntry, Navigation
from retaguarda.shell.frame.tabs import TabRow
from retaguarda.shell.theme import current, on_theme_changed
from retaguarda.shell.theme.tokens import WIDE_FROM
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.toast import Toast

LEAST = (800, 560)


class WindowFrame(QMainWindow):
    """Everything around the pages, by plain data.

    Parts: `navigation`, `top`, `tabs`, `status`, `toast`. Pages are widgets by key: `open_page`, `show_page`,
    `close_page`, `page`. The frame asks, the program decides: `nav_chosen(key)`, `page_shown(key)`,
    `page_close_asked(key)`; the other signals are those of the parts. Bound here: Ctrl+1 … Ctrl+9, Ctrl+Tab,
    Ctrl+Shift+Tab, Ctrl+W, and the search key.
    """

    nav_chosen = Signal(str)
    page_shown = Signal(str)
    page_close_asked = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, texts: FrameTexts, *, company: str = "") -> None:
        super().__init__()
        self.setWindowTitle(texts.brand)
        self._pages: dict[str, QWidget] = {}
        self._rail: bool | None = None
        self.navigation = Navigation(name=texts.navigation, brand=texts.brand, company=company, more=texts.more_places)
        self.top = TopBar(texts)
        self.tabs = TabRow(name=texts.tabs, close_name=texts.close_tab)
        self.status = StatusLine()
        self._stack = QStackedWidget()
        right = boxed(column(self.top, self.tabs, (self._stack, 1), gap=0))
        body = boxed(row(self.navigation, (right, 1), gap=0))
        whole = boxed(column((body, 1), self.status, gap=0))
        for part in (right, body, whole):
            layout = part.layout()
            # A page may ask for more than the screen has: the window must still fit 1024x768.
            if layout is not None:
                layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setCentralWidget(whole)
        window_layout = self.layout()
        if window_layout is not None:
            window_layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*LEAST)
        self.toast = Toast(right, close_name=texts.close_toast)
        self.navigation.nav_chosen.connect(self.nav_chosen)
        self.tabs.tab_chosen.connect(self.show_page)
        self.tabs.tab_close_asked.connect(self.page_close_asked)
        self._bind(texts.search_key)
        on_theme_changed(self._follow_theme)
        self._follow_theme(current())

    def _bind(self, search_key: str) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Tab": lambda: self.tabs.step(1),
            "Ctrl+Shift+Tab": lambda: self.tabs.step(-1),
            "Ctrl+W": self._ask_close,
            search_key: self.top.search_pressed.emit,
        }
        keys |= {f"Ctrl+{number}": partial(self.navigation.go, number) for number in range(1, 10)}
        for key, deed in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    def _ask_close(self) -> None:
        if self.shown_key:
            self.page_close_asked.emit(self.shown_key)

    def _follow_theme(self, _theme: object) -> None:
        # The button shows what a press will bring.
        self.top.theme.set_face(icon="sun" if current().dark else "moon")

    def set_entries(self, entries: Sequence[NavEntry]) -> None:
        """Shows the places the person may enter."""
        self.navigation.set_entries(entries)

    @property
    def shown_key(self) -> str:
        """The key of the page in sight; empty when there is none."""
        shown = self._stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "")

    @property
    def page_keys(self) -> list[str]:
        """The keys of all open pages, in the order of their tabs."""
        return self.tabs.keys()

    def page(self, key: str) -> QWidget | None:
        """The page with a key; None when it is not open."""
        return self._pages.get(key)

    def open_page(self, key: str, text: str, page: QWidget, *, icon: str = "", show: bool = True) -> None:
        """Adds a page with its tab; a page already open under the key is only shown."""
        if key not in self._pages:
            self._pages[key] = page
            self._stack.addWidget(page)
            self.tabs.add(key, text, icon)
        if show:
            self.show_page(key)

    def show_page(self, key: str) -> None:
        """Brings a page into sight."""
        page = self._pages.get(key)
        if page is not None:
            self._stack.setCurrentWidget(page)
            self.tabs.go(key)
            self.page_shown.emit(key)

    def close_page(self, key: str) -> QWidget | None:
        """Takes a page out and gives it back to the caller, who deletes or detaches it; its neighbour is shown."""
        page = self._pages.pop(key, None)
        if page is None:
            return None
        was_shown = self._stack.currentWidget() is page
        self._stack.removeWidget(page)
        page.setParent(None)
        self.tabs.drop(key)
        if was_shown and self.tabs.count():
            self.show_page(self.tabs.keys()[max(0, self.tabs.currentIndex())])
        return page

    def set_rail(self, rail: bool | None) -> None:
        """Holds the navigation narrow or wide; None lets the width of the window decide."""
        self._rail = rail
        self._fit()

    def _fit(self) -> None:
        rail = self.width() < WIDE_FROM if self._rail is None else self._rail
        if rail != self.navigation.is_rail:
            self.navigation.set_rail(rail)
            self.narrowed.emit(rail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def clamped(wanted: QRect, screens: Sequence[QRect], least: tuple[int, int] = LEAST) -> QRect:
    """Where a window may be restored: on a screen that is there, no smaller than `least`, no larger than it."""
    if not screens:
        return wanted
    home = max(screens, key=lambda screen: _area(screen.intersected(wanted)))
    wide = min(max(wanted.width(), least[0]), home.width())
    high = min(max(wanted.height(), least[1]), home.height())
    left = min(max(wanted.left(), home.left()), home.left() + home.width() - wide)
    top = min(max(wanted.top(), home.top()), home.top() + home.height() - high)
    return QRect(left, top, wide, high)


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
