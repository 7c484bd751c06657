"""The printers of the system through Qt, printing into a PDF: every kind of document on a sheet of its own size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from retaguarda.kernel.errors import Device
from retaguarda.shell.printing.layout import POINTS_PER_MM, sheets_of
from retaguarda.shell.printing.pages import Pdf, picture_of, read
from retaguarda.shell.printing.ports import NoPrinters, PaperSize, PrintOrder, Size
from retaguarda.shell.printing.system import SystemPrinters, put_out
from tests.helpers.paper_made import PAPERS, pdf_of

pytestmark = pytest.mark.usefixtures("qapp")
A4 = PaperSize("A4", Size(210, 297))


@pytest.fixture
def out(tmp_path: Path) -> Callable[..., list[tuple[float, float]]]:
    """Prints into a file and reads the sizes of its pages back, in millimetres."""

    def put(pdf: bytes, *, fine: bool = False, **order: object) -> list[tuple[float, float]]:
        target = tmp_path / "out.pdf"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution if fine else QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        put_out(printer, pdf, PrintOrder(printer="PDF", title="Fatura 75", **order))  # type: ignore[arg-type]
        boxes = [page.mediabox for page in PdfReader(target).pages]
        return [(float(box.width) / POINTS_PER_MM, float(box.height) / POINTS_PER_MM) for box in boxes]

    return put


@pytest.mark.parametrize("paper", PAPERS)
def test_each_kind_comes_out_on_its_own_size(out, paper: str):
    pdf = pdf_of(paper, pages=1 if paper == "receipt" else 2)
    expected = read(pdf).pages
    sizes = out(pdf)
    assert len(sizes) == len(expected)
    for (wide, high), page in zip(sizes, expected, strict=True):
        # A point is a third of a millimetre; Qt's writer rounds to whole ones.
        assert wide == pytest.approx(page.width, abs=0.5)
        assert high == pytest.approx(page.height, abs=0.5)


def test_an_eighty_millimetre_roll_is_not_an_a4(out):
    ((wide, high),) = out(pdf_of("receipt"))
    assert wide == pytest.approx(80, abs=0.5)
    assert high < 100


def test_labels_on_a4_share_sheets(out):
    sizes = out(pdf_of("label", pages=5), paper=A4)
    assert [(round(wide), round(high)) for wide, high in sizes] == [(210, 297), (210, 297)]


def test_copies_come_out_one_after_the_other(out):
    assert len(out(pdf_of("label", pages=2), copies=3)) == 6


def test_what_comes_out_is_what_the_document_says(out, tmp_path: Path):
    """The printed page has its ink where the document has it, and another document has it elsewhere."""
    pdf, other = pdf_of("label"), pdf_of("label", "Romaneio do pedido 86 para a filial")
    out(pdf, fine=True)
    (sheet,) = sheets_of(read(pdf).pages, None)
    wanted, got, strange = (
        picture_of(content, sheet, 4) for content in (pdf, (tmp_path / "out.pdf").read_bytes(), other)
    )
    assert _differing(got, wanted) == 0
    assert _differing(strange, wanted) >= 5


def _differing(one: QImage, other: QImage) -> int:
    """How many spots of two pictures, seen coarsely, are clearly lighter or darker."""
    smooth = Qt.TransformationMode.SmoothTransformation
    seen = [picture.scaled(40, 60, Qt.AspectRatioMode.IgnoreAspectRatio, smooth) for picture in (one, other)]
    spots = [(x, y) for x in range(40) for y in range(60)]
    light = [[picture.pixelColor(*spot).lightness() for spot in spots] for picture in seen]
    return sum(abs(a - b) > 60 for a, b in zip(*light, strict=True))


def test_a_page_in_bands_equals_a_page_at_once():
    pdf = pdf_of("invoice")
    (sheet,) = sheets_of(read(pdf).pages, None)
    banded = picture_of(pdf, sheet, 6)
    with Pdf(pdf) as opened:
        bands = list(opened.bands(0, banded.size()))
    assert len(bands) > 1
    assert sum(rect.height() for rect, _ in bands) == banded.height()
    assert all(band.pixelColor(2, 2).name() == "#ffffff" for _, band in bands)


def test_a_pdf_says_its_title_and_sizes():
    facts = read(pdf_of("label", "Etiquetas 12", 3))
    assert facts.title == "Etiquetas 12"
    assert [(round(page.width), round(page.height)) for page in facts.pages] == [(100, 150)] * 3


def test_what_is_no_pdf_is_named():
    with pytest.raises(Device) as refused:
        read(b"%PDF not really")
    assert refused.value.code == "shell.pdf_unreadable"


def test_a_printer_that_is_not_there_is_named():
    for printers in (SystemPrinters(), NoPrinters()):
        with pytest.raises(Device) as refused:
            printers.print(pdf_of(), PrintOrder(printer="Nenhuma", title="Fatura 75"))
        assert refused.value.code == "shell.printer_gone"
        assert refused.value.params == {"printer": "Nenhuma"}


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")
def test_a_printer_that_takes_nothing_is_named(tmp_path: Path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder" / "out.pdf"))
    with pytest.raises(Device) as refused:
        put_out(printer, pdf_of(), PrintOrder(printer="PDF", title="Fatura 75"))
    assert refused.value.code == "shell.printer_refused"


class Jams(QPrinter):
    """A printer that takes one sheet and no more."""

    def newPage(self) -> bool:
        return False


def test_a_printer_that_stops_in_the_middle_is_named_and_let_go_of(tmp_path: Path):
    printer = Jams(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with pytest.raises(Device) as refused:
        put_out(printer, pdf_of(pages=3), PrintOrder(printer="PDF", title="Fatura 75"))
    assert refused.value.code == "shell.printer_refused"
    assert not printer.paintingActive(), "nobody paints on it any more"


def test_no_printer_exists_offscreen():
    assert all(printer.name for printer in SystemPrinters().found())
