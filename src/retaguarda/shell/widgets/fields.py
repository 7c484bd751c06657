"""Where things are typed: `LineEdit`, `NumberEdit`, `ScanField`, `TextArea`, and `Field` (label, control, hint)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from retaguarda.shell.theme import draw_icon, font, icon, width_of
from retaguarda.shell.theme.tokens import (
    BASE,
    CONTROL,
    CONTROL_BIG,
    CONTROL_SCAN,
    MEDIUM,
    RADIUS_CONTROL,
    RADIUS_TILE,
    REGULAR,
    SECTION,
    SMALL,
)
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.labels import FIXED, IconMark, Label
from retaguarda.shell.widgets.layout import row
from retaguarda.shell.widgets.scrolling import dress


class LineEdit(QLineEdit):
    """One line of text in a painted box; `icon` stands before it, `key` (a key cap) after it.

    `soft` is the grey box of search fields. `set_invalid(True)` gives the 2 px bad border, `set_unit("days")` says
    behind what it holds in what that is counted.
    """

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        icon: str = "",
        key: str = "",
        name: str = "",
        high: int = CONTROL,
        width: int = 0,
        soft: bool = False,
    ) -> None:
        super().__init__(text)
        self._icon, self._key, self._high, self._soft = icon, key.replace("+", " "), high, soft
        self._invalid, self._unit = False, ""
        self.setFrame(False)
        self.setFont(font(SECTION if high >= CONTROL_BIG else BASE))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, FIXED)
        key_room = round(paint.key_width(self._key)) + 14 if key else 0
        self.setTextMargins(38 if icon else 8, 0, 8 + key_room, 0)
        palette = self.palette()
        # The box is painted here; Qt's own ground would be square.
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        if width:
            self.setFixedWidth(width)

    @property
    def invalid(self) -> bool:
        """Whether what it holds was refused."""
        return self._invalid

    def set_invalid(self, invalid: bool) -> None:
        """Shows or lifts the refusal."""
        self._invalid = invalid
        self.update()

    @property
    def unit(self) -> str:
        """In what is counted what it holds, in words."""
        return self._unit

    def set_unit(self, unit: str) -> None:
        """Says in what is counted; empty takes it away."""
        margins = self.textMargins()
        margins.setRight(margins.right() + _room(unit) - _room(self._unit))
        self.setTextMargins(margins)
        if not self._unit:
            # The unit moves with what is typed before it.
            self.textChanged.connect(self.update)
        self._unit = unit
        self.update()

    def add_eye(self, shown_name: str) -> QAction:
        """A button at the right that shows and hides a password."""
        action = self.addAction(icon("eye", "text3"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText(shown_name)
        action.setToolTip(shown_name)
        action.setCheckable(True)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        modes = (QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal)
        action.toggled.connect(lambda on: self.setEchoMode(modes[int(on)]))
        return action

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self._high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        rect, radius = QRectF(self.rect()), RADIUS_TILE if self._high >= CONTROL_BIG else RADIUS_CONTROL
        focused, middle = self.hasFocus(), self.height() / 2
        soft = self._soft and not focused
        off = not self.isEnabled() or self.isReadOnly()
        border = "bad" if self._invalid else "accent" if focused else "" if soft else "border" if off else "border2"
        width = 2.0 if self._invalid or focused else 1.0
        paint.box(painter, rect, "surface2" if soft or off else "surface", border, radius, width)
        if self._icon:
            draw_icon(painter, 12, middle - 8, self._icon, "accent" if focused else "text3", 16)
        if self._key:
            wide = paint.key_width(self._key)
            paint.key_cap(painter, QRectF(rect.right() - wide - 10, middle - 9, wide, 18), self._key)
        if self._unit:
            at = self.textMargins().left() + self.fontMetrics().horizontalAdvance(self.text()) + 10
            at = min(at, self.width() - _room(self._unit))
            paint.text(painter, rect.adjusted(at, 0, 0, 0), self._unit, BASE, REGULAR, "text2")
        painter.end()
        super().paintEvent(event)


def _room(unit: str) -> int:
    return round(width_of(unit, BASE, REGULAR)) + 12 if unit else 0


class NumberEdit(LineEdit):
    """A number: right aligned, figures of one width. The point of the number pad types the decimal mark. Whoever comes
    to it by the keyboard, or is put there by a form that opens or loads, types over what stands in it."""

    def __init__(self, text: str = "", *, decimal: str = ",", name: str = "", placeholder: str = "") -> None:
        super().__init__(text, name=name, placeholder=placeholder)
        self._decimal = decimal
        self.setFont(font(BASE, MEDIUM, True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        if pad and event.text() in (".", ","):
            self.insert(self._decimal)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.selectAll()

    def setText(self, text: str | None) -> None:
        super().setText(text)
        if self.hasFocus():
            self.selectAll()


class ScanField(LineEdit):
    """Takes bar codes and typed codes: 44 high. Enter emits `scanned(text)` and clears at once, so that a scanner's
    burst never runs two codes together; what is empty is not sent.
    """

    scanned = Signal(str)

    def __init__(
        self, *, placeholder: str, key: str = "", name: str = "", icon: str = "scan-barcode", high: int = CONTROL_SCAN
    ) -> None:
        super().__init__(placeholder=placeholder, icon=icon, key=key, name=name, high=high)
        self.returnPressed.connect(self._send)

    def _send(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.scanned.emit(text)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab leaves it. `lines` is its height."""

    def __init__(self, text: str = "", *, placeholder: str = "", name: str = "", lines: int = 3) -> None:
        super().__init__(text)
        self._invalid = False
        dress(self)
        # The frame is painted by `event`; its width keeps the scroll bar off it.
        self.setFrameShape(QFrame.Shape.Box)
        self.setLineWidth(2)
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(18 * lines + 18)
        self.setViewportMargins(6, 5, 4, 5)
        self.viewport().setAutoFillBackground(False)

    @property
    def invalid(self) -> bool:
        """Whether what it holds was refused."""
        return self._invalid

    def set_invalid(self, invalid: bool) -> None:
        """Shows or lifts the refusal."""
        self._invalid = invalid
        self.update()
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        # A scroll area's own ground is not painted by paintEvent, which is the viewport's.
        if event.type() == QEvent.Type.Paint:
            focused = self.hasFocus()
            border = "bad" if self._invalid else "accent" if focused else "border2"
            width = 2.0 if focused or self._invalid else 1.0
            paint.box(paint.begin(self), QRectF(self.rect()), "surface", border, RADIUS_CONTROL, width)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class Field(QWidget):
    """A label over a control, and under it one line: a hint, or the error with its icon.

    The control's accessible name is the label, its description the line under it. `required` marks the label.
    """

    def __init__(self, label: str, control: QWidget, *, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._label = Label(label, SMALL, MEDIUM, "text2")
        self._label.setBuddy(control)
        self._star = Label("*" if required else "", SMALL, MEDIUM, "bad")
        control.setAccessibleName(label.replace("&", ""))
        self._mark = IconMark("circle-alert", "bad", 13)
        self._line = Label("", SMALL, token="text3", wrap=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(row(self._label, self._star, None, gap=3))
        outer.addWidget(control)
        outer.addLayout(row((self._mark, 0, Qt.AlignmentFlag.AlignTop), (self._line, 1), gap=5))
        outer.addStretch(1)
        self.set_error("")

    def set_error(self, error: str) -> None:
        """Shows what is wrong under the control, or the hint again when empty."""
        words = error or self._hint
        self._mark.setVisible(bool(error))
        self._line.setVisible(bool(words))
        self._line.set_token("bad" if error else "text3")
        self._line.setText(words)
        self.control.setAccessibleDescription(words)
        mark = getattr(self.control, "set_invalid", None)
        if mark is not None:
            mark(bool(error))

    def set_hint(self, hint: str) -> None:
        """Changes the line shown while nothing is wrong."""
        wrong = self.error
        self._hint = hint
        self.set_error(wrong)

    @property
    def error(self) -> str:
        """What it says is wrong; empty when nothing is."""
        return self._line.text() if self._mark.isVisibleTo(self) else ""
