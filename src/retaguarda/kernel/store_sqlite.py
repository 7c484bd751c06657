"""SQLite: one file, WAL, foreign keys on; BEGIN IMMEDIATE for writes (a plain BEGIN costs thousands of busy errors)."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from retaguarda.kernel.errors import Busy, Device, Offline, Trouble
from retaguarda.kernel.fold import FOLDED, fold
from retaguarda.kernel.model import instant_of
from retaguarda.kernel.periods import LOCAL_DAY
from retaguarda.kernel.statement import Args, Prepared, spelled
from retaguarda.kernel.store import GuardHit, Reader, Watch, Writer
from retaguarda.kernel.trigger import REFUSAL

PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "recursive_triggers = on",
    "cache_size = -64000",
    # A savepoint keeps what it would restore beside the log; on disk that costs two thirds of a whole command.
    "temp_store = memory",
    # The log is brought into the file every 16 MB, not every 4: what each order changes is written there less often.
    "wal_autocheckpoint = 4000",
)
WAIT_MS = 5000
SELDOM_S, OFTEN_S = 0.008, 0.001
"""How long a waiting writer pauses between two tries, at first and after a while."""
LOOK_S = 0.5
_CHECK = re.compile(r"(?:CHECK|UNIQUE) constraint failed: (.+)")


def _folded(text: object) -> str | None:
    return None if text is None else fold(str(text))


def _local_day(micros: int | None, zone: str) -> str | None:
    return None if micros is None else instant_of(micros).astimezone(ZoneInfo(zone)).date().isoformat()


def connect(path: Path, *, wait_ms: int = WAIT_MS, read_only: bool = False, mode: str = "rw") -> sqlite3.Connection:
    """A driver connection with the project's pragmas; `query_only` where it may only read. Never makes a file."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?{'immutable=1' if mode == 'immutable' else f'mode={mode}'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function(FOLDED, 1, _folded, deterministic=True)
        connection.create_function(LOCAL_DAY, 2, _local_day, deterministic=True)
        if read_only:
            connection.execute("PRAGMA query_only = on")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def translated(error: sqlite3.Error) -> Exception:
    """Our error for the engine's."""
    words = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return _guard(words)
    for mark, code, kind in (
        ("locked", "kernel.busy", Busy),
        ("busy", "kernel.busy", Busy),
        ("full", "kernel.disk_full", Device),
        ("readonly", "kernel.read_only", Trouble),
        ("unable to open", "kernel.database_gone", Offline),
        ("no such table", "kernel.not_a_company", Trouble),
        ("disk I/O", "kernel.disk_fault", Device),
        ("malformed", "kernel.damaged", Trouble),
        ("not a database", "kernel.damaged", Trouble),
    ):
        if mark in words:
            return kind(code, detail=words)
    return error


def _guard(words: str) -> Exception:
    if REFUSAL in words:
        return GuardHit(words.split(REFUSAL, 1)[1].split()[0])
    found = _CHECK.match(words)
    if found and "." in found.group(1):
        columns = [c.strip() for c in found.group(1).split(",")]
        table = columns[0].split(".")[0]
        return GuardHit("uq_" + "_".join([table, *(c.split(".")[1] for c in columns)]), words)
    if found:
        return GuardHit(found.group(1), words)
    return GuardHit("foreign_key" if "FOREIGN KEY" in words else "constraint", words)


def file_of(path: Path) -> tuple[int, int]:
    """Which file stands at `path`; raises `Offline` when none does.

    The system lets a program write on into a file that somebody has deleted or moved away: everything would be lost.
    """
    try:
        found = os.stat(path)
    except OSError as error:
        raise Offline("kernel.database_gone", detail=str(error)) from error
    return found.st_dev, found.st_ino


