"""Changing rows behind the program's back, as somebody with a database tool would: triggers see nothing of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Connection

from retaguarda.app.headless import Office


@contextlib.contextmanager
def without_triggers(office: Office) -> Iterator[Connection]:
    """A connection whose writes wake no trigger; committed at the end, with every trigger back in its place."""
    with office.store.engine.begin() as connection:
        if office.store.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield connection
            return
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in rows:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in rows:
            connection.exec_driver_sql(sql)
