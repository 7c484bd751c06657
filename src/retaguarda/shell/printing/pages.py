"""A PDF read and drawn: how many pages it has and how large they are, and a sheet of them as a picture.

A page is drawn in bands: the binding holds Python's lock while Qt draws, and between two bands the window has its turn.
Qt's reader may be used from any thread, one call at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QSize
from PySide6.QtGui import QColorConstants, QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

from retaguarda.kernel.errors import Device
from retaguarda.shell.printing.layout import POINTS_PER_MM, PrintSheet
from retaguarda.shell.printing.ports import Size

BAND_DOTS = 300_000
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF says of itself: its title, and the size of every page."""

    title: str
    pages: tuple[Size, ...]


class Pdf:
    """An opened PDF, for one thread and one `with`."""

    def __init__(self, content: bytes) -> None:
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes)
        self._document = QPdfDocument()

    def __enter__(self) -> Pdf:
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.status() != QPdfDocument.Status.Ready or not self._document.pageCount():
            self._document.close()
            raise Device("shell.pdf_unreadable")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._document.close()
        self._buffer.close()

    def facts(self) -> PdfFacts:
        """Title and sizes."""
        title = self._document.metaData(QPdfDocument.MetaDataField.Title)
        return PdfFacts(str(title or ""), tuple(self.size(at) for at in range(self._document.pageCount())))

    def size(self, page: int) -> Size:
        """How large a page is."""
        points = self._document.pagePointSize(page)
        return Size(points.width() / POINTS_PER_MM, points.height() / POINTS_PER_MM)

    def bands(self, page: int, size: QSize) -> Iterator[tuple[QRect, QImage]]:
        """A page drawn on white, `size` dots large, as strips from top to bottom with where they stand."""
        high = max(1, BAND_DOTS // max(1, size.width()))
        for top in range(0, size.height(), high):
            rect = QRect(0, top, size.width(), min(high, size.height() - top))
            options = QPdfDocumentRenderOptions()
            options.setScaledSize(size)
            options.setScaledClipRect(rect)
            drawn = self._document.render(page, rect.size(), options)
            band = QImage(rect.size(), QImage.Format.Format_RGB32)
            band.fill(QColorConstants.White)
            painter = QPainter(band)
            painter.drawImage(0, 0, drawn)
            painter.end()
            yield rect, band


def read(content: bytes) -> PdfFacts:
    """What a PDF says of itself; raises `Device` where it cannot be read."""
    with Pdf(content) as pdf:
        return pdf.facts()


def picture_of(content: bytes, sheet: PrintSheet, dots_per_mm: float) -> QImage:
    """A sheet as it comes out of the printer, on white paper."""
    whole = QImage(dots(sheet.size, dots_per_mm), QImage.Format.Format_RGB32)
    whole.fill(QColorConstants.White)
    painter = QPainter(whole)
    with Pdf(content) as pdf:
        paint_sheet(painter, pdf, sheet, dots_per_mm)
    painter.end()
    return whole


def paint_sheet(painter: QPainter, pdf: Pdf, sheet: PrintSheet, dots_per_mm: float) -> None:
    """Paints the pages of a sheet where they stand on it."""
    for placed in sheet.placed:
        page = pdf.size(placed.page)
        size = dots(Size(page.width * placed.scale, page.height * placed.scale), dots_per_mm)
        corner = QPointF(round(placed.x * dots_per_mm), round(placed.y * dots_per_mm))
        for rect, band in pdf.bands(placed.page, size):
            painter.drawImage(corner + QPointF(rect.topLeft()), band)


def dots(size: Size, dots_per_mm: float) -> QSize:
    """A size in whole dots."""
    return QSize(max(1, round(size.width * dots_per_mm)), max(1, round(size.height * dots_per_mm)))
