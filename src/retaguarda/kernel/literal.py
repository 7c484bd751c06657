"""Texts and numbers of our own inside a statement: an engine plans with what it sees, and a bound one has no type."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Integer, String, literal_column


def word(text: str) -> ColumnElement[str]:
    """A text of our own in a statement, without a parameter: codes and names, nothing anybody typed."""
    assert "'" not in text
    return literal_column(f"'{text}'", String)


def number(value: int) -> ColumnElement[int]:
    """A number of our own in a statement."""
    return literal_column(str(value), Integer)
