"""The cards around the grid of an entry: the partner, the last scan, summaries at the right or as a bar, the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from retaguarda.kernel.screen import Column, Fact, Note, Summary
from retaguarda.shell.theme.tokens import BASE, MEDIUM, REGULAR, SECTION, SEMIBOLD, SMALL
from retaguarda.shell.translate import Words, icon_of, initials, role_of
from retaguarda.shell.widgets.buttons import LinkButton
from retaguarda.shell.widgets.cards import Card, Rule
from retaguarda.shell.widgets.facts import FactText, KeyHints, KeyValue, TotalLine, TotalsBlock
from retaguarda.shell.widgets.labels import Avatar, IconMark, KeyCap, Label, Pill, heading, small, title
from retaguarda.shell.widgets.layout import column, empty, row
from retaguarda.shell.widgets.search import SearchBox

SIDE_WIDTH = 288
BAR_HIGH = 58


class PartnerCard(Card):
    """The partner of an entry: found in the box, then shown with what is known; F4 opens the box again."""

    def __init__(self, box: SearchBox, others: Sequence[QWidget]) -> None:
        self._box = box
        self._avatar = Avatar("", "", 40)
        self._name = Label("", SECTION, SEMIBOLD)
        self._sub = small("", elide=True)
        self._facts = KeyValue(columns=3)
        self._shown = QWidget()
        words = column(None, row(self._name, KeyCap("F4"), None, gap=8), self._sub, None, gap=2)
        self._shown.setLayout(row(self._avatar, (words, 1), gap=14))
        self._stack = QStackedWidget()
        self._finding = QWidget()
        self._finding.setLayout(column(None, box, None))
        self._stack.addWidget(self._finding)
        self._stack.addWidget(self._shown)
        self._rule = Rule(upright=True)
        fields = [(one, 0) for one in others]
        super().__init__(row((self._stack, 1), self._rule, self._facts, *fields, gap=18), margins=(16, 10, 16, 10))
        self.setMinimumHeight(78)
        self._card: Any = None
        self._known: tuple[Column, ...] = ()
        self._words: Words | None = None
        self._narrow = False
        self.show_partner("", None, (), None)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window only the first fact is shown."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_facts()

    def show_partner(self, name: str, card: Any, facts: Sequence[Column], words: Words | None, sub: str = "") -> None:
        """Shows the chosen partner; an empty name brings the box back."""
        known = bool(name)
        self._stack.setCurrentWidget(self._shown if known and not self._box.hasFocus() else self._finding)
        self._card, self._known, self._words = card, tuple(facts) if known else (), words
        self._show_facts()
        self._avatar.set_person(initials(name) if name else "", name)
        self._name.setText(name)
        self._sub.setText(sub)

    def _show_facts(self) -> None:
        words, shown = self._words, self._known[:1] if self._narrow else self._known
        if words is not None and self._card is not None and shown:
            self._facts.set_facts([_fact(words, one, self._card) for one in shown])
        self._facts.setVisible(bool(shown) and self._card is not None)
        self._rule.setVisible(self._facts.isVisibleTo(self))

    def open_box(self) -> None:
        """Opens the box, with the keyboard in it."""
        self._stack.setCurrentWidget(self._finding)
        self._box.setFocus()
        self._box.selectAll()


def _fact(words: Words, one: Column, card: Any) -> FactText:
    value = getattr(card, one.field, None)
    role = role_of(one.levels.get(str(value), "")) if one.levels else "text"
    return FactText(words.say(one.title), words.value(value, one.show, one.texts, symbol=True), role)


class ScanCard(Card):
    """What the last scan did, with its undo."""

    undo_pressed = Signal()

    def __init__(self, undo_name: str) -> None:
        self._mark = IconMark("scan-barcode", "text3", 18)
        self._first = Label("", BASE, MEDIUM, elide=True)
        self._second = small("", elide=True)
        self._undo = LinkButton("", icon="undo-2", token="text2", name=undo_name)
        super().__init__(
            row(self._mark, (column(self._first, self._second, gap=0), 1), self._undo, gap=10), margins=(12, 4, 10, 4)
        )
        self.setFixedHeight(44)
        self._undo.clicked.connect(lambda _on=False: self.undo_pressed.emit())

    def say(self, words: Words, note: Note | None, can_undo: bool) -> None:
        """Shows a scan; before the first what the card is for."""
        self._undo.setVisible(can_undo)
        self._first.setText(words.phrase(note.text) if note is not None else words.say("shell.scan_none"))
        self._second.setText(words.phrase(note.sub) if note is not None else words.say("shell.scan_none_why"))
        self._second.setVisible(bool(self._second.text()))
        level = note.level if note is not None else ""
        self._mark.set_icon(icon_of(level) if note is not None and level else "scan-barcode", _ink(level))
        self.setAccessibleName(f"{self._first.text()} {self._second.text()}".strip())


class SummaryCard(Card):
    """A Summary as a card: title with its judgement, headline, sentences, figures."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._shown: Summary | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        super().__init__(column(self._lines), margins=(16, 12, 16, 12))

    def say(self, summary: Summary) -> None:
        """Shows a summary; an equal one changes nothing."""
        if summary == self._shown:
            return
        self._shown = summary
        words = self._words
        empty(self._lines)
        head: list[Any] = [IconMark(summary.icon, "text2", 16)] if summary.icon and summary.pill is None else []
        name = words.phrase(summary.title)
        head.append(small(name, "text2") if summary.headline else heading(name))
        head.append(None)
        if summary.pill is not None:
            head.append(Pill(words.phrase(summary.pill.text), role_of(summary.pill.level), size=11))
        if summary.headline or summary.pill or not any(fact.strong for fact in summary.facts):
            self._lines.addLayout(row(*head, gap=8))
        if summary.headline is not None:
            self._lines.addWidget(title(words.phrase(summary.headline)))
        if summary.sub is not None:
            self._lines.addWidget(small(words.phrase(summary.sub), wrap=True))
        if summary.notes and summary.headline is not None:
            self._lines.addWidget(Rule())
        for note in summary.notes:
            ink = _ink(note.level)
            text = Label(words.phrase(note.text), SMALL, MEDIUM if note.level == "bad" else REGULAR, ink, wrap=True)
            self._lines.addLayout(row(IconMark(icon_of(note.level), ink, 14), (text, 1), gap=8))
        if summary.facts:
            self._lines.addWidget(self._figures(summary))
        elif summary.foot is not None:
            self._lines.addWidget(small(words.phrase(summary.foot)))

    def _fact(self, fact: Fact) -> FactText:
        value = self._words.value(fact.value, fact.show, symbol=True)
        return FactText(self._words.say(fact.label), value, role_of(fact.level) if fact.level else "text")

    def _figures(self, summary: Summary) -> QWidget:
        words = self._words
        strong = next((fact for fact in summary.facts if fact.strong), None)
        if strong is None:
            return KeyValue([self._fact(fact) for fact in summary.facts])
        block = TotalsBlock()
        lines = [
            TotalLine(words.say(f.label), words.value(f.value, f.show), role_of(f.level) if f.level else "text")
            for f in summary.facts
            if not f.strong
        ]
        total = words.value(strong.value, strong.show, symbol=True)
        block.set_totals(lines, words.say(strong.label), total, words.phrase(summary.foot))
        return block


