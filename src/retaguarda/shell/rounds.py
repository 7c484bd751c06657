"""Rounds of what is done with nobody at the desk (timed work, effects), while a window has the company open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from retaguarda.kernel.lanes import Lanes, Token
from retaguarda.kernel.outcome import Change
from retaguarda.shell.crash import Reports, as_problem
from retaguarda.shell.front import Front

EVERY_MS = 5000


class Rounds(QObject):
    """Gives the work lane one round after the other; never two at once, and none that the window waits for."""

    def __init__(
        self, parent: QObject, lanes: Lanes, reports: Reports, heard: Callable[[Sequence[Change]], object]
    ) -> None:
        super().__init__(parent)
        self._lanes, self._reports, self._heard = lanes, reports, heard
        self._front: Front | None = None
        self._token: Token | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._round)

    def begin(self, front: Front) -> None:
        """From now on, in rounds; the first one when the window has had time to show itself."""
        self._front = front
        self._timer.start()

    def end(self) -> None:
        """No further round; the one under way stops at its next step."""
        self._timer.stop()
        self._front = None
        if self._token is not None:
            self._token.cancel()

    def _round(self) -> None:
        if self._token is None and self._front is not None:
            self._token = self._lanes.give("work", self._front.work, self._done, self._failed)

    def _done(self, changes: Sequence[Change]) -> None:
        self._token = None
        self._heard(changes)

    def _failed(self, error: Exception) -> None:
        # A database that is gone is told by the screens; a defect of a job stands in its run, and in a report.
        as_problem(error, self._reports)
        self._token = None
