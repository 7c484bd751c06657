"""Rows inside a row: the addresses of a party or the lines of a document, read in the one statement of their record.

`nested(columns, where=…, order=…)` is a column of a query's select; its value in the row is a tuple of mappings,
ready for the line grid of a form. Both engines gather them as JSON, so that a record with its rows costs one read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, LargeBinary, Text, select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from retaguarda.kernel.model import Key, Minor, UtcDateTime, instant_of
from retaguarda.kernel.trigger import hexed

NestedRow = Mapping[str, Any]


class Gathered(TypeDecorator[Any]):
    """Several values in one column: shown whole, never sorted or filtered by."""

    impl: Any = Text
    cache_ok = False


class WholeBytes(Gathered):
    """A picture as it was kept, for a paper."""

    impl: Any = LargeBinary
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else bytes(value)


class StoredCodes(Gathered):
    """Codes kept as a JSON list in a text column, read as a tuple."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value or "[]"))


class Nested(Gathered):
    """The rows of a nested select; `names` with their types, sorted by the value called `order`."""

    cache_ok = False

    def __init__(self, names: Sequence[str], types: Sequence[TypeEngine[Any]], order: str) -> None:
        super().__init__()
        self.names = tuple(names)
        self.readers = tuple(reader_of(kind) for kind in types)
        self.order = order

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[NestedRow, ...]:
        found = [
            {
                name: None if cell is None else reader(cell)
                for name, reader, cell in zip(self.names, self.readers, row, strict=True)
            }
            for row in json.loads(value or "[]")
        ]
        return tuple(sorted(found, key=lambda row: row[self.order]))


class NestedValues(Nested):
    """One column of a nested select as a sorted tuple (the codes of a person's roles)."""

    cache_ok = False

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...]:
        return tuple(row[self.order] for row in super().process_result_value(value, dialect))


class _JsonRows(FunctionElement[Any]):
    """Every row of a select as one JSON text: a list of lists."""

    name = "json_rows"
    inherit_cache = True


@compiles(_JsonRows)
def _sqlite(element: _JsonRows, compiler: SQLCompiler, **more: Any) -> str:
    values = (compiler.process(column, **more) for column in element.clauses)
    # JSON holds no bytes.
    told = (hexed(v) if isinstance(c.type, Key) else v for c, v in zip(element.clauses, values, strict=True))
    return f"json_group_array(json_array({', '.join(told)}))"


@compiles(_JsonRows, "postgresql")
def _postgres(element: _JsonRows, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST(json_agg(json_build_array({compiler.process(element.clauses, **more)})) AS TEXT)"


def nested(columns: Sequence[ColumnElement[Any]], *where: ColumnElement[bool], order: str) -> ColumnElement[Any]:
    """The rows of `columns` that meet `where` (which names the outer table's key), sorted by the column `order`."""
    kind = Nested([str(c.key) for c in columns], [c.type for c in columns], order)
    gathered = _JsonRows(*columns)
    gathered.type = kind
    return select(gathered.label("rows")).where(*where).scalar_subquery()


def nested_values(column: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    """The values of `column` in the rows that meet `where`, sorted."""
    gathered = _JsonRows(column)
    gathered.type = NestedValues([str(column.key)], [column.type], str(column.key))
    return select(gathered.label("values")).where(*where).scalar_subquery()


def reader_of(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    """Makes a value of the column's type out of what JSON has for it."""
    if isinstance(kind, Minor):
        scale = -kind.scale
        return lambda value: Decimal(value).scaleb(scale)
    if isinstance(kind, Key):
        return lambda value: str(value).replace("-", "")
    if isinstance(kind, UtcDateTime):
        return lambda value: instant_of(value) if isinstance(value, int) else dt.datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return dt.date.fromisoformat
    return bool if isinstance(kind, Boolean) else lambda value: value
