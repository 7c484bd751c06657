"""One transaction of one command: the verbs a handler writes with, the clock, the actor, the ids.

`add` writes new records, `revise` changes one whose version is as it was read, `append` writes ledger rows, sorted
by the ledger's lock key so that no handler can forget it. The unit writes at once; a handler orders its writes:
releases, moves, entries, documents, then the counter and only the rows that carry its number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from retaguarda.kernel.errors import Forbidden, Missing, Stale
from retaguarda.kernel.ids import IdMaker
from retaguarda.kernel.model import Base, models, table_of
from retaguarda.kernel.outcome import Change, Warned
from retaguarda.kernel.statement import (
    Args,
    Prepared,
    Statement,
    compile_all,
    defaults_of,
    insert_of,
    record_of,
    revise_of,
)
from retaguarda.kernel.store import Store, Writer


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the person, what they may do, at which branches, from which station."""

    person_id: str | None
    name: str
    permissions: frozenset[str]
    branch_id: str | None = None
    branch_ids: frozenset[str] = frozenset()
    limits: Mapping[str, Any] = field(default_factory=dict)
    language: str = "pt_BR"
    station: str = "main"
    all_branches: bool = False

    def may(self, permission: str) -> bool:
        """Whether the actor holds `permission` (`*` is everything)."""
        return permission in self.permissions or "*" in self.permissions


class Statements:
    """The statements of one database, compiled once; writes and reads of one writer."""

    __slots__ = ("count", "dialect", "inserts", "kept", "loads", "revises", "tape")

    def __init__(self, store: Store) -> None:
        self.dialect = store.dialect
        self.inserts: dict[type[Base], tuple[Prepared, dict[str, Any], Collection[str]]] = {}
        self.revises: dict[tuple[type[Base], tuple[str, ...]], Prepared] = {}
        self.loads: dict[type[Base], Prepared] = {}
        self.kept: dict[Any, Any] = {}
        self.count = 0
        self.tape: list[tuple[str, list[Args]]] | None = None

    def insert(self, model: type[Base]) -> tuple[Prepared, dict[str, Any], Collection[str]]:
        """The statement, what a column has that is not given, and the columns there are."""
        found = self.inserts.get(model)
        if found is None:
            table = table_of(model)
            prepared = insert_of(table).prepared(self.dialect)
            found = self.inserts[model] = (prepared, defaults_of(table), frozenset(table.c.keys()))
        return found

    def revise(self, model: type[Base], columns: tuple[str, ...]) -> Prepared:
        found = self.revises.get((model, columns))
        if found is None:
            found = self.revises[model, columns] = revise_of(table_of(model), columns).prepared(self.dialect)
        return found

    def compile_all(self) -> None:
        """Compiles what every model is written and read with, and every statement the modules declare."""
        for model in models().values():
            self.insert(model)
            if "id" in table_of(model).c:
                self.load(model)
        compile_all(self.dialect)

    def load(self, model: type[Base]) -> Prepared:
        found = self.loads.get(model)
        if found is None:
            found = self.loads[model] = record_of(table_of(model)).prepared(self.dialect)
        return found


