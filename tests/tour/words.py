"""Which language a text on the screen belongs to, by the catalogues of both; what people wrote belongs to neither."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import LANGUAGES
from retaguarda.kernel.text.catalogue import read_catalogue

ALIKE = frozenset({
    "CNPJ", "CPF", "CSV", "Capital", "Cheque", "DOS (850)", "Enter", "Euro", "ISO 8859-1", "Item", "Kits", "Normal",
    "PDF", "Pix", "Portugal", "Principal", "Retaguarda", "Subtotal", "Total", "Volume", "Volume {place}/{count}",
    "Volumes", "WhatsApp", "Windows (1252)", "XLSX", "total",
})  # fmt: skip
"""What is called the same in both languages."""
_WRITTEN = re.compile(r"(?:.*_)?(?:description|label|memo|name|notes?|reason)")
"""Columns of what people wrote or named. It stays as it is in whatever language it is read."""


def written(database: Path) -> frozenset[str]:
    """Everything that stands in the columns of free text of a database: data, whatever words it uses."""
    found: set[str] = set()
    store = sqlite3.connect(database)
    try:
        columns = store.execute(
            "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
        )
        for table, column in columns.fetchall():
            if _WRITTEN.fullmatch(column):
                found.update(row[0] for row in store.execute(f'SELECT DISTINCT "{column}" FROM "{table}"'))
    finally:
        store.close()
    return frozenset(words for words in found if isinstance(words, str))


@cache
def _said(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of a catalogue, and its texts that have nothing to fill in."""
    codes: set[str] = set()
    texts: set[str] = set()
    for path in find_resource("resources", "i18n").glob(f"*.{language}.toml"):
        for code, entry in read_catalogue(path).items():
            codes.add(code)
            texts.update(form for form in entry.text.values() if "{" not in form)
    return frozenset(codes), frozenset(texts)


class Speech:
    """What belongs into a window of one language; `data` is what was written, see `written`."""

    def __init__(self, language: str, data: frozenset[str] = frozenset()) -> None:
        (other,) = (one for one in LANGUAGES if one != language)
        self._codes, self._own = _said(language)
        self._other = _said(other)[1]
        self._neither = ALIKE | data
        self._modules = frozenset(code.partition(".")[0] for code in self._codes)

    def is_code(self, words: str) -> bool:
        """Whether this is a code, of a text that is there or of one that is missing."""
        return words in self._codes or words.partition(".")[0] in self._modules

    def is_foreign(self, words: str) -> bool:
        """Whether this is said so in the other language only."""
        said = any(letter.isalpha() for letter in words) and words not in self._neither
        return said and words in self._other and words not in self._own


def same_in_both() -> set[str]:
    """Texts of more than one letter that both languages have for one code, those of `ALIKE` left out."""
    found: set[str] = set()
    folder = find_resource("resources", "i18n")
    for path in folder.glob("*.pt_BR.toml"):
        english = read_catalogue(folder / path.name.replace(".pt_BR.", ".en."))
        for code, entry in read_catalogue(path).items():
            other = english.get(code)
            alike = set(entry.text.values()) & set(other.text.values()) if other is not None else set()
            found.update(text for text in alike if any(len(word) > 1 and word.isalpha() for word in text.split()))
    return found - ALIKE
