"""The database's shape: tables, generated triggers, migrations, and the marks that say what stands there.

A fresh database is made from the models at once; an older one runs the missing migrations of the kernel and of each
module (`kernel/migration.py`) and equals a fresh one afterwards. Triggers are all installed again after every
migration, and list and hash are asserted whenever a database is opened.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, String, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel import search
from retaguarda.kernel.errors import Problem, Trouble
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.lanes import go_on
from retaguarda.kernel.migration import KERNEL, Step, create, settle
from retaguarda.kernel.model import Base, Key, Rights, table_of
from retaguarda.kernel.module import Module, models_of
from retaguarda.kernel.store import Store
from retaguarda.kernel.trigger import Engine, Trigger, append_only, audit, never_deleted, render
from retaguarda.kernel.version import VERSION

PROGRAM = "program"
"""The mark of the program version that gave the database its shape."""
SAMPLE, MAKING, MADE = "sample", "making", "made"
"""The mark of a sample company, and what it says before and after everything stands in it."""
OWED = "owed."
"""Before the name of a command that this database still needs of a module that is new to it; the mark is its id."""
UNAUDITED = frozenset({"id", "command_id"})


class SchemaMark(Base):
    """What this database is: the number of migrations per module, the hash of its triggers, whether it is a sample."""

    __tablename__ = "schema_mark"
    __rights__ = Rights(read="company.read")
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


@dataclass(frozen=True, slots=True)
class Shape:
    """What the program expects: modules with their migrations, triggers by name as the engine creates them."""

    modules: tuple[Module, ...]
    triggers: Mapping[str, tuple[str, tuple[str, ...]]]

    @property
    def trigger_hash(self) -> str:
        """One hash over every trigger's text."""
        body = "\n".join(sql for name in sorted(self.triggers) for sql in self.triggers[name][1])
        return hashlib.sha256(body.encode()).hexdigest()


def shape_of(modules: Sequence[Module], engine: Engine) -> Shape:
    """The shape for one engine: declared triggers plus those every ledger, record and audited table gets."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for model in models_of(modules).values():
        for name, table, statements in _written(model, tuple(model.__triggers__), engine):
            if name in found:
                raise ValueError(f"two triggers are called {name!r}")
            found[name] = (table, statements)
    return Shape(tuple(modules), found)


@cache
def _written(
    model: type[Base], declared: tuple[Trigger, ...], engine: Engine
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Name, table and statements of every trigger of a table: once in a process, as every opening asks for all."""
    found = triggers_of(model, declared, engine)
    tables = [trigger.on or model.__tablename__ for trigger in found]
    return tuple((t.name, on, tuple(render(t, on, engine))) for t, on in zip(found, tables, strict=True))


def triggers_of(model: type[Base], declared: Sequence[Trigger], engine: Engine) -> list[Trigger]:
    """Declared triggers of a table, then the generated ones."""
    table = table_of(model)
    found = [trigger for trigger in declared if trigger.only in (None, engine)]
    names = {t.name for t in found}
    if model.__ledger__ is not None:
        found += append_only(table.name)
    elif "version" in table.c and f"{table.name}_no_delete" not in names:
        found.append(never_deleted(table.name))
    if model.__searched__:
        found += search.kept_by(table, engine)
    if model.__audit__:
        kept = [column for column in table.c if column.name != "command_id"]
        keys = frozenset(column.name for column in kept if isinstance(column.type, Key))
        found.append(audit(table.name, [column.name for column in kept], engine, model.__secret__, keys))
    return found


def make(store: Store, modules: Sequence[Module], marks: Mapping[str, str]) -> None:
    """Creates every table, trigger and mark in an empty database, in one transaction."""
    shape = shape_of(modules, _engine(store))
    tables = [table_of(m) for m in models_of(modules).values()]
    with _connected(store, writes=True) as connection, connection.begin():
        create(connection, tables)
        search.make(connection, models_of(modules).values())
        _install(connection, shape)
        done = {f"module.{name}": str(len(chain)) for name, chain in chains(modules).items()}
        _mark(connection, {**marks, **done, PROGRAM: VERSION})


def is_empty(store: Store) -> bool:
    """Whether the database has no table of ours yet."""
    with _connected(store) as connection:
        if connection.dialect.name == "sqlite":
            return not inspect(connection).has_table(SchemaMark.__tablename__)
        # What SQLAlchemy asks a server instead costs it 3 ms of planning, each time the database is opened.
        return bool(connection.exec_driver_sql(f"SELECT to_regclass('{SchemaMark.__tablename__}') IS NULL").scalar())


def read_marks(store: Store) -> dict[str, str]:
    """The marks of a database."""
    with _connected(store) as connection:
        return {row.name: row.value for row in connection.execute(table_of(SchemaMark).select())}


def set_mark(store: Store, name: str, value: str) -> None:
    """Writes one mark."""
    with _connected(store, writes=True) as connection, connection.begin():
        _mark(connection, {name: value})


def chains(modules: Sequence[Module]) -> dict[str, tuple[Step, ...]]:
    """Every chain of migrations by its owner, the kernel's first."""
    return {"kernel": KERNEL, **{m.name: m.migrations for m in modules}}


def pending(store: Store, modules: Sequence[Module]) -> dict[str, int]:
    """How many migrations have run of each chain that has more; -1 where its owner is new to the database.

    Raises `Trouble("kernel.newer_database")` when the database knows more than this program, with the version it needs.
    """
    marks = read_marks(store)
    done = {name.removeprefix("module."): int(value) for name, value in marks.items() if name.startswith("module.")}
    known = {name: len(chain) for name, chain in chains(modules).items()}
    for name, ran in done.items():
        if ran > known.get(name, -1):
            needed = marks.get(PROGRAM, "?")
            raise Trouble("kernel.newer_database", module=name, needed=needed, program=VERSION)
    return {name: done.get(name, -1) for name, length in known.items() if done.get(name, -1) < length}


