"""The two languages and how each writes numbers and days (after CLDR; English days are written so that nobody can
take the month for the day)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

NO_BREAK_SPACE = "\u00a0"
CURRENCIES = {"BRL": "R$", "USD": "US$", "EUR": "€"}
"""The currencies that a company may keep its books in, and how each is written before an amount."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its marks, its names of days and months (Monday and January first), its small words."""

    code: str
    decimal: str
    group: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    yes_no: tuple[str, str]

    def plural(self, n: Decimal) -> str:
        """The CLDR name of the form for `n`: Portuguese begins the plural at two, zero taking it by custom."""
        if self.code == "pt_BR":
            return "one" if 1 <= abs(n) < 2 else "other"
        return "one" if abs(n) == 1 else "other"


_PT_BR = Language(
    code="pt_BR",
    decimal=",",
    group=".",
    weekdays=("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
    months=(
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ),
    yes_no=("sim", "não"),
)
_EN = Language(
    code="en",
    decimal=".",
    group=",",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    yes_no=("yes", "no"),
)
LANGUAGES = ("pt_BR", "en")


def language_of(code: str) -> Language:
    """The language of that code; raises ValueError for any but `pt_BR` and `en`."""
    if code == "pt_BR":
        return _PT_BR
    if code == "en":
        return _EN
    raise ValueError(f"unknown language {code!r}, known are {', '.join(LANGUAGES)}")