class _Cursor:
    """What writer and reader share: a connection to one file, and one cursor."""

    def __init__(self, store: SqliteStore, *, read_only: bool) -> None:
        self.store = store
        self.read_only = read_only
        self._connect()

    def _connect(self) -> None:
        connection = self.store.idle()
        if connection is None:
            connection = self.store.connect(read_only=self.read_only)
        else:
            connection.execute(f"PRAGMA query_only = {'on' if self.read_only else 'off'}")
        self.connection = connection
        self.cursor = connection.cursor()
        self.file = file_of(self.store.path)

    @property
    def broken(self) -> bool:
        try:
            return file_of(self.store.path) != self.file
        except Offline:
            return True

    def read(self, prepared: Prepared, args: Args) -> list[Args]:
        try:
            return self.cursor.execute(prepared.sql, args).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    def cancel(self) -> None:
        self.connection.interrupt()

    def close(self) -> None:
        self.connection.close()


class SqliteReader(_Cursor):
    """A read-only connection of the pool; follows when another file takes the place (a restored copy)."""

    def read(self, prepared: Prepared, args: Args) -> list[Args]:
        if file_of(self.store.path) != self.file:
            self.connection.close()
            self._connect()
        return super().read(prepared, args)

    def close(self) -> None:
        self.store.keep(self.connection, self.file)


class SqliteWriter(_Cursor):
    """The write connection of a lane."""

    patience_s = WAIT_MS / 1000

    def _connect(self) -> None:
        super()._connect()
        self.cursor.execute("PRAGMA busy_timeout = 0")

    def begin(self) -> None:
        """Waits its turn by itself. SQLite's own waiting asks ever more seldom, up to every 100 ms: who waited long
        lost to whoever came just then (8 desks: one had its first turn when all others were done). Here who has
        waited longer asks more often."""
        if file_of(self.store.path) != self.file:
            raise Offline("kernel.database_gone", detail="another file took its place")
        end, pause = time.monotonic() + self.patience_s, SELDOM_S
        while True:
            try:
                self._run("BEGIN IMMEDIATE")
                return
            except Busy:
                if time.monotonic() > end:
                    raise
            time.sleep(pause)
            pause = max(OFTEN_S, pause * 0.7)

    def hurry(self, seconds: float) -> None:
        """Who writes holds the whole file: there is nothing more to wait for."""

    def savepoint(self) -> None:
        self._run("SAVEPOINT work")

    def back_to_savepoint(self) -> None:
        self._run("ROLLBACK TO work")

    def release(self) -> None:
        self._run("RELEASE work")

    def write(self, prepared: Prepared, rows: Sequence[Args]) -> Callable[[], int]:
        cursor = self.cursor
        try:
            if len(rows) == 1:
                cursor.execute(prepared.sql, rows[0])
            else:
                cursor.executemany(prepared.sql, rows)
        except sqlite3.Error as error:
            raise translated(error) from error
        count = cursor.rowcount
        return lambda: count

    def settle(self) -> None:
        """Nothing waits on SQLite."""

    def commit(self) -> None:
        try:
            self.cursor.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            # A deferred key refers to nothing. SQLite does not say which, and leaves the transaction open.
            name = self._unmet()
            self.rollback()
            raise GuardHit(name, str(error), ended=True) from error
        except sqlite3.Error as error:
            raise translated(error) from error

    def _unmet(self) -> str:
        """The deferred foreign key that a row breaks, called as on PostgreSQL: `fk_<table>_<first column>`."""
        run = self.cursor.execute
        deferred = run("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%INITIALLY DEFERRED%'")
        for (table,) in deferred.fetchall():
            broken = run(f"PRAGMA foreign_key_check({table})").fetchone()
            if broken is not None:
                keys = run(f"PRAGMA foreign_key_list({table})").fetchall()
                return next(f"fk_{table}_{key[3]}" for key in keys if key[0] == broken[3] and key[1] == 0)
        return "foreign_key"

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self._run("ROLLBACK")

    def _run(self, sql: str) -> None:
        try:
            self.cursor.execute(sql)
        except sqlite3.Error as error:
            raise translated(error) from error


