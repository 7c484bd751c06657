"""A headless desk: opens screens, types, presses what can be pressed, says what it sees. No Qt, no waiting.

It drives the same states as the window. A press of a disabled action fails the scenario, because a person could not
have made it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Change
from retaguarda.kernel.screen import Door, Request, ScreenBook
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.listing import ListState
from retaguarda.kernel.screen.opening import open_screen
from retaguarda.kernel.screen.page import BoardState, PageState
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.scan import ScanState
from retaguarda.kernel.screen.state import Go, Paper, Seat, Sign, State, Toast
from retaguarda.kernel.text import Texts


class Eyes:
    """What a person sees of the screen in front."""

    state: Any

    def expect(self, **values: Any) -> None:
        """Compares fields of the form in front with understood values."""
        seen = {name: self.state.fields[name].value for name in values}
        assert seen == values

    def expect_fault(self, field: str, code: str) -> None:
        """A field shows that fault."""
        fault = self.state.fields[field].shown_fault
        assert fault is not None, f"{field} shows no fault"
        assert fault.code == code

    def expect_banner(self, code: str) -> None:
        """The banner says that."""
        assert self.state.banner is not None, "there is no banner"
        assert self.state.banner.text.code == code

    def expect_clean(self) -> None:
        """No banner, no question, nothing running."""
        assert (self.state.banner, self.state.question, self.state.busy) == (None, None, "")

    def reason(self, action: str) -> Phrase | None:
        """Why an action cannot be pressed."""
        reasons: dict[str, Phrase | None] = {b.action.name: b.reason for b in self.state.buttons()}
        return reasons[action]


class Desk(Eyes):
    """A person at the program. `state` is the screen in front; `toasts` and `papers` what came out so far."""

    def __init__(self, door: Door, book: ScreenBook, texts: Texts | None = None) -> None:
        self.door = door
        self.toasts: list[Toast] = []
        self.papers: list[Paper] = []
        self.screens: list[State] = []
        self._requests: deque[Request] = deque()
        self.seat = Seat(
            person=door.person,
            book=book,
            texts=texts or Texts(door.person.language),
            ask=self._requests.append,
            today=door.today,
            now=door.now,
            tell=self._told,
            heard=self._heard,
        )

    # ---- screens ----
    def open(self, screen: str, key: str = "", **given: Any) -> Any:
        """Opens a screen and returns its state."""
        self._open(Go(screen, key, given))
        self._settle()
        return self.state

    @property
    def state(self) -> Any:
        """The screen in front."""
        return self.screens[-1]

    @property
    def form(self) -> FormState:
        """The screen in front, a form or an entry."""
        assert isinstance(self.state, FormState)
        return self.state

    @property
    def entry(self) -> EntryState:
        """The screen in front, an entry."""
        assert isinstance(self.state, EntryState)
        return self.state

    @property
    def list(self) -> ListState:
        """The screen in front, a list."""
        assert isinstance(self.state, ListState)
        return self.state

    @property
    def page(self) -> PageState | BoardState:
        """The screen in front, a record's page or a board."""
        assert isinstance(self.state, PageState | BoardState)
        return self.state

    # ---- what a person does ----
    def set(self, **fields: str) -> None:
        """Types texts into fields and leaves them; in a Ref field the one suggestion that fits is taken."""
        for name, text in fields.items():
            self.form.type_in(name, text)
            view = self.form.fields[name].view
            # What is only offered forces nothing: what was typed stays.
            if view.suggestions and not view.offers and text:
                self.form.suggest(name, text)
                self._settle()
                rows = self.form.suggestions
                assert len(rows) == 1, f"{len(rows)} suggestions for {text!r} in {name}"
                self.form.choose(name, rows[0].id, rows[0].name)
            self.form.leave(name)
        self._settle()

    def set_line(self, line: int, **fields: str) -> None:
        """Types texts into the cells of an entry's line (numbered from 1)."""
        for name, text in fields.items():
            self.entry.type_line(line - 1, name, text)
            self.entry.leave_line(line - 1, name)
        self._settle()

    def scan(self, *codes: str) -> None:
        """Scans codes, one after the other."""
        for code in codes:
            (self.state if isinstance(self.state, ScanState) else self.entry.scanning).give(code)
        self._settle()

    def press(self, action: str) -> None:
        """Presses an action; AssertionError with the reason when it is disabled."""
        button = next((b for b in self.state.buttons() if b.action.name == action), None)
        assert button is not None, f"{self.state.screen.name} has no action {action!r}"
        assert button.enabled, f"{action!r} cannot be pressed: {button.reason}"
        self.state.press(action)
        self._settle()

    def answer(self, reply: str) -> None:
        """Answers the question in front."""
        self.state.answer(reply)
        self._settle()

    def call(self, what: Callable[[], Any]) -> None:
        """Does anything else with a state, and lets the answers come."""
        what()
        self._settle()

    def close(self) -> bool:
        """Closes the screen in front; False when it asks first."""
        state = self.state
        closed: bool = state.close()
        self._settle()
        return closed

    # ---- inside ----
    def _heard(self, changes: Sequence[Change]) -> None:
        for state in tuple(self.screens):
            state.hear(changes)

    def _told(self, sign: Sign) -> None:
        if isinstance(sign, Go):
            self._open(sign)
        elif isinstance(sign, Toast):
            self.toasts.append(sign)
        else:
            self.papers.append(sign)

    def _open(self, go: Go) -> None:
        state = open_screen(self.seat, go)
        self.screens.append(state)

        def gone(topic: str) -> None:
            if topic == "closed" and state in self.screens:
                self.screens.remove(state)

        state.watch(gone)
        state.start()

    def _settle(self) -> None:
        while self._requests:
            request = self._requests.popleft()
            try:
                result = request.run(self.door)
            except Problem as problem:
                request.on_problem(problem)
            else:
                request.on_result(result)