def owed(store: Store) -> dict[str, str]:
    """The commands that a migrated company still needs, with the id under which each is carried out once."""
    marks = sorted(read_marks(store).items())
    return {name.removeprefix(OWED): value for name, value in marks if name.startswith(OWED)}


def settled(store: Store, command: str) -> None:
    """Takes the mark of an owed command away."""
    table = table_of(SchemaMark)
    with _connected(store, writes=True) as connection, connection.begin():
        connection.execute(table.delete().where(table.c.name == OWED + command))


def migrate(store: Store, modules: Sequence[Module], backup: Callable[[], object]) -> int:
    """Runs what `pending` names, after `backup`; gives how many migrations ran.

    Says to whoever waits how far it is; who is cancelled meanwhile leaves the database as it was.
    """
    waiting = pending(store, modules)
    if not waiting:
        return 0
    steps = 2 + sum(len(chains(modules)[name]) - done for name, done in waiting.items() if done >= 0)
    go_on(0, steps)
    backup()
    go_on(1, steps)
    shape = shape_of(modules, _engine(store))
    catch_up = {module.name: module.catch_up for module in modules}
    ran = 0
    with _connected(store, writes=True) as connection, _unchecked(connection), connection.begin():
        _drop_triggers(connection)
        search.drop(connection)
        if store.name == "postgresql":
            # A table with rows still to be asked about at COMMIT cannot be altered by the next step.
            connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        operations = Operations(MigrationContext.configure(connection))
        for name, done in waiting.items():
            chain = chains(modules)[name]
            # A module that is new to the database gets its tables as they are declared now.
            for step in chain[done:] if done >= 0 else ():
                step(operations)
                ran += 1
                go_on(1 + ran, steps)
            _mark(connection, {f"module.{name}": str(len(chain))})
            if done < 0:
                _mark(connection, {OWED + command: new_id() for command in catch_up[name]})
        settle(connection, [table_of(m) for m in models_of(modules).values()])
        # Tables that were written anew have other rows for SQLite, and their words may have changed.
        search.make(connection, models_of(modules).values())
        _install(connection, shape)
        _mark(connection, {PROGRAM: VERSION})
        if store.name == "sqlite" and (orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(f"a migration left rows without what they refer to: {orphans[:5]}")
    return ran


@contextlib.contextmanager
def _unchecked(connection: Connection) -> Iterator[None]:
    """SQLite without foreign keys for a while: a table written anew is dropped while others refer to it.

    The setting cannot be changed inside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA foreign_keys = off")
    try:
        yield
    finally:
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys = on")


def trigger_faults(store: Store, modules: Sequence[Module]) -> list[str]:
    """Triggers that are missing, changed or not ours, by name; empty when list and hash are as expected."""
    shape = shape_of(modules, _engine(store))
    with _connected(store) as connection:
        there = _installed(connection)
        marked = connection.execute(text("SELECT value FROM schema_mark WHERE name = 'triggers'")).scalar()
    faults = [name for name in shape.triggers if name not in there]
    faults += [name for name in there if name not in shape.triggers]
    if store.name == "sqlite":
        faults += [n for n in shape.triggers if n in there and there[n] != shape.triggers[n][1][0]]
    else:
        faults += [n for n in shape.triggers if n in there and there[n] != _function_body(shape.triggers[n][1][0])]
    if marked != shape.trigger_hash:
        faults.append("triggers")
    return sorted(set(faults))


def search_faults(store: Store, modules: Sequence[Module]) -> list[tuple[str, str]]:
    """Tables whose search index is missing, and rows that stand otherwise in it, as (table, key or nothing)."""
    with _connected(store) as connection:
        return search.faults(connection, models_of(modules).values())


def _engine(store: Store) -> Engine:
    return "sqlite" if store.name == "sqlite" else "postgresql"


def _install(connection: Connection, shape: Shape) -> None:
    for table, statements in shape.triggers.values():
        assert table
        for sql in statements:
            connection.exec_driver_sql(sql)
    _mark(connection, {"triggers": shape.trigger_hash})


def _drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in _installed(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    rows = connection.exec_driver_sql(
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
    ).all()
    for name, table in rows:
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")


def _installed(connection: Connection) -> dict[str, str]:
    if connection.dialect.name == "sqlite":
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        )
    return {row[0]: row[1] for row in connection.exec_driver_sql(sql)}


def _function_body(sql: str) -> str:
    return sql.split("$$")[1]


def _mark(connection: Connection, marks: Mapping[str, str]) -> None:
    table = table_of(SchemaMark)
    for name, value in marks.items():
        changed = connection.execute(table.update().where(table.c.name == name).values(value=value))
        if changed.rowcount == 0:
            connection.execute(table.insert().values(name=name, value=value))


class _connected:  # noqa: N801 - reads as a verb phrase in `with`
    """A schema connection whose engine errors come out as ours."""

    def __init__(self, store: Store, *, writes: bool = False) -> None:
        self.store = store
        self.writes = writes

    def __enter__(self) -> Connection:
        try:
            self.connection = self.store.engine.connect().execution_options(writes=self.writes)
        except DBAPIError as error:
            raise self._ours(error) from error
        return self.connection

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self.connection.close()
        if isinstance(error, DBAPIError):
            raise self._ours(error) from error

    def _ours(self, error: DBAPIError) -> BaseException:
        ours: Any = self.store.translated(error.orig)
        return ours if isinstance(ours, Problem) else error
