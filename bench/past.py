"""A long past, made cheaply: the orders that were played stand as many times as asked, with keys and numbers of their
own, written by the database itself; what the played ones did to balances is done as many times. Every proof holds.

A million of them stand lean: under the commands of the played ones, without journal and audit rows of their own, each
copy some hours older than the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, select, text

from retaguarda.app.compose import MODULES
from retaguarda.kernel import search
from retaguarda.kernel.model import Key, UtcDateTime, table_of
from retaguarda.kernel.module import models_of
from tests.helpers.tampering import plain, unwatched

LEFT_OUT = ("command_journal", "row_audit")
HOURS = 5
"""How much older each lean copy is than the one before: 5,000 of them are of three years."""
_AGED = {
    "sales_order": ("ordered_at", "confirmed_at", "invoiced_at"),
    "invoice": ("issued_on",),
    "instalment": ("due_on",),
    "receivable": ("due_on", "free_until"),
}
_QUICK = ("synchronous = off", "cache_size = -400000", "temp_store = memory")
_OLDER = {
    ("sqlite", "instant"): f"t.{{name}} - n.i * {HOURS * 3_600_000_000}",
    ("sqlite", "day"): f"date(t.{{name}}, '-' || (n.i * {HOURS} / 24) || ' days')",
    ("postgresql", "instant"): f"t.{{name}} - n.i * interval '{HOURS} hours'",
    ("postgresql", "day"): f"t.{{name}} - n.i * {HOURS} / 24",
}
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


def lengthen(url: str, before: Mapping[str, Rows], copies: int, *, lean: bool = False, analyze: bool = True) -> None:
    """What was played since `before` stands `copies` times more."""
    after = state_of(url)
    first = min(key[0] for key in after["command_journal"].keys() - before["command_journal"].keys())
    # Keys of one command share its time, twelve digits.
    values = {"mark": first[:12].ljust(32, "0"), "copies": copies}
    for table, numbered in _tables():
        there, now = before[table.name], after[table.name]
        if there == now or (lean and table.name in LEFT_OUT):
            continue
        with unwatched(url) as connection:
            if lean and connection.dialect.name == "sqlite":
                for pragma in _QUICK:
                    connection.exec_driver_sql(f"PRAGMA {pragma}")
            if fresh := len(now.keys() - there.keys()):
                _copy(connection, table, numbered, {**values, "fresh": fresh}, lean=lean)
            for key in there.keys() & now.keys():
                _move(connection, table, there[key], now[key], copies)
    with plain(url) as connection:
        if connection.dialect.name == "sqlite":
            search.make(connection, models_of(MODULES).values())
    if analyze:
        with plain(url) as connection:
            connection.execute(text("ANALYZE"))


def _tables() -> list[tuple[Table, bool]]:
    models = models_of(MODULES).values()
    return [(table_of(model), bool(model.__numbers__)) for model in models]


def _rows(connection: Connection, table: Table) -> Rows:
    keys = [column.name for column in table.primary_key.columns]
    rows = [dict(row._mapping) for row in connection.execute(select(table))]
    return {tuple(str(row[key]) for key in keys): row for row in rows}


def _copy(connection: Connection, table: Table, numbered: bool, values: Mapping[str, Any], *, lean: bool) -> None:
    engine = connection.dialect.name
    columns = [column for column in table.c if isinstance(column.type, Key) or column.name != "id"]
    picked = ", ".join(_copied(column, engine, numbered, lean) for column in columns)
    key = "id" if isinstance(table.c.id.type, Key) else "command_id"
    names = ", ".join(column.name for column in columns)
    statement = text(
        f"INSERT INTO {table.name} ({names}) SELECT {picked} FROM {_SERIES[engine]} CROSS JOIN {table.name} AS t"
        f" WHERE t.{key} >= :mark"
    )
    kinds = {"mark": Key()}
    given = (bindparam(name, values[name], kinds.get(name)) for name in statement._bindparams)
    connection.execute(statement.bindparams(*given))


def _copied(column: Column[Any], engine: str, numbered: bool, lean: bool) -> str:
    name, number = column.name, "t.number + n.i * :fresh"
    if lean and name == "command_id":
        return "t.command_id"
    if isinstance(column.type, Key):
        return f"CASE WHEN t.{name} >= :mark THEN {_SHIFTED[engine].format(name=name)} ELSE t.{name} END"
    if name == "number" and numbered:
        return number
    if name == "folded" and numbered:
        return f"replace(t.folded, CAST(t.number AS text), CAST({number} AS text))"
    if lean and name in _AGED.get(column.table.name, ()):
        return _OLDER[engine, "instant" if isinstance(column.type, UtcDateTime) else "day"].format(name=name)
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
