"""What stands on a page: words, lines, grounds and bar codes at their places, before anybody knows of PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from retaguarda.kernel.document.model import Align


class Face(StrEnum):
    """The fonts of documents; figures of the two tabular ones have one width."""

    REGULAR = "Inter-Regular"
    STRONG = "Inter-SemiBold"
    FIGURES = "InterTabular-Regular"
    STRONG_FIGURES = "InterTabular-SemiBold"


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its baseline, `x` the side that `align` names."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    align: Align = Align.LEFT
    grey: float = 0.1


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line from `x`, `width` long."""

    x: float
    y: float
    width: float
    grey: float = 0.75
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled rectangle, `y` being its upper edge."""

    x: float
    y: float
    width: float
    height: float
    grey: float = 0.94


@dataclass(frozen=True, slots=True)
class Bars:
    """A Code 128, `y` being its upper edge; `module` is the width of its thinnest bar."""

    x: float
    y: float
    value: str
    height: float
    module: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, `y` being its upper edge."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Stripes:
    """Dark and light modules from left to right (`1` is dark), `y` being their upper edge."""

    x: float
    y: float
    modules: str
    height: float
    module: float


Mark = Words | Rule | Ground | Bars | Drawn | Stripes
Measure = Callable[[str, Face, float], float]
"""Gives the width of a text in a face and size."""
ROUNDING = 0.01
"""A text that is exactly as wide as its column fits it, whatever the sums of floats say."""


def lowered(mark: Mark, by: float) -> Mark:
    """The mark moved down the page."""
    return replace(mark, y=mark.y + by)


def wrap(text: str, width: float, face: Face, size: float, measure: Measure) -> list[str]:
    """The text in lines no wider than `width`: broken at spaces, inside a word only where a word alone is too wide."""
    width += ROUNDING
    lines: list[str] = []
    for part in re.split(r"\r\n|[\n\r\v\f\u2028\u2029]", text):
        line = ""
        for word in _printable(part).split(" "):
            longer = f"{line} {word}" if line else word
            if measure(longer, face, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, width, face, size, measure)
            lines.extend(full)
        lines.append(line)
    return lines


def _pieces(word: str, width: float, face: Face, size: float, measure: Measure) -> list[str]:
    """A word cut into pieces that fit; a single character is never cut."""
    pieces = [""]
    for char in word:
        if pieces[-1] and measure(pieces[-1] + char, face, size) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _printable(text: str) -> str:
    """Without control characters; tabs become spaces."""
    return "".join(char for char in text.replace("\t", " ") if char >= " " and char != "\x7f")
