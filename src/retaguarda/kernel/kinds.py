"""Field kinds: what a command's field may hold, how it is read from JSON, written to it and refused.

A kind sits in the annotation (`quantity: Annotated[Decimal, Quantity()]`), so that one line gives the form its
widget, the script door its validation, the help its words and the journal its text.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from retaguarda.kernel.ids import is_id
from retaguarda.kernel.picture import png_size

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?\Z")
BIGGEST = Decimal(10) ** 13


class ValueFault(Exception):
    """A value that a kind cannot take: the code and what its text needs."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of field; `clean` takes a JSON or Python value and gives the Python value or raises `ValueFault`."""

    def clean(self, value: Any) -> Any:
        raise NotImplementedError

    def dump(self, value: Any) -> Any:
        """The value as JSON knows it; journals and drafts hold this form."""
        return value


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Words on one line (or several): trimmed, at most `most` characters."""

    most: int = 120
    lines: bool = False
    least: int = 0

    def clean(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueFault("kernel.not_text")
        text = value.strip()
        if len(text) > self.most:
            raise ValueFault("kernel.too_long", most=self.most, length=len(text))
        if len(text) < self.least:
            raise ValueFault("kernel.too_short", least=self.least)
        if _CONTROL.search(text) or (not self.lines and "\n" in text):
            raise ValueFault("kernel.control_character")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueFault("kernel.control_character") from None
        return text


@dataclass(frozen=True, slots=True)
class Secret(Text):
    """A password or key: never journalled, logged, exported or shown."""

    most: int = 200

    def clean(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueFault("kernel.not_text")
        if len(value) > self.most:
            raise ValueFault("kernel.too_long", most=self.most, length=len(value))
        if len(value) < self.least:
            raise ValueFault("kernel.too_short", least=self.least)
        return value

    def dump(self, value: Any) -> Any:
        return "***"


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """An exact decimal with at most `scale` digits after the point; floats are refused by name."""

    scale: int = 4
    least: Decimal | None = None
    most: Decimal = BIGGEST
    above: Decimal | None = None

    def clean(self, value: Any) -> Any:
        number = _decimal(value)
        if abs(number) > self.most:
            raise ValueFault("kernel.too_large", most=str(self.most))
        if -number.as_tuple().exponent > self.scale and number != round(number, self.scale):  # type: ignore[operator]
            raise ValueFault("kernel.too_many_digits", scale=self.scale)
        if self.least is not None and number < self.least:
            raise ValueFault("kernel.too_small", least=str(self.least))
        if self.above is not None and number <= self.above:
            raise ValueFault("kernel.not_above", above=str(self.above))
        return number

    def dump(self, value: Any) -> Any:
        return format(value, "f")


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueFault("kernel.not_number")
    if isinstance(value, float):
        raise ValueFault("kernel.float_refused")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueFault("kernel.not_finite")
        return value
    if not isinstance(value, str):
        raise ValueFault("kernel.not_number")
    text = value.strip()
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity", "snan"):
        raise ValueFault("kernel.not_finite")
    if not _PLAIN_NUMBER.match(text):
        raise ValueFault("kernel.not_number")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueFault("kernel.not_number") from None


@dataclass(frozen=True, slots=True)
class Money(Number):
    """An amount in the company's currency, two digits."""

    scale: int = 2


@dataclass(frozen=True, slots=True)
class Price(Number):
    """A unit price, four digits, never negative, and below a bar code that was scanned into the place of a price."""

    scale: int = 4
    least: Decimal | None = Decimal(0)
    most: Decimal = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Quantity(Number):
    """How many, four digits, above zero unless said otherwise."""

    scale: int = 4
    above: Decimal | None = Decimal(0)
    most: Decimal = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Rate(Number):
    """A share, six digits: 0.05 is five per cent; from 0 to 1 unless said otherwise."""

    scale: int = 6
    least: Decimal | None = Decimal(0)
    most: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 2_000_000_000

    def clean(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueFault("kernel.not_whole")
        if value < self.least:
            raise ValueFault("kernel.too_small", least=str(self.least))
        if value > self.most:
            raise ValueFault("kernel.too_large", most=str(self.most))
        return value


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no."""

    def clean(self, value: Any) -> Any:
        if not isinstance(value, bool):
            raise ValueFault("kernel.not_yes_or_no")
        return value


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A business day (ISO `2026-11-25` in JSON), between 1900 and 2200."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value.strip())
            except ValueError:
                raise ValueFault("kernel.not_a_day") from None
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise ValueFault("kernel.not_a_day")
        if not 1900 <= value.year <= 2200:
            raise ValueFault("kernel.day_out_of_range")
        return value

    def dump(self, value: Any) -> Any:
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class Instant(Kind):
    """A point in time with its zone (ISO in JSON), kept as UTC."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = dt.datetime.fromisoformat(value.strip())
            except ValueError:
                raise ValueFault("kernel.not_an_instant") from None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise ValueFault("kernel.not_an_instant")
        try:
            return value.astimezone(dt.UTC)
        except OverflowError:
            raise ValueFault("kernel.not_an_instant") from None

    def dump(self, value: Any) -> Any:
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few codes; `texts` is the catalogue prefix of their words."""

    options: tuple[str, ...] = ()
    texts: str = ""

    def clean(self, value: Any) -> Any:
        if not isinstance(value, str) or value not in self.options:
            raise ValueFault("kernel.not_a_choice", options=", ".join(self.options))
        return value


@dataclass(frozen=True, slots=True)
class Ref(Kind):
    """The key of a record in `table`; whether it exists is the handler's to say."""

    table: str = ""

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("-", "").lower()
        if not is_id(value):
            raise ValueFault("kernel.not_an_id", table=self.table)
        return value


@dataclass(frozen=True, slots=True)
class Codes(Kind):
    """A few codes: consents given, permissions, keys of things; each at most 80 characters."""

    most: int = 500

    def clean(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise ValueFault("kernel.not_a_list")
        if len(value) > self.most:
            raise ValueFault("kernel.too_many", most=self.most)
        one = Text(most=80, least=1)
        return tuple(one.clean(v) for v in value)

    def dump(self, value: Any) -> Any:
        return list(value)


@dataclass(frozen=True, slots=True)
class Picture(Kind):
    """A small PNG of at most `most` bytes; base64 in JSON."""

    most: int = 65_536

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = base64.b64decode(value, validate=True)
            except ValueError:
                raise ValueFault("kernel.not_a_picture") from None
        if not isinstance(value, bytes):
            raise ValueFault("kernel.not_a_picture")
        if len(value) > self.most:
            raise ValueFault("kernel.picture_too_large", most=self.most // 1024)
        try:
            png_size(value)
        except ValueError:
            raise ValueFault("kernel.not_a_picture") from None
        return value

    def dump(self, value: Any) -> Any:
        return base64.b64encode(value).decode()


@dataclass(frozen=True, slots=True)
class Version(Kind):
    """The version of the record as it was read; None means the latest (scripts only, the window always sends it)."""

    def clean(self, value: Any) -> Any:
        return Whole(least=1).clean(value)
