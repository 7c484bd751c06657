"""Reading what people type and paste: numbers and days, in either language, without ever guessing.

A number that two people could read differently is not taken: `NumberDoubt` carries the candidates and the field asks.
`1234.56` pasted into a Portuguese field must never become 123,456.00 (the worst error of accounting programs).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.money import EXACT
from retaguarda.kernel.text.languages import CURRENCIES, LANGUAGES, Language, language_of

MOST_CHARACTERS = 40
_SPACES = "\u00a0\u202f\u2009 \t\r\n"
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_SPACED = re.compile(r"\d{1,3}( \d{3})+")
_CURRENCY = re.compile(
    "|".join((*map(re.escape, CURRENCIES.values()), *CURRENCIES, r"(?<![^ ])\$")), flags=re.IGNORECASE
)
_TODAY = {"d", "h", "t", "hoje", "today"}
_DAYS_AWAY = {"ontem": -1, "yesterday": -1, "amanha": 1, "tomorrow": 1}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class NumberDoubt(ValueFault):
    """Digits that can be read in more than one way; `candidates` are the readings, the likeliest first."""

    def __init__(self, candidates: tuple[Decimal, ...]) -> None:
        super().__init__("text.number_doubt", candidates=[format(value, "f") for value in candidates])
        self.candidates = candidates


def decimal_key(language: str) -> str:
    """The character that the numpad's point key writes: people press it for the decimal mark of their language."""
    return language_of(language).decimal


def parse_number(text: str, language: str, *, scale: int | None = None, pasted: bool = False) -> Decimal:
    """The number as typed in that language, with or without currency, groups, spaces, sign or brackets for a negative.

    `scale` is the most digits the field holds after the mark; `pasted` says that the text came from elsewhere, where
    a well-formed `1.234` may mean another number. Raises NumberDoubt where there are two readings, ValueFault with
    `text.not_a_number` or `text.too_many_decimals` where there is none.
    """
    sign, digits = _signed(text)
    own = language_of(language)
    other = language_of(next(code for code in LANGUAGES if code != language))
    native, foreign = _strict(digits, own), _strict(digits, other)
    careless = None if native is not None else _careless(digits, own)
    well_written = _plausible((native, foreign), scale)
    if not well_written:
        if native is None and foreign is None:
            raise ValueFault("text.not_a_number", text=text.strip()[:MOST_CHARACTERS])
        raise ValueFault("text.too_many_decimals", scale=scale)
    if native is not None and native in well_written and not pasted:
        return sign * native
    readings = _plausible((native, foreign, careless), scale)
    if len(readings) > 1 or (native is not None and native not in readings):
        raise NumberDoubt(tuple(sign * value for value in readings))
    return sign * readings[0]


def parse_percent(text: str, language: str, *, pasted: bool = False) -> Decimal:
    """The share typed as per cent, with or without `%`: `12,5` and `12,5%` are 0.125."""
    number = parse_number(text.strip().removesuffix("%"), language, scale=4, pasted=pasted)
    return number.scaleb(-2, context=EXACT)


def parse_date(text: str, today: dt.date, language: str) -> dt.date:
    """The day as people type it, day before month in both languages.

    `d`, `h` or `hoje` is today; `+3` and `-1` count from today; `15` is that day of this month; `15/3`, `1503`,
    `15/03/26`, `15 mar 2026`, `Mar 15, 2026` and `2026-03-15` are what they look like. Two-digit years lie between
    79 years back and 20 ahead. Raises ValueFault `text.not_a_date`, or `text.date_out_of_range` (1900 to 2199).
    """
    typed = fold(text.translate(_MINUS))
    away = _DAYS_AWAY.get(typed, 0 if typed in _TODAY else None)
    if away is None and re.fullmatch(r"[+-]\d{1,5}", typed):
        away = int(typed)
    if away is not None:
        try:
            return _in_range(today + dt.timedelta(days=away))
        except OverflowError:
            raise ValueFault("text.date_out_of_range", first=_FIRST_YEAR, last=_LAST_YEAR) from None
    for year, month, day in _date_readings(typed, today, language):
        try:
            return _in_range(dt.date(year, month, day))
        except ValueError:
            continue
    raise ValueFault("text.not_a_date", text=text.strip()[:MOST_CHARACTERS])


def parse_time(text: str) -> dt.time:
    """The time of day as typed: `9`, `930`, `0930`, `9:30`, `9h30`, `14h`. Raises ValueFault `text.not_a_time`."""
    match = re.fullmatch(r"(\d{1,2})(?:h|:|h?(\d{2})|[:h.](\d{2}))?", fold(text).replace(" ", ""))
    if match:
        hour, minute = int(match[1]), int(match[2] or match[3] or 0)
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise ValueFault("text.not_a_time", text=text.strip()[:MOST_CHARACTERS])


