"""Numbers and days as people type and paste them: a table by language, and reading undoes writing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.text import (
    CURRENCIES,
    LANGUAGES,
    NumberDoubt,
    decimal_key,
    format_amount,
    format_date,
    format_number,
    format_percent,
    format_price,
    format_quantity,
    format_time,
    parse_date,
    parse_number,
    parse_percent,
    parse_time,
)

D = Decimal
TODAY = dt.date(2026, 11, 25)

# What is typed, then what it is in pt_BR and in en: a number, `?` with the candidates asked about, or `!` (no number).
NUMBERS = [
    ("0", "0", "0"),
    ("7", "7", "7"),
    ("007", "7", "7"),
    ("1234", "1234", "1234"),
    ("12345678", "12345678", "12345678"),
    ("12,5", "12.5", "?12.5 125"),
    ("12.5", "?12.5 125", "12.5"),
    ("12,50", "12.50", "?12.50 1250"),
    ("12.50", "?12.50 1250", "12.50"),
    ("1234,56", "1234.56", "?1234.56 123456"),
    ("1234.56", "?1234.56 123456", "1234.56"),
    ("1.234", "1234", "1.234"),
    ("1,234", "1.234", "1234"),
    ("1.234,56", "1234.56", "1234.56"),
    ("1,234.56", "1234.56", "1234.56"),
    ("1.234.567", "1234567", "1234567"),
    ("1,234,567", "1234567", "1234567"),
    ("1.234.567,8", "1234567.8", "1234567.8"),
    ("1,234,567.8", "1234567.8", "1234567.8"),
    ("1.234.56", "!", "!"),
    ("1,234,56", "!", "!"),
    ("12.34.567", "!", "!"),
    ("1.234,567.8", "!", "!"),
    ("1,2,3", "!", "!"),
    ("0,500", "0.5", "?0.500 500"),
    ("0.500", "?0.500 500", "0.5"),
    (",5", "0.5", "?0.5 5"),
    (".5", "?0.5 5", "0.5"),
    ("5,", "5", "5"),
    ("5.", "5", "5"),
    (" 12 ", "12", "12"),
    ("\t12\n", "12", "12"),
    ("1 234", "1234", "1234"),
    ("1\u00a0234\u00a0567,5", "1234567.5", "?1234567.5 12345675"),
    ("1\u202f234.5", "?1234.5 12345", "1234.5"),
    ("12 34", "!", "!"),
    ("R$ 10", "10", "10"),
    ("R$10,00", "10", "?10.00 1000"),
    ("R$\u00a01.234,56", "1234.56", "1234.56"),
    ("r$ 1,234.56", "1234.56", "1234.56"),
    ("BRL 12", "12", "12"),
    ("-5", "-5", "-5"),
    ("+5", "5", "5"),
    ("5-", "-5", "-5"),
    ("−5", "-5", "-5"),
    ("- 5", "-5", "-5"),
    ("-R$ 1.234,50", "-1234.50", "-1234.50"),
    ("R$ -12", "-12", "-12"),
    ("(1.234,50)", "-1234.50", "-1234.50"),
    ("(R$ 12)", "-12", "-12"),
    ("-12.5", "?-12.5 -125", "-12.5"),
    ("", "!", "!"),
    (" ", "!", "!"),
    ("-", "!", "!"),
    (",", "!", "!"),
    ("R$", "!", "!"),
    ("--5", "!", "!"),
    ("abc", "!", "!"),
    ("12a", "!", "!"),
    ("1e5", "!", "!"),
    ("NaN", "!", "!"),
    ("inf", "!", "!"),
    ("0x10", "!", "!"),
    ("1_000", "!", "!"),
    ("٣", "!", "!"),
    ("½", "!", "!"),
    ("1" * 41, "!", "!"),
    ("3*789", "!", "!"),
]


@pytest.mark.parametrize("place", [0, 1], ids=LANGUAGES)
@pytest.mark.parametrize("row", NUMBERS, ids=[ascii(row[0]) for row in NUMBERS])
def test_numbers_as_typed(row: tuple[str, str, str], place: int) -> None:
    text, expected, language = row[0], row[1 + place], LANGUAGES[place]
    if expected == "!":
        with pytest.raises(ValueFault) as caught:
            parse_number(text, language)
        assert caught.value.code == "text.not_a_number"
    elif expected.startswith("?"):
        with pytest.raises(NumberDoubt) as doubt:
            parse_number(text, language)
        assert doubt.value.candidates == tuple(D(part) for part in expected[1:].split())
    else:
        assert parse_number(text, language) == D(expected)


@pytest.mark.parametrize(
    ("text", "language", "scale", "expected"),
    [
        ("1.234", "pt_BR", None, "?1234 1.234"),
        ("1,234", "en", None, "?1234 1.234"),
        ("1,234", "pt_BR", None, "?1.234 1234"),
        ("1.234", "pt_BR", 2, "1234"),
        ("1,234", "en", 2, "1234"),
        ("1,234", "pt_BR", 2, "?1234"),
        ("1234.56", "pt_BR", 2, "?1234.56 123456"),
        ("1.234,56", "en", 2, "1234.56"),
        ("12,50", "pt_BR", 2, "12.50"),
    ],
)
def test_pasted_numbers_ask_where_their_origin_matters(
    text: str, language: str, scale: int | None, expected: str
) -> None:
    if expected.startswith("?"):
        with pytest.raises(NumberDoubt) as doubt:
            parse_number(text, language, scale=scale, pasted=True)
        assert doubt.value.candidates == tuple(D(part) for part in expected[1:].split())
    else:
        assert parse_number(text, language, scale=scale, pasted=True) == D(expected)


@pytest.mark.parametrize(("text", "scale"), [("1,5", 0), ("12.50", 0), ("1,23456", 4), ("0,001", 2)])
def test_too_many_decimals_are_named_and_never_become_a_bigger_number(text: str, scale: int) -> None:
    with pytest.raises(ValueFault) as caught:
        parse_number(text, "pt_BR", scale=scale)
    assert caught.value.code == "text.too_many_decimals"
    assert caught.value.params == {"scale": scale}


def test_zeros_beyond_the_scale_are_no_decimals() -> None:
    assert parse_number("1,5000", "pt_BR", scale=1) == D("1.5")


def test_the_numpad_point_writes_the_mark_of_the_language() -> None:
    assert [decimal_key(language) for language in LANGUAGES] == [",", "."]


languages = st.sampled_from(LANGUAGES)
numbers = st.decimals(-(10**13), 10**13, allow_nan=False, places=4)


@given(value=numbers, language=languages)
def test_reading_undoes_writing(value: Decimal, language: str) -> None:
    assert parse_number(format_number(value, language), language) == value
    assert parse_number(format_quantity(value, language), language, scale=4) == value
    cents = value.quantize(D("0.01"))
    for symbol in ("", *CURRENCIES.values()):
        assert parse_number(format_price(value, language, symbol), language, scale=4) == value
        assert parse_number(format_amount(cents, language, symbol), language, scale=2) == cents


@given(value=st.decimals(0, 1, allow_nan=False, places=6), language=languages)
def test_reading_undoes_writing_per_cent(value: Decimal, language: str) -> None:
    assert parse_percent(format_percent(value, language), language) == value


@given(value=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), language=languages)
def test_reading_undoes_writing_days(value: dt.date, language: str) -> None:
    assert parse_date(format_date(value, language), TODAY, language) == value
    assert parse_date(value.isoformat(), TODAY, language) == value


@given(value=st.times())
def test_reading_undoes_writing_times(value: dt.time) -> None:
    assert parse_time(format_time(value)) == value.replace(second=0, microsecond=0)


@given(text=st.text(max_size=60), language=languages, pasted=st.booleans())
def test_no_text_breaks_the_reading(text: str, language: str, pasted: bool) -> None:
    codes = []
    for read in (
        lambda: parse_number(text, language, pasted=pasted),
        lambda: parse_date(text, TODAY, language),
        lambda: parse_time(text),
    ):
        try:
            read()
        except ValueFault as fault:
            codes.append(fault.code)
    assert all(code.startswith("text.") for code in codes)


DATES = [
    ("d", "2026-11-25"),
    ("h", "2026-11-25"),
    ("Hoje", "2026-11-25"),
    ("t", "2026-11-25"),
    ("amanhã", "2026-11-26"),
    ("yesterday", "2026-11-24"),
    ("+3", "2026-11-28"),
    ("-1", "2026-11-24"),
    ("−1", "2026-11-24"),
    ("+10", "2026-12-05"),
    ("15", "2026-11-15"),
    ("1", "2026-11-01"),
    ("15/3", "2026-03-15"),
    ("15-3", "2026-03-15"),
    ("15.3.", None),
    ("1503", "2026-03-15"),
    ("150326", "2026-03-15"),
    ("15032026", "2026-03-15"),
    ("20260315", "2026-03-15"),
    ("15/03/26", "2026-03-15"),
    ("15/03/99", "1999-03-15"),
    ("15/3/2027", "2027-03-15"),
    ("15 3 2027", "2027-03-15"),
    ("2027-03-15", "2027-03-15"),
    ("2027/3/5", "2027-03-05"),
    ("4/3", "2026-03-04"),
    ("15 mar", "2026-03-15"),
    ("15mar26", "2026-03-15"),
    ("15 de março de 2027", "2027-03-15"),
    ("1º de maio", "2026-05-01"),
    ("15 March 2027", "2027-03-15"),
    ("Mar 15, 2027", "2027-03-15"),
    ("Dec 5", "2026-12-05"),
    ("29/2/2028", "2028-02-29"),
    ("29/2/2027", None),
    ("31", None),
    ("0", None),
    ("15/13", None),
    ("15/3/2", None),
    ("15/3/1822", "range"),
    ("+99999", "range"),
    ("15 xyz", None),
    ("ontem à noite", None),
    ("", None),
    ("2027-02-30", None),
    ("1/1/1/1", None),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_as_typed(text: str, expected: str | None, language: str) -> None:
    if expected is None or expected == "range":
        with pytest.raises(ValueFault) as caught:
            parse_date(text, TODAY, language)
        assert caught.value.code == ("text.date_out_of_range" if expected else "text.not_a_date")
    else:
        assert parse_date(text, TODAY, language).isoformat() == expected


def test_a_month_first_day_is_read_in_english_only_where_it_has_no_other_reading() -> None:
    assert parse_date("11/25/2026", TODAY, "en") == TODAY
    with pytest.raises(ValueFault):
        parse_date("11/25/2026", TODAY, "pt_BR")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", "09:00"),
        ("930", "09:30"),
        ("0930", "09:30"),
        ("1430", "14:30"),
        ("9:30", "09:30"),
        ("9h30", "09:30"),
        ("14h", "14:00"),
        ("14 h 05", "14:05"),
        ("24", None),
        ("9:60", None),
        ("9:3", None),
        ("x", None),
        ("", None),
    ],
)
def test_times_as_typed(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueFault) as caught:
            parse_time(text)
        assert caught.value.code == "text.not_a_time"
    else:
        assert format_time(parse_time(text)) == expected
