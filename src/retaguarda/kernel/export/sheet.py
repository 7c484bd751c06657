"""What is written into a file: titles, typed columns, rows read as they are written, totals once all were read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.text import Texts
from retaguarda.kernel.text.saying import said

NUMBERS = {"money": 2, "price": 4, "quantity": 4, "whole": 0, "rate": 4}
"""The kinds of columns that are numbers, and how many digits they have after the mark at most."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its title, how its values are shown (`kernel.screen.Show`), the prefix of its codes."""

    title: str
    show: str = "text"
    codes: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are written as numbers."""
        return self.show in NUMBERS and not self.codes


@dataclass(frozen=True, slots=True)
class Sheet:
    """`lines` say what was asked for. `read` begins at the first row each time it is called; `total` is the row of
    totals (None where a column has none), asked for once the rows have been read."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    read: Callable[[], Iterator[Sequence[Any]]]
    total: Callable[[], Sequence[Any] | None]
    texts: Texts

    def words(self, column: SheetColumn, value: Any) -> str:
        """A value in words; nothing for none."""
        return "" if value is None or value == "" else said(self.texts, value, column.show, column.codes)

    def total_row(self) -> tuple[Any, ...] | None:
        """The totals with their name in front, where the first column has none."""
        total = self.total()
        if total is None:
            return None
        first, *rest = total
        return (self.texts.say("shell.total") if first is None else first, *rest)
