"""Steps of a migration: what an older database lacks is made as its model declares it, by one line each.

A step runs once, inside the migration's one transaction, while no trigger is there. After the last one `schema` makes
tables that are new, brings indexes and triggers to what the models say, and on SQLite writes every table anew whose
text is another: there a step has only to fill what the rows that stand cannot know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from alembic.operations import Operations
from sqlalchemy import Column, Connection, Constraint, Table, inspect
from sqlalchemy.schema import AddConstraint, CreateTable, sort_tables_and_constraints

from retaguarda.kernel.model import Base, Key, UtcDateTime, micros

Step = Callable[[Operations], None]


def as_declared(operations: Operations) -> None:
    """Nothing by itself: for new tables, indexes and triggers of a module that an older database has already."""


def new_column(table: str, name: str, fill: str | None = None) -> Step:
    """Adds a column; `fill` is what the rows that stand have in it, in SQL (`'0'`, `'number + 1'`).

    A column that must not be empty is refused without `fill`.
    """

    def step(operations: Operations) -> None:
        column = Base.metadata.tables[table].c[name]
        assert column.nullable or fill is not None, f"what do the rows that stand have in {table}.{name}?"
        connection = operations.get_bind()
        kind = column.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
        if fill is not None:
            connection.exec_driver_sql(f"UPDATE {table} SET {name} = {fill}")
        if connection.dialect.name == "postgresql":
            compiler = connection.dialect.ddl_compiler(connection.dialect, CreateTable(column.table))
            default = compiler.get_column_default_string(column)
            if default is not None:
                connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT {default}")
            if not column.nullable:
                connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN {name} SET NOT NULL")
            for key in column.foreign_keys:
                _add(connection, key.constraint)

    return step


def new_constraint(table: str, name: str) -> Step:
    """Adds the constraint of that name, or puts it in the place of the one that has its name."""

    def step(operations: Operations) -> None:
        connection = operations.get_bind()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
            _add(connection, next(c for c in Base.metadata.tables[table].constraints if c.name == name))

    return step


def gone(table: str, *, column: str = "", constraint: str = "") -> Step:
    """Takes away a column or a constraint that the model has no more."""

    def step(operations: Operations) -> None:
        connection = operations.get_bind()
        if connection.dialect.name == "postgresql":
            what = f"COLUMN {column}" if column else f"CONSTRAINT {constraint}"
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP {what}")

    return step


def _add(connection: Connection, constraint: Constraint | None) -> None:
    assert constraint is not None
    # By itself AddConstraint would also take the constraint out of every later CREATE TABLE.
    connection.execute(AddConstraint(constraint, isolate_from_table=False))


def create(connection: Connection, tables: Sequence[Table]) -> None:
    """Creates those of the tables that are not there, with their indexes, in the order of their foreign keys.

    Not by `create_all`: where tables refer to each other in a circle it adds a key afterwards and takes it out of every
    CREATE TABLE that the process writes from then on. A SQLite file made next had no such key.
    """
    there = set(inspect(connection).get_table_names())
    missing = [table for table in tables if table.name not in there]
    for table, keys in sort_tables_and_constraints(missing):  # type: ignore[no-untyped-call]
        if table is None:
            for key in keys if connection.dialect.name == "postgresql" else ():
                _add(connection, key)
            continue
        # SQLite takes no key later, and does not mind that a table it refers to comes after.
        at_once = keys if connection.dialect.name == "postgresql" else None
        connection.execute(CreateTable(table, include_foreign_key_constraints=at_once))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            index.create(connection)


def settle(connection: Connection, tables: list[Table]) -> None:
    """Brings tables and indexes to what the models declare, after the steps and without triggers."""
    create(connection, tables)
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.create_function("key_of", 1, _key_of, deterministic=True)
        driver.create_function("instant_of", 1, _instant_of, deterministic=True)
        first = unlike(connection, tables)
        for table in first:
            _written_anew(connection, table)
        # A step may have filled a new table from what stood there as text.
        for table in tables:
            if table not in first and _holds_text_for_keys(connection, table):
                _written_anew(connection, table)
    for table in tables:
        found = inspect(connection).get_indexes(table.name)
        there = {str(index["name"]) for index in found if not index.get("duplicates_constraint")}
        for name in sorted(there - {str(index.name) for index in table.indexes}):
            connection.exec_driver_sql(f"DROP INDEX {name}")
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if index.name not in there:
                index.create(connection)


def unlike(connection: Connection, tables: list[Table]) -> list[Table]:
    """The tables of a SQLite file whose text is not what their model would write."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    there = {name: _plain(sql, name) for name, sql in rows}
    return [table for table in tables if there[table.name] != _plain(_declared(connection, table), table.name)]


def _plain(sql: str, name: str) -> str:
    """The text of a table without what a renaming leaves in it."""
    return " ".join(sql.replace(f'CREATE TABLE "{name}"', f"CREATE TABLE {name}", 1).split())


def _declared(connection: Connection, table: Table) -> str:
    return str(CreateTable(table).compile(dialect=connection.dialect))


def _key_of(value: str | bytes | None) -> bytes | None:
    """A key as it is kept now: the first SQLite files had its digits as text."""
    return bytes.fromhex(value) if isinstance(value, str) else value


def _instant_of(value: str | int | None) -> int | None:
    """An instant as it is kept now: the first SQLite files had it as text."""
    return micros(dt.datetime.fromisoformat(value)) if isinstance(value, str) else value


def _holds_text_for_keys(connection: Connection, table: Table) -> bool:
    keys = [f"typeof({column.name}) = 'text'" for column in table.c if isinstance(column.type, Key)]
    sql = f"SELECT EXISTS (SELECT 1 FROM {table.name} WHERE {' OR '.join(keys) or '0'})"
    return bool(connection.exec_driver_sql(sql).scalar())


def _moved(column: Column[Any]) -> str:
    """The SQL of a column's value as it is copied."""
    if isinstance(column.type, Key):
        return f"key_of({column.name})"
    return f"instant_of({column.name})" if isinstance(column.type, UtcDateTime) else column.name


def _written_anew(connection: Connection, table: Table) -> None:
    """As SQLite's own documentation says it: make, copy, drop, rename; foreign keys are off and asked at the end."""
    name, fresh = table.name, f"{table.name}_anew"
    there = {column["name"] for column in inspect(connection).get_columns(name)}
    columns = [column for column in table.c if column.name in there]
    shared = ", ".join(column.name for column in columns)
    values = ", ".join(_moved(column) for column in columns)
    connection.exec_driver_sql(_declared(connection, table).replace(f"CREATE TABLE {name}", f"CREATE TABLE {fresh}", 1))
    connection.exec_driver_sql(f"INSERT INTO {fresh} ({shared}) SELECT {values} FROM {name}")
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {fresh} RENAME TO {name}")


KERNEL: tuple[Step, ...] = (
    new_column("case_step", "promised_on"),
    new_column("case_step", "snoozed_until"),
    as_declared,  # timed_job, job_run
    as_declared,  # the search indexes
    as_declared,  # the reference tables
)
"""The kernel's own chain; a module's stands in its manifest."""
