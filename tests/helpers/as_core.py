"""What SQLAlchemy Core itself would send to the driver: the measure for the kernel's prepared statements."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from retaguarda.kernel.statement import spelled
from retaguarda.kernel.store import Store

Sent = tuple[str, tuple[Any, ...]]


class _Enough(Exception):
    """Stops Core before the driver gets the statement."""


@contextlib.contextmanager
def core_of(store: Store) -> Iterator[Connection]:
    """A Core connection to the same database, with the placeholders and the spelling of the kernel's own dialect."""
    driver = "postgresql+psycopg" if store.name == "postgresql" else "sqlite"
    paramstyle = "numeric_dollar" if store.name == "postgresql" else "qmark"
    engine: Engine = create_engine(make_url(store.url).set(drivername=driver), paramstyle=paramstyle)
    # What the code fixed stands in the text there too; Core would keep the text and put another value's in its place.
    spelled(engine.dialect)
    engine = engine.execution_options(compiled_cache=None)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def sent_by_core(connection: Connection, core: Any, values: Mapping[str, Any]) -> Sent:
    """Text and converted parameters as Core would hand them to the driver; nothing is executed."""
    seen: list[Sent] = []

    def look(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_more: Any) -> None:
        seen.append((sql, tuple(parameters)))
        raise _Enough

    event.listen(connection, "before_cursor_execute", look)
    try:
        connection.execute(core, dict(values))
    except _Enough:
        return seen[0]
    finally:
        event.remove(connection, "before_cursor_execute", look)
    raise AssertionError("Core sent nothing")
