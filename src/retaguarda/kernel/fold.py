"""The search form of a text: how people type it, without accents, capitals or doubled spaces, on every engine alike."""

from __future__ import annotations

import unicodedata

FOLDED = "folded"
"""What `fold` is called in the SQL of a SQLite file; `kernel.store_sqlite` gives it to every connection."""


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
