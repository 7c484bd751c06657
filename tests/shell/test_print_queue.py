"""When a printer fails: the paper is kept with its cause and the ways on, through a kill and on a full disk."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from retaguarda.kernel.screen.state import Paper
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.choices import PrintChoice
from retaguarda.shell.printing.ports import NoPrinters
from retaguarda.shell.widgets.labels import Label
from tests.helpers.paper_made import pdf_of
from tests.helpers.print_counter import PrintCounter
from tests.helpers.printers import COUNTER, LABELS, OFFICE

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("code", ["shell.printer_gone", "shell.printer_stopped", "shell.printer_refused"])
def test_a_printer_that_fails_leaves_the_paper_in_the_queue_with_cause_and_ways_on(at: PrintCounter, code: str):
    at.take("label", title="Etiqueta 86")
    at.state.choose(printer=LABELS.name)
    at.printers.dead[LABELS.name] = code
    at.key(Key.Key_Return)
    at.turn(lambda: at.state.tab == "queue")
    job = at.state.paper
    assert job is not None
    assert job.cause is not None
    assert (job.state, job.cause.code, job.cause.printer) == ("failed", code, LABELS.name)
    assert at.view.trouble.isVisible()
    assert LABELS.name in at.view.trouble._cause.text()
    assert "PDF" in at.view.trouble._action.text()
    assert at.desk.top.printing.accessibleName().endswith(" 1")
    assert at.centre.station.jobs.pdf(job) == pdf_of("label", "Etiqueta 86")
    # It is back: trying again is one key.
    at.printers.dead.clear()
    at.key(Key.Key_Return)
    at.turn(lambda: len(at.printers.out) == 1)
    at.turn(lambda: at.desk.shown_key != NAME)
    assert not at.desk.top.printing.accessibleName()[-1].isdigit()
    done = at.centre.job(job.id)
    assert [one.code for one in done.tries] == [code, ""]


def test_another_printer_takes_it_this_once(at: PrintCounter):
    at.take("label", title="Etiqueta 86")
    at.state.choose(printer=LABELS.name)
    at.printers.printers.remove(LABELS)
    at.key(Key.Key_Return)
    at.turn(lambda: at.state.tab == "queue")
    at.turn(lambda: LABELS not in at.centre.printers)
    assert at.view.options.printer.currentText().startswith(LABELS.name)
    menu = at.view.trouble.offer_others()
    assert [action.text() for action in menu.actions()] == [OFFICE.name, COUNTER.name]
    menu.actions()[0].trigger()
    menu.close()
    at.turn(lambda: at.printers.out)
    assert at.printers.out[0][0].printer == OFFICE.name
    # What the kind remembers is still the printer of labels.
    assert at.kept["printing"] == {"toy.label": PrintChoice(LABELS.name)}


def test_without_another_printer_the_button_says_so(sit: Callable[..., PrintCounter]):
    at = sit()
    at.printers.printers = [LABELS]
    at.take("label")
    at.state.press("printers")
    at.turn(lambda: at.centre.printers == (LABELS,))
    at.state.choose(printer=LABELS.name)
    at.printers.dead[LABELS.name] = "shell.printer_stopped"
    at.key(Key.Key_Return)
    at.turn(lambda: at.state.tab == "queue")
    assert not at.view.trouble.other.isEnabled()
    assert at.view.trouble.other.toolTip()


def test_a_computer_without_printers_says_why_and_saves_the_pdf(
    sit: Callable[..., PrintCounter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    at = sit(printers=NoPrinters)
    at.take("invoice")
    at.key(Key.Key_Return)
    assert at.state.banner is not None
    assert at.state.banner.text.code == f"{NAME}.no_printer"
    at.key(Key.Key_Escape)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "fatura.pdf"), ""))
    at.key(Key.Key_S, CTRL)
    at.turn(lambda: (tmp_path / "fatura.pdf").exists())
    assert (tmp_path / "fatura.pdf").read_bytes() == pdf_of("invoice")
    at.key(Key.Key_O, CTRL)
    assert at.state.banner is None


def test_a_pdf_that_is_saved_nowhere_says_so(at: PrintCounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("")
    at.take("invoice")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "file" / "x.pdf"), ""))
    at.key(Key.Key_S, CTRL)
    assert "gravado" in at.toast()


def test_a_full_disk_prints_all_the_same(at: PrintCounter, monkeypatch: pytest.MonkeyPatch):
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("retaguarda.shell.printing.jobs.write_durably", full)
    at.take("invoice")
    at.turn(lambda: at.desk.shown_key == NAME)
    at.key(Key.Key_Return)
    at.turn(lambda: at.printers.out)
    assert at.printers.out[0][1] == pdf_of("invoice")


def test_what_was_printed_is_logged_and_can_be_printed_again(at: PrintCounter):
    at.take("invoice")
    at.key(Key.Key_Return)
    at.turn(lambda: at.printers.out)
    at.turn(lambda: at.desk.shown_key != NAME)
    at.key(Key.Key_P, CTRL | SHIFT)
    at.turn(lambda: at.desk.shown_key == NAME)
    assert at.state.tab == "recent"
    (first,) = at.state.paper.tries  # type: ignore[union-attr]
    assert (first.printer, first.person, first.code) == (OFFICE.name, "Marina Souza", "")
    at.key(Key.Key_Return)
    at.turn(lambda: len(at.printers.out) == 2)
    assert at.printers.out[0] == at.printers.out[1]
    assert len(at.centre.jobs[0].tries) == 2
    at.turn(lambda: at.view.last.isVisible())
    lines = [label.text() for label in at.view.last.findChildren(Label) if "Marina" in label.text()]
    assert len(lines) == 2


KILLED = textwrap.dedent(
    """
    import sys, threading
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from retaguarda.kernel.screen.state import Paper
    from retaguarda.shell.front import StationFacts
    from retaguarda.shell.printing.choices import PrintChoice
    from retaguarda.shell.window import Window
    from tests.helpers.paper_made import pdf_of
    from tests.helpers.printers import LABELS, OFFICE, FakePrinters
    from tests.helpers.toy_front import ToyFront

    class Hanging(FakePrinters):
        def print(self, pdf, order):
            if order.printer == OFFICE.name:
                sys.stdout.write("hangs\\n")
                sys.stdout.flush()
                threading.Event().wait()
            super().print(pdf, order)

    app = QApplication([])
    printers = Hanging()
    printers.dead[LABELS.name] = "shell.printer_stopped"
    made = Window(StationFacts(name="x", folder=Path(sys.argv[1]), printers=printers), lambda: ToyFront(logged_in=True))
    made.show()

    papers = ["label", "invoice", "receipt"]

    def ask():
        if papers:
            made.tell(Paper("toy." + papers[0], {}, pdf_of(papers[0], papers[0])))

    def heard(topic, job):
        if topic == "taken":
            made.printing.send(job, PrintChoice(LABELS.name if job.kind == "toy.label" else OFFICE.name))
            # The label has failed before the next is asked for; the invoice hangs while the receipt waits.
            papers.pop(0)
            if job.kind != "toy.label":
                ask()
        elif job is not None and job.state == "failed":
            ask()

    def begin():
        made.printing.watch(heard)
        ask()

    made.ready.connect(begin)
    app.exec()
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_the_queue_survives_a_kill_and_is_told_at_the_next_start(sit: Callable[..., PrintCounter], tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "hangs\n"
        with pytest.raises(subprocess.TimeoutExpired):
            killed.wait(1.0)
        killed.send_signal(signal.SIGKILL)
    at = sit()
    at.turn(lambda: len(at.centre.jobs) == 3)
    causes = {job.title: job.cause.code for job in at.centre.jobs if job.cause is not None}
    assert causes == {
        "label": "shell.printer_stopped",
        "invoice": "shell.print_interrupted",
        "receipt": "shell.print_unsent",
    }
    assert at.desk.top.printing.accessibleName().endswith(" 3")
    assert "3" in at.toast()
    at.key(Key.Key_P, CTRL | SHIFT)
    at.turn(lambda: at.desk.shown_key == NAME)
    assert at.state.tab == "queue"
    for count in range(1, 4):
        at.key(Key.Key_Return)
        at.turn(partial(lambda sent: len(at.printers.out) == sent, count))
    at.turn(lambda: at.desk.shown_key != NAME)
    assert {pdf for _, pdf in at.printers.out} == {pdf_of(paper, paper) for paper in ("label", "invoice", "receipt")}


def test_a_printer_that_hangs_holds_nobody_up(at: PrintCounter):
    gate = threading.Event()
    real = at.printers.print

    def hang(pdf: bytes, order: Any) -> None:
        gate.wait(10)
        real(pdf, order)

    at.printers.print = hang  # type: ignore[method-assign]
    at.desk.tell(Paper("toy.invoice", {}, pdf_of("invoice")))
    at.turn(lambda: at.desk.shown_key == NAME)
    at.state.press("print")
    for _ in range(50):
        QApplication.processEvents()
    assert [job.state for job in at.state.papers("queue")] == ["waiting"]
    at.desk.tell(Paper("toy.label", {}, pdf_of("label")))
    for _ in range(200):
        QApplication.processEvents()
        QTest.qWait(5)
        if at.state.papers("todo"):
            break
    assert [job.kind for job in at.state.papers("todo")] == ["toy.label"]
    gate.set()
    at.turn(lambda: at.printers.out)
