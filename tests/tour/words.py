"""Which language a text on the screen belongs to, by the catalogues of both."""

from __future__ import annotations

from functools import cache

from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import LANGUAGES
from retaguarda.kernel.text.catalogue import read_catalogue

ALIKE = frozenset({"CNPJ", "CPF", "Enter", "Euro", "Normal", "Portugal", "Retaguarda", "Total", "WhatsApp", "total"})
"""What is called the same in both languages."""
DATA = frozenset({"Compras", "Estoque principal", "Geral", "Tabela padrão"})
NAMED = ("company.role.", "company.department.", "catalog.unit.")
"""Names that the company gave to its own things, or that were given to them in its language when it was founded: they
stay as they are in whatever language a person reads."""


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


@cache
def _names() -> frozenset[str]:
    found: set[str] = set(DATA)
    for path in find_resource("resources", "i18n").glob("*.toml"):
        for code, entry in read_catalogue(path).items():
            if code.startswith(NAMED):
                found.update(entry.text.values())
    return frozenset(found)


class Speech:
    """What belongs into a window of one language."""

    def __init__(self, language: str) -> None:
        (other,) = (one for one in LANGUAGES if one != language)
        self._codes, self._own = _said(language)
        self._other = _said(other)[1]
        self._modules = frozenset(code.partition(".")[0] for code in self._codes)

    def is_code(self, words: str) -> bool:
        """Whether this is a code, of a text that is there or of one that is missing."""
        return words in self._codes or words.partition(".")[0] in self._modules

    def is_foreign(self, words: str) -> bool:
        """Whether this is said so in the other language only."""
        said = any(letter.isalpha() for letter in words) and words not in ALIKE | _names()
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
