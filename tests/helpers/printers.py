"""Printers for tests: what they were given, and how they fail."""

from __future__ import annotations

from collections.abc import Sequence

from retaguarda.kernel.errors import Device
from retaguarda.shell.printing.ports import PaperSize, Printer, PrintOrder, Size

A4 = PaperSize("A4", Size(210, 297))
ROLL = PaperSize("80 mm", Size(80, 297))
LABEL = PaperSize("100 × 150", Size(100, 150))
OFFICE = Printer("HP Escritório", (PaperSize("A5", Size(148, 210)), A4), preferred=True, usual="A4")
COUNTER = Printer("Bematech Balcão", (ROLL,), usual=ROLL.name)
LABELS = Printer("Zebra Expedição", (LABEL,), usual=LABEL.name)


class FakePrinters:
    """Printers that keep what they were given; those in `dead` refuse with the code beside their name."""

    def __init__(self, *printers: Printer) -> None:
        self.printers = list(printers or (OFFICE, COUNTER, LABELS))
        self.dead: dict[str, str] = {}
        self.out: list[tuple[PrintOrder, bytes]] = []

    def __call__(self) -> FakePrinters:
        """The way to the printers, as the station has it."""
        return self

    def found(self) -> Sequence[Printer]:
        return tuple(self.printers)

    def print(self, pdf: bytes, order: PrintOrder) -> None:
        if order.printer not in [printer.name for printer in self.printers]:
            raise Device("shell.printer_gone", printer=order.printer)
        if order.printer in self.dead:
            raise Device(self.dead[order.printer], printer=order.printer)
        self.out.append((order, pdf))
