"""Opens a store by its address; the driver of an engine that is not used is never imported."""

from __future__ import annotations

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.store import Store


def open_store(url: str, *, create: bool = False) -> Store:
    """The store behind a database address (`sqlite:///file.db`, `postgresql://person@host/name`).

    Raises `Refusal` for an address that carries a password or names another engine, `Trouble` when it cannot be opened.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Refusal("kernel.bad_address", field="db", url=url) from None
    if parsed.password:
        raise Refusal("kernel.password_in_address", field="db")
    engine = parsed.get_backend_name()
    if engine == "sqlite":
        from retaguarda.kernel.store_sqlite import SqliteStore

        return SqliteStore(url, create=create)
    if engine == "postgresql":
        from retaguarda.kernel.store_postgres import PostgresStore

        return PostgresStore(url)
    raise Refusal("kernel.unknown_engine", field="db", engine=engine)
