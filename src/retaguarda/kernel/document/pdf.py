"""Pages to PDF, by reportlab: the only file that knows it. The same document gives the same bytes."""

from __future__ import annotations

import io
import re
from functools import cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from retaguarda.kernel.document.marks import Bars, Drawn, Face, Ground, Mark, Rule, Stripes, Words
from retaguarda.kernel.document.model import Align, Document
from retaguarda.kernel.document.pages import lay_out
from retaguarda.kernel.resource import find_resource


def render_pdf(document: Document) -> bytes:
    """The document as PDF bytes, with its title, language and kind in the file's own data."""
    _register_faces()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1, lang=document.language.replace("_", "-"))
    canvas.setTitle(document.title)
    canvas.setAuthor(document.header.name)
    canvas.setSubject(document.kind)
    canvas.setCreator("Retaguarda")
    for page in lay_out(document, width_of):
        canvas.setPageSize((document.paper.width, page.height))
        for mark in page.marks:
            _draw(canvas, mark, page.height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def width_of(text: str, face: Face, size: float) -> float:
    """The width of a text, in points."""
    _register_faces()
    return float(pdfmetrics.stringWidth(text, face, size))


@cache
def _register_faces() -> None:
    for face in Face:
        pdfmetrics.registerFont(TTFont(str(face), str(find_resource("resources", "fonts", f"{face}.ttf"))))


def _draw(canvas: Canvas, mark: Mark, page_height: float) -> None:
    y = page_height - mark.y
    match mark:
        case Words():
            canvas.setFont(str(mark.face), mark.size)
            canvas.setFillGray(mark.grey)
            draw = {Align.LEFT: canvas.drawString, Align.RIGHT: canvas.drawRightString}
            draw.get(mark.align, canvas.drawCentredString)(mark.x, y, mark.text)
        case Rule():
            canvas.setStrokeGray(mark.grey)
            canvas.setLineWidth(mark.weight)
            canvas.line(mark.x, y, mark.x + mark.width, y)
        case Ground():
            canvas.setFillGray(mark.grey)
            canvas.rect(mark.x, y - mark.height, mark.width, mark.height, stroke=0, fill=1)
        case Drawn():
            picture = ImageReader(io.BytesIO(mark.data))
            canvas.drawImage(picture, mark.x, y - mark.height, mark.width, mark.height, mask="auto")
        case Stripes():
            canvas.setFillGray(0)
            for run in re.finditer("1+", mark.modules):
                x = mark.x + run.start() * mark.module
                canvas.rect(x, y - mark.height, len(run[0]) * mark.module, mark.height, stroke=0, fill=1)
        case Bars():
            bars = Code128(mark.value, barWidth=mark.module, barHeight=mark.height, quiet=True, lquiet=10 * mark.module)
            canvas.setFillGray(0)
            bars.drawOn(canvas, mark.x, y - mark.height)
