"""The state of a screen worked by scanner: codes wait in a row, each is one command, none is lost, and what the last
one did is said at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.parts import Note, Phrase
from retaguarda.kernel.screen.pressing import RecordState
from retaguarda.kernel.screen.screens import ScanScreen
from retaguarda.kernel.screen.stage import Stage
from retaguarda.kernel.screen.state import Go, Seat, Toast
from retaguarda.kernel.screen.wedge import Scanned, read_scan

MOST_ROWS = 1000


class ScanState(RecordState):
    """Topics: `stage` (what is to be done now), `scan` (what the last code did). `refused` are the codes that were
    wrong, `waiting` says how many have not been read yet."""

    screen: ScanScreen

    def __init__(self, screen: ScanScreen, seat: Seat, go: Go) -> None:
        super().__init__(screen, seat, go.key)
        self.head: Any = None
        self.rows: tuple[Any, ...] = ()
        self.stage: Stage | None = None
        self.note: Note | None = None
        self.refused: list[str] = []
        self._queue: deque[Scanned] = deque()
        self._sent_code: Scanned | None = None

    @property
    def record(self) -> Any:
        return self.stage.row if self.stage is not None else None

    @property
    def waiting(self) -> int:
        """How many codes have been given and not been judged yet."""
        return len(self._queue) + (self._sent_code is not None)

    # ---- what is to be done ----
    def refresh(self) -> None:
        self.one("head", self.screen.load, self.key, self._head_came)

    def _head_came(self, row: Any) -> None:
        self.head = row
        self.show("rows", self.screen.rows, self._rows_came, {self.screen.by: self.key}, limit=MOST_ROWS)

    def _rows_came(self, page: Page) -> None:
        self.rows = tuple(page.rows)
        self.stage = self.screen.stage(self.head, self.rows)
        self.changed("stage", "title", "actions")
        decided = self.banner is None or self.banner.failure_id is None
        if self.stage.finished is not None and not self.waiting and decided:
            self.seat.tell(Toast(self.stage.finished.text, self.stage.finished.level))
            self.close()

    # ---- scanning ----
    def give(self, text: str) -> None:
        """Takes a scanned or typed code: `7891234567895`, `3*7891234567895`."""
        scanned = read_scan(text)
        if scanned is not None:
            self._queue.append(scanned)
            self._go_on()

    def _go_on(self) -> None:
        if not self._queue or self._sent_code is not None or self.closed:
            return
        scanned = self._sent_code = self._queue.popleft()
        payload = {self.screen.key: self.key, "code": scanned.text, "quantity": format(scanned.quantity, "f")}

        def done(outcome: Outcome) -> None:
            said = Phrase(
                "shell.scan_taken", {"code": scanned.text, "quantity": scanned.quantity, "at": self.seat.now()}
            )
            self._judged(Note(said, "ok"))
            for warned in outcome.warnings:
                self.seat.tell(Toast(Phrase(warned.code, warned.params), "warn"))
            if outcome.mishap is not None:
                self.failed(outcome.mishap)

        def refused(problem: Problem) -> None:
            self.refused.append(scanned.text)
            self._judged(Note(Phrase(problem.code, problem.params), "bad"))

        self.send((self.screen.scan, payload), done, on_problem=refused)

    def _judged(self, note: Note) -> None:
        self.note, self._sent_code = note, None
        self.changed("scan")
        if self._queue:
            self._go_on()
        else:
            self.refresh()

    def dismiss(self) -> None:
        """Takes the banner away; a code that met a trouble is read again before the next one."""
        if self._sent_code is not None and not self.busy:
            self._queue.appendleft(self._sent_code)
            self._sent_code = None
        super().dismiss()
        if self.stage is not None and self.stage.finished is not None:
            self.refresh()

    def hear(self, changes: Sequence[Any]) -> None:
        # Between two scans of a burst nothing is asked: the last one asks.
        if not self.waiting:
            super().hear(changes)
