"""Erasing the sample company: its database is deleted as a whole, and no other database ever is."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel import schema
from retaguarda.kernel.errors import Busy, Refusal
from retaguarda.kernel.reads import ReadOnly
from retaguarda.kernel.store import Store
from retaguarda.kernel.stores import open_store
from retaguarda.modules.company import api as company

MARK = "sample"
MADE = "made"
BESIDE = ("", "-wal", "-shm", ".window")


def erase(url: str) -> None:
    """Deletes the database at `url` when it is a sample company by its mark and by its own word; refuses any other.

    Raises `Trouble` where a window or another desk still has it open.
    """
    store = open_store(url)
    try:
        if not _is_sample(store):
            raise Refusal("sample.not_a_sample", field="db", db=url)
    finally:
        store.close()
    if store.name == "sqlite":
        _delete_file(Path(make_url(url).database or ""))
    else:
        _drop(url)


def _is_sample(store: Store) -> bool:
    if schema.is_empty(store) or schema.read_marks(store).get(MARK) != MADE:
        return False
    reader = store.reader()
    try:
        facts = company.the_company(ReadOnly(reader, store.dialect))
    finally:
        reader.close()
    return facts is not None and facts.sample


def _delete_file(database: Path) -> None:
    WindowLock(database).release()
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _drop(url: str) -> None:
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            name = engine.dialect.identifier_preparer.quote(address.database or "")
            connection.execute(text(f"DROP DATABASE {name}"))
    except DBAPIError as error:
        raise Busy("sample.in_use", detail=str(error.orig).splitlines()[0]) from error
    finally:
        engine.dispose()
