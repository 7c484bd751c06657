"""Many questions to a database in one trip, and the answers as the driver gives them: no type hides what changed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.store import Store


def answers(store: Store, questions: Mapping[str, str]) -> dict[str, list[tuple[str, ...]]]:
    """The rows that every statement gives, sorted, as text."""
    return {name: sorted(tuple(map(str, row)) for row in rows) for name, rows in rows_of(store, questions).items()}


def rows_of(store: Store, questions: Mapping[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that every statement gives; on PostgreSQL all are sent before the first is answered."""
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        lite = store.name != "postgresql"
        # Prepared, and the transaction ended by COMMIT: after a ROLLBACK psycopg prepares everything anew, and to plan
        # a question about every table takes longer than to answer it.
        more = {} if lite else {"prepare": True}
        with contextlib.nullcontext() if lite else driver.pipeline():
            asked = {name: driver.execute(sql, **more) for name, sql in questions.items()}
            found = {name: cursor.fetchall() for name, cursor in asked.items()}
        driver.commit()
        return found
