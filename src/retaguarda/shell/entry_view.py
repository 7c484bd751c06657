"""The order entry: customer, scan field, grid and what is read beside it; the whole of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retaguarda.kernel.screen import FieldView
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.shell.binder import Binder
from retaguarda.shell.choice_list import ChoiceList
from retaguarda.shell.controls import found_of, make_control
from retaguarda.shell.entry_cards import SIDE_WIDTH, KeysCard, PartnerCard, ScanCard, SummaryBar, SummaryCard
from retaguarda.shell.entry_table import HIGH, LOW, EntryTable
from retaguarda.shell.failures import FailureLine
from retaguarda.shell.field_flow import FieldFlow
from retaguarda.shell.form_layout import control_class
from retaguarda.shell.form_parts import FieldLabel, HintLine
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.theme.tokens import GAP_M
from retaguarda.shell.translate import Words, role_of
from retaguarda.shell.wedge_filter import WedgeFilter
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Panel
from retaguarda.shell.widgets.choices import CheckBox
from retaguarda.shell.widgets.fields import ScanField
from retaguarda.shell.widgets.labels import IconMark, Pill, small
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.page import DetailStrip
from retaguarda.shell.widgets.search import SearchBox

# Width of the page (the window less the rail) under which the right column leaves; height under which rows shrink.
SIDE_LEAVES, LOW_BELOW = 1200 - 60, 820 - 52 - 26
FIELD_WIDTH = 148


class EntryView(ScreenView):
    """The view of an EntryState. F2 scan field, F4 partner; the rest are the screen's own actions."""

    state: EntryState
    ways_shown = 4
    _failing, _unfolded = False, True

    def __init__(self, state: EntryState, words: Words) -> None:
        super().__init__(state, words)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._show_lines)
        self._wants_quantity = self._cursor_moved = False
        self._make_partner()
        self._make_scan()
        self._make_grid()
        self._make_side()
        self.binder = Binder(state, words, self)
        self._wedge = WedgeFilter(self, self.scan)
        self._wedge.scanned.connect(state.scanning.give)
        self._bind_keys()
        self._show_partner()
        self._show_lines()

    # ---- making ----
    def _make_partner(self) -> None:
        state, fields = self.state, self.state.fields
        self.partner: PartnerCard | None = None
        others = [f.view for f in fields if f.name != state.draft.partner]
        self._more_fields: FieldFlow | None = None
        self._more_fields_shown = False
        self._unfold = Button(
            icon="chevrons-down", kind="ghost", name=self.words.say("shell.more_fields"), key="F7", parent=self
        )
        if state.draft.partner:
            view = fields[state.draft.partner].view
            box = make_control("SearchBox", self.state, view, self.words)
            assert isinstance(box, SearchBox)
            box.setPlaceholderText(self.words.say("shell.partner_first", partner=_partner_name(state, self.words)))
            box.setProperty("bind", state.draft.partner)
            box.setObjectName(state.draft.partner)
            front = [header_field(self.state, self.words, one) for one in others[:2]]
            self.partner = PartnerCard(box, [*front, self._unfold])
            self.body.addWidget(self.partner)
            others = others[2:]
        if others:
            made = [(header_field(self.state, self.words, one), one.width) for one in others]
            self._more_fields = FieldFlow(made, FIELD_WIDTH)
            self.body.addWidget(self._more_fields)
            self._unfold.clicked.connect(lambda _on=False: self._show_more(not self._more_fields_shown))

    def _make_scan(self) -> None:
        words = self.words
        asks = words.say(f"{self.state.screen.scan.texts}.scan")
        self.scan = ScanField(placeholder=asks, key="F2", name=words.say("shell.scan_name"))
        self.scan.setObjectName("scan")
        self.scan.scanned.connect(self.state.scanning.give)
        self.scan_card = ScanCard(words.say("shell.scan_undo"))
        self.scan_card.setFixedWidth(SIDE_WIDTH)
        self.scan_card.undo_pressed.connect(self.state.scanning.undo)
        self.scan_card.say(words, None, False)
        self.body.addLayout(row((self.scan, 1), self.scan_card, gap=14))

    def _make_grid(self) -> None:
        self.table = EntryTable(self.state, self.words, self.name())
        self.table.setObjectName("lines")
        self._strip = DetailStrip()
        self._strip.setVisible(self.state.screen.lines.detail is not None)
        self._left, self._right = small(""), small("")
        foot = (IconMark("plus", "text3", 14), self._left, None, self._right)
        grid = Panel(column((self.table, 1), self._strip, gap=0), foot=foot)
        self._bar = SummaryBar(self.words)
        self._bar.hide()
        self._side = QWidget()
        self._side.setFixedWidth(SIDE_WIDTH)
        self.body.addLayout(row((grid, 1), self._side, gap=14), 1)
        self.body.addWidget(self._bar)

    def _make_side(self) -> None:
        self._cards: dict[str, SummaryCard] = {}
        self._cards_box = QVBoxLayout()
        self._cards_box.setSpacing(GAP_M)
        hints = [("F4", _partner_name(self.state, self.words))] if self.partner is not None else []
        hints.append(("F2", self.words.say("shell.key.scan")))
        for button in self.buttons():
            # What has a button in the head prints its key there.
            if button.action.shortcut and not self.bar.has_button(button.action.name):
                hints.append(
                    (
                        button.action.shortcut.replace("+", " ").replace("Delete", "Del"),
                        self.words.say(button.text).lower(),
                    )
                )
        self._keys = KeysCard(self.words.say("shell.keys"), hints[:10])
        self._side.setLayout(column(self._cards_box, self._keys, None, gap=GAP_M))

    def _bind_keys(self) -> None:
        inside = Qt.ShortcutContext.WindowShortcut
        QShortcut(QKeySequence("F2"), self, self.scan.setFocus, context=inside)
        QShortcut(QKeySequence("F7"), self, self._unfold.click, context=inside)
        if self.partner is not None:
            QShortcut(QKeySequence("F4"), self, self.partner.open_box, context=inside)

    # ---- the state speaks ----
    def name(self) -> str:
        screen = self.state.screen
        if self.state.number:
            return self.words.say("shell.record_title", title=screen.title_code, record=self.state.number)
        return self.words.say(screen.title_code if self.state.key else f"{screen.name}.new")

    def first_focus(self) -> QWidget:
        partner = self.state.draft.partner
        if partner and self.state.fields[partner].value is None:
            return self.findChild(SearchBox, partner) or self.scan
        return self.scan

    def topic(self, topic: str) -> None:
        super().topic(topic)
        head, _, rest = topic.partition(".")
        if topic in ("banner", "question"):
            _make_room(self)
        elif head == "fields":
            self.binder.show_field(rest)
        elif topic == "loaded":
            self.binder.show_all()
            self._show_partner()
            self._refresh.start(0)
        elif head in ("line", "lines", "answers", "summaries", "cursor"):
            self._cursor_moved = self._cursor_moved or head == "cursor"
            self._refresh.start(0)
        elif topic == "card":
            self._show_partner()
        elif head == "view":
            self._view(rest)
        else:
            self._smaller_topic(topic)

    def _smaller_topic(self, topic: str) -> None:
        scanning = self.state.scanning
        shown: dict[str, Callable[[], None]] = {
            "scan": lambda: self.scan_card.say(self.words, scanning.note, scanning.last is not None),
            "choices": self._show_choices,
            "suggestions": self.binder.suggested,
            "focus": lambda: self._focus(self.state.focus),
            "conflicts": self.binder.show_all,
        }
        if topic in shown:
            shown[topic]()

    def _show_partner(self) -> None:
        state, partner = self.state, self.partner
        if partner is None:
            return
        field = state.fields[state.draft.partner]
        had_focus = field.value is not None and self.findChild(SearchBox, state.draft.partner) is self.focusWidget()
        if had_focus and self.isVisible():
            # Whoever has just chosen the customer goes on with the items.
            self.scan.setFocus()
        card = self.state.card
        sub = str(getattr(card, state.screen.card_sub, "") or "") if card is not None else ""
        titled = [replace(c, title=c.title or f"{state.screen.name}.{c.field}") for c in state.screen.card_facts]
        partner.show_partner(field.raw if field.value is not None else "", card, titled, self.words, sub)

    def _show_lines(self) -> None:
        self.table.show_lines()
        values, summaries = self.state.values(), self.state.summaries()
        self._left.setText(self.words.say("shell.line_foot", line=len(self.state.grid)))
        self._right.setText(self.words.say("shell.lines_count", n=len(values.lines)))
        for summary in summaries:
            if summary.name not in self._cards:
                self._cards[summary.name] = SummaryCard(self.words)
                self._cards_box.addWidget(self._cards[summary.name])
            self._cards[summary.name].say(summary)
        if self._bar.isVisibleTo(self):
            self._bar.say(summaries)
        bad = sum(1 for note in values.notes if note is not None and note.level == "bad")
        self.header.set_pills([Pill(self.words.say("shell.bad_lines", n=bad), "bad", icon="circle-x")] if bad else [])
        # New sentences count only once they are shown, which Qt does in the next turn.
        QTimer.singleShot(0, self, partial(_fit_keys, self))
        self._show_detail()
        if self._cursor_moved:
            self._show_cursor()

    def _show_detail(self) -> None:
        detail, lines = self.state.screen.lines.detail, self.state.values().lines
        if detail is None:
            return
        line = next((one for one in lines if one.number == self.state.cursor + 1), None)
        facts = detail(line) if line is not None else ()
        said = [
            (self.words.say(f.label), self.words.value(f.value, f.show), role_of(f.level) if f.level else "text")
            for f in facts
        ]
        name = str(line.info.get("name", "")) if line is not None else ""
        self._strip.show_line(self.words.say("shell.line", line=self.state.cursor + 1).upper(), name, said)

    def _show_choices(self) -> None:
        found = [found_of(item) for item in self.state.scanning.choices]
        if not found:
            return
        typing_in_grid = self.table.is_active()
        back: QWidget = self.table if typing_in_grid else self.scan
        self._wants_quantity = typing_in_grid
        choices = ChoiceList(self, self.words.say("shell.choose_item"))
        choices.chosen.connect(self.state.scanning.choose)
        choices.left.connect(self.state.scanning.leave_choices)
        below = self.scan.mapTo(self.window(), QPoint(0, self.scan.height() + 4))
        choices.open_at(below, found, back)

    def _show_cursor(self) -> None:
        """The cursor moved to another line, or a line got its item; the lines are shown already."""
        self._cursor_moved = False
        in_grid = self.table.is_active() or self._wants_quantity
        self._wants_quantity = False
        row_key = id(self.state.grid[self.state.cursor])
        moved = self.table.current_key() != row_key
        last = self.state.scanning.last
        new_item = last is not None and last.line is self.state.grid[self.state.cursor]
        if in_grid and new_item and self.table.state() != self.table.State.EditingState:
            self.table.go_to_cursor(self.state.screen.lines.quantity, edit=True)
        elif moved and not in_grid:
            self.table.go_to_cursor()

    def _focus(self, path: str) -> None:
        head, _, rest = path.partition(".")
        if head == self.state.screen.lines.name:
            number, _, name = rest.partition(".")
            self.table.setFocus()
            if number.isdigit() and name:
                self.state.cursor = int(number) - 1
                column = self.table.item_column if name == self.state.screen.lines.item else name
                self.table.go_to_cursor(column, edit=True)
        elif self.partner is not None and head == self.state.draft.partner:
            self.partner.open_box()
        else:
            self._show_more(True)
            self.binder.focus(path)

    def _view(self, what: str) -> None:
        """A press that the view carries out: `edit.<field>` opens a cell, `find` and `scan` move the keyboard."""
        head, _, field = what.partition(".")
        if head == "edit":
            self.table.go_to_cursor(field, edit=True)
        elif head in ("find", "scan"):
            self.scan.setFocus()
        elif head == "partner" and self.partner is not None:
            self.partner.open_box()

    def _show_more(self, shown: bool, *, keep: bool = False) -> None:
        """Shows or hides the further fields of the header; `keep` leaves what the person chose for low windows."""
        if not keep:
            self._more_fields_shown = shown
        self._unfolded = shown
        if self._more_fields is not None:
            self._more_fields.setVisible(shown and not self._failing)
            self._unfold.set_face(icon="chevrons-up" if shown else "chevrons-down")

    def settle_focus(self) -> None:
        self.table.settle()
        self.binder.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow, low = self.width() < SIDE_LEAVES, self.height() < LOW_BELOW
        self._side.setVisible(not narrow)
        folds = low and self._more_fields is not None and self.partner is not None
        self._show_more(self._more_fields_shown if folds else True, keep=not folds)
        self._unfold.setVisible(folds)
        if self.partner is not None:
            self.partner.set_narrow(narrow)
        self._bar.setVisible(narrow)
        _fit_keys(self)
        self._strip.setVisible(not low and self.state.screen.lines.detail is not None)
        self.table.set_row_high(LOW if low else HIGH)
        if narrow:
            self._bar.say(self.state.summaries())


