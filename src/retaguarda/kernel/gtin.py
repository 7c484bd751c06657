"""GTIN: the number under a bar code (GTIN-8, 12, 13, 14), with its check digit (GS1 General Specifications, 7.9)."""

from __future__ import annotations

GTIN_LENGTHS = (8, 12, 13, 14)


def normalise_gtin(text: str) -> str:
    """The digits as typed, pasted or scanned, without spaces, points and hyphens; other characters stay."""
    return "".join(char for char in text if char not in " .-\u00a0\t\r\n")


def gtin_check_digit(body: str) -> str:
    """The check digit for the digits before it; raises ValueError unless they are 7, 11, 12 or 13 ASCII digits."""
    if not (body.isascii() and body.isdigit()) or len(body) + 1 not in GTIN_LENGTHS:
        raise ValueError(f"{body!r} is not a GTIN without its check digit")
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def gtin_fault(text: str) -> str | None:
    """The code of what is wrong with a GTIN (`gtin.characters`, `gtin.length`, `gtin.check_digit`), or None."""
    digits = normalise_gtin(text)
    if not (digits.isascii() and digits.isdigit()):
        return "gtin.characters"
    if len(digits) not in GTIN_LENGTHS:
        return "gtin.length"
    if gtin_check_digit(digits[:-1]) != digits[-1]:
        return "gtin.check_digit"
    return None
