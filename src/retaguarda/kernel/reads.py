"""Reading outside a command: the same verbs as a unit, on a read-only connection."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.statement import Statement
from retaguarda.kernel.store import Reader


class Reads(Protocol):
    """What a lower module's `api` needs to answer: a unit inside a command, `ReadOnly` outside of one."""

    def all(self, statement: Statement, **values: Any) -> list[Any]: ...
    def one(self, statement: Statement, **values: Any) -> Any | None: ...


class ReadOnly:
    """Reads rows of statements from a reader."""

    def __init__(self, reader: Reader, dialect: Dialect) -> None:
        self.reader = reader
        self.dialect = dialect

    def all(self, statement: Statement, **values: Any) -> list[Any]:
        """The rows of a statement."""
        prepared = statement.prepared(self.dialect)
        return [prepared.row(t) for t in self.reader.read(prepared, prepared.args(values))]

    def one(self, statement: Statement, **values: Any) -> Any | None:
        """The first row, or None."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None
