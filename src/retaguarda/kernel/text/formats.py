"""How values are written for people, in either language. Every function is the inverse of one in `reading`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.money import EXACT, exact, round_money
from retaguarda.kernel.text.languages import NO_BREAK_SPACE, Language, language_of

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def format_number(value: Decimal | int, language: str, decimals: int | None = None) -> str:
    """The number with grouped thousands; `decimals` fixes the digits after the mark, None keeps the value's own."""
    marks = language_of(language)
    number = exact(value) if decimals is None else round_money(value, decimals)
    return f"{number:,f}".translate(str.maketrans(",.", marks.group + marks.decimal))


def format_quantity(value: Decimal | int, language: str) -> str:
    """The quantity without trailing zeros: 3.5000 is `3,5`, 1200 is `1.200`."""
    return format_number(_trimmed(exact(value)), language)


def format_amount(value: Decimal | int, language: str, symbol: str = "") -> str:
    """The amount with two digits, its symbol and a no-break space: `R$ 1.234,50`; an empty symbol leaves both out."""
    return _with_symbol(format_number(value, language, 2), symbol)


def format_price(value: Decimal | int, language: str, symbol: str = "") -> str:
    """A unit price: two digits after the mark, more only where the price has them (`R$ 0,0475`)."""
    digits = -int(_trimmed(exact(value)).as_tuple().exponent)
    return _with_symbol(format_number(value, language, max(2, digits)), symbol)


def format_percent(rate: Decimal | int, language: str) -> str:
    """A share as per cent without trailing zeros: 0.125 is `12,5%`."""
    return format_quantity(EXACT.multiply(exact(rate), Decimal(100)), language) + "%"


def format_date(value: dt.date, language: str) -> str:
    """The day: `25/11/2026`, or `25 Nov 2026`."""
    marks = language_of(language)
    if marks.code == "pt_BR":
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return f"{value.day} {marks.months[value.month - 1][:3]} {value.year:04}"


def format_short_day(value: dt.date, language: str) -> str:
    """A near day with its weekday and without the year: `qua 25/11`, or `Wed 25 Nov`."""
    marks = language_of(language)
    if marks.code == "pt_BR":
        return f"{_weekday(value, marks)} {value.day:02}/{value.month:02}"
    return f"{_weekday(value, marks)} {value.day} {marks.months[value.month - 1][:3]}"


def format_month(value: dt.date, language: str) -> str:
    """The month of a day: `novembro de 2026`, or `November 2026`."""
    marks = language_of(language)
    joint = " de " if marks.code == "pt_BR" else " "
    return f"{marks.months[value.month - 1]}{joint}{value.year:04}"


def format_long_day(value: dt.date, language: str) -> str:
    """A day as a title: `qua, 25 de novembro`, or `Wed, 25 November`."""
    marks = language_of(language)
    joint = " de " if marks.code == "pt_BR" else " "
    return f"{_weekday(value, marks)}, {value.day}{joint}{marks.months[value.month - 1]}"


def format_time(value: dt.time | dt.datetime) -> str:
    """Hours and minutes of the day, `14:05`, in both languages."""
    return f"{value.hour:02}:{value.minute:02}"


def format_instant(value: dt.datetime, language: str, zone: dt.tzinfo) -> str:
    """An instant as the wall clock of `zone` shows it: `25/11/2026 14:05`. Raises ValueError for a naive value."""
    if value.tzinfo is None:
        raise ValueError("an instant carries its zone")
    local = value.astimezone(zone)
    return f"{format_date(local.date(), language)} {format_time(local)}"


def format_duration(value: dt.timedelta, language: str) -> str:
    """How long, in its two largest units: `2 h 30 min`, `3 dias 4 h`, `45 min`; less than a minute is `0 min`."""
    seconds = abs(int(value.total_seconds()))
    days, hours, minutes = seconds // _DAY, seconds % _DAY // _HOUR, seconds % _HOUR // _MINUTE
    parts = [_days(days, language_of(language))] if days else []
    if hours:
        parts.append(f"{hours}{NO_BREAK_SPACE}h")
    if (minutes and not days) or not parts:
        parts.append(f"{minutes}{NO_BREAK_SPACE}min")
    return " ".join(parts)


def format_age(value: dt.timedelta, language: str) -> str:
    """How long ago, in one unit: `agora`, `há 5 min`, `há 2 h`, `há 3 dias`; a negative age lies ahead: `em 2 h`."""
    marks = language_of(language)
    portuguese = marks.code == "pt_BR"
    seconds = int(value.total_seconds())
    size = abs(seconds)
    if size < _MINUTE:
        return "agora" if portuguese else "now"
    if size < _HOUR:
        amount = f"{size // _MINUTE}{NO_BREAK_SPACE}min"
    elif size < _DAY:
        amount = f"{size // _HOUR}{NO_BREAK_SPACE}h"
    else:
        amount = _days(size // _DAY, marks)
    if seconds < 0:
        return f"em {amount}" if portuguese else f"in {amount}"
    return f"há {amount}" if portuguese else f"{amount} ago"


def format_flag(value: bool, language: str) -> str:
    """`sim` or `não`, `yes` or `no`."""
    return language_of(language).yes_no[0 if value else 1]


def _with_symbol(number: str, symbol: str) -> str:
    if not symbol:
        return number
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    return f"{sign}{symbol}{NO_BREAK_SPACE}{digits}"


def _trimmed(number: Decimal) -> Decimal:
    """Without trailing zeros, but never as an exponent: Decimal("1E+2") would print as such."""
    short = number.normalize(EXACT)
    return short.quantize(Decimal(1), context=EXACT) if int(short.as_tuple().exponent) > 0 else short


def _weekday(value: dt.date, marks: Language) -> str:
    return marks.weekdays[value.weekday()][:3]


def _days(days: int, marks: Language) -> str:
    word = ("dia", "dias") if marks.code == "pt_BR" else ("day", "days")
    return f"{days}{NO_BREAK_SPACE}{word[0 if days == 1 else 1]}"
