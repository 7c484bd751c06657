"""How a value that stands in a file is read: numbers, days and instants by the spelling of their source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from retaguarda.kernel.imports.cells import Cell, Flaw
from retaguarda.kernel.imports.source import Spelling
from retaguarda.kernel.money import round_money

_DAY = re.compile(r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:[T ](.*))?")
_HOUR = re.compile(r"^(?=\d:)")
_DIGITS = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|[-+]?\.\d+", re.ASCII)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_PLACES = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}


def words(cell: Cell) -> str:
    """The value as it is written; nothing where the file says nothing."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, Flaw):
        return cell.said
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return cell.isoformat()


def number_of(cell: Cell, spelling: Spelling) -> Decimal:
    """A number; grouped by thousands only as its decimal mark allows. Raises ValueError."""
    if isinstance(cell, Decimal):
        return cell
    text = words(cell)
    if spelling.decimal == ",":
        text = text.translate({ord(","): ".", ord("."): ","})
    if _DIGITS.fullmatch(text):
        return Decimal(text)
    if not _GROUPED.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", ""))


def instant_of(cell: Cell, spelling: Spelling) -> dt.datetime:
    """A point in time by the clock of the source; midnight where only a day is said. Raises ValueError."""
    if isinstance(cell, dt.datetime):
        at = cell
    elif isinstance(cell, dt.date):
        at = dt.datetime.combine(cell, dt.time())
    else:
        at = _written(words(cell), spelling)
    return at.replace(tzinfo=spelling.zone) if at.tzinfo is None else at


def _written(text: str, spelling: Spelling) -> dt.datetime:
    if spelling.dates == "ymd":
        return dt.datetime.fromisoformat(text)
    said = _DAY.fullmatch(text)
    if said is None:
        raise ValueError(text)
    year, month, day = (said[place + 1] for place in _PLACES[spelling.dates])
    if len(year) != 4:  # whose century nobody said
        raise ValueError(text)
    time = dt.time.fromisoformat(_HOUR.sub("0", said[4])) if said[4] else dt.time()
    return dt.datetime.combine(dt.date(int(year), int(month), int(day)), time)


def _number(cell: Cell, spelling: Spelling, digits: int | None) -> str:
    number = number_of(cell, spelling)
    return format(number if digits is None else round_money(number, digits), "f")


def _whole(cell: Cell, spelling: Spelling, digits: int | None) -> int:
    number = number_of(cell, spelling)
    if number != number.to_integral_value():
        raise ValueError(str(number))
    return int(number)


READ: Mapping[str, Callable[[Cell, Spelling, int | None], Any]] = {
    "text": lambda cell, spelling, digits: words(cell),
    "words": lambda cell, spelling, digits: words(cell).replace("_", " ").capitalize(),
    "number": _number,
    "whole": _whole,
    "day": lambda cell, spelling, digits: instant_of(cell, spelling).date().isoformat(),
    "instant": lambda cell, spelling, digits: instant_of(cell, spelling).isoformat(),
}
"""How a value is read, as a profile says it."""
