"""Many questions to a database in one trip, and the answers as the driver gives them: no type hides what changed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.store import Store


def answers(store: Store, questions: Mapping[str, str]) -> dict[str, list[tuple[str, ...]]]:
    """The rows that every statement gives, sorted, as text; on PostgreSQL all are sent before the first is answered."""
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        with driver.pipeline() if store.name == "postgresql" else contextlib.nullcontext():
            asked = {name: driver.execute(sql) for name, sql in questions.items()}
            return {name: sorted(tuple(map(str, row)) for row in cursor.fetchall()) for name, cursor in asked.items()}
