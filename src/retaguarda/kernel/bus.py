"""The only write path: a command in, an outcome or a refusal out, in nine stages.

1 registry and parse (the door's) · 2 begin · 3 journal row, then a savepoint · 4 permission, validity · 5 handler ·
6 listeners within · 7 invariants a second time · 8 outbox rows, journal completed · 9 declared rows re-read, commit.
A refusal goes back to the savepoint and completes the journal row; trouble and defects roll back everything.
`do_many` carries out many commands in one transaction, each with its own journal row, savepoint and answer.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from retaguarda.kernel import journal
from retaguarda.kernel.clock import Clock, day_in
from retaguarda.kernel.command import Command, check, dump
from retaguarda.kernel.errors import Busy, Forbidden, Mishap, Missing, Offline, Problem, Refusal, Stale
from retaguarda.kernel.failure import FailureFacts, RemedySource, failed, to_decide
from retaguarda.kernel.ids import is_id, new_id
from retaguarda.kernel.journal import CLOSE, DONE, KNOWN, OPEN, REFUSED, CommandJournal, encode
from retaguarda.kernel.module import Handled, Registry
from retaguarda.kernel.outbox import Outbox, effects_of
from retaguarda.kernel.outcome import Answer, Outcome, Sent, answer_of
from retaguarda.kernel.query import one
from retaguarda.kernel.steps import hear
from retaguarda.kernel.store import GuardHit, Reader, Store, Writer
from retaguarda.kernel.unit import Actor, Statements, Unit

TRIES = 10
PATIENCE_S = 20.0
RACES = 3
JOURNAL_KEY = ("pk_command_journal", "uq_command_journal_id")


class Bus:
    """Carries out commands on one write connection, one after the other. `mark` is told each stage (soak tests)."""

    def __init__(self, store: Store, registry: Registry, clock: Clock, zone: Callable[[], str]) -> None:
        self.store = store
        self.registry = registry
        self.clock = clock
        self.zone = zone
        self.remedies: RemedySource | None = registry.ports.get(RemedySource)
        self.mark: Callable[[int], None] | None = None
        self.retries = 0
        self.statements = Statements(store)
        self._writer: Writer | None = None

    def writer(self) -> Writer:
        """The write connection, opened when first needed and again after it broke."""
        if self._writer is None:
            self._writer = self.store.writer()
        return self._writer

    def warm(self) -> None:
        """What a log-in does behind the window: opens, compiles, and throws a first transaction away."""
        self.statements.compile_all()
        writer = self.writer()
        writer.begin()
        writer.savepoint()
        writer.settle()
        writer.rollback()

    def close(self) -> None:
        """Gives the connection back."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    @contextmanager
    def aside(self, actor: Actor, token: str) -> Iterator[Unit]:
        """A transaction over the program's own tables (outbox, timed jobs), which is no command; `token` stands where
        a command's id does."""
        now = self.clock.now()
        unit = Unit(self.writer(), self.statements, token, actor, now, day_in(self.zone(), now), self.registry.ports)
        try:
            self.writer().begin()
            yield unit
            self.writer().settle()
            self.writer().commit()
        except BaseException:
            self.throw_away()
            raise

    def throw_away(self) -> None:
        """Rolls back, and lets go of a connection that will never work again."""
        writer = self.writer()
        try:
            writer.rollback()
            lost = writer.broken
        except Exception:  # whatever keeps it from rolling back: the server does so when the connection closes
            lost = True
        if lost:
            self.close()

    def do(self, command: Command, actor: Actor, command_id: str | None = None, *, parsed: bool = False) -> Outcome:
        """The outcome of `command`; raises `Refusal`, `Trouble`, or whatever our own defect raises. One that was just
        `parsed` is not checked again.

        A known `command_id` gives its stored outcome. `Busy` runs the whole handler again, ten times and twenty
        seconds at most. A connection that broke is replaced once and the same id sent again: whether the first try
        was committed or not, the command is carried out once.
        """
        if command_id is not None and not is_id(command_id):
            raise Refusal("kernel.bad_command_id", field="command_id")
        key = command_id or new_id()
        handled = self._handled(command)
        return self._patiently(key, lambda: _Run(self, handled, command, actor, key, parsed=parsed).carry_out())

    def do_many(
        self, sent: Sequence[Sent], actor: Actor, last: Callable[[Sequence[Answer]], Sent] | None = None
    ) -> list[Answer]:
        """The answers to several commands, carried out in one transaction, in order: outcomes, and refusals as values.

        A refused one leaves its refusal and nothing else, a known id gives its stored answer. `last` makes one more
        command of the answers, the account of them: refused, it takes the whole transaction with it. Trouble and
        defects roll back all; what is asked at COMMIT only sends the commands one by one. Plan B is not asked.
        """
        if not sent and last is None:
            return []
        try:
            return self._patiently(new_id(), lambda: self._together(sent, actor, last))
        except GuardHit:
            answers = [answer_of(partial(self.do, command, actor, key)) for command, key in sent]
            if last is not None:
                command, key = last(answers)
                self.do(command, actor, key)
            return answers

    def rehearse(self, sent: Sequence[Sent], actor: Actor) -> list[Answer]:
        """What `do_many` would answer; nothing of it stays. What is asked at COMMIT only is not asked."""
        return self._patiently(new_id(), lambda: self._together(sent, actor, None, stays=False))

    def _together(
        self, sent: Sequence[Sent], actor: Actor, last: Callable[[Sequence[Answer]], Sent] | None, *, stays: bool = True
    ) -> list[Answer]:
        writer = self.writer()
        try:
            writer.begin()
            answers = [self._beside(one, actor) for one in sent]
            if last is not None and isinstance(kept := self._beside(last(answers), actor), Refusal):
                raise kept
            if not stays:
                writer.settle()
            (writer.commit if stays else writer.rollback)()
        except BaseException:
            self.throw_away()
            raise
        return answers

    def _beside(self, sent: Sent, actor: Actor) -> Answer:
        command, key = sent
        return _Run(self, self._handled(command), command, actor, key, parsed=False).beside()

    def _handled(self, command: Command) -> Handled:
        found = self.registry.by_type.get(type(command))
        if found is None:
            raise Refusal("kernel.unknown_command", name=type(command).__name__)
        return found

    def _patiently[A](self, key: str, act: Callable[[], A]) -> A:
        """What `act` gives, tried again while others are writing and once over a new connection."""
        end = time.monotonic() + PATIENCE_S
        replaced = False
        for attempt in range(TRIES):
            self.writer()
            try:
                return act()
            except Offline:
                if replaced or self._writer is not None:
                    raise
                replaced = True
            except Busy:
                if attempt == TRIES - 1 or time.monotonic() > end:
                    raise
                self.retries += 1
                # Jitter from the command's own id: handlers and kernel stay free of chance.
                time.sleep((int(key[-3:], 16) % 97 + 3) / 4000 * (attempt + 1))
        raise AssertionError("unreachable")


