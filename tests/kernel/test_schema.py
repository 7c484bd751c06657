"""The database's shape: triggers by list and hash, migrations that keep them, versions that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from alembic.operations import Operations
from sqlalchemy import inspect

from retaguarda.kernel import schema
from retaguarda.kernel.errors import Refusal, Trouble
from retaguarda.kernel.migration import KERNEL, Step, as_declared, gone, new_column, new_constraint
from retaguarda.kernel.model import Base, table_of
from retaguarda.kernel.module import Module, models_of
from retaguarda.kernel.store import Store
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.trigger import Trigger
from tests.helpers.toyshop import MODULE, MODULES, MoveGoods, Shop
from tests.schemas.recorded import differences, shape


@pytest.fixture
def store(toy_url: str) -> Iterator[Store]:
    found = open_store(toy_url)
    yield found
    found.close()


LESS = {
    "sqlite": (
        "CREATE TABLE old AS SELECT lower(hex(id)), version, lower(hex(command_id)), name, "
        "nullif(lower(hex(branch_id)), ''), filled_on, "
        "strftime('%Y-%m-%dT%H:%M:%S', seen_at / 1000000, 'unixepoch') || printf('.%06d+00:00', seen_at % 1000000), "
        "worth FROM toy_shelf",
        "DROP TABLE toy_shelf",
        "CREATE TABLE toy_shelf (id CHAR(32) NOT NULL PRIMARY KEY, version INTEGER NOT NULL, command_id CHAR(32) "
        "NOT NULL, name VARCHAR(40), branch_id CHAR(32), filled_on DATE, seen_at VARCHAR(32), worth BIGINT, rest TEXT)",
        "INSERT INTO toy_shelf SELECT *, 'x' FROM old",
        "DROP TABLE old",
    ),
    "postgresql": (
        "ALTER TABLE toy_shelf DROP COLUMN place",
        "ALTER TABLE toy_shelf DROP COLUMN open",
        "ALTER TABLE toy_shelf ADD COLUMN rest TEXT DEFAULT 'x'",
        "ALTER TABLE toy_shelf DROP CONSTRAINT ck_toy_shelf_name",
        "ALTER TABLE toy_shelf ADD CONSTRAINT ck_toy_shelf_name CHECK (name <> 'old')",
        "ALTER TABLE toy_shelf ADD CONSTRAINT ck_rest CHECK (rest <> 'y')",
        "ALTER TABLE toy_line DROP COLUMN shelf_id",
    ),
}
"""What makes of a fresh toy shop an older one: columns, keys, checks, indexes and tables less, others more; on SQLite
keys and instants as text."""
STEPS: tuple[Step, ...] = (
    new_column("toy_shelf", "place"),
    new_column("toy_shelf", "open", "version > 0"),
    new_constraint("toy_shelf", "ck_toy_shelf_name"),
    gone("toy_shelf", constraint="ck_rest"),
    gone("toy_shelf", column="rest"),
    new_column("toy_line", "shelf_id"),
    as_declared,
)
NEWER: Module = replace(MODULE, migrations=STEPS)


def make_older(store: Store) -> None:
    with store.engine.connect().execution_options(writes=True) as connection:
        connection.exec_driver_sql("COMMIT" if store.name == "sqlite" else "SELECT 1")
        if store.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = off")
        schema._drop_triggers(connection)
        for sql in (
            *LESS[store.name],
            "DROP INDEX ix_toy_move_shelf_id",
            "CREATE INDEX ix_old ON toy_move (quantity)",
            "DROP TABLE number_series",
            *(("DROP TABLE toy_line", OLD_LINE) if store.name == "sqlite" else ()),
        ):
            connection.exec_driver_sql(sql)
        connection.commit()


OLD_LINE = (
    "CREATE TABLE toy_line (id CHAR(32) PRIMARY KEY, command_id CHAR(32) NOT NULL, at VARCHAR(32) NOT NULL, "
    "paper_id CHAR(32) NOT NULL)"
)


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
    assert schema.pending(store, MODULES) == {}
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


@pytest.fixture
def older(toy_url: str) -> Iterator[Store]:
    """An older toy shop with goods on a shelf."""
    with_goods(toy_url)
    store = open_store(toy_url)
    make_older(store)
    yield store
    store.close()


def columns(store: Store) -> set[str]:
    with store.engine.connect() as connection:
        return {c["name"] for c in inspect(connection).get_columns("toy_shelf")}


def test_an_older_database_equals_a_fresh_one_after_its_migrations(older: Store, toy_url: str) -> None:
    seen: list[bool] = []
    assert schema.pending(older, (NEWER,)) == {"toyshop": 0}
    assert schema.migrate(older, (NEWER,), lambda: seen.append("place" in columns(older))) == len(STEPS)
    assert seen == [False], "the backup came first"
    assert schema.trigger_faults(older, (NEWER,)) == []
    assert schema.pending(older, (NEWER,)) == {}
    assert [tuple(r) for r in raw(older, "SELECT name, place, open FROM toy_shelf")] == [("A", None, True)]
    assert len(raw(older, "SELECT * FROM toy_move")) == 1
    assert raw(older, "SELECT * FROM number_series") == []
    assert schema.migrate(older, (NEWER,), lambda: seen.append(True)) == 0
    assert seen == [False]
    migrated = shape(older)
    with older.engine.connect().execution_options(writes=True) as connection, connection.begin():
        Base.metadata.drop_all(connection, tables=[table_of(m) for m in models_of(MODULES).values()])
    schema.make(older, (NEWER,), {})
    assert differences(migrated, shape(older)) == {}


def test_a_fresh_database_has_nothing_to_settle(store: Store) -> None:
    before = shape(store)
    schema.migrate(store, (replace(MODULE, migrations=(as_declared,)),), lambda: None)
    assert differences(before, shape(store)) == {"mark module.toyshop": ("0", "1")}


def test_a_column_that_must_not_be_empty_says_what_rows_have_in_it(older: Store) -> None:
    with pytest.raises(AssertionError, match="what do the rows that stand have"):
        schema.migrate(older, (replace(MODULE, migrations=(new_column("toy_shelf", "open"),)),), lambda: None)
    assert "open" not in columns(older)


def test_the_kernel_has_a_chain_of_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    before = len(KERNEL)
    assert schema.read_marks(store)["module.kernel"] == str(before)
    monkeypatch.setattr(schema, "KERNEL", (*KERNEL, lambda operations: ran.append("kernel"), as_declared))
    assert schema.pending(store, MODULES) == {"kernel": before}
    assert schema.migrate(store, MODULES, lambda: None) == 2
    assert (ran, schema.read_marks(store)["module.kernel"]) == (["kernel"], str(before + 2))
    monkeypatch.undo()
    with pytest.raises(Trouble) as trouble:
        schema.pending(store, MODULES)
    assert (trouble.value.code, trouble.value.params["module"]) == ("kernel.newer_database", "kernel")


def test_guards_still_bite_after_a_migration(toy_url: str) -> None:
    shelf = with_goods(toy_url)
    store = open_store(toy_url)
    try:
        make_older(store)
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


def test_half_of_the_migrations_run_where_half_have_run(older: Store) -> None:
    ran: list[str] = []
    first: Step = lambda operations: ran.append("first")  # noqa: E731
    assert schema.migrate(older, (replace(MODULE, migrations=(first, *STEPS)),), lambda: None) == len(STEPS) + 1
    last = replace(MODULE, migrations=(first, *STEPS, lambda operations: ran.append("last")))
    assert schema.pending(older, (last,)) == {"toyshop": len(STEPS) + 1}
    assert schema.migrate(older, (last,), lambda: None) == 1
    assert ran == ["first", "last"]


@pytest.mark.parametrize("when", ["backup", "migration", "orphans"])
def test_a_migration_that_fails_changes_nothing(older: Store, when: str) -> None:
    def falls(*_: object) -> None:
        raise RuntimeError("stopped")

    def orphans(operations: Operations) -> None:
        operations.execute("DELETE FROM toy_balance")
        operations.execute("DELETE FROM toy_shelf")

    module = replace(MODULE, migrations=(*STEPS, orphans if when == "orphans" else falls))
    before = shape(older)
    with pytest.raises(Exception, match=r"stopped|refer|referenced"):
        schema.migrate(older, (module,), falls if when == "backup" else lambda: None)
    assert differences(before, shape(older)) == {}
    assert "place" not in columns(older)
    assert len(raw(older, "SELECT * FROM toy_shelf")) == 1


def test_a_new_module_gets_its_tables_and_triggers(pg_url: str, sqlite_url: str) -> None:
    for url in (pg_url, sqlite_url):
        store = open_store(url, create=True)
        try:
            schema.make(store, (), {})
            assert schema.pending(store, MODULES) == {"toyshop": -1}
            assert schema.migrate(store, MODULES, lambda: None) == 0
            assert schema.pending(store, MODULES) == {}
            assert schema.trigger_faults(store, MODULES) == []
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
