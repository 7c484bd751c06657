"""What went wrong and the ways out: the line over a page with cause, action and remedies, and the word after a deed.

line = FailureLine(words, banner)            # a Banner of kernel.screen.state; buttons carry out its way on
line.remedy_taken.connect(state.remedy); line.dismissed.connect(state.dismiss)
ToastTeller(frame.toast, words, undo).say(sign)   # a Toast of kernel.screen.state
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retaguarda.kernel.errors import Remedy
from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.state import Banner
from retaguarda.kernel.screen.state import Toast as ToastSign
from retaguarda.shell.theme import role_border, role_ground, role_ink, width_of
from retaguarda.shell.theme.tokens import BASE, GAP_S, MEDIUM, RADIUS_TILE, SEMIBOLD
from retaguarda.shell.translate import Words, icon_of, role_of
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.facts import KeyHints
from retaguarda.shell.widgets.labels import IconMark, IconTile, Label, small
from retaguarda.shell.widgets.layout import Placed, boxed, column, row
from retaguarda.shell.widgets.toast import Toast

UNDO_KEY = "Ctrl+Z"
_ROW = 44
_DAY: Mapping[bool | None, tuple[str, str]] = {
    None: ("info", "calendar"),
    True: ("ok", "circle-check"),
    False: ("warn", "triangle-alert"),
}
"""How the day of a way out is said: as kept, as another one, or without judging."""


class RemedyRow(QRadioButton):
    """One way out, 44 high: a rail in the colour of its promise, its key, what it does, what it leaves to decide, why
    it stands there, what it costs the customer, the house and the margin, and the day it would keep."""

    taken = Signal()

    def __init__(self, words: Words, number: int, remedy: Remedy) -> None:
        super().__init__()
        self._number = str(number)
        self._what = words.say(remedy.reason, **remedy.params)
        after = words.say("panel.remedy.ends" if remedy.counts else "panel.remedy.goes_on")
        self._after = " · ".join(part for part in (after, words.say(remedy.why) if remedy.why else "") if part)
        figures = (("dearer", remedy.dearer), ("cost", remedy.extra_cost), ("margin", remedy.margin))
        said_of = [words.say(f"panel.remedy.{name}", **{name: Decimal(value)}) for name, value in figures if value]
        self._cost = " · ".join(said_of)
        self._day = words.say("panel.remedy.day", day=dt.date.fromisoformat(remedy.day)) if remedy.day else ""
        self._ends, self._kept = remedy.counts, remedy.kept
        self._promise = _promise_role(remedy)
        said = (self._number, self._what, self._after, self._day, self._cost)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(self._what)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(480, _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _ROW)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect, on = paint.begin(self), QRectF(self.rect()), self.isChecked()
        ground = "surface" if on else "hover" if self.underMouse() else "surface"
        paint.box(
            painter, rect, ground, "accent" if on else "border", RADIUS_TILE, 2.0 if on and self.hasFocus() else 1.0
        )
        rail = QRectF(rect.left() + 2, rect.top() + 4, 4, rect.height() - 8)
        paint.box(painter, rail, self._promise, "", 2)
        cap = QRectF(14, rect.center().y() - 13, 26, 26)
        paint.box(painter, cap, "accent" if on else "surface2", "", 6)
        paint.text(painter, cap, self._number, BASE, SEMIBOLD, "onaccent" if on else "text2", paint.CENTRE)
        right = rect.right() - 12
        if self._day:
            role, icon = _DAY[self._kept]
            wide = paint.pill_width(self._day, icon)
            right -= wide
            paint.pill(painter, right, rect.center().y(), self._day, role, icon)
            right -= 14
        if self._cost:
            wide = width_of(self._cost, BASE, MEDIUM) + 2
            right -= wide
            cost = QRectF(right, rect.top(), wide, rect.height())
            paint.text(painter, cost, self._cost, BASE, MEDIUM, "text", paint.RIGHT)
            right -= 14
        words = QRectF(52, rect.top(), right - 52, rect.height())
        paint.two_lines(painter, words, self._what, self._after, "text", "ok" if self._ends else "text3", SEMIBOLD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: object) -> None:
        self.taken.emit()


class FailureLine(Card):
    """Says what happened and what to do, in full, with the ready ways out under it as rows.

    While the keyboard is in it, 1 to 9 choose a row, arrows move, Enter takes it, A asks who may approve, Esc puts the
    line away. A failure that nothing is ready for says so plainly.

    `remedy_taken(remedy)`, `again_pressed()`, `dismissed()`.
    """

    remedy_taken = Signal(object)
    again_pressed = Signal()
    dismissed = Signal()

    def __init__(self, words: Words, banner: Banner, most: int = 9) -> None:
        role, failed = role_of(banner.level), _is_failure(banner)
        super().__init__(ground="surface" if failed else role_ground(role), border=role_border(role))
        self.setObjectName("banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._words, self._remedies, self._approve = words, banner.remedies[:most], banner.approve
        self.rows: list[RemedyRow] = []
        self._group = QButtonGroup(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 8, 8, 8)
        outer.setSpacing(GAP_S)
        outer.addLayout(self._head(words, banner, role))
        if banner.remedies:
            self._offer(outer)
        if banner.left_out:
            outer.addLayout(self._left_out(words, banner.left_out))
        elif not banner.remedies and banner.failure_id is not None:
            outer.addLayout(self._nothing_ready(words))
        cause, action = words.cause(banner.text), words.action(banner.text)
        self.setAccessibleName(f"{cause} {action}".strip())

    def _head(self, words: Words, banner: Banner, role: str) -> Any:
        failed = _is_failure(banner)
        sign: QWidget = (
            IconTile("shield-alert", role, 32) if failed else IconMark(icon_of(banner.level), role_ink(role), 18)
        )
        text = _in_full(words.cause(banner.text), words.action(banner.text))
        said: list[Placed] = [text]
        if banner.reference:
            code = small(words.say("shell.reference", reference=banner.reference), "text2")
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.append(code)
        buttons: list[QWidget] = []
        if banner.again is not None:
            again = Button(words.say("shell.try_again"), icon="refresh-cw", size="small")
            again.setObjectName("again")
            again.clicked.connect(lambda _on=False: self._again(banner.again))
            buttons.append(again)
        close = Button(icon="x", kind="ghost", size="small", name=words.say("shell.dismiss"))
        close.setObjectName("dismiss")
        close.clicked.connect(lambda _on=False: self.dismissed.emit())
        top = Qt.AlignmentFlag.AlignTop
        middle = Qt.AlignmentFlag.AlignVCenter
        return row(
            (sign, 0, top if failed else middle), (boxed(column(None, *said, None, gap=2)), 1),
            *[(button, 0, middle) for button in (*buttons, close)], gap=10,
        )  # fmt: skip

    def _again(self, again: Callable[[], None] | None) -> None:
        self.again_pressed.emit()
        if again is not None:
            again()

    def _offer(self, outer: QVBoxLayout) -> None:
        words = self._words
        for number, remedy in enumerate(self._remedies, 1):
            line = RemedyRow(words, number, remedy)
            line.setObjectName(f"remedy_{number}")
            line.taken.connect(partial(self.take, number))
            line.toggled.connect(self._show_taking)
            self._group.addButton(line, number)
            self.rows.append(line)
            outer.addWidget(line)
        self._take = Button("", kind="primary", icon="check", key="Enter")
        self._take.setObjectName("take_remedy")
        self._take.clicked.connect(lambda _on=False: self.take(self._group.checkedId()))
        hints = [("1" if len(self.rows) == 1 else f"1–{len(self.rows)}", words.say("panel.remedy.choose")),
                 ("Enter", words.say("panel.remedy.take")), ("Esc", words.say("panel.remedy.leave"))]  # fmt: skip
        outer.addLayout(row(KeyHints(hints), None, *self._approving(), self._take))
        self.rows[0].setChecked(True)

    def _approving(self) -> list[QWidget]:
        """The way by somebody with more rights, where there is one."""
        approve = self._approve
        if approve is None:
            return []
        button = Button(self._words.say("shell.answer.approve"), icon="user-check", key="A")
        button.setObjectName("approve")
        button.clicked.connect(lambda _on=False: approve())
        return [button]

    def _show_taking(self) -> None:
        if self._group.checkedId() > 0:
            self._take.setText(self._words.say("panel.remedy.take_this", number=str(self._group.checkedId())))

    def _left_out(self, words: Words, codes: tuple[str, ...]) -> Any:
        said = Label(words.say("panel.remedy.left_out", what=list(codes)), wrap=True)
        said.setObjectName("left_out")
        return row(8, IconMark("clock", "text2", 16), (said, 1), gap=10)

    def _nothing_ready(self, words: Words) -> Any:
        nothing = Phrase("shell.no_remedy")
        lead = IconMark("info", "text2", 16)
        return row(8, lead, (_in_full(words.cause(nothing), words.action(nothing)), 1), gap=10)

    @property
    def chosen(self) -> Remedy | None:
        """The remedy that Enter takes; None when there is none."""
        number = self._group.checkedId()
        return self._remedies[number - 1] if number > 0 else None

    def take(self, number: int) -> None:
        """Takes a remedy by its number, counted from 1."""
        if 1 <= number <= len(self._remedies):
            self.remedy_taken.emit(self._remedies[number - 1])

    def take_keyboard(self) -> None:
        """Moves the keyboard to the ways out, unless somebody is typing: a scanner's burst must not choose one."""
        if self.rows and not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.rows[max(0, self._group.checkedId() - 1)].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif 1 <= number <= len(self.rows) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.rows[number - 1].setChecked(True)
            self.rows[number - 1].setFocus()
        elif event.key() == Qt.Key.Key_A and self._approve is not None and not event.modifiers():
            self._approve()
        else:
            super().keyPressEvent(event)


