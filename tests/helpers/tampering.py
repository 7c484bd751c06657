"""Changing rows behind the program's back, as somebody with a database tool would: triggers see nothing of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, create_engine, make_url

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


@contextlib.contextmanager
def plain(url: str) -> Iterator[Connection]:
    """A connection of a database tool, committed at the end. On a SQLite file it checks no foreign keys."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                # A test's file need not outlive a power cut: every trigger goes and comes back for each proof.
                connection.exec_driver_sql("PRAGMA synchronous = off")
            yield connection
    finally:
        engine.dispose()


@contextlib.contextmanager
def unwatched(url: str, *tables: str) -> Iterator[Connection]:
    """The same, its writes waking no trigger and no foreign key; at the end every trigger is back in its place. On a
    SQLite file only the triggers of `tables` are put away, where they are named: that is much faster."""
    with plain(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield connection
            return
        found = connection.exec_driver_sql("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'").all()
        rows = [(name, sql) for name, sql, table in found if not tables or table in tables]
        for name, _ in rows:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in rows:
            connection.exec_driver_sql(sql)


@contextlib.contextmanager
def without_triggers(office: Office) -> Iterator[Connection]:
    """The same for the database of an open office."""
    with unwatched(office.store.url) as connection:
        yield connection