def _signed(text: str) -> tuple[int, str]:
    """The sign and what is left, without currency and outer spaces; inner spaces stay, for grouping."""
    rest = text.translate(_MINUS)
    for space in _SPACES:
        rest = rest.replace(space, " ")
    rest = _CURRENCY.sub(" ", rest).strip()
    sign = 1
    if rest.startswith("(") and rest.endswith(")"):
        sign, rest = -1, rest[1:-1].strip()
    elif rest.startswith(("-", "+")):
        sign, rest = (-1 if rest[0] == "-" else 1), rest[1:].strip()
    elif rest.endswith("-"):
        sign, rest = -1, rest[:-1].strip()
    whole = re.match(r"[\d ]*", rest, flags=re.ASCII)
    if whole and _SPACED.fullmatch(whole[0]):
        rest = whole[0].replace(" ", "") + rest[whole.end() :]
    return sign, rest[: MOST_CHARACTERS + 1]


def _strict(digits: str, marks: Language) -> Decimal | None:
    """The number if it is written exactly as that language writes numbers, else None."""
    group, decimal = re.escape(marks.group), re.escape(marks.decimal)
    form = rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+)?(?:{decimal}(?P<part>[0-9]*))?"
    match = re.fullmatch(form, digits) if len(digits) <= MOST_CHARACTERS else None
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole = (match["whole"] or "0").replace(marks.group, "")
    return Decimal(f"{whole}.{match['part']}") if match["part"] else Decimal(whole)


def _careless(digits: str, marks: Language) -> Decimal | None:
    """The number that results when grouping marks are dropped without looking where they stand, else None."""
    if not re.fullmatch(r"[0-9.,]+", digits) or len(digits) > MOST_CHARACTERS:
        return None
    whole, _, part = digits.partition(marks.decimal)
    if marks.group in part:
        return None
    return _strict(whole.replace(marks.group, "") + (marks.decimal + part if part else ""), marks)


def _plausible(values: Iterable[Decimal | None], scale: int | None) -> list[Decimal]:
    """The different readings that a field of that scale could hold, in the order given."""
    readings: list[Decimal] = []
    for value in values:
        if value is None or value in readings:
            continue
        fits = scale is None or -int(value.normalize(EXACT).as_tuple().exponent) <= scale
        if fits:
            readings.append(value)
    return readings


def _date_readings(typed: str, today: dt.date, language: str) -> Iterable[tuple[int, int, int]]:
    """The dates (year, month, day) a text may mean, the first valid one being meant."""
    iso = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", typed)
    if iso:
        yield int(iso[1]), int(iso[2]), int(iso[3])
        return
    parts = _named_month(typed) or _numbers(typed)
    if parts is not None:
        day, month, year = parts
        full_year = _full_year(year, today) if year else today.year
        yield full_year, month or today.month, day
        if language == "en" and month:
            # 11/25/2026 has no other reading; 4/3/2026 is the 4th of March, as the field shows at once.
            yield full_year, day, month
    if re.fullmatch(r"\d{8}", typed):
        yield int(typed[:4]), int(typed[4:6]), int(typed[6:])


def _numbers(typed: str) -> tuple[int, int | None, str | None] | None:
    """Day, month and year written as numbers, the later ones optional."""
    match = re.fullmatch(r"(\d{1,2})(?:[/. -](\d{1,2})(?:[/. -](\d{4}|\d{2}))?)?", typed)
    match = match or re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})?", typed)
    return None if match is None else (int(match[1]), int(match[2]) if match[2] else None, match[3])


def _named_month(typed: str) -> tuple[int, int, str | None] | None:
    """Day, month and year with the month's name, in either language, three letters of it or more."""
    word = re.search(r"[a-z]{3,}", typed)
    if word is None:
        return None
    names = [(fold(name), number) for code in LANGUAGES for number, name in enumerate(language_of(code).months, 1)]
    month = next((number for name, number in names if name.startswith(word[0])), None)
    before, after = typed[: word.start()], typed[word.end() :]
    day = re.fullmatch(r"(\d{1,2})[oa]?[ /.-]*(?:de )?", before)
    year = re.fullmatch(r"[ /.,-]*(?:de )?(\d{4}|\d{2})?", after)
    if month and day and year:
        return int(day[1]), month, year[1]
    american = None if before else re.fullmatch(r" ?(\d{1,2})(?:,? (\d{4}|\d{2}))?", after)
    return (int(american[1]), month, american[2]) if month and american else None


def _full_year(digits: str, today: dt.date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year - 100 if year > today.year + 20 else year + 100 if year < today.year - 79 else year


def _in_range(day: dt.date) -> dt.date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueFault("text.date_out_of_range", first=_FIRST_YEAR, last=_LAST_YEAR)
    return day
