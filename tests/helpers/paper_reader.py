"""A printed page read back: what stands on it, in the order in which it is read, and where."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf._page import PageObject

from retaguarda.kernel.document.marks import Face
from retaguarda.kernel.document.pdf import width_of

GROUND = 0.94
STRONG = ("Inter-SemiBold", "InterTabular-SemiBold")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of text: its lower left corner in points from the page's, its font; `ground` says that a grey ground
    was drawn right before it."""

    text: str
    x: float
    y: float
    face: str
    size: float
    ground: bool

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + width_of(self.text, Face(self.face), self.size)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page: its size in points and its pieces in the order in which they were drawn."""

    width: float
    height: float
    pieces: tuple[Piece, ...]

    def faults(self) -> Iterator[str]:
        """Words that leave the page, or lie over others."""
        for place, one in enumerate(self.pieces):
            if one.x < 0 or one.right > self.width or not 0 < one.y < self.height:
                yield f"{one.text} leaves the page"
            for other in self.pieces[:place]:
                same = abs(one.y - other.y) < min(one.size, other.size) * 0.9
                if same and one.x < other.right - 0.5 and other.x < one.right - 0.5:
                    yield f"{one.text} lies over {other.text}"


def read_pages(data: bytes) -> list[PaperPage]:
    """The pages of a PDF."""
    return [_page(page) for page in PdfReader(io.BytesIO(data)).pages]


def tight(*texts: str) -> str:
    """The texts one behind the other without spaces: where a line was broken is no difference."""
    return "".join("".join(texts).split())


def _page(page: PageObject) -> PaperPage:
    pieces: list[Piece] = []
    grey, ground = 0.0, False

    def drawn(operator: bytes, operands: list[Any], _cm: object, _tm: object) -> None:
        nonlocal grey, ground
        if operator == b"g":
            grey = round(float(operands[0]), 2)
        elif operator == b"re":
            ground = grey == GROUND

    def said(text: str, _cm: object, tm: list[float], font: dict[str, str] | None, size: float) -> None:
        nonlocal ground
        if text.strip() and font is not None:
            face = font["/BaseFont"].partition("+")[2]
            pieces.append(Piece(text.strip("\n"), float(tm[4]), float(tm[5]), face, float(size), ground))
            ground = False

    page.extract_text(visitor_text=said, visitor_operand_before=drawn)
    return PaperPage(float(page.mediabox.width), float(page.mediabox.height), tuple(pieces))
