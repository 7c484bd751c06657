"""A value in the words of a language, as a column declares it: what tables, papers and files all show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from retaguarda.kernel.text.catalogue import Texts
from retaguarda.kernel.text.formats import (
    format_amount,
    format_date,
    format_flag,
    format_instant,
    format_percent,
    format_price,
    format_quantity,
)

NOTHING = "—"
_WRITERS: Mapping[str, Callable[[Texts, Any], str]] = {
    "words": lambda texts, v: texts.words(str(v)),
    "money": lambda texts, v: format_amount(Decimal(v), texts.language),
    "price": lambda texts, v: format_price(Decimal(v), texts.language),
    "quantity": lambda texts, v: format_quantity(Decimal(v), texts.language),
    "rate": lambda texts, v: format_percent(Decimal(v), texts.language),
    "whole": lambda texts, v: format_quantity(Decimal(v), texts.language),
    "day": lambda texts, v: format_date(_day(v), texts.language),
    "instant": lambda texts, v: format_instant(_instant(v), texts.language, texts.zone),
    "flag": lambda texts, v: format_flag(bool(v), texts.language),
}


def said(texts: Texts, value: Any, show: str = "text", codes: str = "", *, symbol: bool = False) -> str:
    """A value as a column shows it (`kernel.screen.Show`); `codes` is the prefix of codes, `symbol` puts the
    currency before money."""
    if value is None or value == "":
        return NOTHING
    if codes:
        several = value if show == "codes" else (value,)
        return ", ".join(texts.say(f"{codes}.{code}") for code in several)
    if symbol and show in ("money", "price"):
        write = format_amount if show == "money" else format_price
        return write(Decimal(value), texts.language, texts.symbol)
    writer = _WRITERS.get(show)
    return texts.write(value) if writer is None else writer(texts, value)


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _instant(value: Any) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
