"""What the tables of sales share."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Key

INTERNAL = "sales.read_internal"


def one_of(column: str, values: tuple[str, ...]) -> str:
    """SQL that holds when the column has one of the values."""
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


def written_later(table: str, *, index: bool = True) -> Mapped[str]:
    """A foreign key to a row that the same command writes after this one."""
    return mapped_column(Key(), ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), index=index)
