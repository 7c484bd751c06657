"""The grammar of a page: `PageHeader`, `Page`, `PillTabs` (tabs with counts), `ChipRow` (filters), `DetailStrip`."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from retaguarda.shell.theme import color, font, width_of
from retaguarda.shell.theme.tokens import BASE, CAPTION, GAP_M, MEDIUM, PAGE_MARGINS, SEMIBOLD
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Chip
from retaguarda.shell.widgets.cards import Rule
from retaguarda.shell.widgets.labels import Label, Pill, small, title
from retaguarda.shell.widgets.layout import Placed, column, empty, row


class PageHeader(QWidget):
    """The head of a page, 44 high: name 20/600, at most two pills, one line of context, buttons at the right."""

    def __init__(
        self, name: str, context: str = "", *, pills: Sequence[Pill] = (), buttons: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self._title = title(name)
        self._context = small(context, elide=True)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(10)
        words = column(row(self._title, self._pills, None, gap=10), self._context, gap=2)
        self.setLayout(row((words, 1), *buttons))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(44)
        self.set_pills(pills)
        self.set_context(context)

    def set_name(self, name: str) -> None:
        """Shows another name."""
        self._title.setText(name)

    def set_context(self, context: str) -> None:
        """Shows another line under the name; without one the name stands beside the middle of the buttons."""
        self._context.setText(context)
        self._context.setVisible(bool(context))

    def set_pills(self, pills: Sequence[Pill]) -> None:
        """Shows other pills; the old ones are gone."""
        empty(self._pills)
        for pill in pills:
            self._pills.addWidget(pill)


class Page(QWidget):
    """The ground of a page: margins 24/18, gaps of 12."""

    def __init__(self, *items: Placed, gap: int = GAP_M) -> None:
        super().__init__()
        self.setLayout(column(*items, gap=gap, margins=PAGE_MARGINS))


class PillTabs(QTabBar):
    """Underlined tabs with counts: `PillTabs([("all", "Todos", "128"), ("open", "Em aberto", "23")], name=…)`.

    `chosen(key)` follows the person and `choose`; counts change with `set_count`.
    """

    chosen = Signal(object)
    resized = Signal()
    _GAP = 26

    def __init__(self, tabs: Sequence[tuple[Hashable, str, str]], *, name: str, high: int = 40) -> None:
        super().__init__()
        self._keys = [key for key, _text, _count in tabs]
        self._high = high
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFont(font(BASE, SEMIBOLD))
        # Many tabs share the room there is; they never make the page wider than its window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for at, (_key, text, count) in enumerate(tabs):
            self.addTab(text)
            self._put(at, count)
        self.currentChanged.connect(lambda at: self.chosen.emit(self._keys[at]))

    def set_count(self, key: Hashable, count: str) -> None:
        """Shows another count on a tab."""
        at = self._keys.index(key)
        self._put(at, count)
        self._measure(at)

    def _measure(self, at: int) -> None:
        # Qt measures tabs again only when a text is set.
        self.setTabText(at, self.tabText(at))

    def full_width(self) -> int:
        """How wide all tabs are beside each other, those put away included."""
        return sum(self.tabSizeHint(at).width() for at in range(self.count()))

    def show_tab(self, key: Hashable, shown: bool) -> None:
        """Shows a tab, or puts it away."""
        at = self._keys.index(key)
        if self.isTabVisible(at) != shown:
            self.setTabVisible(at, shown)
            self._measure(at)

    def choose(self, key: Hashable) -> None:
        """Goes to a tab."""
        self.setCurrentIndex(self._keys.index(key))

    def chosen_key(self) -> Hashable:
        """The key of the tab that is open."""
        return self._keys[self.currentIndex()]

    def _put(self, at: int, count: str) -> None:
        self.setTabData(at, count)
        self.setAccessibleTabName(at, f"{self.tabText(at)} {count}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def tabSizeHint(self, index: int) -> QSize:
        count = self.tabData(index) or ""
        wide = width_of(self.tabText(index), BASE, SEMIBOLD) + self._GAP
        wide += width_of(count, BASE, SEMIBOLD) + 7 if count else 0
        return QSize(int(wide + 0.99), self._high)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        for at in filter(self.isTabVisible, range(self.count())):
            rect = QRectF(self.tabRect(at)).adjusted(4, 0, 4 - self._GAP + 8, 0)
            on, count = at == self.currentIndex(), self.tabData(at) or ""
            ink, weight = ("accent", SEMIBOLD) if on else ("text2", MEDIUM)
            words = rect.adjusted(0, 0, 20, 0)
            paint.text(painter, words, self.tabText(at), BASE, weight, ink)
            if count:
                words.setLeft(words.left() + width_of(self.tabText(at), BASE, weight) + 7)
                paint.text(painter, words, count, BASE, weight, ink)
            if on:
                paint.box(painter, QRectF(rect.left() - 4, rect.bottom() - 2, rect.width() + 4, 2), "accent", "", 1)
                if self.hasFocus():
                    paint.focus_ring(painter, rect.adjusted(-4, 4, 4, -5), 5)


class ChipRow(QWidget):
    """Exclusive filters as chips: `ChipRow([("mine", "Meus", "5", "user")], name=…)`; emits `chosen(key)`."""

    chosen = Signal(object)

    def __init__(self, chips: Sequence[tuple[Hashable, str, str, str]], *, name: str, start: Hashable = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chips: dict[Hashable, Chip] = {}
        self._group = QButtonGroup(self)
        line = row(gap=8)
        for key, text, count, icon in chips:
            chip = Chip(text, count=count, icon=icon, checked=key == start)
            chip.setAutoExclusive(True)
            self._group.addButton(chip)
            self._chips[key] = chip
            chip.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
            line.addWidget(chip)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_count(self, key: Hashable, count: str) -> None:
        """Shows another count on a chip."""
        self._chips[key].set_count(count)

    def choose(self, key: Hashable) -> None:
        """Presses a chip down without emitting."""
        self._chips[key].setChecked(True)


class DetailStrip(QWidget):
    """What is known of the focused line, 56 high: caption and name, then label/value pairs."""

    def __init__(self) -> None:
        super().__init__()
        self._caption = Label("", CAPTION, MEDIUM, "text3")
        self._name = Label("", BASE, SEMIBOLD)
        self._pairs = QHBoxLayout()
        self._pairs.setSpacing(16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 8)
        head = column(self._caption, self._name, gap=1)
        outer.addLayout(row(head, Rule(upright=True), (self._pairs, 1), gap=16))
        self.setFixedHeight(56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.begin(self).fillRect(0, 0, self.width(), 1, color("border"))

    def show_line(self, caption: str, name: str, pairs: Sequence[tuple[str, str, str]]) -> None:
        """Shows a line: each pair is label, value and the token of the value (`text` for none)."""
        self._caption.setText(caption)
        self._name.setText(name)
        empty(self._pairs)
        for label, value, token in pairs:
            self._pairs.addLayout(_pair(label, value, token), 1)


def _pair(label: str, value: str, token: str) -> QLayout:
    shown = Label(value, BASE, MEDIUM, token, elide=True)
    head = small(label, elide=True)
    for part in (head, shown):
        part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return column(head, shown, gap=1)
