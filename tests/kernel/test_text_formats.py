"""How values are written, in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from retaguarda.kernel import text

D = Decimal
NBSP = "\u00a0"
DAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("written", "pt_br", "en"),
    [
        (lambda lang: text.format_amount(D("1234.5"), lang, "R$"), f"R${NBSP}1.234,50", f"R${NBSP}1,234.50"),
        (lambda lang: text.format_amount(D("-0.1"), lang, "R$"), f"-R${NBSP}0,10", f"-R${NBSP}0.10"),
        (lambda lang: text.format_amount(D("-0.001"), lang, "R$"), f"R${NBSP}0,00", f"R${NBSP}0.00"),
        (lambda lang: text.format_amount(D("1234567.89"), lang), "1.234.567,89", "1,234,567.89"),
        (lambda lang: text.format_price(D("0.0475"), lang, "R$"), f"R${NBSP}0,0475", f"R${NBSP}0.0475"),
        (lambda lang: text.format_price(D("19.9000"), lang, "US$"), f"US${NBSP}19,90", f"US${NBSP}19.90"),
        (lambda lang: text.format_price(D("100"), lang, "€"), f"€{NBSP}100,00", f"€{NBSP}100.00"),
        (lambda lang: text.format_number(D("1234.50"), lang), "1.234,50", "1,234.50"),
        (lambda lang: text.format_number(D("2.675"), lang, 2), "2,68", "2.68"),
        (lambda lang: text.format_number(1234567, lang), "1.234.567", "1,234,567"),
        (lambda lang: text.format_quantity(D("3.5000"), lang), "3,5", "3.5"),
        (lambda lang: text.format_quantity(D("1200.0000"), lang), "1.200", "1,200"),
        (lambda lang: text.format_quantity(D("0.0000"), lang), "0", "0"),
        (lambda lang: text.format_percent(D("0.125"), lang), "12,5%", "12.5%"),
        (lambda lang: text.format_percent(D("1"), lang), "100%", "100%"),
        (lambda lang: text.format_date(dt.date(2026, 3, 5), lang), "05/03/2026", "5 Mar 2026"),
        (lambda lang: text.format_short_day(DAY, lang), "qua 25/11", "Wed 25 Nov"),
        (lambda lang: text.format_short_day(dt.date(2026, 11, 28), lang), "sáb 28/11", "Sat 28 Nov"),
        (lambda lang: text.format_month(DAY, lang), "novembro de 2026", "November 2026"),
        (lambda lang: text.format_long_day(DAY, lang), "qua, 25 de novembro", "Wed, 25 November"),
        (lambda lang: text.format_flag(True, lang), "sim", "yes"),
        (lambda lang: text.format_flag(False, lang), "não", "no"),
        (lambda lang: text.format_age(dt.timedelta(seconds=20), lang), "agora", "now"),
        (lambda lang: text.format_age(dt.timedelta(minutes=5), lang), f"há 5{NBSP}min", f"5{NBSP}min ago"),
        (lambda lang: text.format_age(dt.timedelta(hours=2, minutes=50), lang), f"há 2{NBSP}h", f"2{NBSP}h ago"),
        (lambda lang: text.format_age(dt.timedelta(days=1), lang), f"há 1{NBSP}dia", f"1{NBSP}day ago"),
        (lambda lang: text.format_age(dt.timedelta(hours=-3), lang), f"em 3{NBSP}h", f"in 3{NBSP}h"),
        (lambda lang: text.format_age(dt.timedelta(days=-4), lang), f"em 4{NBSP}dias", f"in 4{NBSP}days"),
        (lambda lang: text.format_duration(dt.timedelta(hours=2, minutes=30), lang), f"2{NBSP}h 30{NBSP}min", None),
        (lambda lang: text.format_duration(dt.timedelta(0), lang), f"0{NBSP}min", None),
        (
            lambda lang: text.format_duration(dt.timedelta(days=3, hours=4, minutes=9), lang),
            f"3{NBSP}dias 4{NBSP}h",
            f"3{NBSP}days 4{NBSP}h",
        ),
    ],
)
def test_written(written, pt_br: str, en: str | None) -> None:
    assert written("pt_BR") == pt_br
    assert written("en") == (pt_br if en is None else en)


def test_an_instant_is_the_wall_clock_of_its_zone() -> None:
    instant = dt.datetime(2026, 11, 25, 1, 5, tzinfo=dt.UTC)
    zone = ZoneInfo("America/Sao_Paulo")
    assert text.format_instant(instant, "pt_BR", zone) == "24/11/2026 22:05"
    assert text.format_instant(instant, "en", zone) == "24 Nov 2026 22:05"
    with pytest.raises(ValueError):
        text.format_instant(instant.replace(tzinfo=None), "en", zone)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="known are pt_BR, en"):
        text.format_number(1, "pt")
