"""What is read: `KeyValue` (labels with values), `TotalsBlock`, `Figures` (big numbers), `KeyHints` (keys, words)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from retaguarda.shell.theme import value_ink
from retaguarda.shell.theme.tokens import BASE, FIGURE, MEDIUM, REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.widgets.cards import Rule
from retaguarda.shell.widgets.labels import KeyCap, Label, small
from retaguarda.shell.widgets.layout import column, empty, row


@dataclass(frozen=True, slots=True)
class FactText:
    """A label and its value; `role` colours the value, `beside` stands behind it (a Pill)."""

    label: str
    value: str
    role: str = "text"
    beside: QWidget | None = None


class KeyValue(QWidget):
    """Labels 12 over values 13/500, in so many columns."""

    def __init__(self, facts: Sequence[FactText] = (), *, columns: int = 2, gap: int = 16) -> None:
        super().__init__()
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(10)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[FactText]) -> None:
        """Shows other facts."""
        empty(self._grid)
        for place, fact in enumerate(facts):
            value = Label(fact.value, BASE, MEDIUM, value_ink(fact.role))
            line = row(value, fact.beside, None, gap=6) if fact.beside else row(value, None)
            self._grid.addLayout(column(small(fact.label), line, None, gap=1), *divmod(place, self._columns))


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A line of the totals: what it is, how much, and its colour."""

    label: str
    amount: str
    role: str = "text"


class TotalsBlock(QWidget):
    """Lines of amounts, a rule, the total 24/600, and one small line under it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(5)
        self._label = Label("", BASE, SEMIBOLD)
        self._total = Label("", FIGURE, SEMIBOLD)
        self._left, self._right = small(""), small("")
        foot = row(self._left, None, self._right)
        self.setLayout(column(self._lines, 2, Rule(), 2, row(self._label, None, self._total), foot, gap=5))

    def set_totals(
        self, lines: Sequence[TotalLine], label: str, total: str, left: str = "", right: str = "", role: str = "text3"
    ) -> None:
        """Shows amounts; `left` and `right` are the small line, `role` colours its right side."""
        empty(self._lines)
        for line in lines:
            amount = Label(line.amount, BASE, MEDIUM, value_ink(line.role), figures=True)
            self._lines.addLayout(row(Label(line.label, BASE, REGULAR, "text2"), None, amount))
        self._label.setText(label)
        self._total.setText(total)
        self._total.setAccessibleName(f"{label} {total}")
        for part, words in ((self._left, left), (self._right, right)):
            part.setText(words)
            part.setVisible(bool(words))
        self._right.set_token(value_ink(role))


class Figures(QWidget):
    """Big figures side by side: `[("12", "vencem hoje", "text"), ("8", "cumpridas", "ok")]`."""

    def __init__(self, figures: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.set_figures(figures)

    def set_figures(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Shows other figures: text, label, role."""
        empty(self._line)
        for text, label, role in figures:
            figure = Label(text, FIGURE, SEMIBOLD, value_ink(role))
            figure.setAccessibleName(f"{text} {label}")
            self._line.addLayout(column(figure, small(label), gap=0), 1)


class KeyHints(QWidget):
    """Keys and what they do: `[("F4", "cliente"), ("F2", "bipe")]`, in one line or in so many columns."""

    def __init__(self, hints: Sequence[tuple[str, str]], *, columns: int = 0) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        wide = columns or len(hints) or 1
        for place, (key, words) in enumerate(hints):
            line = row(KeyCap(key), Label(words, SMALL, REGULAR, "text2"), None, gap=6)
            grid.addLayout(line, *divmod(place, wide), Qt.AlignmentFlag(0))
        for at in range(wide):
            grid.setColumnStretch(at, 1 if columns else 0)
