"""A screen that reads rows with their totals, which takes its time: how far it is, what came, one chosen row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.lanes import Token
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.exporting import ExportingState
from retaguarda.kernel.screen.gathering import Gathered
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.reports import Cut
from retaguarda.kernel.screen.screens import Screen
from retaguarda.kernel.screen.state import Seat

Status = Literal["loading", "ready", "empty", "failed", "stopped"]


class ReadingState(ExportingState):
    """`found` is what came last, `cut` how it is shown. Topics: `rows`, `status`, `progress`, `export`."""

    cut: Cut

    def __init__(self, screen: Screen, seat: Seat, key: str = "") -> None:
        super().__init__(screen, seat, key)
        self.name = ""
        self.found = Gathered()
        self.status: Status = "loading"
        self.chosen: int | None = None
        self.answered_at: dt.datetime | None = None
        self.progress: tuple[int, int] = (0, 0)
        self._token: Token | None = None

    @property
    def record(self) -> Any:
        return self.found.rows[self.chosen] if self.chosen is not None and self.found.rows else None

    def reading(self) -> Callable[[Door], Gathered]:
        """The work of reading what is asked now."""
        raise NotImplementedError

    def open(self) -> None:
        """Opens what the chosen row leads to."""
        raise NotImplementedError

    def refresh(self) -> None:
        self.stop()
        self.status, self.progress = "loading", (0, 0)
        self.changed("status")
        self._token = self.work("rows", self.reading(), self._came, self._failed, self._read)

    def _read(self, done: int, whole: int) -> None:
        self.progress = (done, whole)
        self.changed("progress")

    def stop(self) -> None:
        """Gives up what is being read; what was read before stays."""
        if self._token is not None:
            self._token.cancel()
            self._token = None
            self.status = "ready" if self.found.rows else "stopped"
            self.changed("status")

    def close(self) -> bool:
        self.stop()
        return super().close()

    def _failed(self, problem: Problem) -> None:
        self._token = None
        self.status = "failed"
        self.failed(problem, again=self.refresh)
        self.changed("status")

    def _came(self, found: Gathered) -> None:
        self._token = None
        self.found, self.answered_at = found, self.seat.now()
        self.status = "ready" if found.rows else "empty"
        self.chosen = 0 if found.rows else None
        self.changed("rows", "status", "actions")

    def choose(self, index: int | None) -> None:
        """Chooses a row."""
        self.chosen = index
        self.changed("actions")

    def phrase(self) -> Phrase:
        """How many rows there are, and that not all of them are shown."""
        shown, count = len(self.found.rows), self.found.count
        return Phrase("shell.count", {"n": count}) if shown == count else Phrase(
            "shell.report.part", {"shown": shown, "n": count}
        )  # fmt: skip
