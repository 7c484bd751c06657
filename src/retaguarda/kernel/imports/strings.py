"""The texts of a workbook, which its cells refer to by their number."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from types import TracebackType

from retaguarda.kernel.imports.cells import demand_short, plain


class Strings:
    """The texts that cells refer to by their number, kept on the disk."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._kept.execute("CREATE TABLE said (n INTEGER PRIMARY KEY, text TEXT)")
        self._new: list[tuple[int, str]] = []
        self._count = 0
        self._text: list[str] = []
        self._size = 0
        self._inside = self._aloud = False

    def __enter__(self) -> Strings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.close()

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "si":
            self._text, self._size = [], 0
        elif tag == "rPh":  # how it is spoken
            self._aloud = True
        self._inside = tag == "t" and not self._aloud

    def said(self, text: str) -> None:
        if self._inside:
            self._size += len(text)
            demand_short(self._size)
            self._text.append(text)

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "rPh":
            self._aloud = False
        elif tag == "si":
            self._new.append((self._count, plain("".join(self._text))))
            self._count += 1

    def keep(self) -> None:
        """Puts what came since the last time onto the disk."""
        self._kept.executemany("INSERT INTO said VALUES (?, ?)", self._new)
        self._new.clear()

    def find(self, number: int) -> str:
        """The text of that number; a number without one is a broken file."""
        found = self._kept.execute("SELECT text FROM said WHERE n = ?", (number,)).fetchone()
        if found is None:
            raise IndexError(number)
        return str(found[0])
