"""The print centre in the tour: an invoice, a receipt and a label as they come out, a dead printer, and nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from retaguarda.kernel.screen.state import Paper
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.state import PrintState
from tests.helpers.printers import COUNTER, LABELS, OFFICE
from tests.tour.sight import NothingToShow, Sight
from tests.tour.stage import Stage

INVOICE = ("billing.invoice", "billing.invoices", "invoice_id")
RECEIPT = ("sales.counter_receipt", "sales.counter_sales", "order_id")
LABEL = ("delivery.labels", "delivery.shipments", "shipment_id")
PRINTER_OF = {INVOICE: OFFICE.name, RECEIPT: COUNTER.name, LABEL: LABELS.name}


def print_sights() -> Iterator[Sight]:
    """What a person meets when they print."""
    yield Sight("print.nothing", NAME, _nothing)
    yield Sight("print.invoice", NAME, partial(_show, papers=(RECEIPT, LABEL, INVOICE)))
    yield Sight("print.receipt", NAME, partial(_show, papers=(RECEIPT,)))
    yield Sight("print.label", NAME, partial(_show, papers=(LABEL,)))
    yield Sight("print.labels_on_a4", NAME, _labels_on_a4)
    yield Sight("print.dead_printer", NAME, _dead_printer)
    yield Sight("print.recent", NAME, _recent)


def _state(stage: Stage) -> PrintState:
    state = stage.desk.printing.open()
    stage.calm()
    return state


def _nothing(stage: Stage) -> None:
    state = _state(stage)
    state.choose_tab("todo")
    stage.calm()


def _show(stage: Stage, papers: tuple[tuple[str, str, str], ...]) -> PrintState:
    """Asks for papers as Ctrl+P does; the last one is looked at."""
    for paper in papers:
        document, query, key = paper
        rows: list[Any] = list(stage.office.show(query, limit=1).rows)
        if not rows:
            raise NothingToShow(document)
        params = {key: rows[0].id}
        stage.desk.tell(Paper(document, params, stage.office.print_document(document, params)))
        stage.calm()
        _state(stage).choose(printer=PRINTER_OF[paper])
        stage.calm()
    return _state(stage)


def _labels_on_a4(stage: Stage) -> None:
    _show(stage, (LABEL,)).choose(printer=OFFICE.name, paper="A4")
    stage.calm()


def _dead_printer(stage: Stage) -> None:
    state = _show(stage, (LABEL, INVOICE))
    stage.printers.printers.remove(LABELS)
    state.press("print")
    stage.calm()
    stage.printers.printers.append(LABELS)
    stage.desk.toast.hide()


def _recent(stage: Stage) -> None:
    _show(stage, (INVOICE,)).press("print")
    stage.calm()
    stage.desk.toast.hide()
    state = _state(stage)
    state.choose_tab("recent")
    state.look_at(next(job for job in state.papers() if job.tries))
    stage.calm()
