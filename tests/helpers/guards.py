"""What the database itself says to a raw statement, past every handler."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Executable, text
from sqlalchemy.exc import DBAPIError

from retaguarda.app.headless import Office
from retaguarda.kernel.store import GuardHit
from tests.helpers.raw import spelled


def refused_by_database(office: Office, sql: str | Executable, before: Sequence[Executable] = ()) -> str:
    """The code with which the database refuses the statement, as a command would be refused; what is written `before`
    it in the same transaction is taken."""
    with office.store.engine.connect().execution_options(writes=True) as connection:
        for taken in before:
            connection.execute(taken)
        with pytest.raises(DBAPIError) as refused:
            connection.execute(text(spelled(sql, office.store.name)) if isinstance(sql, str) else sql)
        connection.rollback()
    hit = office.store.translated(refused.value.orig)
    assert isinstance(hit, GuardHit), hit
    return office.registry.guards.get(hit.name, hit.name)


def write_past(office: Office, sql: str) -> None:
    """Writes by a raw statement what no command writes (yet)."""
    with office.store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert connection.execute(text(spelled(sql, office.store.name))).rowcount > 0
