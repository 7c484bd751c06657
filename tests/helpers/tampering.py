"""Changing rows behind the program's back, as somebody with a database tool would: triggers see nothing of it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, make_url

from retaguarda.app.headless import Office

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """The first row found by `where` gets other values: numbers are added, anything else is set."""

    table: str
    values: Mapping[str, Any]
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """What breaks a proof, the key that it must name (of the first row changed, by `key`), and which other proofs
    rightly see the same change."""

    proof: str
    changes: Sequence[Change]
    key: Callable[[Row], str] = lambda row: str(row["id"])
    also: Sequence[str] = ()


def tool(url: str) -> Engine:
    """A database tool. On a SQLite file it checks no foreign keys."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return create_engine(address)


@contextlib.contextmanager
def plain(url: str) -> Iterator[Connection]:
    """A connection of a database tool, committed at the end."""
    engine = tool(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextlib.contextmanager
def asleep(connection: Connection) -> Iterator[None]:
    """What a tool's connection writes inside wakes no trigger and no foreign key."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    yield
    driver.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, True)


@contextlib.contextmanager
def unwatched(url: str) -> Iterator[Connection]:
    """A connection of a database tool, whose writes wake nothing."""
    with plain(url) as connection, asleep(connection):
        yield connection


@contextlib.contextmanager
def without_triggers(office: Office) -> Iterator[Connection]:
    """The same for the database of an open office."""
    with unwatched(office.store.url) as connection:
        yield connection
