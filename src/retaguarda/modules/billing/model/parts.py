"""What the tables of billing share: rows that stand before their head, lists of codes as conditions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ForeignKeyConstraint


def of_the_head(head: str) -> ForeignKeyConstraint:
    """Binds a row to its head and to the command that wrote both: a late row of another command cannot be committed."""
    return ForeignKeyConstraint(
        [f"{head}_id", "command_id"], [f"{head}.id", f"{head}.command_id"], deferrable=True, initially="DEFERRED"
    )


def one_of(column: str, values: Sequence[str]) -> str:
    """SQL that holds when the column has one of the values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
