"""Cells of a sheet: what the elements of its XML say becomes values with their types."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

LONGEST = 1_000_000
"""Characters in one value: a field that is longer is a file that nobody wrote on purpose."""
WIDEST, DEEPEST = 16_384, 1_048_576
"""Columns and rows of the largest sheet."""
LONGEST_FORMAT = 1_000
_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""Not D800 to DFFF, which are no signs by themselves."""
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]+")
ONE_DAY = dt.timedelta(days=1)
FIRST, FIRST_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
"""The day that is 0 to a workbook, and to those that began on a Macintosh."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A value that cannot be had, with the reason for it: a formula that nobody calculated, an error of the sheet."""

    reason: str
    said: str


type Cell = str | Decimal | bool | dt.date | dt.datetime | Flaw | None
"""A value as its file has it: files that know numbers and days give them as such, CSV gives texts."""


def is_date(number: int, shown: str) -> bool:
    """Whether a number format shows days or times of day; `[h]:mm` shows how long something took, which is a number."""
    if not shown:
        return number in _DATES
    plain = _SHOWN.sub("", shown[:LONGEST_FORMAT]).lower()
    return "[" not in plain and any(sign in plain for sign in "dmyhs") and "general" not in plain


class Cells:
    """The rows of a sheet, as its elements come by."""

    def __init__(self, find: Callable[[int], str], dates: frozenset[int], *, since_1904: bool) -> None:
        self._find = find
        self._dates = dates
        self._origin = dt.datetime.combine(FIRST_1904 if since_1904 else FIRST, dt.time())
        self._rows: list[tuple[int, Mapping[int, Cell]]] = []
        self._number = self._next = 0
        self._row: dict[int, Cell] = {}
        self._cell: Mapping[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self._into: list[str] | None = None
        self._size = 0

    def taken(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows that are whole, once; the blanks between their cells are made of one row at a time."""
        rows, self._rows = self._rows, []
        for number, row in rows:
            yield number, [row.get(place) for place in range(max(row) + 1)]

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "row":
            self._number = int(said.get("r", self._number + 1))
            if not 0 < self._number <= DEEPEST:
                raise ValueError(self._number)
            self._row, self._next = {}, 0
        elif tag == "c":
            self._cell, self._texts, self._size = said, {}, 0
        elif tag in ("v", "t", "f"):
            self._into = self._texts.setdefault(tag, [])

    def said(self, text: str) -> None:
        if self._into is not None:
            self._size += len(text)
            demand_short(self._size)
            self._into.append(text)

    def end(self, tag: str) -> None:
        self._into = None
        if tag == "c":
            place, value = self._place(), self._value()
            self._next = place + 1
            if value is not None:
                self._row[place] = value
        elif tag == "row" and self._row:
            self._rows.append((self._number, self._row))

    def _place(self) -> int:
        said = _PLACE.fullmatch(self._cell.get("r", ""))
        place = self._next
        if said:
            place = 0
            for letter in said[1]:
                place = place * 26 + ord(letter) - ord("A") + 1
            place -= 1
        if not self._next <= place < WIDEST:
            raise ValueError(self._cell.get("r"))
        return place

    def _value(self) -> Cell:
        kind = self._cell.get("t", "n")
        text = "".join(self._texts.get("t" if kind == "inlineStr" else "v", ()))
        if not text and "f" in self._texts and kind != "str":
            return Flaw("formula_without_value", "=" + "".join(self._texts["f"]))
        if not text:
            return None
        if kind == "s":
            return self._find(int(text))
        if kind == "e":
            return Flaw("cell_error", text)
        if kind == "b":
            return text == "1"
        if kind in ("str", "inlineStr"):
            return plain(text)
        return dt.datetime.fromisoformat(text).replace(tzinfo=None) if kind == "d" else self._number_of(text)

    def _number_of(self, text: str) -> Cell:
        number = float(text)  # what a sheet has is a float: its shortest writing is what was typed
        if not isfinite(number):
            return Flaw("cell_error", text)
        if int(self._cell.get("s", 0)) not in self._dates:
            return Decimal(int(number)) if number.is_integer() else Decimal(repr(number))
        if not 0 <= number < 2_958_466:
            return Flaw("cell_error", text)
        at = self._origin + dt.timedelta(seconds=round(number * 86_400))
        if at.date() == self._origin.date():
            return at.time().isoformat()
        if self._origin.year < 1904 and number < 60:  # 1900 has a 29 February there
            at += ONE_DAY
        return at if at.time() != dt.time() else at.date()


def plain(text: str) -> str:
    """The text without the signs that stand for others in a workbook."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def demand_short(size: int) -> None:
    """Refuses a value of more characters than anybody writes."""
    if size > LONGEST:
        raise ValueError("a value that nobody wrote")
