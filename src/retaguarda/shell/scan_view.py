"""A screen worked by scanner: where to go and how much to take in type that is read from two steps away, the scan
field, how far it is, the keys, the next stop; the whole way at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.scan import ScanState
from retaguarda.kernel.screen.stage import Big, Stop
from retaguarda.shell.action_bar import key_of
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.theme import color, draw_icon, font, metrics
from retaguarda.shell.theme.tokens import BASE, GAP_M, MEDIUM, REGULAR, SECTION, SEMIBOLD
from retaguarda.shell.translate import Words, icon_of, role_of
from retaguarda.shell.wedge_filter import WedgeFilter
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card, Panel
from retaguarda.shell.widgets.charts import SegmentBar
from retaguarda.shell.widgets.fields import ScanField
from retaguarda.shell.widgets.labels import IconMark, Label, Pill
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.scrolling import scrolling

WAY_WIDTH = 376
WAY_LEAVES = 1000
"""Width of the page under which the way at the right leaves; height under which the big values shrink."""
LOW_BELOW = 700
BIGGEST, SMALLEST = 104, 40
STOP_HIGH, LINE_HIGH, SCAN_HIGH, SCAN_LOW = 56, 19, 72, 56
_STOP_ICONS = {"done": "circle-check", "now": "circle-dot", "short": "package-x", "waiting": "circle"}
_STOP_INK = {"done": "ok", "now": "accent", "short": "warn", "waiting": "text3"}


class BigValue(QLabel):
    """A value as large as its room allows, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._token = "text"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(SMALLEST + 8)

    def show_value(self, text: str, token: str) -> None:
        """Shows another value."""
        self._token = token
        self.setText(text)

    def sizeHint(self) -> QSize:
        return QSize(200, BIGGEST + 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect = paint.begin(self), QRectF(self.rect())
        size = min(BIGGEST, int(rect.height() / 1.2))
        while size > SMALLEST and metrics(size, SEMIBOLD).horizontalAdvance(self.text()) > rect.width():
            size -= 4
        paint.text(painter, rect, self.text(), size, SEMIBOLD, self._token)


class BigCard(Card):
    """A label, the big value, the line under it."""

    def __init__(self) -> None:
        self._label = Label("", SECTION, MEDIUM, "text2")
        self._value = BigValue()
        self._mark, self._sub = IconMark("map-pin", "text2", 20), Label("", 17, REGULAR, "text2", elide=True)
        super().__init__(
            column(self._label, (self._value, 1), row(self._mark, (self._sub, 1)), gap=6), margins=(28, 18, 24, 18)
        )

    def set_tight(self, tight: bool) -> None:
        """Keeps less room round the value, in a low window."""
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(28, *((8, 24, 8) if tight else (18, 24, 18)))
        layout.setSpacing(0 if tight else 6)

    def say(self, words: Words, big: Big) -> None:
        """Shows another value."""
        self._label.setText(words.phrase(big.label))
        self._value.show_value(big.value, "accent" if big.accent else "text")
        self._value.setAccessibleName(f"{words.phrase(big.label)} {big.value}")
        sub, role = words.phrase(big.sub), role_of(big.level) if big.level else "text2"
        self._sub.setText(sub)
        self._sub.set_token(role)
        self._mark.setVisible(bool(sub))
        self._mark.set_icon(icon_of(big.level) if big.level else big.icon, role)


class StopLine(QLabel):
    """One stop of the way: its sign, the place, the product, how much."""

    def __init__(self, stop: Stop, quantity: str) -> None:
        super().__init__(f"{stop.place} {stop.name} {quantity}")
        self._stop, self._quantity = stop, quantity
        self.setFixedHeight(STOP_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect, stop = paint.begin(self), QRectF(self.rect()), self._stop
        now, over = stop.state == "now", stop.state in ("done", "short")
        if now:
            painter.fillRect(rect, color("sel"))
            painter.fillRect(QRectF(0, 0, 4, rect.height()), color("accent"))
        painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), color("border"))
        draw_icon(painter, 18, rect.height() / 2 - 9, _STOP_ICONS[stop.state], _STOP_INK[stop.state], 18)
        ink = "text2" if over else "text"
        wide = metrics(17, SEMIBOLD, True).horizontalAdvance(self._quantity)
        place = min(metrics(17, SEMIBOLD).horizontalAdvance(stop.place), rect.width() * 0.34)
        paint.text(painter, QRectF(48, 0, place + 2, rect.height()), stop.place, 17, SEMIBOLD, ink)
        left = 48 + place + 18
        self._paint_name(painter, QRectF(left, 0, rect.width() - left - wide - 34, rect.height()), ink)
        at = QRectF(rect.width() - wide - 18, 0, wide + 2, rect.height())
        paint.text(painter, at, self._quantity, 17, SEMIBOLD, ink, paint.RIGHT, figures=True)

    def _paint_name(self, painter: QPainter, room: QRectF, ink: str) -> None:
        """The product's name, in two lines where one is too short for it."""
        now = self._stop.state == "now"
        weight = MEDIUM if now else REGULAR
        lines = _in_two(self._stop.name, room.width(), weight)
        top = room.center().y() - LINE_HIGH * len(lines) / 2
        for at, line in enumerate(lines):
            place = QRectF(room.left(), top + at * LINE_HIGH, room.width(), LINE_HIGH)
            paint.text(painter, place, line, SECTION, weight, ink if now else "text2")


