"""Finding as one types: `SearchBox`, a line with a list of two-line rows under it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from retaguarda.kernel.fold import begun_in
from retaguarda.shell.theme import draw_icon, role_ground, role_ink, width_of
from retaguarda.shell.theme.tokens import BASE, CAPTION, CONTROL, MEDIUM, RADIUS_TILE, REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.scrolling import dress

ROW, HEADING = 44, 28
_SHOWN = 7
_WAIT_MS = 90
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its key, name, what is said under it, and at the right (why it was found, a price). What was put
    away is paler. Words that begin with one of the `marks` are marked."""

    key: Hashable
    text: str
    sub: str = ""
    right: str = ""
    icon: str = ""
    role: str = "neutral"
    pale: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the things under it are, and how many there are; nobody stops at it."""

    text: str
    count: str = ""


class _FoundModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: tuple[Found | Heading, ...] = ()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            found = self.found[index.row()]
            if isinstance(found, Heading):
                return f"{found.text} {found.count}".strip()
            return ", ".join(part for part in (found.text, found.sub, found.right) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.is_heading(index.row()) else super().flags(index)

    def is_heading(self, at: int) -> bool:
        """Whether nobody stops there."""
        return isinstance(self.found[at], Heading)

    def show(self, found: Sequence[Found | Heading]) -> None:
        self.beginResetModel()
        self.found = tuple(found)
        self.endResetModel()


class FoundDelegate(QStyledItemDelegate):
    """Paints a `Found`: icon tile, two lines, a word at the right; a `Heading` in small capitals."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _FoundModel)
        found, rect = model.found[index.row()], QRectF(option.rect)
        if isinstance(found, Heading):
            _paint_heading(painter, rect, found)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint.box(painter, rect.adjusted(4, 1, -4, -1), "sel", "", 6)
        x, middle = rect.left() + 14, rect.center().y()
        if found.icon:
            paint.box(painter, QRectF(x, middle - 14, 28, 28), role_ground(found.role), "", RADIUS_TILE)
            draw_icon(painter, x + 7, middle - 7, found.icon, role_ink(found.role), 14)
            x += 40
        wide = width_of(found.right, SMALL, REGULAR) + 12 if found.right else 0.0
        words = QRectF(x, rect.top(), rect.right() - 14 - x - wide, rect.height())
        under = "text2" if chosen else "text3"
        ink = "text2" if found.pale else "text"
        _paint_marks(painter, words, found)
        if found.sub:
            paint.two_lines(painter, words, found.text, found.sub, ink, under, MEDIUM)
        else:
            paint.text(painter, words, found.text, BASE, MEDIUM, ink)
        side = QRectF(rect.right() - 14 - wide, rect.top(), wide, rect.height())
        paint.text(painter, side, found.right, SMALL, REGULAR, under, paint.RIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        return QSize(200, HEADING if isinstance(model, _FoundModel) and model.is_heading(index.row()) else ROW)


def _paint_marks(painter: QPainter, rect: QRectF, found: Found) -> None:
    """A ground behind what was typed, where it stands in the two lines."""
    top = rect.center().y() - (17 if found.sub else 9)
    lines = ((found.text, BASE, MEDIUM, top), (found.sub, SMALL, REGULAR, rect.center().y()))
    for text, size, weight, above in lines:
        for begin, end in begun_in(text, found.marks):
            left, right = (min(width_of(text[:n], size, weight), rect.width()) for n in (begin, end))
            if right > left:
                paint.box(painter, QRectF(rect.left() + left - 1, above, right - left + 2, 17), "warnbg", "", 3)


def _paint_heading(painter: QPainter, rect: QRectF, heading: Heading) -> None:
    inside = rect.adjusted(14, 6, -14, 0)
    words = heading.text.upper()
    paint.text(painter, inside, words, CAPTION, SEMIBOLD, "text3")
    inside.setLeft(inside.left() + width_of(words, CAPTION, SEMIBOLD) + 8)
    paint.text(painter, inside, heading.count, CAPTION, REGULAR, "text3")


def found_view(name: str) -> tuple[QListView, _FoundModel]:
    """A list of things found that takes no focus: the line above it keeps the keyboard. What it shows ends with it."""
    view = QListView()
    model = _FoundModel(view)
    dress(view)
    view.setModel(model)
    view.setItemDelegate(FoundDelegate(view))
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setAccessibleName(name)
    return view, model


class FoundList(QFrame):
    """The list under the line, or over it where the window ends. It lies in the same window and takes no focus."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setObjectName("found")
        self.view, self.model = found_view(owner.accessibleName())
        self.view.setUniformItemSizes(True)
        self.note = Label("", SMALL, token="text3")
        self.note.setContentsMargins(14, 6, 14, 6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 5, 1, 5)
        outer.setSpacing(0)
        outer.addWidget(self.view)
        outer.addWidget(self.note)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(paint.begin(self), QRectF(self.rect()), "surface", "border2", RADIUS_TILE)


class SearchBox(LineEdit):
    """Finds records as one types. The screen answers `query_changed(text)` with `show_found`; the person moves with
    the arrows and takes one with Enter, Tab or a click: `chosen(key)`. Esc puts back what stood there.

    `chosen_key` is what is held; typing on lets it go (`chosen(None)` when the line is left empty).
    """

    query_changed = Signal(str)
    chosen = Signal(object)

    def __init__(
        self, *, placeholder: str, name: str = "", icon: str = "search", key: str = "", high: int = CONTROL
    ) -> None:
        super().__init__(placeholder=placeholder, name=name, icon=icon, key=key, high=high)
        self._popup: FoundList | None = None
        self._key_held: Hashable | None = None
        self._text_held = ""
        self._asked = self._answered = ""
        self._enter_waits = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._wait.start())

    @property
    def chosen_key(self) -> Hashable | None:
        """The key of what is held; None when nothing is."""
        return self._key_held

    def hold(self, key: Hashable | None, text: str) -> None:
        """Holds a record without emitting: its key and the text that stands for it."""
        self._key_held, self._text_held = key, text
        self.setText(text)
        self._close()

    def show_found(self, found: Sequence[Found], note: str = "", *, query: str | None = None) -> None:
        """Shows what was found for the text, and a note under it ("nothing", "14 more"); nothing at all closes it.

        `query` is the text that was asked for: an answer to an older text is dropped, so is one that comes after the
        person has left. When Enter was pressed before the answer came, the first one found is taken.
        """
        if query is not None and query != self._asked:
            return
        self._answered = self._asked
        if not self.hasFocus() or (not found and not note):
            self._close()
            return
        if self._popup is None:
            self._popup = FoundList(self)
            self._popup.view.clicked.connect(lambda index: self._take(index.row()))
            self.destroyed.connect(self._popup.deleteLater)
        popup = self._popup
        popup.model.show(found)
        popup.note.setText(note)
        popup.note.setVisible(bool(note))
        popup.view.setVisible(bool(found))
        if found:
            popup.view.setCurrentIndex(popup.model.index(0))
        if found and self._enter_waits:
            self._take(0)
            return
        high = min(len(found), _SHOWN) * ROW + (28 if note else 0) + 10
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        wide = max(self.width(), 360)
        left = min(corner.x(), max(0, self.window().width() - wide - 8))
        top = corner.y() - self.height() - 8 - high
        below = corner.y() + high <= self.window().height() or top < 0
        popup.setGeometry(left, corner.y() if below else top, wide, high)
        popup.show()
        popup.raise_()

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def _ask(self) -> None:
        self._wait.stop()
        self._asked = self.text().strip()
        self._answered = "" if self._asked else self._answered
        self.query_changed.emit(self._asked)

    def _enter(self) -> bool:
        """Takes the marked one; asks first when what is shown answers an older text."""
        text = self.text().strip()
        if text and text != self._text_held and text != self._answered:
            self._enter_waits = True
            if text != self._asked or self._wait.isActive():
                self._ask()
            return True
        if self._popup is None or not self.is_open():
            return False
        self._take(self._popup.view.currentIndex().row())
        return True

    def _close(self) -> None:
        self._wait.stop()
        self._enter_waits = False
        if self._popup is not None:
            self._popup.hide()

    def _take(self, place: int) -> None:
        if self._popup is None or not 0 <= place < len(self._popup.model.found):
            return
        found = self._popup.model.found[place]
        assert isinstance(found, Found)
        self.hold(found.key, found.text)
        self.chosen.emit(found.key)

    def _step(self, by: int) -> None:
        if self._popup is None:
            return
        model, view = self._popup.model, self._popup.view
        if model.found:
            place = max(0, min(len(model.found) - 1, view.currentIndex().row() + by))
            view.setCurrentIndex(model.index(place))
            view.scrollTo(model.index(place))

    def _leave(self) -> None:
        self._close()
        if not self.text().strip() and self._key_held is not None:
            self._key_held, self._text_held = None, ""
            self.chosen.emit(None)
        elif self.text() != self._text_held and self._key_held is not None:
            self.setText(self._text_held)

    def event(self, event: QEvent) -> bool:
        # Tab would be taken as a change of focus before keyPressEvent sees it.
        if event.type() == QEvent.Type.KeyPress and self.is_open():
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Tab and self._popup is not None:
                self._take(self._popup.view.currentIndex().row())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN, Qt.Key.Key_PageUp: -_SHOWN,
        }  # fmt: skip
        pressed = event.key()
        if pressed in steps and self.is_open():
            self._step(steps[Qt.Key(pressed)])
        elif pressed == Qt.Key.Key_Down:
            self._ask()
        elif pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enter():
            event.accept()
        elif pressed == Qt.Key.Key_Escape and (self.is_open() or self.text() != self._text_held):
            self.hold(self._key_held, self._text_held)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._leave()