class SqliteWatch(_Cursor):
    """Looks every half a second whether another connection has committed; then asks the journal what came to it.

    Only one writes at a time and nothing is deleted from the journal, so its rows stand in the order of commits.
    """

    def __init__(self, store: SqliteStore) -> None:
        super().__init__(store, read_only=True)
        self._version = self._ask("PRAGMA data_version")
        self._seen = self._ask("SELECT coalesce(max(rowid), 0) FROM command_journal")

    def wait(self, stop: Event) -> Sequence[str]:
        if stop.wait(LOOK_S):
            return ()
        if self.broken:
            raise Offline("kernel.database_gone", detail="another file took its place")
        version, before = self._ask("PRAGMA data_version"), self._version
        if version == before:
            return ()
        self._version = version
        try:
            rows = self.cursor.execute(
                "SELECT rowid, id FROM command_journal WHERE rowid > ? ORDER BY rowid", (self._seen,)
            ).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error
        self._seen = rows[-1][0] if rows else self._seen
        return [row[1].hex() for row in rows]

    def _ask(self, sql: str) -> int:
        try:
            return int(self.cursor.execute(sql).fetchone()[0])
        except sqlite3.Error as error:
            raise translated(error) from error


class SqliteStore:
    """One company in one file."""

    name = "sqlite"

    def __init__(self, url: str, *, create: bool = False) -> None:
        self.url = url
        self.path = Path(make_url(url).database or ":memory:").absolute()
        self.dialect: Dialect = spelled(SQLiteDialect_pysqlite(paramstyle="qmark"))
        if create and self.path.parent.is_dir():
            self._make_file()
        # Looking must not leave an empty file behind where somebody mistyped a name.
        if not self.path.is_file():
            raise Offline("kernel.database_gone", detail=str(self.path))
        self._idle: list[tuple[sqlite3.Connection, tuple[int, int]]] = []
        self._closed = False
        self.engine: Engine = create_engine(url, creator=self.connect)
        event.listen(self.engine, "begin", _begin)
        event.listen(self.engine, "connect", self._opened)

    def _make_file(self) -> None:
        try:
            self.path.touch()
        except OSError as error:
            raise Trouble("kernel.read_only", detail=str(error)) from error

    def writer(self) -> Writer:
        return SqliteWriter(self, read_only=False)

    def reader(self) -> Reader:
        return SqliteReader(self, read_only=True)

    def watch(self) -> Watch:
        return SqliteWatch(self)

    def connect(self, *, read_only: bool = False) -> sqlite3.Connection:
        """A driver connection; where nothing may be written beside the file, one that only reads."""
        try:
            return connect(self.path, read_only=read_only)
        except sqlite3.Error as error:
            problem = translated(error)
            if isinstance(problem, Trouble) and problem.code in ("kernel.database_gone", "kernel.read_only"):
                return self._beside_nothing(error)
            raise problem from error

    def _opened(self, _connection: object, record: ConnectionPoolEntry) -> None:
        record.info["file"] = file_of(self.path)

    def keep(self, connection: sqlite3.Connection, file: tuple[int, int]) -> None:
        """Takes back what a reader has done with: one of them waits for whoever reads or writes next. A new connection
        reads the whole schema first, 5 ms for every command of the command line."""
        if self._idle or self._closed:
            connection.close()
        else:
            self._idle.append((connection, file))

    def idle(self) -> sqlite3.Connection | None:
        """A connection that a reader left, or over which the shape was proved, and which still goes to the file that
        stands there; it is the caller's from now on."""
        standing = file_of(self.path)
        with suppress(IndexError):
            connection, file = self._idle.pop()
            if file == standing:
                return connection
            connection.close()
        pool = self.engine.pool
        if not isinstance(pool, QueuePool) or not pool.checkedin():
            return None
        proved = self.engine.raw_connection()
        behind, file = proved.driver_connection, proved.info["file"]
        assert isinstance(behind, sqlite3.Connection)
        proved.detach()
        if file == standing:
            return behind
        behind.close()
        return None

    def _beside_nothing(self, error: sqlite3.Error) -> sqlite3.Connection:
        file_of(self.path)
        # A log left behind holds commands that could not be seen without it.
        if Path(f"{self.path}-wal").exists():
            raise Trouble("kernel.read_only", detail=str(error)) from error
        try:
            return connect(self.path, read_only=True, mode="immutable")
        except sqlite3.Error as worse:
            raise translated(worse) from worse

    def translated(self, error: object) -> object:
        return translated(error) if isinstance(error, sqlite3.Error) else error

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop()[0].close()
        self.engine.dispose()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
