"""One field of many records changed at once: what a command says of it, beside its handler.

Every record is changed by a command of its own, with its own right and its own refusal. What a declaration adds is
where the command's other fields come from, and what takes it back: the same command with what stood before, or, of a
command that has nothing to say but for whom it is (archiving), its inverse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

STEPS = tuple(map(Decimal, ("0.01", "0.05", "0.10", "0.50", "1.00")))
"""To what a price that was changed by percent may be rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """A field of a command that may be changed for many rows of `queries` at once; empty: the command says no more than
    for whom it is.

    `text` is the code of what it is called. `given` is what else the command takes from a row (field of the command ->
    attribute of the row); the row's version goes along, so that nobody's newer word is written over. `shows` is the
    attribute with what stands now (default: as the field), `show` how it is shown. `choices` is the query whose rows
    (`id`, `name`) are what can be chosen. `by_percent`: it may also be changed by so many per cent. The book fills in
    the `command`.
    """

    queries: tuple[str, ...]
    text: str
    given: Mapping[str, str]
    field: str = ""
    shows: str = ""
    show: str = "text"
    choices: str = ""
    by_percent: bool = False
    command: str = ""

    @property
    def name(self) -> str:
        """Which one it is among those of a list."""
        return f"{self.command}.{self.field}"


def by_percent(now: Decimal, percent: Decimal, step: Decimal) -> Decimal:
    """So many per cent more (less, below zero), rounded to a multiple of `step`; a half goes up."""
    exact = now * (100 + percent) / 100
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
