"""The invoice as PDF against the same page drawn with reportlab's canvas alone, in pages per second of CPU."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from bench.databases import Bed, quotations, reopen, stocked
from bench.raw.paper import Page, draw, register
from retaguarda.kernel.document import Document, render
from retaguarda.kernel.document.marks import Face, Ground, Mark, Rule, Words
from retaguarda.kernel.document.pages import lay_out
from retaguarda.kernel.document.pdf import width_of
from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import Texts
from retaguarda.modules.billing.documents import invoice

ROUNDS, BLOCK, WARM = 9, 20, 10


class Remembered:
    """A door that reads each row once: what is measured is the paper, not the database."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.kept: dict[str, Any] = {}

    def one(self, *asked: Any) -> Any:
        return self._once("one", asked, {})

    def show(self, *asked: Any, **more: Any) -> Any:
        return self._once("show", asked, more)

    def _once(self, how: str, asked: tuple[Any, ...], more: dict[str, Any]) -> Any:
        key = f"{how} {asked} {more}"
        if key not in self.kept:
            self.kept[key] = getattr(self.office, how)(*asked, **more)
        return self.kept[key]


def invoice_pdf(bed: Bed) -> dict[str, Any]:
    """Page model, layout and drawing of a ten-line invoice from its rows, over the drawing alone."""
    url = bed.fresh("invoice_pdf")
    office, customer, products = stocked(url)
    order, version = quotations(office, customer, products, 1)[0]
    office.do("sales.confirm_order", order_id=order, version=version)
    params = {"invoice_id": office.do("sales.invoice_order", order_id=order).value["invoice_id"]}
    office.close()
    office = reopen(url)
    door: Any = Remembered(office)
    texts = Texts("pt_BR", zone=ZoneInfo(office.zone()))

    def ours() -> bytes:
        return render(invoice(door, params, texts))

    ours()
    pages = plain(invoice(door, params, texts))
    register({str(face): str(find_resource("resources", "fonts", f"{face}.ttf")) for face in Face})
    pace = compare(ours, lambda: draw(pages))
    office.close()
    return {"invoice_pdf_x_canvas": round(pace["ours"] / pace["raw"], 2), "invoice_pdf": pace}


def plain(document: Document) -> list[Page]:
    """What stands on the pages, in the canvas's own terms."""
    width = document.paper.width
    return [
        ((width, page.height), [_mark(mark, page.height) for mark in page.marks])
        for page in lay_out(document, width_of)
    ]


def _mark(mark: Mark, height: float) -> tuple[Any, ...]:
    y = height - mark.y
    match mark:
        case Words():
            return ("words", mark.x, y, mark.text, str(mark.face), mark.size, str(mark.align), mark.grey)
        case Rule():
            return ("rule", mark.x, y, mark.width, mark.grey, mark.weight)
        case Ground():
            return ("ground", mark.x, y - mark.height, mark.width, mark.height, mark.grey)
    raise TypeError("an invoice has no bar code")


def compare(ours: Callable[[], bytes], raw: Callable[[], bytes]) -> dict[str, float]:
    """Pages per second of CPU of both, in alternating blocks, the median of the rounds."""
    paces: dict[str, list[float]] = {"ours": [], "raw": []}
    sides = {"ours": ours, "raw": raw}
    for page in sides.values():
        for _ in range(WARM):
            page()
    for _ in range(ROUNDS):
        for name, page in sides.items():
            started = time.process_time()
            for _ in range(BLOCK):
                page()
            paces[name].append(BLOCK / (time.process_time() - started))
    return {name: round(statistics.median(found), 1) for name, found in paces.items()}