def _in_two(name: str, wide: float, weight: int) -> list[str]:
    """A name as one line, or broken where the first line is full."""
    measures, words = metrics(SECTION, weight), name.split()
    fit = len(words)
    while fit > 1 and measures.horizontalAdvance(" ".join(words[:fit])) > wide:
        fit -= 1
    return [line for line in (" ".join(words[:fit]), " ".join(words[fit:])) if line]


class ScanView(ScreenView):
    """The view of a ScanState. F2 goes to the scan field; a scanner is read from any focus."""

    state: ScanState

    def __init__(self, state: ScanState, words: Words) -> None:
        super().__init__(state, words)
        self._make_now()
        self._make_keys()
        self._make_way()
        self._main = column(
            (row((self._where, 1), (self._amount, 1), gap=14), 5), self._item, self.scan, self._far, 0, self._keys,
            self._following, gap=GAP_M,
        )  # fmt: skip
        self.body.addLayout(row((self._main, 1), self._way, gap=14), 1)
        self._wedge = WedgeFilter(self, self.scan)
        self._wedge.scanned.connect(state.give)
        QShortcut(QKeySequence("F2"), self, self.scan.setFocus, context=Qt.ShortcutContext.WindowShortcut)
        self._show_stage()

    # ---- making ----
    def _make_now(self) -> None:
        words = self.words
        self._where, self._amount = BigCard(), BigCard()
        self._name, self._sub = Label("", 30, SEMIBOLD, elide=True), Label("", 17, REGULAR, "text2", elide=True)
        self._code = Label("", 17, MEDIUM, "text2", elide=True)
        self._item = Card(column(self._name, self._sub, self._code, gap=4), margins=(28, 14, 24, 14))
        self.scan = ScanField(placeholder="", key="F2", name=words.say("shell.scan_name"), high=SCAN_HIGH)
        self.scan.setObjectName("scan")
        self.scan.setFont(font(22))
        self.scan.scanned.connect(self.state.give)
        self._sign, self._said = IconMark("circle-check", "ok", 28), Label("", 19, SEMIBOLD, "ok", elide=True)
        self._last = Label("", SECTION, REGULAR, "text2", elide=True)
        self._done, self._of = Label("", 38, SEMIBOLD, "ok"), Label("", 19, REGULAR, "text2")
        self._bar = SegmentBar(name="", high=10)
        self._far = Card(
            column(
                row(self._sign, (column(self._said, self._last, gap=2), 1), self._done, self._of, gap=14),
                self._bar,
                gap=10,
            ),
            margins=(24, 12, 24, 14),
        )

    def _make_keys(self) -> None:
        self._big_keys: dict[str, Button] = {}
        keys = QHBoxLayout()
        keys.setSpacing(GAP_M)
        for button in self.buttons():
            if not button.action.shortcut.startswith("F"):
                continue
            made = Button(
                self.words.say(button.text), icon=button.action.icon, key=key_of(button.action), size="kiosk",
                kind="secondary" if self._big_keys else "warn",
            )  # fmt: skip
            made.setObjectName(f"kiosk_{button.action.name}")
            made.clicked.connect(partial(self.press, button.action.name))
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._big_keys[button.action.name] = made
            keys.addWidget(made, 1)
        keys.setContentsMargins(0, 0, 0, 0)
        self._keys = boxed(keys)
        self._next_label = Label(self.words.say("shell.scan_next"), SECTION, REGULAR, "text2")
        self._next_place, self._next_name = Label("", 24, SEMIBOLD), Label("", 17, REGULAR, "text2", elide=True)
        arrow = IconMark("arrow-right", "text2", 20)
        self._following = Card(
            row(self._next_label, self._next_place, (self._next_name, 1), arrow, gap=14), margins=(24, 6, 20, 6)
        )

    def _make_way(self) -> None:
        self._stops = QVBoxLayout()
        self._stops.setSpacing(0)
        self._stops.setContentsMargins(0, 0, 0, 0)
        self._far_way = Label("", SECTION, REGULAR, "text2")
        area = scrolling(boxed(column(self._stops, None, gap=0)))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._way_title = Label("", BASE, SEMIBOLD)
        self._way = Panel(area, header=(self._way_title, None, self._far_way))
        self._way.setFixedWidth(WAY_WIDTH)

    # ---- the state speaks ----
    def name(self) -> str:
        stage = self.state.stage
        return self.words.phrase(stage.title) if stage is not None else self.words.say(self.state.screen.title_code)

    def first_focus(self) -> QWidget:
        return self.scan

    def room_for_buttons(self) -> int:
        return 0

    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "stage":
            self._show_stage()
        elif topic == "scan":
            self._show_last()

    def show_actions(self) -> None:
        super().show_actions()
        for button in self.buttons():
            made = getattr(self, "_big_keys", {}).get(button.action.name)
            if made is not None and not self.state.busy:
                made.setEnabled(button.enabled)
                made.setToolTip(self.words.phrase(button.reason))

    def _show_stage(self) -> None:
        stage, words = self.state.stage, self.words
        # What has ended and still stands here waits for a decision: nothing is to be done at it any more.
        working = stage is not None and stage.finished is None
        for part in (self._where, self._amount, self._item, self.scan, self._far, self._keys):
            part.setVisible(working)
        self._following.setVisible(working and stage is not None and stage.following is not None)
        if stage is None:
            return
        self.header.set_name(self.name())
        pill = stage.pill
        self.header.set_pills([Pill(words.phrase(pill.text), role_of(pill.level))] if pill is not None else [])
        self._where.say(words, stage.where)
        self._amount.say(words, stage.amount)
        for label, text in ((self._name, stage.item), (self._sub, stage.item_sub), (self._code, stage.item_code)):
            label.setText(text)
            label.setVisible(bool(text))
        self.scan.setPlaceholderText(words.phrase(stage.prompt))
        self._done.setText(words.value(stage.done, "quantity"))
        self._of.setText(words.say("shell.scan_of", of=stage.of))
        self._said.setText(words.phrase(stage.said))
        self._bar.set_parts([(float(stage.done), "ok")], words.phrase(stage.said), float(stage.of) or 1.0)
        self._show_last()
        self._show_way(stage.way_title, stage.stops, stage.way)
        if stage.following is not None:
            self._next_place.setText(stage.following.place)
            quantity = words.value(stage.following.quantity, "quantity")
            self._next_name.setText(f"{stage.following.name} · {quantity}")
        self._fit()

    def _show_way(self, title: Phrase, stops: Sequence[Stop], way: Phrase) -> None:
        empty(self._stops)
        for stop in stops:
            self._stops.addWidget(StopLine(stop, self.words.value(stop.quantity, "quantity")))
        self._far_way.setText(self.words.phrase(way))
        self._way_title.setText(self.words.phrase(title))

    def _show_last(self) -> None:
        """What the last code did: in green, or in red with what was expected."""
        note = self.state.note
        wrong = note is not None and note.level == "bad"
        self._last.setText(self.words.cause(note.text) if note is not None else "")
        self._last.set_token("bad" if wrong else "text2")
        self._sign.set_icon("circle-x" if wrong else "circle-check", "bad" if wrong else "ok")
        self._far.set_tone("badbg" if wrong else "surface", "badbd" if wrong else "border")
        self.scan.set_invalid(wrong)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        stage = self.state.stage
        self._way.setVisible(self.width() >= WAY_LEAVES)
        low = self.height() < LOW_BELOW
        self.scan.setFixedHeight(SCAN_LOW if low else SCAN_HIGH)
        for card in (self._where, self._amount):
            card.set_tight(low)
        self._sub.setVisible(not low and bool(stage and stage.item_sub))
        self._following.setVisible(stage is not None and stage.following is not None and self.height() >= 560)
