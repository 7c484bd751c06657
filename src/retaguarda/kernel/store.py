"""One database, two engines: connections, transactions, and the engines' errors turned into ours.

A `Writer` runs the one transaction of a command; a `Reader` reads and can do nothing else. On PostgreSQL a command is
one pipeline: errors surface at a later statement, row counts are complete only after `settle`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.errors import Trouble
from retaguarda.kernel.statement import Args, Prepared


class GuardHit(Exception):
    """A constraint or trigger of the database said no: `name` is the constraint, or the code a trigger raised.

    `ended`: it was asked at COMMIT only (a deferred one), and the whole transaction is rolled back.
    """

    def __init__(self, name: str, detail: str = "", *, ended: bool = False) -> None:
        super().__init__(name, detail)
        self.name = name
        self.detail = detail
        self.ended = ended


class Reader(Protocol):
    """Reads rows; `cancel` stops a running read from another thread."""

    def read(self, prepared: Prepared, args: Args) -> list[Args]: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


class Writer(Protocol):
    """One transaction at a time: begin, savepoint (released before the next), writes and reads, settle, commit or
    rollback. After `hurry` it waits no longer than that for what others hold, to the end of the transaction.

    `broken` says that this connection will never work again; a new one may.
    """

    @property
    def broken(self) -> bool: ...
    def begin(self) -> None: ...
    def hurry(self, seconds: float) -> None: ...
    def savepoint(self) -> None: ...
    def back_to_savepoint(self) -> None: ...
    def release(self) -> None: ...
    def write(self, prepared: Prepared, rows: Sequence[Args]) -> Callable[[], int]: ...
    def read(self, prepared: Prepared, args: Args) -> list[Args]: ...
    def settle(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


CHANNEL = "retaguarda_command"
"""Where PostgreSQL tells which commands were completed."""


class Watch(Reader, Protocol):
    """A connection of its own that waits for what others commit.

    `wait` gives the ids of commands that may have been completed since the last call (since it was made, the first
    time), empty when nothing happened for a moment; `stop` ends the waiting. Ids are hints, the journal is the truth.
    """

    def wait(self, stop: Event) -> Sequence[str]: ...


class Store(Protocol):
    """A database that is open: makes writers and readers; `engine` is SQLAlchemy's, for schema work and reports."""

    name: str
    url: str
    dialect: Dialect
    engine: Engine

    def writer(self) -> Writer: ...
    def reader(self) -> Reader: ...
    def watch(self) -> Watch: ...
    def translated(self, error: object) -> object: ...
    def close(self) -> None: ...


def trouble_of(error: Exception, code: str, **params: Any) -> Trouble:
    """A trouble that carries the engine's own words for the log and the support code."""
    return Trouble(code, detail=str(error).splitlines()[0] if str(error) else "", **params)
