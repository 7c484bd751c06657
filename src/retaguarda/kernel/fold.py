"""The search form of a text: how people type it, without accents, capitals or doubled spaces, on every engine alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

FOLDED = "folded"
"""What `fold` is called in the SQL of a SQLite file; `kernel.store_sqlite` gives it to every connection."""


LEAST_DIGITS, FILLED = 2, 8
"""From so many digits on a number is also looked for with zeros before it, up to so many digits in all."""
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text without accents and marks, case-folded, spaces single and trimmed: " São  PAULO" is "sao paulo".

    Folding twice changes nothing more, so a stored search form and a typed one meet.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


BETWEEN = {n: " " for n in range(128) if not chr(n).isalnum()}
"""What stands between two words, as a table that makes blanks of it: of what is not ASCII all belongs to words."""


def words(text: str) -> list[str]:
    """The words of a text as the search index knows them: folded, without what is neither letter nor digit.

    "12.345.678/0001-90" is five words; a number typed with another mask, or with none, begins one of its words too.
    """
    return fold(text).translate(BETWEEN).split()


def spelled(word: str) -> list[str]:
    """How else a number may stand as a whole word: without the zeros before it, or filled up with them as far as
    documents and codes are."""
    if not (word.isascii() and word.isdigit()):
        return []
    bare = word.lstrip("0")
    filled = [bare.zfill(n) for n in range(len(bare) + 1, FILLED + 1)] if len(bare) >= LEAST_DIGITS else []
    return [one for one in ([bare, *filled] if bare else []) if one != word and not one.startswith(word)]


def begun_in(text: str, typed: Sequence[str]) -> list[tuple[int, int]]:
    """Where words of a text begin with one of these folded ones: from and to, counted in the text as it stands."""
    found: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        at = word.start()
        longest = max((one for one in typed if fold(word[0]).startswith(one)), key=len, default="")
        if longest:
            # As many characters as fold to what was typed: accents and ligatures are of other lengths.
            end = next(n for n in range(1, len(word[0]) + 1) if len(fold(word[0][:n])) >= len(longest))
            found.append((at, at + end))
    return found
