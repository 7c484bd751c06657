"""Every statement that the kernel prepares sends what SQLAlchemy Core would send, and gives back what Core would give:
text, converted parameters and converted rows, on both engines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import psycopg
from sqlalchemy import Connection, insert, select

from retaguarda.app.headless import Office
from retaguarda.kernel.journal import RowAudit
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import models_of
from retaguarda.kernel.statement import Prepared, Statement, insert_of, revise_of
from tests.helpers.as_core import core_of, sent_by_core
from tests.helpers.samples import sample


def declared() -> Iterator[tuple[str, Statement]]:
    """Every statement that stands in a file of the program, by file and name."""
    for module in sorted(name for name in sys.modules if name.startswith("retaguarda.")):
        for name, value in sorted(vars(sys.modules[module]).items()):
            if isinstance(value, Statement):
                yield f"{module}.{name}", value


def assert_sends_the_same(connection: Connection, name: str, core: Any, prepared: Prepared) -> None:
    compiled = core.compile(dialect=connection.dialect)
    values = {key: sample(bind.type) for key, bind in compiled.binds.items() if bind.required}
    assert (prepared.sql, prepared.args(values)) == sent_by_core(connection, core, values), name


def test_inserts_of_every_table(office: Office) -> None:
    with core_of(office.store) as connection:
        for model in models_of(office.registry.modules).values():
            if model is RowAudit:  # only triggers write it
                continue
            table = table_of(model)
            values = {column.key: sample(column.type) for column in table.c}
            prepared = insert_of(table).prepared(office.store.dialect)
            sql, args = sent_by_core(connection, insert(table), values)
            assert (prepared.sql, bare(prepared.args(values, {}))) == (sql, bare(args)), table.name


def bare(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments with bytes out of the driver's wrapper, which equals only itself."""
    return tuple(arg.obj if isinstance(arg, psycopg.Binary) else arg for arg in args)


def test_revisions_of_every_record(office: Office) -> None:
    with core_of(office.store) as connection:
        for model in models_of(office.registry.modules).values():
            table = table_of(model)
            if "version" not in table.c:
                continue
            columns = tuple(column.key for column in table.c if column.key not in ("id", "version"))
            for some in (columns, columns[:1]):
                statement = revise_of(table, some)
                assert_sends_the_same(connection, table.name, statement.core, statement.prepared(office.store.dialect))


def test_every_declared_statement(office: Office) -> None:
    found = dict(declared())
    assert len(found) > 10
    with core_of(office.store) as connection:
        for name, statement in found.items():
            assert_sends_the_same(connection, name, statement.core, statement.prepared(office.store.dialect))


def test_rows_of_every_table_come_back_as_core_gives_them(office: Office) -> None:
    reader = office.store.reader()
    seen = 0
    try:
        with core_of(office.store) as connection:
            for model in models_of(office.registry.modules).values():
                table = table_of(model)
                core = select(table).order_by(table.c[0])
                prepared = Statement(core).prepared(office.store.dialect)
                ours = [prepared.row(row) for row in reader.read(prepared, ())]
                theirs = connection.execute(core).all()
                assert [tuple(getattr(row, c.key) for c in table.c) for row in ours] == [tuple(r) for r in theirs]
                seen += len(ours)
    finally:
        reader.close()
    assert seen > 50
