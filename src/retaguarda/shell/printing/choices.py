"""What this station remembers about printing, for each kind of document. No Qt in here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

MOST_COPIES = 99


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """How a kind of document comes out: `paper` is the printer's name for it, empty for the document's own size;
    `asks` is False where it is printed without showing it first."""

    printer: str = ""
    paper: str = ""
    copies: int = 1
    asks: bool = True


class PrintChoices:
    """The choices by kind (`billing.invoice`); `keep` writes all of them into the station's settings."""

    def __init__(self, given: Mapping[str, PrintChoice], keep: Callable[[dict[str, PrintChoice]], object]) -> None:
        self._known, self._keep = dict(given), keep

    def of(self, kind: str) -> PrintChoice | None:
        """What is remembered for a kind; None where nothing is."""
        return self._known.get(kind)

    def remember(self, kind: str, choice: PrintChoice) -> None:
        """Remembers a choice; one that says nothing new is not written again."""
        if self._known.get(kind) != choice:
            self._known[kind] = choice
            self._keep(dict(self._known))

    def forget(self, kind: str) -> None:
        """Asks again from now on."""
        if self._known.pop(kind, None) is not None:
            self._keep(dict(self._known))
