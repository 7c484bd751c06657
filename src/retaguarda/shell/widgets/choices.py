"""Where one picks: `Combo` (one of a few), `CheckBox`, `Menu`."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from retaguarda.shell.theme import current, draw_icon, font, menu_sheet, width_of
from retaguarda.shell.theme.tokens import BASE, CONTROL, RADIUS_CONTROL, REGULAR
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.labels import FIXED
from retaguarda.shell.widgets.scrolling import dress


class _ChoiceDelegate(QStyledItemDelegate):
    """One line of the list that drops down."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(4, 1, -4, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            paint.box(painter, rect, "sel", "", 4)
        paint.text(painter, rect.adjusted(8, 0, -8, 0), index.data() or "", BASE, REGULAR, "text")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(int(width_of(index.data() or "")) + 40, 30)


class Combo(QComboBox):
    """One of a few choices: `Combo([("boleto", "Boleto 28 dias")], name=…)`; emits `chosen(value)` when the person
    picks. The wheel does not change it: a page that scrolls must not change an order.
    """

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[Hashable, str]] = (), *, name: str = "", width: int = 0) -> None:
        super().__init__()
        self._invalid = False
        self.setFont(font())
        self.setAccessibleName(name)
        view = QListView()
        dress(view)
        self.setView(view)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self.set_choices(choices)
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))
        if width:
            self.setFixedWidth(width)

    def set_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offers other choices; the value stays when it is still among them."""
        before = self.value()
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.set_value(before)

    def value(self) -> Hashable:
        """The value chosen; None when nothing is."""
        value: Hashable = self.currentData()
        return value

    def set_value(self, value: Hashable) -> None:
        """Chooses a value without emitting `chosen`; one that is not offered chooses nothing."""
        self.setCurrentIndex(next((at for at in range(self.count()) if self.itemData(at) == value), -1))

    def set_invalid(self, invalid: bool) -> None:
        """Shows or lifts the refusal."""
        self._invalid = invalid
        self.update()

    def sizeHint(self) -> QSize:
        longest = max((width_of(self.itemText(at)) for at in range(self.count())), default=60.0)
        return QSize(int(longest) + 44, CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, CONTROL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        rect = QRectF(self.rect())
        focused = self.hasFocus() or self.view().isVisible()
        border = "bad" if self._invalid else "accent" if focused else "border2" if self.isEnabled() else "border"
        width = 2.0 if focused or self._invalid else 1.0
        paint.box(painter, rect, "surface" if self.isEnabled() else "surface2", border, RADIUS_CONTROL, width)
        empty = self.currentIndex() < 0
        words = self.placeholderText() if empty else self.currentText()
        ink = "text3" if empty or not self.isEnabled() else "text"
        paint.text(painter, rect.adjusted(10, 0, -30, 0), words, BASE, REGULAR, ink)
        draw_icon(painter, rect.right() - 24, rect.center().y() - 7, "chevron-down", "text3", 14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CheckBox(QCheckBox):
    """A box to tick, with its words beside it."""

    _GAP = 8

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(font())
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(FIXED, FIXED)

    def sizeHint(self) -> QSize:
        return QSize(int(18 + self._GAP + width_of(self.text().replace("&", ""), BASE, REGULAR)) + 5, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        middle, on = self.height() / 2, self.checkState() != Qt.CheckState.Unchecked
        square = QRectF(1, middle - 8, 16, 16)
        alive = self.isEnabled()
        ground = ("accent" if on else "surface") if alive else "surface2"
        paint.box(painter, square, ground, "accent" if on and alive else "border2", 4, 1.5)
        if on:
            mark = "minus" if self.checkState() == Qt.CheckState.PartiallyChecked else "check"
            draw_icon(painter, 3, middle - 6, mark, "onaccent" if alive else "text3", 12)
        if self.hasFocus():
            paint.focus_ring(painter, square.adjusted(-1, -1, 1, 1), 5, "accent" if not on else "text")
        words = QRectF(18 + self._GAP, 0, self.width() - 18 - self._GAP, self.height())
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(words, paint.LEFT | Qt.TextFlag.TextShowMnemonic, self.text())

    def hitButton(self, pos: object) -> bool:
        # The words are pressed as well as the box.
        return True


class Menu(QMenu):
    """A menu in the look of the house; entries are QActions, shortcuts at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(BASE, REGULAR))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setStyleSheet(menu_sheet(current()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        wanted = menu_sheet(current())
        if event.type() == QEvent.Type.PaletteChange and self.styleSheet() != wanted:
            self.setStyleSheet(wanted)
