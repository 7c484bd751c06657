"""Recording a database's shape as the statements that make it, making it again from them, and comparing two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from retaguarda.kernel import schema
from retaguarda.kernel.module import Module
from retaguarda.kernel.store import Store

FOLDER = Path(__file__).parent
BETWEEN = "\n-- next\n"


def record(store: Store, modules: Sequence[Module]) -> str:
    """Makes a fresh database and gives the statements that made it: tables, indexes, triggers, marks."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.lstrip().startswith("CREATE"):
            said.append("\n".join(line.rstrip() for line in sql.strip().splitlines()))

    event.listen(store.engine, "before_cursor_execute", hear)
    try:
        schema.make(store, modules, {})
    finally:
        event.remove(store.engine, "before_cursor_execute", hear)
    marks = sorted(schema.read_marks(store).items())
    said += [f"INSERT INTO schema_mark (name, value) VALUES ('{name}', '{value}')" for name, value in marks]
    return BETWEEN.join(said) + "\n"


def replay(store: Store, recorded: str) -> None:
    """Makes the database that was recorded."""
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for sql in recorded.split(BETWEEN):
            connection.exec_driver_sql(sql)


PARTS = {
    "column": "SELECT table_name || '.' || column_name, concat_ws(' ', udt_name, character_maximum_length, "
    "is_nullable, column_default, identity_generation) FROM information_schema.columns WHERE table_schema = 'public'",
    "constraint": "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT t.tgname, pg_get_triggerdef(t.oid) || p.prosrc FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal",
    # Not which version made it, nor what its company still needs.
    "mark": "SELECT name, value FROM schema_mark WHERE name <> 'program' AND name NOT LIKE 'owed.%%'",
}
"""What a PostgreSQL database consists of. The order of columns is left out: there a new one is the last."""


def shape(store: Store) -> dict[str, str]:
    """Every part of a database with its definition."""
    with store.engine.connect() as connection:
        if store.name == "postgresql":
            found = {k: _rows(connection, sql) for k, sql in PARTS.items()}
            return {f"{kind} {name}": text for kind, rows in found.items() for name, text in rows.items()}
        sql = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        parts = {name: text.replace('"', "") for name, text in _rows(connection, sql).items()}
        return parts | {f"mark {name}": value for name, value in _rows(connection, PARTS["mark"]).items()}


def _rows(connection: Connection, sql: str) -> Mapping[str, str]:
    return {name: " ".join(text.split()) for name, text in connection.exec_driver_sql(sql)}


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """The parts that differ, as they are in each."""
    return {
        name: (one.get(name), other.get(name))
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }
