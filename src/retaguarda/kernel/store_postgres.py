"""PostgreSQL: read committed, one pipeline per command, keys as text.

A pipeline keeps a savepoint: sync, swallow what was aborted, ROLLBACK TO, go on. Statements are prepared by the driver
after their first use (`prepare_threshold` 1; 0 breaks ROLLBACK TO in a pipeline).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from threading import Event
from typing import Any

import psycopg
from psycopg import errors as pg
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import TextLoader
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.errors import Busy, Device, Offline, Trouble
from retaguarda.kernel.ids import is_id
from retaguarda.kernel.statement import Args, Prepared, spelled
from retaguarda.kernel.store import CHANNEL, GuardHit, Reader, Watch, Writer
from retaguarda.kernel.trigger import REFUSAL

WAIT_MS = 5000
BLOCKS = (50, 20, 10, 5, 3, 2, 1)
"""How many new rows go into one statement; few sizes, because each is prepared by itself."""
RESET = "RESET default_transaction_read_only"
LOOK_S, GATHER_S = 0.25, 0.2
"""How long it waits for the first word from elsewhere before it looks whether it shall end, and for what follows it."""
_KINDS: tuple[tuple[type[psycopg.Error], str, type[Trouble]], ...] = (
    (pg.DeadlockDetected, "kernel.busy", Busy),
    (pg.SerializationFailure, "kernel.busy", Busy),
    (pg.LockNotAvailable, "kernel.busy", Busy),
    (pg.TooManyConnections, "kernel.busy", Busy),
    (pg.DiskFull, "kernel.disk_full", Device),
    (pg.ReadOnlySqlTransaction, "kernel.read_only", Trouble),
    (pg.InsufficientPrivilege, "kernel.read_only", Trouble),
    (pg.UndefinedTable, "kernel.not_a_company", Trouble),
    (pg.InvalidCatalogName, "kernel.database_gone", Offline),
    (psycopg.OperationalError, "kernel.database_gone", Offline),
)


def translated(error: psycopg.Error) -> Exception:
    """Our error for the engine's."""
    if isinstance(error, pg.IntegrityError):
        return GuardHit(error.diag.constraint_name or "constraint", error.diag.message_detail or "")
    if isinstance(error, pg.RaiseException):
        words = error.diag.message_primary or ""
        return GuardHit(words.removeprefix(REFUSAL)) if words.startswith(REFUSAL) else error
    for kind, code, ours in _KINDS:
        if isinstance(error, kind):
            return ours(code, detail=(str(error).splitlines() or [""])[0])
    return error


