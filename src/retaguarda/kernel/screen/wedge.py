"""Tells a bar-code scanner (a keyboard wedge) from a person: by speed and the Enter at the end.

A scanner sends its characters a few milliseconds apart and closes with Enter; nobody types eight characters in a
row under 35 ms each. Characters are held back only while they may still belong to a burst, so that typed text
reaches its field with a delay nobody sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_GAP_MS = 35.0
LEAST_LENGTH = 4
ENTER = "\r"
_TIMES = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,4})?)\s*[*xX×]\s*(\S.*?)\s*\Z", re.DOTALL)
_CODE = re.compile(r"[0-9A-Za-z./-]{1,60}\Z")


@dataclass(frozen=True, slots=True)
class Burst:
    """What a feed gave: `scanned` a whole code; `typed` characters that were a person's after all; both may be
    empty while a burst may still be under way."""

    scanned: str = ""
    typed: str = ""


class WedgeDetector:
    """Fed with (character, ms) events in order; says which belong to the scanner and which to a person.

    `feed` takes each character, Enter as `"\\r"`; `idle` is called when no key came for `MOST_GAP_MS` and gives back
    what was held. `times` in ms of any steady clock.
    """

    def __init__(self, most_gap_ms: float = MOST_GAP_MS, least_length: int = LEAST_LENGTH) -> None:
        self._most_gap, self._least = most_gap_ms, least_length
        self._held: list[str] = []
        self._last = float("-inf")

    @property
    def holding(self) -> bool:
        """Whether characters are held back, so that `idle` must be called later."""
        return bool(self._held)

    def feed(self, char: str, ms: float) -> Burst:
        """One key event; a slow one frees what was held before it."""
        freed = "" if ms - self._last <= self._most_gap else self._free()
        self._last = ms
        if char in ("\r", "\n"):
            if len(self._held) >= self._least:
                return Burst(scanned=self._free(), typed=freed)
            return Burst(typed=freed + self._free() + ENTER)
        self._held.append(char)
        return Burst(typed=freed)

    def idle(self, ms: float) -> Burst:
        """Time has passed without a key: what was held was typed by a person."""
        if ms - self._last <= self._most_gap:
            return Burst()
        return Burst(typed=self._free())

    def _free(self) -> str:
        text = "".join(self._held)
        self._held.clear()
        return text


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan text read: how many of which code, or words to search for."""

    quantity: Decimal
    text: str

    @property
    def is_code(self) -> bool:
        """Whether the text can be a code (one word with a digit) rather than part of a name."""
        return _CODE.match(self.text) is not None and any(c.isdigit() for c in self.text)


def read_scan(text: str) -> Scanned | None:
    """`3*7891234567895`, `2,5 x 4417` or the bare code; None for nothing. A quantity of zero counts as no quantity."""
    text = text.strip()
    if not text:
        return None
    match = _TIMES.match(text)
    if match:
        quantity = Decimal(match[1].replace(",", "."))
        if quantity > 0:
            return Scanned(quantity, match[2])
    return Scanned(Decimal(1), text)
