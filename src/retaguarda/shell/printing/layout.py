"""Pages on the sheets of a printer: at their own size, made smaller only where they would be cut. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retaguarda.shell.printing.ports import Size

POINTS_PER_MM = 72 / 25.4
LEAST_SCALE = 0.97
"""How much a page may shrink so that more of them share a sheet: a label of 150 mm, two of them on 297."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on a sheet: its upper left corner, and how much of its size it has."""

    page: int
    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """One side of paper with what stands on it."""

    size: Size
    placed: tuple[Placed, ...]


def sheets_of(pages: Sequence[Size], paper: Size | None) -> list[PrintSheet]:
    """The sheets on which the pages come out: one each at its own size, or on `paper`, several where several fit."""
    if paper is None:
        return [PrintSheet(size, (Placed(at, 0.0, 0.0, 1.0),)) for at, size in enumerate(pages)]
    made: list[PrintSheet] = []
    at = 0
    while at < len(pages):
        across, down, scale = _grid(pages[at], paper)
        run = at
        while run < len(pages) and run - at < across * down and pages[run].equals(pages[at]):
            run += 1
        made.append(_filled(range(at, run), pages[at], paper, across, scale))
        at = run
    return made


def per_sheet(page: Size, paper: Size | None) -> int:
    """How many pages of a size share a sheet."""
    if paper is None:
        return 1
    across, down, _scale = _grid(page, paper)
    return across * down


def _grid(page: Size, paper: Size) -> tuple[int, int, float]:
    """Columns and rows of pages on a sheet, and their scale. A single page is never made larger."""
    across = max(1, int(paper.width / (page.width * LEAST_SCALE)))
    down = max(1, int(paper.height / (page.height * LEAST_SCALE)))
    scale = min(1.0, paper.width / (page.width * across), paper.height / (page.height * down))
    return across, down, scale


def _filled(pages: range, page: Size, paper: Size, across: int, scale: float) -> PrintSheet:
    """Pages row by row from the top, in a grid that has what is left of the width at both sides alike: a page stands
    where it would if the sheet were full, as the sheets of stuck labels have it."""
    wide, high = page.width * scale, page.height * scale
    left = (paper.width - wide * across) / 2
    placed = tuple(
        Placed(number, left + wide * (place % across), high * (place // across), scale)
        for place, number in enumerate(pages)
    )
    return PrintSheet(paper, placed)
