"""Keeps the draft of one form while it is typed: on disk within two seconds of the last key, gone once saved."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from retaguarda.kernel.command import has_secret
from retaguarda.kernel.draft import AUTOSAVE_MS, Draft, Drafts
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.lanes import Lanes
from retaguarda.kernel.screen.form import FormState

NEW = "new-"
_TYPED = ("fields", "line", "lines", "typing")


class DraftKeeper(QObject):
    """Watches a form. A new record's draft has a name of its own, so that two new orders do not share one.

    `kept(at)` follows each write. Forms that show a secret keep none.
    """

    kept = Signal(object)

    def __init__(self, state: FormState, drafts: Drafts, lanes: Lanes, record: str = "") -> None:
        super().__init__()
        self._state, self._drafts, self._lanes = state, drafts, lanes
        self._record = record or state.key or f"{NEW}{new_id()}"
        self._stored = bool(record)
        self._given, self._turns = 0, threading.Lock()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.keep)
        if not has_secret(state.command, [view.name for view in state.screen.fields]):
            state.watch(self._topic)

    def _topic(self, topic: str) -> None:
        if topic.partition(".")[0] in _TYPED:
            # The timer is not started again by each key, so that a fast typist is kept too.
            if not self._timer.isActive():
                self._timer.start()
        elif topic in ("saved", "discarded", "closed"):
            self.drop()

    def keep(self) -> None:
        """Writes the draft now, off this thread; a form without changes has none."""
        self._timer.stop()
        state = self._state
        if state.closed or not state.dirty:
            self.drop()
            return
        snapshot, person, screen, record = state.snapshot(), state.seat.person.id, state.screen.name, self._record
        self._stored = True
        self._give(lambda: self._drafts.keep(person, screen, record, snapshot))

    def drop(self) -> None:
        """Removes the draft."""
        self._timer.stop()
        if self._stored:
            self._stored = False
            person, screen, record = self._state.seat.person.id, self._state.screen.name, self._record
            self._give(lambda: self._drafts.drop(person, screen, record))

    def _give(self, work: Callable[[], Draft | None]) -> None:
        """Has one of these done after the other, or a draft still being written would come back after it was dropped;
        of those that wait only the newest counts."""
        if self._lanes.closed:  # the window has ended, and its view's timer went off once more
            return
        self._given += 1
        turn = self._given

        def in_turn() -> Draft | None:
            with self._turns:
                return work() if turn == self._given else None

        self._lanes.give("io", in_turn, self._done, self._failed)

    def _done(self, draft: Draft | None) -> None:
        # A closed form's view, and this object with it, may be gone already.
        if draft is not None and not self._state.closed:
            self.kept.emit(draft.saved_at)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        if not self._state.closed:
            self._state.failed(error)
