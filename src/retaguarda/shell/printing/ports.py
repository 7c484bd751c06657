"""The port to the printers of this computer, and what goes through it. Lengths are millimetres. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from retaguarda.kernel.errors import Device

SAME = 1.0
"""Sizes that differ by no more than this are the same paper: printers round to whole points or millimetres."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a page or a sheet."""

    width: float
    height: float

    def fits(self, other: Size) -> bool:
        """Whether this lies on the other without being made smaller."""
        return self.width <= other.width + SAME and self.height <= other.height + SAME

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
    """A printer as the system tells of it. `ready` is False where the system has stopped it."""

    name: str
    papers: tuple[PaperSize, ...] = ()
    ready: bool = True
    preferred: bool = False

    def paper(self, name: str) -> PaperSize | None:
        """The paper of that name; None where the printer has none."""
        return next((paper for paper in self.papers if paper.name == name), None)


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