def _promise_role(remedy: Remedy) -> str:
    """The colour that says who keeps the promise, before anything is read: with a decision to come, nobody yet."""
    if not remedy.counts:
        return "bad" if remedy.kept is False else "text3"
    return "ok" if remedy.kept else "warn"


def _is_failure(banner: Banner) -> bool:
    """Whether plan B was asked: the business could not do it, rather than the values being wrong."""
    return bool(banner.remedies) or banner.failure_id is not None


def _in_full(lead: str, rest: str) -> Label:
    """What is so, heavier, and what it means or asks, in one paragraph that wraps."""
    made = Label(f'<span style="font-weight:600">{escape(lead)}</span> {escape(rest)}', wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    made.setAccessibleName(f"{lead} {rest}".strip())
    return made


class ToastTeller(QObject):
    """Says the good word after a deed in the window's toast; Ctrl+Z takes the deed back while it stands there.

    `undo(command, payload)` is called with the inverse command.
    """

    def __init__(self, toast: Toast, words: Words, undo: Callable[[str, Mapping[str, Any]], object]) -> None:
        super().__init__(toast)
        self._toast, self._words, self._undo = toast, words, undo
        self._way_back: tuple[str, Mapping[str, Any]] | Callable[[], object] | None = None
        self._key = QShortcut(QKeySequence(UNDO_KEY), toast.window())
        self._key.setEnabled(False)
        self._key.activated.connect(self._key_pressed)
        toast.undo_pressed.connect(self._take_back)
        toast.gone.connect(self._forget)

    def say(self, sign: ToastSign) -> None:
        """Shows a toast; the one before it can no longer be undone from here."""
        self._way_back = sign.undo
        self._key.setEnabled(sign.undo is not None)
        undo = self._words.say("shell.undo") if sign.undo is not None else ""
        self._toast.say(self._words.phrase(sign.text), undo=undo, key=UNDO_KEY, icon=icon_of(sign.level))

    def _key_pressed(self) -> None:
        self._toast.hide()
        self._take_back()

    def _take_back(self) -> None:
        way_back = self._way_back
        self._forget()
        if callable(way_back):
            way_back()
        elif way_back is not None:
            self._undo(*way_back)

    def _forget(self) -> None:
        self._way_back = None
        self._key.setEnabled(False)
