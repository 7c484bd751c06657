"""A bar code is read back from the page as a scanner would: bars and spaces, quiet zones, check sum, letters."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from retaguarda.kernel.document import (
    A4,
    LABEL_100X150,
    Barcode,
    CompanyHeader,
    Display,
    Document,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    render,
)
from tests.helpers.pictures import drawn

TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
"""ISO/IEC 15417, table 1: bars and spaces of each value in modules."""
PATTERNS = TABLE.split()
STARTS = {103: "A", 104: "B", 105: "C"}
STOP = 106
MM = 72 / 25.4


def bars_of(data: bytes) -> list[tuple[float, float]]:
    """The black bars on the first page, from left to right: where each begins and how wide it is."""
    reader = PdfReader(io.BytesIO(data))
    page = reader.pages[0]
    content = ContentStream(page.get_contents(), reader)
    shift, stack, found = 0.0, [], []
    for operands, operator in content.operations:
        if operator == b"q":
            stack.append(shift)
        elif operator == b"Q":
            shift = stack.pop()
        elif operator == b"cm":
            shift += float(operands[4])
        elif operator == b"re" and float(operands[3]) > 20 and float(operands[2]) < 4 * MM:
            found.append((shift + float(operands[0]), float(operands[2])))
    return sorted(found)


def read(bars: list[tuple[float, float]]) -> str:
    """The text of a Code 128, by its bars alone."""
    module = min(width for _, width in bars)
    edges = []
    for n, (x, width) in enumerate(bars):
        edges.append(round(width / module))
        if n + 1 < len(bars):
            edges.append(round((bars[n + 1][0] - x - width) / module))
    digits = "".join(str(edge) for edge in edges)
    symbols = [digits[at : at + 6] for at in range(0, len(digits) - 7, 6)]
    values = [PATTERNS.index(symbol) for symbol in symbols]
    assert digits[-7:] == PATTERNS[STOP], "it does not end"
    start, *body, check = values
    assert (start + sum(n * value for n, value in enumerate(body, 1))) % 103 == check, "its sum is wrong"
    return letters(STARTS[start], body)


def letters(code_set: str, values: list[int]) -> str:
    said, shifted = "", ""
    for value in values:
        now, shifted = shifted or code_set, ""
        if value in (99, 100, 101) and {99: "C", 100: "B", 101: "A"}[value] != now:
            code_set = {99: "C", 100: "B", 101: "A"}[value]
        elif now == "C":
            said += f"{value:02}"
        elif value == 98:
            shifted = "A" if now == "B" else "B"
        else:
            said += chr(value + 32) if now == "B" or value < 64 else chr(value - 64)
    return said


def page_of(*blocks: object, paper: Paper = LABEL_100X150) -> bytes:
    return render(Document("delivery.labels", "Pedido 1", "pt_BR", CompanyHeader("Loja"), tuple(blocks), paper))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["10480-2", "L418", "789123456", "PED-000123", "aZ 9~", "0", "12345678901234"])
@pytest.mark.parametrize("paper", [LABEL_100X150, A4], ids=["label", "a4"])
def test_what_is_drawn_is_what_a_scanner_reads(value: str, paper: Paper) -> None:
    bars = bars_of(page_of(Barcode(value), paper=paper))
    assert read(bars) == value
    module = min(width for _, width in bars)
    assert module >= 0.19 * MM - 1e-6
    assert bars[0][0] >= paper.margin + 10 * module - 1e-6, "the quiet zone at the left"
    last = bars[-1][0] + bars[-1][1]
    assert last + 10 * module <= paper.width - paper.margin + 1e-6, "the quiet zone at the right"


def test_the_reader_sees_a_damaged_bar() -> None:
    bars = bars_of(page_of(Barcode("10480-2")))
    wider = [*bars[:8], (bars[8][0], bars[8][1] * 2), *bars[9:]]
    with pytest.raises((AssertionError, ValueError)):
        read(wider)


def test_a_page_for_each_label_and_a_picture_in_its_box() -> None:
    data = page_of(Display("Volume 1/2"), PageBreak(), Display("Volume 2/2"), Picture(drawn(), 60, 20), Paragraph("x"))
    reader = PdfReader(io.BytesIO(data))
    texts = [page.extract_text() for page in reader.pages]
    assert ["Volume 1/2" in text for text in texts] == [True, False]
    assert "Volume 2/2" in texts[1]
    (image,) = reader.pages[1].images
    assert image.image is not None
    assert image.image.size == (120, 40)
