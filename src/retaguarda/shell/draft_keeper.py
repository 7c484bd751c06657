"""Keeps the draft of one form while it is typed: on disk within two seconds of the last key, gone once saved."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from retaguarda.kernel.command import has_secret
from retaguarda.kernel.draft import AUTOSAVE_MS, Draft, Drafts
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.lanes import Lanes
from retaguarda.kernel.screen.form import FormState

NEW = "new-"
_TYPED = ("fields", "line", "lines")


class DraftKeeper(QObject):
    """Watches a form. A new record's draft has a name of its own, so that two new orders do not share one.

    `kept(at)` follows each write. Forms with a secret keep none.
    """

    kept = Signal(object)

    def __init__(self, state: FormState, drafts: Drafts, lanes: Lanes, record: str = "") -> None:
        super().__init__()
        self._state, self._drafts, self._lanes = state, drafts, lanes
        self._record = record or state.key or f"{NEW}{new_id()}"
        self._stored = bool(record)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.keep)
        if not has_secret(state.command):
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
        self._lanes.give(
            "io",
            lambda: self._drafts.keep(person, screen, record, snapshot),
            self._written,
            lambda problem: None if state.closed else state.failed(problem),  # type: ignore[arg-type]
        )

    def _written(self, draft: Draft) -> None:
        at: dt.datetime = draft.saved_at
        self.kept.emit(at)

    def drop(self) -> None:
        """Removes the draft."""
        self._timer.stop()
        if self._stored:
            self._stored = False
            person, screen, record = self._state.seat.person.id, self._state.screen.name, self._record
            self._lanes.give("io", lambda: self._drafts.drop(person, screen, record), str, str)