class SummaryBar(Card):
    """All summaries in one bar under the grid, for windows too narrow for the right column."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._line = QHBoxLayout()
        self._line.setSpacing(18)
        super().__init__(row((self._line, 1)), margins=(16, 6, 16, 6), height=BAR_HIGH)

    def say(self, summaries: Sequence[Summary]) -> None:
        """Shows them, the strong figure at the right."""
        words = self._words
        empty(self._line)
        last: QWidget | None = None
        for summary in summaries:
            if summary.pill is not None or summary.headline is not None:
                judged = summary.pill
                top = small(words.phrase(summary.title) + (f" · {words.phrase(judged.text)}" if judged else ""))
                ink = _ink(judged.level) if judged is not None else "text"
                under = Label(words.phrase(summary.headline or (judged.text if judged else None)), BASE, MEDIUM, ink)
                self._line.addLayout(column(top, under, gap=1))
            for fact in summary.facts:
                if fact.strong:
                    value = Label(words.value(fact.value, fact.show, symbol=True), 20, SEMIBOLD)
                    last = QWidget()
                    last.setLayout(column(small(words.say(fact.label)), value, gap=0))
                else:
                    value = Label(words.value(fact.value, fact.show), BASE, MEDIUM)
                    self._line.addLayout(column(small(words.say(fact.label)), value, gap=1))
        self._line.addStretch(1)
        if last is not None:
            self._line.addWidget(last)


class KeysCard(Card):
    """The keys of the entry."""

    def __init__(self, name: str, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__(column(heading(name), KeyHints(hints, columns=2), gap=8))


def _ink(level: str) -> str:
    return {"ok": "ok", "warn": "warn", "bad": "bad", "info": "info", "plan": "warn"}.get(level, "text2")
