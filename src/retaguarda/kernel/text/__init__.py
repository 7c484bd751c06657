"""Texts for people: the catalogue of codes, and numbers and days as each language writes and types them."""

from retaguarda.kernel.text.catalogue import MissingText, Texts, Worded
from retaguarda.kernel.text.formats import (
    format_age,
    format_amount,
    format_date,
    format_duration,
    format_flag,
    format_instant,
    format_long_day,
    format_month,
    format_number,
    format_percent,
    format_price,
    format_quantity,
    format_short_day,
    format_time,
)
from retaguarda.kernel.text.languages import CURRENCIES, LANGUAGES
from retaguarda.kernel.text.reading import (
    NumberDoubt,
    decimal_key,
    parse_date,
    parse_number,
    parse_percent,
    parse_time,
)

__all__ = [
    "CURRENCIES",
    "LANGUAGES",
    "MissingText",
    "NumberDoubt",
    "Texts",
    "Worded",
    "decimal_key",
    "format_age",
    "format_amount",
    "format_date",
    "format_duration",
    "format_flag",
    "format_instant",
    "format_long_day",
    "format_month",
    "format_number",
    "format_percent",
    "format_price",
    "format_quantity",
    "format_short_day",
    "format_time",
    "parse_date",
    "parse_number",
    "parse_percent",
    "parse_time",
]
