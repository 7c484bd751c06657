"""A page drawn with reportlab's canvas alone: what stands where is given, nothing is measured or broken into lines."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Page = tuple[tuple[float, float], Sequence[tuple[Any, ...]]]
"""The size, and what is drawn: ("words", x, y, text, font, size, side, grey), ("rule", x, y, width, grey, weight) or
("ground", x, y, width, height, grey), from the lower left corner."""


def register(fonts: Mapping[str, str]) -> None:
    """Fonts by name and file."""
    for name, path in fonts.items():
        pdfmetrics.registerFont(TTFont(name, path))


def draw(pages: Sequence[Page]) -> bytes:
    """The pages as PDF bytes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    for size, marks in pages:
        canvas.setPageSize(size)
        for kind, *mark in marks:
            if kind == "words":
                x, y, text, font, points, side, grey = mark
                canvas.setFont(font, points)
                canvas.setFillGray(grey)
                write = {"left": canvas.drawString, "right": canvas.drawRightString}
                write.get(side, canvas.drawCentredString)(x, y, text)
            elif kind == "rule":
                x, y, width, grey, weight = mark
                canvas.setStrokeGray(grey)
                canvas.setLineWidth(weight)
                canvas.line(x, y, x + width, y)
            else:
                x, y, width, height, grey = mark
                canvas.setFillGray(grey)
                canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
