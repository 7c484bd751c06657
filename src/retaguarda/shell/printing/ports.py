"""The port to the printers of this computer, and what goes through it. Lengths are millimetres. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from retaguarda.kernel.errors import Device

SAME = 1.0
"""Sizes that differ by no more than this are the same paper: printers round to whole points or millimetres."""

ROLL_WIDE, ROLL_SPARE = 90, 8
"""Narrower than this is a roll; drivers tell of one of 80 mm by what its head reaches, 72 mm."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a page or a sheet."""

    width: float
    height: float

    def fits(self, other: Size) -> bool:
        """Whether this lies on the other without being made smaller."""
        return self.width <= other.width + SAME and self.height <= other.height + SAME

    def rolls_on(self, other: Size) -> bool:
        """Whether both come from the same roll, however long."""
        return self.is_roll and abs(self.width - other.width) <= ROLL_SPARE

    @property
    def is_roll(self) -> bool:
        """Whether a page of that size comes from a roll, which is cut where it ends."""
        return self.width < ROLL_WIDE

    def equals(self, other: Size) -> bool:
        """Whether both are the same paper."""
        return abs(self.width - other.width) <= SAME and abs(self.height - other.height) <= SAME


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A paper that a printer takes, by the printer's own name for it."""

    name: str
    size: Size


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer as the system tells of it. `ready` is False where the system has stopped it, `usual` names the paper
    that lies in it unless somebody says otherwise, `preferred` is the system's own choice of printer."""

    name: str
    papers: tuple[PaperSize, ...] = ()
    ready: bool = True
    preferred: bool = False
    usual: str = ""

    def paper(self, name: str) -> PaperSize | None:
        """The paper of that name; None where the printer has none."""
        return next((paper for paper in self.papers if paper.name == name), None)

    def paper_for(self, size: Size) -> str:
        """The paper on which a page of that size comes out best: empty for its own size where the printer has it (a
        roll has every length of its width), else its usual paper if that holds the page, else the smallest that does.
        """
        if not self.papers or any(size.equals(paper.size) or size.rolls_on(paper.size) for paper in self.papers):
            return ""
        holding = sorted((p for p in self.papers if size.fits(p.size)), key=lambda p: p.size.width * p.size.height)
        names = [paper.name for paper in holding]
        return self.usual if self.usual in names or not names else names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOrder:
    """What a printer is told: without `paper` every page comes out on a sheet of its own size."""

    printer: str
    title: str
    copies: int = 1
    paper: PaperSize | None = None


class Printers(Protocol):
    """The printers of this computer. Both may wait for a network and are called on a lane."""

    def found(self) -> Sequence[Printer]:
        """Those there are now."""

    def print(self, pdf: bytes, order: PrintOrder) -> None:
        """Gives a PDF to the printer's queue; raises `Device` where it is gone, stopped, or takes nothing."""


class NoPrinters:
    """A computer without any printer."""

    def found(self) -> Sequence[Printer]:
        """None."""
        return ()

    def print(self, pdf: bytes, order: PrintOrder) -> None:
        """Refuses, for there is none."""
        raise Device("shell.printer_gone", printer=order.printer)
