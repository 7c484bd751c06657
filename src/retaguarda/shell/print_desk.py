"""Ties the print centre to the window: its tab, its button with the count of what waits, saving and opening a PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog

from retaguarda.kernel.durable import write_durably
from retaguarda.kernel.errors import Device, Problem
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.state import Paper, Toast
from retaguarda.shell.frame import WindowFrame
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.centre import PrintCentre
from retaguarda.shell.printing.jobs import QUEUED, Job
from retaguarda.shell.session import Session
from retaguarda.shell.tabs import Tabs

if TYPE_CHECKING:
    from retaguarda.shell.printing.state import Outside, PrintState


class PrintDesk(QObject):
    """Made with the frame of whoever is logged in; `end` before the frame goes. `key` opens the print centre."""

    key = "Ctrl+Shift+P"

    def __init__(self, frame: WindowFrame, tabs: Tabs, session: Session, centre: PrintCentre) -> None:
        super().__init__(frame)
        self._frame, self._tabs, self._session, self._centre = frame, tabs, session, centre
        self._came_from = ""
        self.state: PrintState | None = None
        self._unwatch = centre.watch(self._heard)
        QShortcut(QKeySequence(self.key), frame).activated.connect(self.open)
        frame.top.printing_pressed.connect(self.open)
        centre.sit(session.seat)
        self._count()

    def take(self, paper: Paper) -> None:
        """A document has come."""
        self._centre.take(paper)

    def open(self) -> PrintState:
        """Shows the print centre, or brings it to the front."""
        if self._frame.shown_key != NAME:
            self._came_from = self._frame.shown_key

        from retaguarda.shell.printing.state import PrintState
        from retaguarda.shell.printing.view import PrintView

        def make() -> PrintView:
            return PrintView(PrintState(self._session.seat, self._centre, self._outside), self._session.words)

        before, self.state = self.state, cast("PrintState", self._tabs.stand(NAME, make).state)
        if self.state is not before:
            # Told after the tabs, which have taken the page away by then.
            self.state.watch(self._topic)
        return self.state

    def _topic(self, topic: str) -> None:
        """Left, the print centre gives the place back to what it was opened from."""
        if topic == "closed":
            self.state = None
            if self._came_from in self._frame.page_keys:
                self._frame.show_page(self._came_from)
                front = self._tabs.front
                if front is not None:
                    front.view.first_focus().setFocus()

    def _heard(self, topic: str, job: Job | None) -> None:
        if topic == "taken" and job is not None:
            self.open().present(job)
        elif topic == "jobs":
            self._count()

    def _count(self) -> None:
        failed = sum(job.state in QUEUED for job in self._centre.jobs)
        self._frame.top.printing.set_badge(str(failed) if failed else "")

    def end(self) -> None:
        """Nobody sits here any more."""
        self._unwatch()

    # ---- PDF files ----
    def _outside(self, what: Outside, job: Job) -> None:
        if what == "open_pdf":
            self._centre.on_io(lambda: self._file_of(job), _show_outside, self._say)
            return
        name = "".join(char if char.isalnum() or char in " -_" else "-" for char in job.title)
        title = self._session.words.say(f"{NAME}.save_pdf")
        target, _kind = QFileDialog.getSaveFileName(self._frame, title, f"{name}.pdf", "PDF (*.pdf)")
        if target:
            self._centre.on_io(partial(self._copy, job, Path(target)), self._saved, self._say)

    def _file_of(self, job: Job) -> Path:
        self._centre.station.jobs.pdf(job)
        return self._centre.station.jobs.path(job)

    def _copy(self, job: Job, target: Path) -> Path:
        try:
            write_durably(target, self._centre.station.jobs.pdf(job))
        except OSError as wrong:
            raise Device("shell.paper_not_kept", reason=wrong.strerror or "") from wrong
        return target

    def _saved(self, path: Path) -> None:
        self._session.seat.tell(Toast(Phrase("shell.pdf_saved", {"path": str(path)})))

    def _say(self, problem: Problem) -> None:
        self._session.seat.tell(Toast(Phrase(problem.code, problem.params), "bad"))


def _show_outside(path: Path) -> None:
    """Hands a file to the program the system has for it; there is none offscreen."""
    if QApplication.platformName() not in ("offscreen", "minimal"):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