class _Reading:
    """What a unit reads with: its writer's own transaction."""

    __slots__ = ("_statements", "_writer")

    def __init__(self, writer: Writer, statements: Statements) -> None:
        self._writer = writer
        self._statements = statements

    def hurry(self, seconds: float) -> None:
        """From now on waits no longer than that for what others hold; `Busy` then."""
        self._writer.hurry(seconds)

    def all(self, statement: Statement, **values: Any) -> list[Any]:
        """The rows of a statement."""
        statements = self._statements
        statements.count += 1
        prepared = statement.prepared(statements.dialect)
        args = prepared.args(values)
        return [prepared.row(t) for t in self._writer.read(prepared, args)]

    def one(self, statement: Statement, **values: Any) -> Any | None:
        """The first row of a statement, or None."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def get[M: Base](self, model: type[M], key: str, *, field: str | None = None) -> M:
        """The record with this key, as a frozen look-alike of the model; `Missing` (naming `field`) when absent."""
        statements = self._statements
        statements.count += 1
        prepared = statements.load(model)
        found = self._writer.read(prepared, prepared.args({"id": key}))
        if not found:
            raise Missing(model.__tablename__, key, field=field)
        return cast(M, prepared.row(found[0]))

    def take(self, statement: Statement, **values: Any) -> Any | None:
        """Runs an UPDATE … RETURNING (a counter) and gives its row, None when it met none."""
        statements = self._statements
        if statements.tape is not None:
            prepared = statement.prepared(statements.dialect)
            statements.tape.append((prepared.sql, [prepared.args(values)]))
        return self.one(statement, **values)


class Unit(_Reading):
    """What a handler is given. `now` and `actor` come from the journal row, `new_id` from the command's id."""

    __slots__ = (
        "_checks",
        "_later",
        "actor",
        "asked",
        "changes",
        "command_id",
        "events",
        "heard",
        "memo",
        "new_id",
        "now",
        "numbers",
        "ports",
        "today",
        "warnings",
    )

    def __init__(
        self,
        writer: Writer,
        statements: Statements,
        command_id: str,
        actor: Actor,
        now: dt.datetime,
        today: dt.date,
        ports: Mapping[type[Any], Any],
    ) -> None:
        super().__init__(writer, statements)
        self._checks: list[tuple[Callable[[], int], int, str, str]] = []
        self._later: list[Callable[[], None]] = []
        self.command_id = command_id
        self.actor = actor
        self.asked: list[str] = []
        self.now = now
        self.today = today
        self.ports = ports
        self.new_id = IdMaker(command_id)
        self.changes: list[Change] = []
        self.events: list[Any] = []
        self.heard = 0
        self.warnings: list[Warned] = []
        self.memo: dict[Any, Any] = {}
        self.numbers: dict[tuple[str, str], int] = {}

    @contextmanager
    def trial(self) -> Iterator[Unit]:
        """Another unit in the same transaction, whose writes are taken back and stand on no tape."""
        about = (self.command_id, self.actor, self.now, self.today, self.ports)
        statements = self._statements
        tape, statements.tape = statements.tape, None
        self._writer.savepoint()
        try:
            trial = Unit(self._writer, statements, *about)
            # What the command has written keeps its ids.
            trial.new_id = self.new_id
            yield trial
        finally:
            self._writer.back_to_savepoint()
            self._writer.release()
            statements.tape = tape

    @property
    def kept(self) -> dict[Any, Any]:
        """What this office keeps from one command to the next (a branch's hours); whoever keeps says for how long."""
        return self._statements.kept

    # -- writing

    def add(self, model: type[Base], **values: Any) -> str:
        """Writes one new record and gives its key."""
        return self.add_all(model, [values])[0]

    def add_all(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        """Writes new records in one statement and gives their keys, in order."""
        return self._insert(model, rows, "add")

    def append(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        """Writes ledger rows, sorted by the ledger's lock key."""
        ledger = model.__ledger__
        assert ledger is not None, f"{model.__name__} is no ledger"
        if len(rows) > 1:
            lock = ledger.lock
            rows = sorted(rows, key=lambda row: [str(row[name]) for name in lock])
        return self._insert(model, rows, "append")

    def _insert(self, model: type[Base], rows: Sequence[dict[str, Any]], kind: str) -> tuple[str, ...]:
        if not rows:
            return ()
        prepared, defaults, known = self._statements.insert(model)
        if strange := rows[0].keys() - known:
            raise TypeError(f"{model.__name__} has no {', '.join(sorted(strange))}")
        others = {**defaults, "command_id": self.command_id, "version": 1, "at": self.now}
        rows = [row if "id" in row else {"id": self.new_id(), **row} for row in rows]
        self._write(prepared, [prepared.args(row, others) for row in rows])
        ids = tuple([row["id"] for row in rows])
        if model.__numbers__ is not None:
            self.numbers.update({(model.__tablename__, row["id"]): row["number"] for row in rows})
        self.changes.append(Change(model.__tablename__, kind, ids))
        return ids

    def revise(self, model: type[Base], row: Any, **new: Any) -> None:
        """Changes one record whose version is as `row` was read; `Stale` when it is not (found at settling)."""
        self.revise_all(model, [(row, new)])

    def revise_all(self, model: type[Base], rows: Sequence[tuple[Any, dict[str, Any]]]) -> None:
        """Changes several records of one table in one statement; every row must change the same columns.

        Sorted by key, so that two commands that change the same records wait for each other instead of locking up.
        """
        if not rows:
            return
        rows = sorted(rows, key=lambda pair: str(pair[0].id))
        columns = (*rows[0][1], "command_id")
        prepared = self._statements.revise(model, columns)
        done = self._write(
            prepared,
            [
                prepared.args({**new, "command_id": self.command_id, "b_id": row.id, "b_version": row.version})
                for row, new in rows
            ],
        )
        ids = tuple(row.id for row, _ in rows)
        self._checks.append((done, len(rows), model.__tablename__, ids[0]))
        self.changes.append(Change(model.__tablename__, "revise", ids))

    def run(self, statement: Statement, **values: Any) -> Callable[[], int]:
        """Runs one of the kernel's own writes (journal, outbox)."""
        prepared = statement.prepared(self._statements.dialect)
        return self._write(prepared, [prepared.args(values)])

    def _write(self, prepared: Prepared, args: list[Args]) -> Callable[[], int]:
        statements = self._statements
        statements.count += 1
        if statements.tape is not None:
            statements.tape.append((prepared.sql, args))
        return self._writer.write(prepared, args)

    # -- saying

    def emit(self, event: Any) -> None:
        """Says what happened; listeners `within` run after the handler, in this transaction."""
        self.events.append(event)

    def warn(self, code: str, **params: Any) -> None:
        """Something the person should know though the command goes through."""
        self.warnings.append(Warned(code, params))

    def port[P](self, kind: type[P]) -> P:
        """What fills a port of a lower module (a country's pack, plan B); a `KeyError` is our defect."""
        found = self.ports[kind]
        return cast(P, found)

    def demand(self, permission: str, **params: Any) -> None:
        """Refuses unless the actor also holds `permission` (beyond the command's own)."""
        if not self.actor.may(permission):
            raise Forbidden(permission, **params)

    def numbered(self, document: tuple[str, str], number: int) -> None:
        """Says the number of a document (table, key) of an earlier command, so that the ledgers below may name it;
        those of this command's own documents are known."""
        self.numbers[document] = number

    def fresh(self, row: Any, version: int | None, table: str) -> None:
        """Refuses when the sender read another version than there is now (None takes the latest)."""
        if version is not None and row.version != version:
            raise Stale(table, row.id)

    def at_end(self, act: Callable[[], None]) -> None:
        """Runs after the listeners and before the journal is completed: an invariant asserted a second time, or rows
        that have to know every number the command has given."""
        self._later.append(act)

    def end(self) -> None:
        """Runs what `at_end` collected (stage 7)."""
        for act in self._later:
            act()

    def settle(self) -> None:
        """Waits for the database's answers and proves every version check."""
        self._writer.settle()
        for done, expected, table, key in self._checks:
            if done() != expected:
                raise Stale(table, key)
        self._checks.clear()
