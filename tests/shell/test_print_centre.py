"""The print centre in the window, by the keys of a person: seen, chosen, printed, remembered by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app import settings
from retaguarda.kernel.screen import Person
from retaguarda.kernel.screen.state import Go, Paper
from retaguarda.shell import theme
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.choices import PrintChoice
from retaguarda.shell.widgets.labels import Label
from tests.helpers.focused import focused
from tests.helpers.paper_made import pdf_of
from tests.helpers.print_counter import PrintCounter
from tests.helpers.printers import COUNTER, LABELS, OFFICE
from tests.shell.test_accessible import unnamed

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _order(at: PrintCounter) -> str:
    door, store = at.office.door, at.office.store
    lines = [{"product_id": next(iter(store.products)), "quantity": "1"}]
    order = door.do(("toy.add_order", {"customer_id": next(iter(store.customers)), "lines": lines}))
    return str(order.value["id"])


def test_ctrl_p_shows_the_paper_and_enter_prints_it_and_goes_back(at: PrintCounter):
    page = at.desk.screens.open(Go("toy.order_page", _order(at)))
    at.turn(lambda: page.state.row is not None)
    at.key(Key.Key_P, CTRL)
    at.turn(lambda: at.desk.shown_key == NAME)
    assert [job.title for job in at.state.papers()] == ["toy.order 1"]
    at.turn(lambda: at.view.pane.canvas._picture is not None)
    at.key(Key.Key_Return)
    at.turn(lambda: at.desk.shown_key == page.key)
    ((order, pdf),) = at.printers.out
    assert (order.printer, order.copies, order.paper) == (OFFICE.name, 1, None)
    assert pdf == pdf_of(title="toy.order 1")
    assert OFFICE.name in at.toast()
    assert page.view.isAncestorOf(focused()) or page.view is focused()
    assert at.kept["printing"] == {"toy.order": PrintChoice(OFFICE.name)}


def test_printer_paper_and_copies_are_chosen_by_keys_and_remembered_by_kind(at: PrintCounter):
    at.take("label", title="Etiqueta 86")
    options = at.view.options
    options.printer.setFocus()
    at.key(Key.Key_End)
    assert options.printer.value() == LABELS.name
    at.key(Key.Key_Tab)
    assert focused() is options.paper
    at.key(Key.Key_Tab)
    assert focused() is options.copies
    QTest.keyClicks(focused(), "3")
    at.key(Key.Key_Return)
    at.turn(lambda: at.printers.out)
    ((order, _pdf),) = at.printers.out
    assert (order.printer, order.copies, order.title) == (LABELS.name, 3, "Etiqueta 86")
    at.take("label", title="Etiqueta 87")
    assert at.chosen == PrintChoice(LABELS.name, "", 3)
    at.take("invoice")
    assert at.chosen == PrintChoice(OFFICE.name)
    assert at.kept["printing"] == {"toy.label": PrintChoice(LABELS.name, "", 3)}


def test_what_is_not_to_be_remembered_is_not(at: PrintCounter):
    at.take("label")
    at.view.options.keeps.click()
    at.state.choose(printer=LABELS.name)
    at.key(Key.Key_Return)
    at.turn(lambda: at.printers.out)
    assert at.printers.out[0][0].printer == LABELS.name
    assert "printing" not in at.kept


def test_a_kind_that_does_not_ask_is_printed_at_once(at: PrintCounter):
    at.take("receipt")
    at.state.choose(printer=COUNTER.name)
    at.view.options.silent.click()
    at.key(Key.Key_Return)
    at.turn(lambda: len(at.printers.out) == 1)
    assert at.kept["printing"]["toy.receipt"] == PrintChoice(COUNTER.name, "", 1, asks=False)
    at.turn(lambda: at.desk.shown_key != NAME)
    for asked in (True, False):
        at.take("receipt", asked=asked)
    at.turn(lambda: len(at.printers.out) == 3)
    assert at.desk.shown_key != NAME
    assert {order.printer for order, _ in at.printers.out} == {COUNTER.name}


def test_a_paper_that_comes_by_itself_takes_no_keyboard(at: PrintCounter):
    before = at.desk.shown_key
    at.take("receipt", asked=False, title="Venda 90")
    assert at.desk.shown_key == before
    assert "Venda 90" in at.toast()
    at.key(Key.Key_P, CTRL | SHIFT)
    at.turn(lambda: at.desk.shown_key == NAME)
    assert at.state.paper is not None
    assert at.state.paper.title == "Venda 90"


def test_marked_papers_come_out_together_each_on_its_printer(at: PrintCounter):
    at.take("invoice")
    at.take("label", title="Etiqueta 86")
    at.state.choose(printer=LABELS.name)
    at.take("receipt", asked=False, title="Venda 90")
    print_text = at.view.bar.actions["print"].text()
    assert "2" in print_text
    at.key(Key.Key_Return)
    at.turn(lambda: len(at.printers.out) == 2)
    assert {(order.title, order.printer) for order, _ in at.printers.out} == {
        ("Fatura 75", OFFICE.name),
        ("Etiqueta 86", LABELS.name),
    }
    at.turn(lambda: at.desk.shown_key == NAME)
    assert [job.title for job in at.state.papers()] == ["Venda 90"]


def test_ctrl_p_prints_in_the_print_centre_too(at: PrintCounter):
    at.take("invoice")
    at.key(Key.Key_P, CTRL)
    at.turn(lambda: len(at.printers.out) == 1)


def test_a_paper_asked_for_twice_stands_there_once(at: PrintCounter):
    at.take("invoice")
    at.desk.go_to_place("products")
    at.take("invoice")
    assert [job.title for job in at.state.papers()] == ["Fatura 75"]
    at.key(Key.Key_Return)
    at.turn(lambda: at.printers.out)
    # Once it is out, asking again is another paper.
    at.take("invoice")
    assert [job.title for job in at.state.papers("todo")] == ["Fatura 75"]
    assert len(at.centre.jobs) == 2


def test_space_marks_and_delete_takes_off_the_list(at: PrintCounter):
    at.take("invoice")
    at.take("label", title="Etiqueta 86")
    at.view.table.setFocus()
    at.key(Key.Key_Space)
    assert [job.title for job in at.state.going_out] == ["Fatura 75"]
    at.key(Key.Key_Delete)
    assert [job.title for job in at.state.papers()] == ["Fatura 75"]
    assert [job.title for job in at.state.papers("recent")] == ["Etiqueta 86"]


def test_escape_goes_back_and_puts_what_was_only_looked_at_away(at: PrintCounter):
    home = at.desk.shown_key
    at.take("invoice")
    at.key(Key.Key_Escape)
    at.turn(lambda: at.desk.shown_key == home)
    assert [job.state for job in at.centre.jobs] == ["put_away"]
    assert at.printers.out == []


def test_pages_turn_and_come_nearer_by_keys(at: PrintCounter):
    at.desk.tell(Paper("toy.invoice", {}, pdf_of("invoice", "Extrato", 3)))
    at.turn(lambda: at.desk.shown_key == NAME and at.state.sheets())
    canvas = at.view.pane.canvas
    canvas.setFocus()
    assert at.view.pane._page.text() == "1 de 3"
    for key, page in ((Key.Key_PageDown, 2), (Key.Key_End, 3), (Key.Key_PageDown, 3), (Key.Key_PageUp, 2)):
        at.key(key)
        assert at.view.pane._page.text() == f"{page} de 3"
    assert "2 de 3" in canvas.accessibleName()
    whole = canvas._scale()
    at.key(Key.Key_Plus)
    at.key(Key.Key_Plus)
    assert canvas._scale() > whole
    assert canvas.verticalScrollBar().maximum() > 0
    at.key(Key.Key_0)
    assert canvas._scale() == pytest.approx(whole)
    at.key(Key.Key_Minus)
    assert canvas._scale() < whole
    at.turn(lambda: canvas._picture is not None)


@pytest.mark.parametrize("paper", ["invoice", "receipt", "label"])
def test_the_sheet_on_the_screen_has_the_shape_of_the_paper_and_is_white(at: PrintCounter, paper: str):
    theme.apply(QApplication.instance(), theme.DARK)  # type: ignore[arg-type]
    at.take(paper)
    canvas = at.view.pane.canvas
    at.turn(lambda: canvas._picture is not None)
    size = at.state.sheets()[0].size
    place = canvas._place()
    assert place.height() / place.width() == pytest.approx(size.height / size.width, rel=0.01)
    shot = canvas.viewport().grab().toImage()
    corner = shot.pixelColor(place.left() + 4, place.top() + 4)
    assert corner.name() == "#ffffff"
    assert shot.pixelColor(place.left() - 12, place.top() + 40).lightness() < 100


def test_labels_on_a4_are_shown_as_they_will_come_out(at: PrintCounter):
    at.desk.tell(Paper("toy.label", {}, pdf_of("label", "Etiquetas", 5)))
    at.turn(lambda: at.desk.shown_key == NAME and at.state.sheets())
    assert at.view.options.paper.value() == "A4"
    assert len(at.state.sheets()) == 2
    assert "2 folhas, 4 por folha" in [label.text() for label in at.view.options.findChildren(Label)]


def test_who_may_not_print_a_kind_does_not_see_its_papers(at: PrintCounter):
    at.take("invoice", kind="toy.payslip")
    at.key(Key.Key_Escape)
    job = at.centre.jobs[0]
    clerk = Person(id="bia", name="Bia", permissions=frozenset({"toy.order"}))
    at.centre.sit(replace(at.state.seat if at.desk.shown_key == NAME else at.desk._session.seat, person=clerk))
    assert at.centre.jobs == []
    assert at.centre.job(job.id) is not None


def test_each_printer_brings_the_paper_on_which_the_page_comes_out_best(at: PrintCounter):
    at.take("label")
    at.turn(lambda: at.state.sheets())
    seen = {}
    for printer in (LABELS.name, COUNTER.name, OFFICE.name):
        at.state.choose(printer=printer)
        seen[printer] = (at.chosen.paper, round(at.state.options.scale(at.state.paper), 2))  # type: ignore[arg-type]
    assert seen == {LABELS.name: ("", 1.0), COUNTER.name: ("80 mm", 0.8), OFFICE.name: ("A4", 0.99)}
    at.state.choose(printer=COUNTER.name)
    assert any("80 %" in label.text() for label in at.view.options.findChildren(Label))


def test_printing_sends_no_command_and_takes_no_number(at: PrintCounter):
    page = at.desk.screens.open(Go("toy.order_page", _order(at)))
    at.turn(lambda: page.state.row is not None)
    sent = list(at.office.store.sent)
    at.printers.dead[OFFICE.name] = "shell.printer_stopped"
    at.key(Key.Key_P, CTRL)
    at.turn(lambda: at.desk.shown_key == NAME)
    at.key(Key.Key_Return)
    at.turn(lambda: at.state.tab == "queue")
    at.printers.dead.clear()
    at.key(Key.Key_Return)
    at.turn(lambda: at.printers.out)
    assert at.office.store.sent == sent


@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_every_control_is_named_and_reached_by_tab(sit: Callable[..., PrintCounter], language: str):
    at = sit(language=language)
    at.take("invoice")
    at.turn(lambda: at.view.pane.canvas._picture is not None)
    assert unnamed(at.view) == []
    seen: list[Any] = []
    for _ in range(40):
        seen.append(focused())
        QTest.keyClick(focused(), Key.Key_Tab)
        if focused() in seen:
            break
    reached = {widget.objectName() or type(widget).__name__ for widget in seen}
    assert {"printer", "paper", "copies", "keeps", "silent", "button_print", "SheetCanvas", "Table"} <= reached
    canvas = QAccessible.queryAccessibleInterface(at.view.pane.canvas)
    assert canvas.text(QAccessible.Text.Name).startswith("Fatura 75")


@pytest.mark.parametrize(("width", "three"), [(1440, True), (1024, False)])
def test_a_narrow_window_puts_the_options_under_the_list(at: PrintCounter, width: int, three: bool):
    at.window.resize(width, 768)
    at.take("invoice")
    view = at.view
    assert (view.options.mapTo(view, view.options.rect().topLeft()).x() > view.pane.x()) == three
    assert view.last.isVisible() == three
    assert view.pane.width() > 400


def test_what_the_station_remembers_is_in_its_settings(tmp_path: Path):
    path = tmp_path / "station.json"
    choice = PrintChoice(LABELS.name, "100 × 150", 2, asks=False)
    settings.change(path, printing={"delivery.labels": choice})
    assert settings.read(path).printing == {"delivery.labels": choice}
    assert settings.change(path, theme="dark").printing == {"delivery.labels": choice}
