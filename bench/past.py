"""A long past, made cheaply: the orders that were played stand as many times as asked, with keys and numbers of their
own, written by the database itself; what the played ones did to balances is done as many times. Every proof holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, select, text

from retaguarda.app.compose import MODULES
from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.module import models_of
from tests.helpers.tampering import plain, unwatched

Rows = dict[tuple[str, ...], dict[str, Any]]
_SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :copies) SELECT i FROM n) n",
    "postgresql": "generate_series(1, CAST(:copies AS integer)) AS n(i)",
}
# The first digits of a key are its time: a copy's say which copy it is, so that its rows lie together as an order's do.
_SHIFTED = {
    "sqlite": "CAST(x'0000' || char(n.i / 100 + 1) || char(n.i % 100 + 1) || substr(t.{name}, 5) AS BLOB)",
    "postgresql": "CAST(lpad(to_hex(n.i), 8, '0') || substr(replace(CAST(t.{name} AS text), '-', ''), 9) AS uuid)",
}


def state_of(url: str) -> dict[str, Rows]:
    """Every row of every table by its key."""
    with plain(url) as connection:
        return {table.name: _rows(connection, table) for table, _ in _tables()}


def lengthen(url: str, before: Mapping[str, Rows], played: int, copies: int) -> None:
    """What was played since `before` (so many orders) stands `copies` times more."""
    after = state_of(url)
    first = min(key[0] for key in after["command_journal"].keys() - before["command_journal"].keys())
    # Keys of one command share its time, twelve digits.
    values = {"mark": first[:12].ljust(32, "0"), "copies": copies, "played": played}
    for table, numbered in _tables():
        there, now = before[table.name], after[table.name]
        with unwatched(url) as connection:
            if now.keys() - there.keys():
                _copy(connection, table, numbered, values)
            for key in there.keys() & now.keys():
                _move(connection, table, there[key], now[key], copies)
    with plain(url) as connection:
        connection.execute(text("ANALYZE"))


def _tables() -> list[tuple[Table, bool]]:
    models = models_of(MODULES).values()
    return [(table_of(model), bool(model.__numbers__)) for model in models]


def _rows(connection: Connection, table: Table) -> Rows:
    keys = [column.name for column in table.primary_key.columns]
    rows = [dict(row._mapping) for row in connection.execute(select(table))]
    return {tuple(str(row[key]) for key in keys): row for row in rows}


def _copy(connection: Connection, table: Table, numbered: bool, values: Mapping[str, Any]) -> None:
    engine = connection.dialect.name
    columns = [column for column in table.c if isinstance(column.type, Key) or column.name != "id"]
    picked = ", ".join(_copied(column, engine, numbered) for column in columns)
    key = "id" if isinstance(table.c.id.type, Key) else "command_id"
    names = ", ".join(column.name for column in columns)
    statement = text(
        f"INSERT INTO {table.name} ({names}) SELECT {picked} FROM {_SERIES[engine]} CROSS JOIN {table.name} AS t"
        f" WHERE t.{key} >= :mark"
    )
    kinds = {"mark": Key()}
    given = (bindparam(name, values[name], kinds.get(name)) for name in statement._bindparams)
    connection.execute(statement.bindparams(*given))


def _copied(column: Column[Any], engine: str, numbered: bool) -> str:
    name = column.name
    if isinstance(column.type, Key):
        return f"CASE WHEN t.{name} >= :mark THEN {_SHIFTED[engine].format(name=name)} ELSE t.{name} END"
    if name == "number" and numbered:
        return "t.number + n.i * :played"
    return f"t.{name} || '-' || n.i" if name == "bank_reference" else f"t.{name}"


def _move(connection: Connection, table: Table, there: Mapping[str, Any], now: Mapping[str, Any], copies: int) -> None:
    moved = {
        name: value + (value - there[name]) * copies
        for name, value in now.items()
        if isinstance(value, int | Decimal) and value != there[name]
    }
    if moved:
        keys = [column == now[column.name] for column in table.primary_key.columns]
        connection.execute(table.update().where(*keys).values(moved))
