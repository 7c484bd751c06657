"""The state of the report builder: what was chosen is read and shown at once, led into, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.screen.built import BuilderScreen, Built, source_of
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import Exporting, Gathered
from retaguarda.kernel.screen.listing import opening_of
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.reports import SAVED
from retaguarda.kernel.screen.shaping import ShapingState
from retaguarda.kernel.screen.state import Go, Seat, refusal_of


class BuilderState(ShapingState):
    """A report that is built. With the key of one that was kept it is that, and has its `name`; `mine` says whether
    what is changed of it can be kept."""

    def __init__(self, screen: BuilderScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.version: int | None = None
        self.mine = True

    def start(self) -> None:
        if self.key:
            self.one("saved", SAVED, self.key, self._take)
        elif self.offered:
            self.choose_source(self.offered[0][0])

    def _take(self, saved: Any) -> None:
        """Shows a kept report; says what of it is gone, or not this person's to see."""
        self.name, self.mine = saved.name, saved.mine
        self.version = saved.version
        self.changed("title")
        try:
            built = Built.of(saved.asked)
            source = source_of(self.seat.book, built.source, self.seat.person.may)
            source.judge(built)
        except Problem as problem:
            self.status = "failed"
            self.failed(problem)
            self.changed("status")
            return
        self.show_built(source, built)

    # ---- what is read ----
    def reading(self) -> Callable[[Door], Gathered]:
        inquiry = self.inquiry

        def read(door: Door) -> Gathered:
            inquiry.source.judge(inquiry.built)
            return inquiry.gather(door)

        return read

    def refresh(self) -> None:
        if self.source is not None:
            super().refresh()

    def view(self) -> Exporting:
        return self.inquiry.exporting(self.name or self.seat.texts.say(self.screen.title_code), self.seat.company)

    def open(self) -> None:
        """The rows of the chosen group; of a row what the list opens on it."""
        row = self.record
        if row is None or self.source is None:
            return
        if self.inquiry.is_grouped:
            self.inside = row.group
            self.read_anew()
            return
        go = opening_of(row, self.source.screen.opens, self.source.screen.opens_key)
        if go is not None and go.screen in self.seat.book:
            self.seat.tell(go)

    def back(self) -> bool:
        """From the rows of a group to the groups; False where there is none to leave."""
        if self.inside is None:
            return False
        self.inside = None
        self.read_anew()
        return True

    # ---- keeping it ----
    def reason(self, action: Action) -> Phrase | None:
        refused = refusal_of(self.seat, self.screen.build) if action.does else None
        if refused is not None:
            return refused
        if action.does and self.source is None:
            return Phrase("shell.built.nothing")
        if action.does == "save" and self.key and not self.mine:
            return Phrase("shell.built.not_mine")
        return super().reason(action)

    def does(self, what: str) -> None:
        if what == "save" and self.key:
            payload = {**self.built.kept(), "saved_id": self.key, "version": self.version}
            self.send((self.screen.revise, payload), self._revised)
        elif what in ("save", "save_as"):
            self.seat.tell(Go(self.screen.keep, given=self.built.kept(), on_done=self._kept))
        else:
            super().does(what)

    def _revised(self, outcome: Outcome) -> None:
        self.version = outcome.value["version"]
        self.done(self.screen.revise, outcome)

    def _kept(self, outcome: Outcome) -> None:
        """From now on it is the one that was kept."""
        value: Mapping[str, Any] = outcome.value
        self.key, self.version, self.name, self.mine = value["id"], value["version"], value["name"], True
        self.changed("title", "actions")
