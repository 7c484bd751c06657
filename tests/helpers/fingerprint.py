"""What tells two states of a database apart without reading all of it: rows and versions of every table, and every
row of the tables that keep balances."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from retaguarda.app.headless import Office
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import models_of


def fingerprint(office: Office) -> dict[str, Any]:
    """Equal fingerprints: no row was added, revised or moved."""
    found: dict[str, Any] = {}
    with office.store.engine.connect() as connection:
        for name, model in models_of(office.registry.modules).items():
            table = table_of(model)
            if "version" in table.c:
                found[name] = tuple(connection.execute(select(func.count(), func.sum(table.c.version))).one())
            elif model.__ledger__ is not None or "outcome" in table.c:
                found[name] = connection.execute(select(func.count()).select_from(table)).scalar()
            else:
                found[name] = sorted(map(str, connection.execute(select(table))))
    return found


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The tables that differ."""
    return {name for name in after if after[name] != before[name]}
