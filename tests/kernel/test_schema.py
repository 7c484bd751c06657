"""The database's shape: triggers by list and hash, migrations that keep them, versions that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from alembic.operations import Operations
from sqlalchemy import Column, Integer, String, inspect

from retaguarda.kernel import schema
from retaguarda.kernel.errors import Refusal, Trouble
from retaguarda.kernel.module import Module, models_of
from retaguarda.kernel.store import Store
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.trigger import Trigger
from tests.helpers.toyshop import MODULE, MODULES, MoveGoods, Shop


@pytest.fixture
def store(toy_url: str) -> Iterator[Store]:
    found = open_store(toy_url)
    yield found
    found.close()


def add_column(operations: Operations) -> None:
    """First migration: a plain column."""
    operations.add_column("toy_shelf", Column("note", String(40)))


def widen_name(operations: Operations) -> None:
    """Second migration: on SQLite the whole table is copied, dropped and renamed, and loses its triggers."""
    with operations.batch_alter_table("toy_shelf", recreate="auto") as batch:
        batch.alter_column("name", type_=String(200), existing_type=String(80), existing_nullable=False)
        batch.add_column(Column("stars", Integer(), nullable=False, server_default="3"))


NEWER: Module = replace(MODULE, migrations=(add_column, widen_name))


def raw(store: Store, sql: str) -> list[Any]:
    with store.engine.connect().execution_options(writes=True) as connection:
        result = connection.exec_driver_sql(sql)
        rows = list(result) if result.returns_rows else []
        connection.commit()
        return rows


def trigger_names(store: Store) -> set[str]:
    with store.engine.connect() as connection:
        return set(schema._installed(connection))


def test_a_fresh_database_has_every_trigger_and_its_marks(store: Store) -> None:
    assert schema.trigger_faults(store, MODULES) == []
    assert trigger_names(store) == set(schema.shape_of(MODULES, schema._engine(store)).triggers)
    assert {"toy_move_balance", "toy_move_no_update", "toy_shelf_no_delete", "toy_shelf_audit"} <= trigger_names(store)
    marks = schema.read_marks(store)
    assert (marks["module.toyshop"], len(marks["triggers"])) == ("0", 64)
    assert schema.pending(store, MODULES) == []
    assert not schema.is_empty(store)


def test_only_the_tables_of_the_listed_modules_are_made(pg_url: str, sqlite_url: str) -> None:
    for url in (pg_url, sqlite_url):
        store = open_store(url, create=True)
        try:
            assert schema.is_empty(store)
            schema.make(store, (), {"who": "nobody"})
            assert schema.read_marks(store)["who"] == "nobody"
            assert "toy_move_balance" not in trigger_names(store)
            assert schema.trigger_faults(store, ()) == []
        finally:
            store.close()


BREAKS: dict[str, dict[str, str]] = {
    "sqlite": {
        "dropped": "DROP TRIGGER toy_move_balance",
        "added": "CREATE TRIGGER stranger AFTER INSERT ON toy_shelf BEGIN SELECT 1; END",
    },
    "postgresql": {
        "dropped": "DROP TRIGGER toy_move_balance ON toy_move",
        "added": "CREATE TRIGGER stranger AFTER INSERT ON toy_shelf FOR EACH ROW EXECUTE FUNCTION toy_shelf_audit()",
        "disabled": "ALTER TABLE toy_move DISABLE TRIGGER toy_move_balance",
        "changed": "CREATE OR REPLACE FUNCTION toy_move_balance() RETURNS trigger LANGUAGE plpgsql "
        "AS $$BEGIN RETURN NULL; END$$",
    },
}


def test_a_trigger_that_is_gone_strange_or_changed_is_named(store: Store) -> None:
    for what, sql in BREAKS[store.name].items():
        raw(store, sql)
        named = schema.trigger_faults(store, MODULES)
        assert named == (["stranger"] if what == "added" else ["toy_move_balance"]), what
        with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
            schema._drop_triggers(connection)
            schema._install(connection, schema.shape_of(MODULES, schema._engine(store)))
        assert schema.trigger_faults(store, MODULES) == []


def test_a_changed_trigger_is_named_on_sqlite(toy_url: str) -> None:
    store = open_store(toy_url)
    try:
        if store.name == "sqlite":
            raw(store, "DROP TRIGGER toy_move_balance")
            raw(store, "CREATE TRIGGER toy_move_balance AFTER INSERT ON toy_move BEGIN SELECT 1; END")
            assert schema.trigger_faults(store, MODULES) == ["toy_move_balance"]
    finally:
        store.close()


def test_a_changed_mark_is_named(store: Store) -> None:
    schema.set_mark(store, "triggers", "0")
    assert schema.trigger_faults(store, MODULES) == ["triggers"]


def with_goods(toy_url: str) -> str:
    """A shelf with goods, referred to by moves and balance; its key."""
    shop = Shop(open_store(toy_url))
    try:
        shelf = shop.shelf()
        shop.do(MoveGoods(shelf_id=shelf, quantity=Decimal(2)))
        return shelf
    finally:
        shop.close()


def test_migrations_run_after_a_backup_and_keep_every_trigger(toy_url: str) -> None:
    with_goods(toy_url)
    store = open_store(toy_url)
    calls: list[set[str]] = []

    def back_up() -> None:
        with store.engine.connect() as connection:
            calls.append({c["name"] for c in inspect(connection).get_columns("toy_shelf")})

    try:
        before = trigger_names(store)
        assert schema.pending(store, (NEWER,)) == [(NEWER, 0)]
        assert schema.migrate(store, (NEWER,), back_up) == 2
        assert [("note" in seen, "stars" in seen) for seen in calls] == [(False, False)]
        assert trigger_names(store) == before
        assert schema.trigger_faults(store, (NEWER,)) == []
        assert schema.read_marks(store)["module.toyshop"] == "2"
        assert schema.pending(store, (NEWER,)) == []
        assert [tuple(r) for r in raw(store, "SELECT name, note, stars FROM toy_shelf")] == [("A", None, 3)]
        assert schema.migrate(store, (NEWER,), back_up) == 0
        assert len(calls) == 1
    finally:
        store.close()


def test_guards_still_bite_after_a_migration(toy_url: str) -> None:
    shelf = with_goods(toy_url)
    store = open_store(toy_url)
    try:
        schema.migrate(store, (NEWER,), lambda: None)
    finally:
        store.close()
    shop = Shop(open_store(toy_url))
    try:
        with pytest.raises(Refusal) as refused:
            shop.do(MoveGoods(shelf_id=shelf, quantity=Decimal(-3)))
        assert refused.value.code == "toyshop.empty"
        shop.do(MoveGoods(shelf_id=shelf, quantity=Decimal(-2)))
        with pytest.raises(Exception, match="never_deleted"):
            shop.sql("DELETE FROM toy_shelf")
    finally:
        shop.close()


def test_half_of_the_migrations_run_where_half_have_run(toy_url: str) -> None:
    store = open_store(toy_url)
    one = replace(MODULE, migrations=(add_column,))
    try:
        assert schema.migrate(store, (one,), lambda: None) == 1
        assert schema.pending(store, (NEWER,)) == [(NEWER, 1)]
        assert schema.migrate(store, (NEWER,), lambda: None) == 1
    finally:
        store.close()


@pytest.mark.parametrize("when", ["backup", "migration", "orphans"])
def test_a_migration_that_fails_changes_nothing(toy_url: str, when: str) -> None:
    with_goods(toy_url)

    def falls(*_: object) -> None:
        raise RuntimeError("stopped")

    def orphans(operations: Operations) -> None:
        operations.execute("DELETE FROM toy_balance")
        operations.execute("DELETE FROM toy_shelf")

    last: Callable[[Operations], None] = orphans if when == "orphans" else falls
    module = replace(MODULE, migrations=(add_column, widen_name, last))
    store = open_store(toy_url)
    try:
        before = trigger_names(store)
        with pytest.raises(Exception, match=r"stopped|refer|referenced"):
            schema.migrate(store, (module,), falls if when == "backup" else lambda: None)
        assert trigger_names(store) == before
        assert schema.trigger_faults(store, MODULES) == []
        assert schema.read_marks(store)["module.toyshop"] == "0"
        with store.engine.connect() as connection:
            assert "note" not in {c["name"] for c in inspect(connection).get_columns("toy_shelf")}
        assert len(raw(store, "SELECT * FROM toy_shelf")) == 1
    finally:
        store.close()


def test_a_new_module_gets_its_tables_and_triggers(pg_url: str, sqlite_url: str) -> None:
    for url in (pg_url, sqlite_url):
        store = open_store(url, create=True)
        try:
            schema.make(store, (), {})
            assert schema.pending(store, MODULES) == [(MODULE, -1)]
            assert schema.migrate(store, MODULES, lambda: None) == 0
            assert schema.pending(store, MODULES) == []
            assert schema.trigger_faults(store, MODULES) == []
        finally:
            store.close()


def test_tables_that_the_kernel_has_grown_are_made(toy_url: str) -> None:
    store = open_store(toy_url)
    try:
        raw(store, "DROP TABLE number_series")
        schema.migrate(store, (NEWER,), lambda: None)
        assert raw(store, "SELECT * FROM number_series") == []
        assert schema.trigger_faults(store, (NEWER,)) == []
    finally:
        store.close()


def test_a_newer_database_is_refused_by_name(store: Store) -> None:
    schema.set_mark(store, "module.toyshop", "1")
    with pytest.raises(Trouble) as trouble:
        schema.pending(store, MODULES)
    assert (trouble.value.code, trouble.value.params["module"]) == ("kernel.newer_database", "toyshop")
    schema.set_mark(store, "module.toyshop", "0")
    schema.set_mark(store, "module.astrology", "0")
    with pytest.raises(Trouble) as trouble:
        schema.migrate(store, MODULES, lambda: None)
    assert (trouble.value.code, trouble.value.params["module"]) == ("kernel.newer_database", "astrology")


def test_two_triggers_of_one_name_are_our_defect() -> None:
    model = models_of(MODULES)["toy_shelf"]
    twice = Trigger("toy_move_balance", "after insert", ())
    model.__triggers__ = (twice,)
    try:
        with pytest.raises(ValueError):
            schema.shape_of(MODULES, "sqlite")
    finally:
        del model.__triggers__
