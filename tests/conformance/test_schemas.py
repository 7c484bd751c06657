"""Databases as they were at the end of each issue: this program's migrations make of each what it makes afresh."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from retaguarda.app.compose import MODULES
from retaguarda.kernel import schema
from retaguarda.kernel.module import Module
from retaguarda.kernel.store import Store
from retaguarda.kernel.stores import open_store
from tests.helpers import postgres
from tests.schemas.recorded import BETWEEN, FOLDER, differences, replay, shape

RECORDED = sorted(path.name for path in FOLDER.glob("*.sql"))
LACKING = (
    "A database recorded as {name} does not become what this program makes afresh. Add a step to the migrations of "
    "the module whose table changed (docs/ARCHITECTURE.md, How to change a table). They differ in:\n{parts}"
)
Empty = Callable[[str], Store]


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Empty]:
    """Opens a new empty database of an engine."""
    stores: list[Store] = []

    def make(engine: str) -> Store:
        url = f"sqlite:///{tmp_path / f'{len(stores)}.db'}"
        if engine == "postgresql":
            url = postgres.new_database(request.getfixturevalue("pg_server"))
        stores.append(open_store(url, create=True))
        return stores[-1]

    yield make
    for store in stores:
        store.close()
        if store.name == "postgresql":
            postgres.drop_database(request.getfixturevalue("pg_server"), store.url)


def lacking(name: str, empty: Empty, modules: Sequence[Module] = MODULES) -> str:
    """What keeps the recorded database, migrated, from being a fresh one."""
    engine = name.split(".")[1]
    old, fresh = empty(engine), empty(engine)
    replay(old, (FOLDER / name).read_text(encoding="utf-8"))
    schema.migrate(old, modules, lambda: None)
    schema.make(fresh, modules, {})
    wrong = differences(shape(old), shape(fresh))
    parts = "\n".join(f"- {part}: migrated {was!r}, fresh {now!r}" for part, (was, now) in wrong.items())
    return LACKING.format(name=name, parts=parts) if wrong else ""


def test_every_end_of_an_issue_is_recorded_on_both_engines() -> None:
    names = {engine: {n.split(".")[0] for n in RECORDED if f".{engine}." in n} for engine in ("sqlite", "postgresql")}
    assert names["sqlite"] == names["postgresql"] >= {"issue_2"}


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_database_becomes_a_fresh_one(name: str, empty: Empty) -> None:
    assert (fault := lacking(name, empty)) == "", fault


@pytest.mark.parametrize("name", [name for name in RECORDED if name.startswith("issue_2.")])
def test_a_table_that_changed_without_a_migration_is_named(
    name: str, empty: Empty, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Planted: a recorded database with another index, another check and other triggers, and nothing to run on it (what
    does run, a new module's tables among it, brings much of this to the models)."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    modules = [replace(module, migrations=()) for module in MODULES]
    monkeypatch.setattr(schema, "KERNEL", ())
    for was, now in (
        ("CREATE INDEX ix_sales_order_", "CREATE INDEX ix_planted_"),
        ("gross_amount - discount_amount = net_amount AND net_amount >= 0", "net_amount >= 0"),
        ("kernel.append_only", "kernel.planted"),
    ):
        assert was in text
        text = text.replace(was, now)
    # Nothing waits to be migrated, so that nothing of what was planted is put right on the way.
    marks = ", ".join(f"('module.{module}', '{len(chain)}')" for module, chain in schema.chains(modules).items())
    text += f"{BETWEEN}DELETE FROM schema_mark WHERE name <> 'triggers'"
    text += f"{BETWEEN}INSERT INTO schema_mark (name, value) VALUES {marks}"
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(f"{__name__}.FOLDER", tmp_path)
    fault = lacking(name, empty, modules)
    for part in ("index ix_planted_", "invoice_line", "trigger invoice_no_update", "How to change a table"):
        assert part in fault


def test_a_key_of_a_circle_is_in_every_database_that_one_process_makes(empty: Empty) -> None:
    # The PostgreSQL first: adding its key afterwards took it out of every CREATE TABLE written later.
    found = []
    for engine in ("postgresql", "sqlite"):
        store = empty(engine)
        schema.make(store, MODULES, {})
        with store.engine.connect() as connection:
            keys = inspect(connection).get_foreign_keys("entry")
        found.append(sorted((key["constrained_columns"], key["referred_table"]) for key in keys))
    assert found[0] == found[1]
    assert (["posting_id"], "posting") in found[0]
