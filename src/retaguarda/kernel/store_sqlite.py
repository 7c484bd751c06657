"""SQLite: one file, WAL, foreign keys on; BEGIN IMMEDIATE for writes (a plain BEGIN costs thousands of busy errors)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.errors import Busy, Device, Offline, Problem, Trouble
from retaguarda.kernel.statement import Args, Prepared
from retaguarda.kernel.store import GuardHit, Reader, Writer, trouble_of
from retaguarda.kernel.trigger import REFUSAL

PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "recursive_triggers = on",
    "cache_size = -64000",
)
WAIT_MS = 5000
_CHECK = re.compile(r"(?:CHECK|UNIQUE) constraint failed: (.+)")


def connect(path: str, *, wait_ms: int = WAIT_MS, read_only: bool = False) -> sqlite3.Connection:
    """A driver connection with the project's pragmas; `query_only` where it may only read."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if read_only:
        connection.execute("PRAGMA query_only = on")
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


class _Cursor:
    """What writer and reader share: a connection and one cursor."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.cursor = connection.cursor()

    def read(self, prepared: Prepared, args: Args) -> list[Args]:
        try:
            return self.cursor.execute(prepared.sql, args).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    def cancel(self) -> None:
        self.connection.interrupt()

    def close(self) -> None:
        self.connection.close()


class SqliteWriter(_Cursor):
    """The write connection of a lane."""

    def begin(self) -> None:
        self._run("BEGIN IMMEDIATE")

    def savepoint(self) -> None:
        self._run("SAVEPOINT work")

    def back_to_savepoint(self) -> None:
        self._run("ROLLBACK TO work")

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
        self._run("COMMIT")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self._run("ROLLBACK")

    def _run(self, sql: str) -> None:
        try:
            self.cursor.execute(sql)
        except sqlite3.Error as error:
            raise translated(error) from error


class SqliteStore:
    """One company in one file."""

    name = "sqlite"

    def __init__(self, url: str, *, create: bool = False) -> None:
        self.url = url
        self.path = make_url(url).database or ":memory:"
        self.dialect: Dialect = SQLiteDialect_pysqlite(paramstyle="qmark")
        folder = Path(self.path).parent
        if not folder.is_dir():
            raise Offline("kernel.database_gone", detail=str(folder))
        # Looking must not leave an empty file behind where somebody mistyped a name.
        if not create and not Path(self.path).is_file():
            raise Offline("kernel.database_gone", detail=self.path)
        self.engine: Engine = create_engine(url)
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)

    def writer(self) -> Writer:
        return SqliteWriter(self._connect(read_only=False))

    def reader(self) -> Reader:
        return _Cursor(self._connect(read_only=True))

    def _connect(self, *, read_only: bool) -> sqlite3.Connection:
        try:
            return connect(self.path, read_only=read_only)
        except sqlite3.Error as error:
            problem = translated(error)
            if isinstance(problem, Problem):
                raise problem from error
            raise trouble_of(error, "kernel.database_gone") from error

    def translated(self, error: object) -> object:
        return translated(error) if isinstance(error, sqlite3.Error) else error

    def close(self) -> None:
        self.engine.dispose()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: object) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