def connect(url: str, *, read_only: bool = False) -> psycopg.Connection[Any]:
    """A driver connection; reads of the pool are READ ONLY and autocommitted."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(
            address,
            autocommit=read_only,
            connect_timeout=5,
            application_name="retaguarda",
            # Who waits longer is told that somebody else is writing, and tries again. To compile a question takes
            # longer than any of ours: the search's costs as much as it says to keep plans from asking every row.
            options=f"-c lock_timeout={WAIT_MS} -c jit=off",
        )
    except psycopg.Error as error:
        raise translated(error) from error
    # Text goes to the server as it is compiled ($1), unread by psycopg.
    connection.cursor_factory = psycopg.RawCursor
    connection.prepare_threshold = 1
    connection.prepared_max = 1000
    # As text: what builds a row makes 32 digits of it.
    connection.adapters.register_loader("uuid", TextLoader)
    # By itself psycopg names the smallest type that holds the number, and prepares a statement once for each of them.
    connection.adapters.register_dumper(int, Int8Dumper)
    if read_only:
        connection.execute("SET default_transaction_read_only = on")
    return connection


class PostgresReader:
    """A read-only connection of the pool."""

    def __init__(self, store: PostgresStore) -> None:
        self.store, self.url = store, store.url
        self.connection = store.idle(read_only=True) or connect(self.url, read_only=True)

    def read(self, prepared: Prepared, args: Args) -> list[Args]:
        try:
            return self.connection.execute(prepared.sql, args).fetchall()
        except psycopg.Error as error:
            if not self.connection.closed:
                raise translated(error) from error
        # The server went away and may be back: a question is asked again over a new connection.
        self.connection = connect(self.url, read_only=True)
        try:
            return self.connection.execute(prepared.sql, args).fetchall()
        except psycopg.Error as error:
            raise translated(error) from error

    def cancel(self) -> None:
        self.connection.cancel_safe()

    def close(self) -> None:
        self.store.keep(self.connection)


class PostgresWatch:
    """Listens to what other desks complete. One that lost its connection stays lost: what it missed it cannot know."""

    def __init__(self, url: str) -> None:
        self.connection = connect(url, read_only=True)
        self.connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, stop: Event) -> Sequence[str]:
        told = self._told(LOOK_S, 1)
        if told and not stop.is_set():
            told += self._told(GATHER_S)
        return told

    def _told(self, seconds: float, enough: int | None = None) -> list[str]:
        try:
            return [n.payload for n in self.connection.notifies(timeout=seconds, stop_after=enough) if is_id(n.payload)]
        except psycopg.Error as error:
            raise translated(error) from error

    def read(self, prepared: Prepared, args: Args) -> list[Args]:
        try:
            return self.connection.execute(prepared.sql, args).fetchall()
        except psycopg.Error as error:
            raise translated(error) from error

    def cancel(self) -> None:
        self.connection.cancel_safe()

    def close(self) -> None:
        self.connection.close()


def _blocks(prepared: Prepared, rows: Sequence[Args]) -> Iterator[tuple[str, Sequence[Args]]]:
    """What is sent for `rows`: new ones in blocks of a few sizes, each one statement. psycopg's `executemany` sends and
    waits for every row by itself, which takes six times as long."""
    at = 0
    while at < len(rows):
        size = next(size for size in BLOCKS if size <= len(rows) - at)
        text = prepared.block(size) if size > 1 else prepared.sql
        if text is None:
            yield prepared.sql, rows[at:]
            return
        yield text, [tuple(chain.from_iterable(rows[at : at + size]))]
        at += size


class PostgresWriter:
    """The write connection of a lane; every transaction is one pipeline."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.cursor = connection.cursor()
        self.pipe: psycopg.Pipeline | None = None
        self._aborted = False

    @property
    def broken(self) -> bool:
        return self.connection.closed

    def begin(self) -> None:
        self._guarded(self._enter)

    def _enter(self) -> None:
        self._block = self.connection.pipeline()
        self.pipe = self._block.__enter__()

    def hurry(self, seconds: float) -> None:
        """Waits for no lock longer than that, until the transaction ends."""
        self._guarded(lambda: self.cursor.execute(f"SET LOCAL lock_timeout = {round(seconds * 1000)}"))

    def savepoint(self) -> None:
        self._guarded(lambda: self.cursor.execute("SAVEPOINT work"))

    def back_to_savepoint(self) -> None:
        assert self.pipe is not None
        first: psycopg.Error | None = None
        try:
            self.pipe.sync()
        except psycopg.Error as error:
            first = error
        self.cursor = self.connection.cursor()
        aborted, self._aborted = self._aborted or first is not None, False
        if aborted:
            # What the aborted pipeline was to prepare was skipped, but psycopg (3.3) counts a statement met for the
            # second time as prepared without waiting for the answer. Forgotten here, deallocated by the next execute.
            self.connection._prepared.clear()
        try:
            self.cursor.execute("ROLLBACK TO work")
            if aborted:
                self.pipe.sync()
        except psycopg.Error as error:
            # The savepoint was never reached: what went wrong first is the truth.
            raise translated(first or error) from error

    def release(self) -> None:
        self._guarded(lambda: self.cursor.execute("RELEASE SAVEPOINT work"))

    def write(self, prepared: Prepared, rows: Sequence[Args]) -> Callable[[], int]:
        done: list[psycopg.Cursor[Any]] = []
        try:
            for text, block in _blocks(prepared, rows):
                done.append(cursor := self.connection.cursor())
                if len(block) == 1:
                    cursor.execute(text, block[0])
                else:
                    cursor.executemany(text, block)
        except psycopg.Error as error:
            raise self._ours(error) from error
        return lambda: sum(cursor.rowcount for cursor in done)

    def read(self, prepared: Prepared, args: Args) -> list[Args]:
        try:
            return self.cursor.execute(prepared.sql, args).fetchall()
        except psycopg.Error as error:
            raise self._ours(error) from error

    def settle(self) -> None:
        if self.pipe is not None:
            self._guarded(self.pipe.sync)

    def commit(self) -> None:
        try:
            self._guarded(self.connection.commit)
        except GuardHit as hit:
            self.rollback()
            hit.ended = True
            raise
        self._guarded(self._leave)

    def rollback(self) -> None:
        with contextlib.suppress(psycopg.Error):  # what was aborted is what we are throwing away
            self._leave()
        if not self.connection.closed:
            self._guarded(self.connection.rollback)
        self.cursor = self.connection.cursor() if not self.connection.closed else self.cursor

    def _leave(self) -> None:
        pipe, self.pipe = self.pipe, None
        if pipe is not None:
            self._block.__exit__(None, None, None)

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except psycopg.Error as error:
            raise self._ours(error) from error

    def _ours(self, error: psycopg.Error) -> Exception:
        self._aborted = True
        return translated(error)

    def close(self) -> None:
        self.connection.close()


class PostgresStore:
    """One company in one PostgreSQL database."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url
        self.dialect: Dialect = spelled(PGDialect_psycopg(paramstyle="numeric_dollar"))  # type: ignore[no-untyped-call]
        self._idle: list[psycopg.Connection[Any]] = []
        self._closed = False
        # What SQLAlchemy would ask every new server about a type that is not used here.
        address = make_url(url).set(drivername="postgresql+psycopg")
        self.engine: Engine = create_engine(address, use_native_hstore=False)

    def writer(self) -> Writer:
        return PostgresWriter(self.idle(read_only=False) or connect(self.url))

    def reader(self) -> Reader:
        return PostgresReader(self)

    def keep(self, connection: psycopg.Connection[Any]) -> None:
        """Takes back what a reader has done with: one of them waits for whoever reads or writes next."""
        if self._idle or self._closed or connection.closed:
            connection.close()
        else:
            self._idle.append(connection)

    def idle(self, *, read_only: bool) -> psycopg.Connection[Any] | None:
        """The connection that a reader left, where there is one and it still answers; it is the caller's now on."""
        try:
            connection = self._idle.pop()
        except IndexError:
            return None
        try:
            # Back to what the server says: of a database that may only be read nobody makes another.
            connection.execute("SET default_transaction_read_only = on" if read_only else RESET)
            connection.autocommit = read_only
        except psycopg.Error:
            connection.close()
            return None
        return connection

    def watch(self) -> Watch:
        return PostgresWatch(self.url)

    def translated(self, error: object) -> object:
        return translated(error) if isinstance(error, psycopg.Error) else error

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        self.engine.dispose()