def _partner_name(state: EntryState, words: Words) -> str:
    """What the partner of an entry is to the company: customer, supplier."""
    return words.say(state.screen.label(state.draft.partner)).lower()


def _make_room(view: EntryView) -> None:
    """The lines and what is scanned stay to be seen while ways out stand there; the fields come back with the draft."""
    line = view._line
    view._failing = isinstance(line, FailureLine) and bool(line.rows)
    if view.partner is not None:
        view.partner.setVisible(not view._failing)
    view._show_more(view._unfolded, keep=True)
    _fit_keys(view)


def _fit_keys(view: EntryView) -> None:
    """The keys stand where the summaries leave room for them."""
    cards = view._cards.values()
    heights = [max(card.heightForWidth(SIDE_WIDTH), card.sizeHint().height()) for card in cards]
    room = view._side.height() - sum(heights) - GAP_M * len(heights)
    view._keys.setVisible(not view._failing and room >= view._keys.sizeHint().height())


def header_field(state: EntryState, words: Words, view: FieldView) -> QWidget:
    """A field of the header: label, control and the line under it, not yet bound."""
    field = state.fields[view.name]
    kind = control_class(field.kind, view)
    control = make_control("LineEdit" if kind == "TextArea" else kind, state, view, words)
    control.setObjectName(view.name)
    control.setProperty("bind", view.name)
    label, hint = FieldLabel(), HintLine()
    # A box to tick says its own name.
    if not isinstance(control, CheckBox):
        label.setProperty("label_of", view.name)
    hint.setProperty("hint_of", view.name)
    made = boxed(column(label, control, hint, None, gap=4))
    made.setMinimumWidth(FIELD_WIDTH - 20)
    return made