class _Run:
    """One attempt at one command."""

    def __init__(
        self, bus: Bus, handled: Handled, command: Command, actor: Actor, command_id: str, *, parsed: bool
    ) -> None:
        self.bus = bus
        self.handled = handled
        self.command = command
        self.actor = actor
        self.command_id = command_id
        self.parsed = parsed
        self.now: dt.datetime = bus.clock.now()
        self.today = day_in(bus.zone(), self.now)
        self.writer = bus.writer()
        self.shared = False

    def beside(self) -> Answer:
        """The answer within a transaction that others share: begun before, committed after."""
        self.shared = True
        known = self._unit().one(KNOWN, id=self.command_id)
        if known is not None:
            return answer_of(lambda: self._stored(known))
        self._enter()
        try:
            answer = answer_of(self._tried)
        except GuardHit as hit:
            if hit.name in JOURNAL_KEY:  # the same id has just come by another way: begin again, it is known then
                raise Busy("kernel.busy", detail=str(hit)) from hit
            raise
        self.writer.release()
        return answer

    def carry_out(self) -> Outcome:
        writer = self.writer
        try:
            self._open()
            return self._tried()
        except GuardHit as hit:
            writer.rollback()
            if hit.name in JOURNAL_KEY:
                return self._known()
            raise
        except Refusal:
            raise
        except BaseException:
            self.bus.throw_away()
            raise

    def _tried(self) -> Outcome:
        for race in range(RACES):
            try:
                return self._attempt()
            except GuardHit as hit:
                if hit.name in JOURNAL_KEY or (hit.ended and self.shared):
                    raise
                # The database refused what the handler had found possible: somebody was faster. Look again.
                self._back(hit)
                if race == RACES - 1:
                    return self._refused(self._refusal_of(hit))
            except Refusal as refusal:
                self.writer.back_to_savepoint()
                return self._refused(refusal)
        raise AssertionError("unreachable")

    def _stage(self, number: int) -> None:
        if self.bus.mark is not None:
            self.bus.mark(number)

    def _unit(self) -> Unit:
        about = (self.command_id, self.actor, self.now, self.today, self.bus.registry.ports)
        return Unit(self.writer, self.bus.statements, *about)

    def _back(self, hit: GuardHit) -> None:
        """To where nothing but the journal row is written."""
        if hit.ended:
            # Asked at COMMIT, which took the journal row along: the same id opens a further transaction.
            self._open()
        else:
            self.writer.back_to_savepoint()

    def _open(self) -> None:
        self._stage(2)
        self.writer.begin()
        self._enter()

    def _enter(self) -> None:
        self._stage(3)
        self._unit().add(
            CommandJournal,
            id=self.command_id,
            name=self.handled.name,
            person_id=self.actor.person_id,
            station=self.actor.station,
            at=self.now,
            state=OPEN,
            payload=payload_of(self.command),
        )
        self.writer.savepoint()

    def _attempt(self) -> Outcome:
        self._stage(4)
        permission = self.handled.permission or self.handled.name
        if not self.actor.may(permission):
            raise Forbidden(permission)
        command = self.command if self.parsed else check(self.command)
        unit = self._unit()
        self._stage(5)
        value: Mapping[str, Any] = self.handled.handler(unit, command) or {}
        self._stage(6)
        hear(self.bus.registry, unit)
        self._stage(7)
        unit.end()
        self._stage(8)
        unit.add_all(Outbox, effects_of(unit.events, self.bus.registry.after, self.now))
        outcome = Outcome(self.command_id, value, changes=tuple(unit.changes), warnings=tuple(unit.warnings))
        unit.run(CLOSE, b_id=self.command_id, state=DONE, outcome=journal.outcome_text(outcome))
        self._stage(9)
        rows = () if self.shared else self._rows(value)
        unit.settle()
        if self.shared:
            return replace(outcome, rows=rows)
        self.writer.commit()
        return replace(outcome, rows=rows, mishap=self._mishap(unit) if unit.asked else None)

    def _rows(self, value: Mapping[str, Any]) -> tuple[Any, ...]:
        if self.handled.rows is None:
            return ()
        name, key = self.handled.rows
        query = self.bus.registry.query(name)
        if key not in value or not self.actor.may(query.permission):
            return ()
        reader: Reader = self.writer  # type: ignore[assignment]
        self.bus.statements.count += 1
        try:
            return (one(reader, self.bus.store.dialect, query, value[key], self.actor, self.now, self.today),)
        except Missing:  # made for a branch whose rows the actor does not see
            return ()

    def _refusal_of(self, hit: GuardHit) -> Refusal:
        code = self.bus.registry.guards.get(hit.name, hit.name if "." in hit.name else "kernel.guard")
        return Refusal(code, guard=hit.name)

    def _refused(self, refusal: Refusal) -> Outcome:
        unit = self._unit()
        try:
            facts = failed(unit, refusal)
            unit.run(CLOSE, b_id=self.command_id, state=REFUSED, outcome=journal.refusal_text(refusal))
            unit.settle()
        except (GuardHit, Stale) as hit:
            # Another command has just opened or changed the same failure.
            raise Busy("kernel.busy", detail=str(hit)) from hit
        if not self.shared:
            self.writer.commit()
            if facts is not None:
                self._answered(refusal, facts, self._unit())
        raise refusal

    def _mishap(self, done: Unit) -> Mishap | None:
        """What the command has left open and has to be decided now, with what plan B answers; of several the first."""
        unit = self._unit()
        unit.new_id = done.new_id  # its rows stand: what is tried takes no id of theirs
        self.writer.begin()
        try:
            facts = to_decide(unit, done.asked)
        finally:
            self.writer.rollback()
        if facts is None:
            return None
        mishap = Mishap(facts.code, failure_id=facts.id, **facts.params)
        self._answered(mishap, facts, unit)
        return mishap

    def _answered(self, problem: Problem, facts: FailureFacts, unit: Unit) -> None:
        """Gives the problem what plan B answers. Whatever keeps plan B from it, the problem is told, and so is that."""
        if self.bus.remedies is None:
            return
        try:
            self.writer.begin()
            answer = self.bus.remedies.answer(unit, facts)
            problem.remedies, problem.left_out = answer.remedies, answer.left_out
            for note in answer.notes:
                problem.add_note(note)
        except Exception as error:
            problem.left_out = ("kernel.plan_b",)
            problem.add_note(f"plan B: {error!r}")
        finally:
            self.bus.throw_away()

    def _known(self) -> Outcome:
        writer = self.writer
        writer.begin()
        try:
            row = self._unit().one(KNOWN, id=self.command_id)
        finally:
            writer.rollback()
        if row is None:  # the other try of this id was just rolled back
            raise Busy("kernel.busy")
        return self._stored(row)

    def _stored(self, row: Any) -> Outcome:
        if row.name != self.handled.name:
            raise Refusal("kernel.command_id_reused", field="command_id", name=row.name)
        if row.state == REFUSED:
            raise journal.read_refusal(row.outcome)
        return journal.read_outcome(self.command_id, row.outcome)


def payload_of(command: Command) -> str:
    """The journal's form of a command even when its values are not what their kinds expect."""
    try:
        return encode(dump(command))
    except Exception:  # a broken value must not keep its own refusal out of the journal
        return encode({"unreadable": type(command).__name__})
