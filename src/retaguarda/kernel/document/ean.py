"""EAN-13: which modules of a bar code are dark (GS1 General Specifications, 5.2)."""

from __future__ import annotations

_LEFT = (
    "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
_RIGHT = tuple("".join("10"[int(bit)] for bit in code) for code in _LEFT)
_EVEN = tuple(code[::-1] for code in _RIGHT)
# By the first digit: which of the next six are written in the odd (L) and which in the even set (G).
_PARITY = (
    "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL",
)  # fmt: skip
MODULES = 95


def ean13_modules(gtin: str) -> str:
    """The 95 modules of a valid GTIN-13 from left to right, dark ones as `1`, without the quiet zones."""
    digits = [int(digit) for digit in gtin]
    left = zip(_PARITY[digits[0]], digits[1:7], strict=True)
    halves = "".join((_LEFT if kind == "L" else _EVEN)[digit] for kind, digit in left)
    return f"101{halves}01010{''.join(_RIGHT[digit] for digit in digits[7:])}101"
