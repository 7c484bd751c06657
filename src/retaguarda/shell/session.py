"""One person at the window: their seat, whose requests run on the lanes and come back by the courier."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer

from retaguarda.kernel.draft import Drafts, Habits
from retaguarda.kernel.lanes import LaneName, Lanes
from retaguarda.kernel.outcome import Change, News
from retaguarda.kernel.screen import Phrase, Request
from retaguarda.kernel.screen.state import Seat, Sign, Toast
from retaguarda.kernel.text import Texts
from retaguarda.shell.crash import Reports, as_problem
from retaguarda.shell.front import Front
from retaguarda.shell.translate import Words

REMEMBERED = 500
_LANES: dict[str, LaneName] = {
    "do": "write",
    "do_many": "write",
    "show": "read",
    "one": "read",
    "print_document": "io",
    "work": "slow",
}


class Session:
    """Made after log-in. `seat` is given to every screen, `drafts` and `words` to what surrounds them."""

    def __init__(
        self,
        front: Front,
        lanes: Lanes,
        drafts: Drafts,
        habits: Habits,
        reports: Reports,
        tell: Callable[[Sign], object],
        heard: Callable[[Sequence[Change]], object],
    ) -> None:
        self.front, self.lanes, self.drafts, self._reports = front, lanes, drafts, reports
        self._habits, self._liked, self._turns = habits, dict[str, Mapping[str, Any]](), threading.Lock()
        self._door = front.door
        self._sent: deque[str] = deque(maxlen=REMEMBERED)
        person = self._door.person
        self.words = Words(Texts(person.language, zone=front.zone, currency=front.currency))
        self.seat = Seat(
            person=person,
            book=front.book,
            texts=self.words.texts,
            ask=self.ask,
            today=lambda: self._door.now().astimezone(front.zone).date(),
            now=self._door.now,
            tell=tell,
            heard=heard,
            post=lanes.post,
            later=self._later,
            company=front.company,
            recall=self._recall,
            keep=self._keep,
            importing=front.importing,
        )

    def _later(self, call: Callable[[], object]) -> None:
        # The window paints before a timer is heard; it may be gone by then.
        QTimer.singleShot(0, lambda: None if self.lanes.closed else call())

    def ask(self, request: Request) -> None:
        """Puts a request on its lane; commands always run, reads only while somebody waits for them."""
        lane = _LANES[request.kind]
        if request.kind == "do":
            self._sent.append(request.kwargs["command_id"])
        elif request.kind == "do_many":
            self._sent.extend(command_id for _name, _payload, command_id in request.args[0])
        read = lane in ("read", "slow")
        self.lanes.give(
            lane,
            lambda: request.run(self._door),
            request.on_result,
            lambda error: request.on_problem(as_problem(error, self._reports)),
            screen=request.screen if read else "",
            topic=request.topic if read else "",
            token=request.token,
        )

    def off_screen[Read](self, read: Callable[[], Read], then: Callable[[Read], object]) -> None:
        """Reads files of the program itself on the io lane; a failure is our defect and gets its report."""
        self.lanes.give("io", read, then, lambda error: as_problem(error, self._reports))

    def _recall(self, screen: str) -> Mapping[str, Any]:
        """What the person's screen kept. A file of a few hundred bytes: a list is painted as it was left at once."""
        if screen not in self._liked:
            self._liked[screen] = self._habits.find(self.seat.person.id, screen)
        return self._liked[screen]

    def _keep(self, screen: str, values: Mapping[str, Any]) -> None:
        self._liked[screen] = values

        def write() -> None:
            # Whoever comes last writes what is newest, so that their order does not matter.
            with self._turns:
                self._habits.keep(self.seat.person.id, screen, self._liked[screen])

        def failed(error: Exception) -> None:
            problem = as_problem(error, self._reports)
            self.seat.tell(Toast(Phrase(problem.code, problem.params), "warn"))

        self.lanes.give("io", write, lambda _done: None, failed)

    def from_elsewhere(self, news: Sequence[News]) -> tuple[Change, ...]:
        """What others changed; this desk's own commands have told it already."""
        return tuple(change for one in news if one.command_id not in self._sent for change in one.changes)
