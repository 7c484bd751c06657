"""What the states of all screens share: who sits there, what is being asked, banners, buttons and their presses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from retaguarda.kernel.command import Command, dump, fields_of, name_of
from retaguarda.kernel.errors import Forbidden, Mishap, NeedsConsent, Problem, Remedy, Shortfall, Trouble
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.imports.port import Importing
from retaguarda.kernel.outcome import Change, Outcome
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.book import ScreenBook
from retaguarda.kernel.screen.door import Ask, Person, Request
from retaguarda.kernel.screen.parts import Action, Level, Phrase
from retaguarda.kernel.screen.screens import Screen
from retaguarda.kernel.text import Texts


@dataclass(frozen=True, slots=True)
class Go:
    """Opening another screen: on a record (`key`), with `given` values, and who is told the saved record's id.

    `subject` names the record a dialog is about. `on_done` is told the outcome of a dialog that was sent and closed,
    `on_mishap` what went wrong by it: the ways out stand over what is left when it has closed.
    """

    screen: str
    key: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    on_saved: Callable[[str, str], None] | None = None
    on_done: Callable[[Outcome], None] | None = None
    on_mishap: Callable[[Mishap], None] | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A short good word after a success; `undo` is the inverse command, ready to be sent for 10 s, or what takes the
    deed back where it was many commands."""

    text: Phrase
    level: Level = "ok"
    undo: tuple[str, Mapping[str, Any]] | Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on its way to preview, printer or file. `asked` is False where it came by itself after a command."""

    document: str
    params: Mapping[str, Any]
    pdf: bytes
    asked: bool = True


Sign = Go | Toast | Paper
"""What a state tells its surroundings (window or Desk)."""


@dataclass(slots=True, kw_only=True)
class Seat:
    """A person's place at the program: everything a state needs from outside. `ask` carries requests to the Door,
    `post` a call from any thread to the one that owns the screens, `later` makes one when what changed is painted.
    `recall` gives what was kept of a screen by its name, `keep` keeps it for the next time. `importing` brings files in
    where there is an office to bring them into."""

    person: Person
    book: ScreenBook
    texts: Texts
    ask: Ask
    today: Callable[[], dt.date]
    now: Callable[[], dt.datetime]
    tell: Callable[[Sign], object]
    heard: Callable[[Sequence[Change]], object] = lambda changes: None
    post: Callable[[Callable[[], object]], object] = lambda call: call()
    later: Callable[[Callable[[], object]], object] = lambda call: call()
    company: str = ""
    recall: Callable[[str], Mapping[str, Any]] = lambda screen: {}
    keep: Callable[[str, Mapping[str, Any]], object] = lambda screen, values: None
    importing: Importing | None = None


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence over the content: what happened, why, what to do. `again` sends the same thing once more, `approve`
    asks somebody with more rights to let it pass here."""

    text: Phrase
    level: Level = "bad"
    remedies: tuple[Remedy, ...] = ()
    again: Callable[[], None] | None = None
    failure_id: str | None = None
    reference: str = ""
    left_out: tuple[str, ...] = ()
    approve: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before going on; `answers` are codes, the first is the safe one that Esc gives."""

    text: Phrase
    answers: tuple[str, ...]
    take: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Button:
    """An action as it stands now: pressable, or why not."""

    action: Action
    text: str
    reason: Phrase | None

    @property
    def enabled(self) -> bool:
        """Whether it can be pressed."""
        return self.reason is None


class State:
    """The base of every screen's state. Views watch it by topic and repaint what changed; it never waits.

    Topics: `banner`, `question`, `actions`, `busy`, `title`, and each kind's own.
    """

    def __init__(self, screen: Screen, seat: Seat, key: str = "") -> None:
        self.screen, self.seat, self.key = screen, seat, key
        self.banner: Banner | None = None
        self.question: Question | None = None
        self.busy = ""
        self.closed = False
        self._watchers: list[Callable[[str], None]] = []
        self._sent: Mapping[str, Any] = {}

    def watch(self, watcher: Callable[[str], None]) -> None:
        """Calls `watcher(topic)` after each change."""
        self._watchers.append(watcher)

    def changed(self, *topics: str) -> None:
        """Tells the watchers."""
        for topic in topics:
            for watcher in tuple(self._watchers):
                watcher(topic)

    def start(self) -> None:
        """Asks for the first data; called once, when the screen is opened."""
        self.refresh()

    def hear(self, changes: Sequence[Change]) -> None:
        """Another command changed these tables; screens that show them ask again (`refreshed_by`, empty: any)."""
        tables = getattr(self.screen, "refreshed_by", ())
        if not self.closed and any(change.touches(tables) for change in changes):
            self.refresh()

    def refresh(self) -> None:
        """Asks for the data again."""

    def close(self) -> bool:
        """Closes when nothing is lost by it, else asks; True when closed."""
        self.closed = True
        self.changed("closed")
        return True

    # ---- asking ----
    def show(
        self,
        topic: str,
        query: str,
        then: Callable[[Page], None],
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int = 200,
        after: Any = None,
        count: bool = False,
        on_problem: Callable[[Problem], None] | None = None,
    ) -> None:
        """Asks for rows; a problem becomes the banner unless `on_problem` takes it."""
        self._send("show", topic, (query, where or {}, sort, limit, after, count), then, on_problem)

    def one(
        self,
        topic: str,
        query: str,
        key: str,
        then: Callable[[Any], object],
        on_problem: Callable[[Problem], None] | None = None,
    ) -> None:
        """Asks for one record's row."""
        self._send("one", topic, (query, key), then, on_problem)

    def _send(
        self,
        kind: Any,
        topic: str,
        args: tuple[Any, ...],
        then: Callable[[Any], object],
        on_problem: Callable[[Problem], None] | None,
        **kwargs: Any,
    ) -> None:
        def arrived(result: Any) -> None:
            # A paper outlives the screen that asked for it: what was saved and closed is printed all the same.
            if not self.closed or kind == "print_document":
                then(result)
            if kind == "do":
                self.seat.heard(result.changes)

        def failed(problem: Problem) -> None:
            if not self.closed:
                (on_problem or self.failed)(problem)
            if isinstance(problem, Shortfall) and problem.failure_id:
                self.seat.heard((Change("failure", "revise", (problem.failure_id,)),))

        self.seat.ask(
            Request(
                kind=kind,
                args=args,
                kwargs=kwargs,
                on_result=arrived,
                on_problem=failed,
                screen=f"{self.screen.name}:{id(self):x}",
                topic=topic,
            )
        )

    def send(
        self,
        command: Any,
        then: Callable[[Outcome], None],
        accept: Sequence[str] = (),
        command_id: str = "",
        on_problem: Callable[[Problem], None] | None = None,
    ) -> None:
        """Sends a command. The same id goes again after a trouble; consent is asked for and sent with a new one."""
        command_id = command_id or new_id()
        self.busy = command[0] if isinstance(command, tuple) else type(command).__name__
        self.banner = None
        self.changed("busy", "banner", "actions")

        def done(outcome: Outcome) -> None:
            self._sent = payload_in(command)
            self._idle()
            then(outcome)

        def refused(problem: Problem) -> None:
            self._idle()
            if isinstance(problem, NeedsConsent):
                self._ask_consent(problem, lambda: self.send(command, then, (*accept, problem.code), "", on_problem))
            elif isinstance(problem, Trouble):
                self.failed(problem, again=lambda: self.send(command, then, accept, command_id, on_problem))
            else:
                (on_problem or self.failed)(problem)
                _offer_approval(self, command, problem, done)

        self._send("do", "do", (_accepting(command, accept), tuple(accept)), done, refused, command_id=command_id)

    def _idle(self) -> None:
        self.busy = ""
        self.changed("busy", "actions")

    def _ask_consent(self, problem: Problem, again: Callable[[], None]) -> None:
        self.ask(Phrase(problem.code, problem.params), ("back", "accept"), lambda a: again() if a == "accept" else None)

    def ask(self, text: Phrase, answers: tuple[str, ...], take: Callable[[str], None]) -> None:
        """Asks the person; `answer` gives the reply to `take`."""
        self.question = Question(text, answers, take)
        self.changed("question")

    def answer(self, reply: str) -> None:
        """The person's reply to the open question; ValueError when it was not among the answers."""
        question = self.question
        if question is None or reply not in question.answers:
            raise ValueError(f"{reply!r} answers no open question")
        self.question = None
        self.changed("question")
        question.take(reply)

    def failed(self, problem: Problem, again: Callable[[], None] | None = None) -> None:
        """Shows a refusal or trouble as the banner, with its remedies."""
        level: Level = "warn" if isinstance(problem, Trouble) else "bad"
        self.banner = Banner(
            Phrase(problem.code, problem.params),
            level,
            problem.remedies,
            again,
            getattr(problem, "failure_id", None),
            left_out=problem.left_out,
        )
        self.changed("banner")

    def dismiss(self) -> None:
        """Takes the banner away."""
        self.banner = None
        self.changed("banner")

    def remedy(self, which: Remedy) -> None:
        """Carries out a remedy offered by the banner."""
        self.send((which.command, which.payload), lambda outcome: self.done(which.command, outcome))

    def done(self, command: str, outcome: Outcome) -> None:
        """What follows a success everywhere: the word, the undo, fresh data."""
        undo = self.seat.book.way_back(command, self._sent, outcome)
        self.seat.tell(Toast(Phrase(f"{command}.done", outcome.value), undo=undo))
        for warned in outcome.warnings:
            self.seat.tell(Toast(Phrase(warned.code, warned.params), "warn"))
        if outcome.mishap is not None:
            self.failed(outcome.mishap)

    def warn(self, text: Phrase) -> None:
        """Shows a sentence in the banner, amber: why a press did nothing, what was noticed."""
        self.banner = Banner(text, "warn")
        self.changed("banner")


