"""What tells two states of a database apart without reading all of it: rows and versions of every table, and every
row of the tables that keep balances."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.journal import RowAudit
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import models_of
from tests.helpers.asking import rows_of


def fingerprint(office: Office) -> dict[str, Any]:
    """Equal fingerprints: no row was added, revised or moved."""
    found = rows_of(office.store, _asked())
    counted = {name: (rows, versions) for name, rows, versions in found.pop(COUNTED)}
    return counted | {name: sorted(map(repr, rows)) for name, rows in found.items()}


COUNTED = "counted"


@functools.cache
def _asked() -> Mapping[str, str]:
    """One question about all tables that are counted, one about each of the others, in words both engines share."""
    counted, read = [], {}
    for name, model in models_of(MODULES).items():
        columns = table_of(model).c
        if "version" in columns:
            counted.append(f"SELECT '{name}', count(*), coalesce(sum(version), 0) FROM {name}")
        elif model.__ledger__ is not None or "outcome" in columns or model is RowAudit:  # no update passes there
            counted.append(f"SELECT '{name}', count(*), 0 FROM {name}")
        else:
            read[name] = f"SELECT * FROM {name}"
    return read | {COUNTED: " UNION ALL ".join(counted)}


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The tables that differ."""
    return {name for name in after if after[name] != before[name]}
