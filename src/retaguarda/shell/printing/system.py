"""The printers of this computer, through Qt: CUPS on Linux, the spooler on Windows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from retaguarda.kernel.errors import Device
from retaguarda.shell.printing.layout import sheets_of
from retaguarda.shell.printing.pages import MM_PER_INCH, Pdf, paint_sheet
from retaguarda.shell.printing.ports import PaperSize, Printer, PrintOrder, Size

MOST_DOTS = 12_000_000
"""Of one sheet: A4 comes out at 300 dots an inch, a label or a receipt at whatever its printer can do."""
LEAST_RESOLUTION = 150
_STOPPED = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)


class SystemPrinters:
    """The port, filled by Qt."""

    def found(self) -> Sequence[Printer]:
        """The printers that are set up here, with the papers each of them names."""
        names = QPrinterInfo.availablePrinterNames()
        return [_told(QPrinterInfo.printerInfo(name)) for name in names]

    def print(self, pdf: bytes, order: PrintOrder) -> None:
        """Gives a PDF to the printer's queue."""
        info = QPrinterInfo.printerInfo(order.printer)
        if info.isNull():
            raise Device("shell.printer_gone", printer=order.printer)
        if info.state() in _STOPPED:
            raise Device("shell.printer_stopped", printer=order.printer)
        put_out(QPrinter(info, QPrinter.PrinterMode.HighResolution), pdf, order, info.supportedPageSizes())


def _told(info: QPrinterInfo) -> Printer:
    papers = [PaperSize(one.name(), _size(one)) for one in info.supportedPageSizes() if one.isValid()]
    usual = info.defaultPageSize().name()
    return Printer(info.printerName(), tuple(papers), info.state() not in _STOPPED, info.isDefault(), usual)


def put_out(printer: QPrinter, pdf: bytes, order: PrintOrder, papers: Sequence[QPageSize] = ()) -> None:
    """Paints a PDF on a printer, sheet by sheet, each as large as the order says; raises `Device` when it stops."""
    printer.setDocName(order.title)
    printer.setFullPage(True)
    rounds = order.copies
    if printer.supportsMultipleCopies():
        printer.setCopyCount(order.copies)
        rounds = 1
    with Pdf(pdf) as read:
        sheets = sheets_of(read.facts().pages, None if order.paper is None else order.paper.size)
        printer.setResolution(_resolution(printer.resolution(), sheets[0].size))
        painter = QPainter()
        try:
            for sheet in sheets * rounds:
                _lay(printer, sheet.size, papers)
                if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                    raise Device("shell.printer_refused", printer=order.printer)
                # Lines and bars of a bar code stay what they are; the default would write each band as a JPEG.
                painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
                paint_sheet(painter, read, sheet, printer.resolution() / MM_PER_INCH)
        finally:
            # A painter that outlives its printer takes the program down.
            ended = painter.end() if painter.isActive() else False
        if not ended or printer.printerState() in _STOPPED:
            raise Device("shell.printer_refused", printer=order.printer)


def _lay(printer: QPrinter, size: Size, papers: Sequence[QPageSize]) -> None:
    """Takes the printer's own paper of that size where it has one, else a paper of exactly that size."""
    exact = QPageSize(
        QSizeF(size.width, size.height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    own = next((paper for paper in papers if _size(paper).equals(size)), exact)
    printer.setPageLayout(QPageLayout(own, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _resolution(own: int, size: Size) -> int:
    """The printer's dots an inch, or a whole part of them where a sheet would have too many."""
    inches = size.width * size.height / MM_PER_INCH**2
    parts = next(
        parts for parts in range(1, own + 1) if (own / parts) ** 2 * inches <= MOST_DOTS or own // parts <= 150
    )
    return own // parts


def _size(paper: QPageSize) -> Size:
    size = paper.size(QPageSize.Unit.Millimeter)
    return Size(size.width(), size.height())