def _offer_approval(state: State, command: Any, problem: Problem, done: Callable[[Outcome], None]) -> None:
    """Asks whether somebody with more rights lets it pass here; what was waiting for the command then goes on.

    Where there are ways out it stands beside them and asks nothing.
    """
    name = command[0] if isinstance(command, tuple) else name_of(type(command))
    form = state.seat.book.approval(name, problem)
    if form is None or form.name == state.screen.name:
        return
    own = {view.name for view in form.fields}
    sent = {field: value for field, value in payload_in(command).items() if field not in own}
    go = Go(form.name, given=sent, on_done=lambda outcome: None if state.closed else done(outcome))

    def approve() -> None:
        state.dismiss()
        state.seat.tell(go)

    if state.banner is not None and state.banner.remedies:
        state.banner = replace(state.banner, approve=approve)
        state.changed("banner")
    else:
        state.ask(Phrase("shell.approval"), ("back", "approve"), lambda a: approve() if a == "approve" else None)


def refusal_of(seat: Seat, name: str) -> Phrase | None:
    """Why the person may not use that command or query; None when they may."""
    permission = seat.book.permissions.get(name, name)
    if not permission or seat.person.may(permission):
        return None
    return forbidden(permission)


def forbidden(permission: str) -> Phrase:
    """What is said to somebody without that permission."""
    return Phrase(Forbidden(permission).code, {"permission": permission})


def _accepting(command: Any, accept: Sequence[str]) -> Any:
    """The command with the consents given, where its signature takes them."""
    if accept and isinstance(command, Command) and any(spec.name == "accept" for spec in fields_of(type(command))):
        return replace(command, accept=tuple(accept))  # type: ignore[call-arg]
    return command


def payload_in(command: Any) -> Mapping[str, Any]:
    """The JSON values of a command or of a (name, payload) pair."""
    values: Mapping[str, Any] = command[1] if isinstance(command, tuple) else dump(command)
    return values
