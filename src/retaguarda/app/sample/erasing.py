"""Erasing the sample company: its database is deleted as a whole, and no other database ever is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel import schema
from retaguarda.kernel.errors import Busy, Refusal
from retaguarda.kernel.reads import ReadOnly
from retaguarda.kernel.store import Store
from retaguarda.kernel.stores import open_store
from retaguarda.modules.company import api as company

BESIDE = ("", "-wal", "-shm", ".window")


@contextmanager
def held(url: str) -> Iterator[None]:
    """Keeps windows away from the file of a sample company while it is made or taken away."""
    parsed = make_url(url)
    local = parsed.get_backend_name() == "sqlite" and parsed.database
    lock = WindowLock(Path(parsed.database or "").resolve()) if local else None
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def erase(url: str) -> None:
    """Deletes the database at `url` when it is a sample company by its mark and by its own word; refuses any other.

    Raises `Trouble` where a window or another desk still has it open.
    """
    _demand_sample(url)
    if make_url(url).get_backend_name() == "sqlite":
        _delete_file(Path(make_url(url).database or ""))
    else:
        _on_server(url, "DROP DATABASE {name}", other="postgres")


def empty(url: str) -> None:
    """Takes everything out of the sample company at `url`, so that it can be made anew; refuses any other database."""
    _demand_sample(url)
    if make_url(url).get_backend_name() == "sqlite":
        _delete_file(Path(make_url(url).database or ""))
    else:
        _on_server(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def _demand_sample(url: str) -> None:
    store = open_store(url)
    try:
        if not _is_sample(store):
            raise Refusal("sample.not_a_sample", field="db", db=url)
    finally:
        store.close()


def _is_sample(store: Store) -> bool:
    if schema.is_empty(store):
        return False
    mark = schema.read_marks(store).get(schema.SAMPLE)
    reader = store.reader()
    try:
        facts = company.the_company(ReadOnly(reader, store.dialect))
    finally:
        reader.close()
    if facts is None:
        return mark == schema.MAKING  # interrupted before there was a company
    return facts.sample and mark in (schema.MAKING, schema.MADE)


def _delete_file(database: Path) -> None:
    WindowLock(database).release()
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _on_server(url: str, *statements: str, other: str | None = None) -> None:
    """Runs statements on the server, from the database `other` where its own is to go; not while somebody is in it."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(address.set(database=other or address.database), isolation_level="AUTOCOMMIT")
    name = engine.dialect.identifier_preparer.quote(address.database or "")
    try:
        with engine.connect() as connection:
            if not other and _somebody_in(connection, str(address.database)):
                raise Busy("sample.in_use", detail="")
            for statement in statements:
                connection.execute(text(statement.format(name=name)))
    except DBAPIError as error:
        raise Busy("sample.in_use", detail=str(error.orig).splitlines()[0]) from error
    finally:
        engine.dispose()


def _somebody_in(connection: Connection, database: str) -> bool:
    """Whether another client is in the database; one that has just left may take a moment to go."""
    asked = text(
        "SELECT count(*), pg_sleep(0.05) FROM pg_stat_activity "
        "WHERE datname = :name AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    return all(connection.execute(asked, {"name": database}).scalar() for _ in range(20))
