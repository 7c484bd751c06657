"""Replays a tape of write statements on the plain driver: prepared statements, executemany, as many transactions.

A tape is one list per transaction of (sql, [arguments, …]); one that was recorded into a file is read whole before.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from pathlib import Path
from typing import Any

import psycopg

Transaction = list[tuple[str, list[tuple[Any, ...]]]]
PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "recursive_triggers = on",
    "cache_size = -64000",
    "temp_store = memory",
    "wal_autocheckpoint = 4000",
)


def write_tape(path: Path, tape: list[Transaction]) -> None:
    """Keeps a tape in a file."""
    path.write_bytes(pickle.dumps(tape))


def read_tape(path: Path) -> list[Transaction]:
    """The tape of a file."""
    tape: list[Transaction] = pickle.loads(path.read_bytes())
    return tape


class SqliteTape:
    """A tape on sqlite3; `at_once` transactions are one piece of work."""

    def __init__(self, path: str, tape: list[Transaction], at_once: int = 1) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        self.cursor = self.connection.cursor()
        self.tape = iter(tape)
        self.at_once = at_once

    def next(self) -> None:
        """Replays the next piece of work."""
        for _ in range(self.at_once):
            self._transaction()

    def _transaction(self) -> None:
        cursor = self.cursor
        cursor.execute("BEGIN IMMEDIATE")
        for sql, rows in next(self.tape):
            if len(rows) == 1:
                cursor.execute(sql, rows[0])
                if "RETURNING" in sql:
                    cursor.fetchall()
            else:
                cursor.executemany(sql, rows)
        cursor.execute("COMMIT")

    def server_cpu(self) -> float:
        """SQLite has no server."""
        return 0.0

    def close(self) -> None:
        self.connection.close()


class PostgresTape:
    """A tape on psycopg; `at_once` transactions are one piece of work."""

    def __init__(self, address: str, tape: list[Transaction], at_once: int = 1) -> None:
        self.connection = psycopg.connect(address)
        self.connection.prepare_threshold = 1
        # The tape's text is the server's own ($1): nothing to be read and rewritten.
        self.cursor = psycopg.RawCursor(self.connection)
        self.tape = iter(tape)
        self.at_once = at_once

    def next(self) -> None:
        """Replays the next piece of work."""
        for _ in range(self.at_once):
            self._transaction()

    def _transaction(self) -> None:
        cursor = self.cursor
        for sql, rows in next(self.tape):
            if len(rows) == 1:
                cursor.execute(sql, rows[0])
                if "RETURNING" in sql:
                    cursor.fetchall()
            else:
                cursor.executemany(sql, rows)
        self.connection.commit()

    def server_cpu(self) -> float:
        """CPU seconds of this connection's backend."""
        return backend_cpu(self.connection.info.backend_pid)

    def close(self) -> None:
        self.connection.close()


def backend_cpu(pid: int) -> float:
    """CPU seconds of a process, from the kernel's own account in nanoseconds where it has one."""
    try:
        with open(f"/proc/{pid}/schedstat") as file:
            return int(file.read().split()[0]) / 1e9
    except OSError:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def raw_tape(url: str, tape: list[Transaction], at_once: int = 1) -> SqliteTape | PostgresTape:
    """The tape on the database at `url`, whichever engine it is of."""
    if url.startswith("sqlite"):
        return SqliteTape(url.removeprefix("sqlite:///"), tape, at_once)
    return PostgresTape(url.replace("+psycopg", ""), tape, at_once)
