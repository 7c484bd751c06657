"""Over a page: `Sheet`, a surface in the middle of the window with the rest dimmed; `question` asks before a deed.

The page under it stays where it is and nothing typed there is lost. Esc closes, Tab stays inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from retaguarda.shell.theme import color, role_ink
from retaguarda.shell.theme.tokens import BASE, RADIUS_SHEET, REGULAR, SECTION, SEMIBOLD
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import LinkButton
from retaguarda.shell.widgets.labels import IconTile, Label
from retaguarda.shell.widgets.layout import boxed, row

_SHADOW = 18


class Sheet(QFrame):
    """Covers `over` and shows `body` on a surface `width` wide, with a title and buttons under it.

    `top` pixels above stay undimmed (the title of the page); `high` 0 takes what the body needs. `open` shows it,
    `close_sheet` takes it away and gives the focus back, then `closed` is emitted, whichever way it went. The page's
    shortcuts rest meanwhile; `bind` adds the sheet's own.
    """

    closed = Signal()

    def __init__(
        self,
        over: QWidget,
        body: QWidget | QLayout,
        *,
        title: str,
        close_name: str,
        buttons: Sequence[QWidget] = (),
        icon: str = "",
        role: str = "accent",
        width: int = 480,
        high: int = 0,
        top: int = 0,
    ) -> None:
        super().__init__(over)
        self._over, self._top, self._high = over, top, high
        self._cross = LinkButton("", icon="x", token="text3", name=close_name)
        self._before: QWidget | None = None
        self._deeds: dict[str, Callable[[], object]] = {}
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._surface = QFrame(self)
        self._surface.setFixedWidth(width)
        inner = self._inner = QVBoxLayout(self._surface)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        self._cross.clicked.connect(self.close_sheet)
        tile = (IconTile(icon, role, 32),) if icon else ()
        inner.addLayout(row(*tile, (Label(title, SECTION, SEMIBOLD, wrap=True), 1), self._cross, gap=12))
        if isinstance(body, QLayout):
            inner.addLayout(body, 1)
        else:
            inner.addWidget(body, 1)
        if buttons:
            foot = QHBoxLayout()
            foot.setSpacing(8)
            foot.addStretch(1)
            for button in buttons:
                foot.addWidget(button)
            inner.addLayout(foot)
        over.installEventFilter(self)
        self._surface.installEventFilter(self)
        self.hide()

    def open(self, focus: QWidget | None = None) -> None:
        """Shows it and puts the keyboard on `focus`, or on the first control inside."""
        self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            inside = self._reachable()
            first = next((part for part in inside if part is not self._cross), self._cross)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Takes it away; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        back = self._before
        if back is None or not isValid(back) or not back.isVisible():
            # A page that was renewed meanwhile has other controls: somebody without a mouse must stand on one.
            back = next(iter(_reachable(self._over)), None)
        if back is not None:
            back.setFocus()
        self._before = None
        self.closed.emit()

    def _reachable(self) -> list[QWidget]:
        return _reachable(self._surface)

    def _place(self) -> None:
        self.setGeometry(0, self._top, self._over.width(), self._over.height() - self._top)
        wanted = self._high or self._inner.totalHeightForWidth(self._surface.width())
        high = min(wanted, self.height() - 2 * _SHADOW)
        left = (self.width() - self._surface.width()) // 2
        self._surface.setGeometry(left, max(_SHADOW, (self.height() - high) // 3), self._surface.width(), high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._over and event.type() == QEvent.Type.Resize
        if (resized or event.type() == QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  (Qt's name)
        reachable = self._reachable()
        if not reachable:
            return True
        now = QApplication.focusWidget()
        at = reachable.index(now) if now in reachable else (-1 if next else 0)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        reachable[(at + (1 if next else -1)) % len(reachable)].setFocus(reason)
        return True

    def bind(self, key: str, deed: Callable[[], object]) -> None:
        """Does something at a key ("F9", "Ctrl+N") while the sheet is open."""
        self._deeds[QKeySequence(key).toString()] = deed

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # The shortcuts of the page under it rest: F10 here must not confirm the order there.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deeds.get(QKeySequence(event.keyCombination()).toString())
        if deed is not None:
            deed()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), color("dim"))
        rect = QRectF(self._surface.geometry())
        shade(painter, rect)
        paint.box(painter, rect, "surface", "border", RADIUS_SHEET)


def ground_of(owner: QWidget) -> QWidget:
    """What a sheet opened from a widget covers: what fills the window that it stands in."""
    ground = owner
    while (above := ground.parentWidget()) is not None and above.parentWidget() is not None:
        ground = above
    return ground


def _reachable(within: QWidget) -> list[QWidget]:
    tab = Qt.FocusPolicy.TabFocus.value
    parts = within.findChildren(QWidget)
    return [part for part in parts if part.isVisible() and part.isEnabled() and part.focusPolicy().value & tab]


def shade(painter: QPainter, rect: QRectF, radius: float = RADIUS_SHEET) -> None:
    """A soft shadow round a surface, from a few rings; an effect would redraw the whole surface each time."""
    tint = QColor(color("shadow"))
    tint.setAlpha(5)
    painter.setPen(paint.NO_PEN)
    painter.setBrush(tint)
    for reach in range(_SHADOW, 0, -2):
        ring = rect.adjusted(-reach, -reach + 6, reach, reach + 6)
        painter.drawRoundedRect(ring, radius + reach, radius + reach)


def question(
    over: QWidget,
    *,
    title: str,
    text: str,
    buttons: Sequence[QWidget],
    close_name: str,
    icon: str = "circle-alert",
    role: str = "warn",
) -> Sheet:
    """A sheet that asks: a title, what will happen, and the answers as buttons; the screen opens it and listens."""
    words = Label(text, BASE, REGULAR, role_ink("text2"), wrap=True)
    return Sheet(
        over, boxed(row((words, 1))), title=title, close_name=close_name, buttons=buttons, icon=icon, role=role
    )  # fmt: skip
