"""What several queries of the company share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.sql.selectable import FromClause


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A suggestion: name and the small line under it."""

    id: str
    name: str
    sub: str


def named(names: tuple[str, ...], table: FromClause) -> list[ColumnElement[Any]]:
    """The columns of `table` with these names."""
    return [table.c[name] for name in names]
