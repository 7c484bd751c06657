"""Opening and creating a company: each database that is not ours to open has its own answer, and nothing is made or
changed by looking."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import retaguarda
from retaguarda.app import headless
from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office, check_shape, create_office, migrate_office, open_office
from retaguarda.kernel import schema
from retaguarda.kernel.errors import Invalid, Offline, Problem, Refusal, Trouble
from retaguarda.kernel.module import Module
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import LANGUAGES, Texts
from tests.helpers import company

COMPANY: dict[str, Any] = {
    "name": "Comercial Silva",
    "admin_name": "Ana",
    "admin_login": "ana",
    "admin_password": "segredo123",
}


@contextlib.contextmanager
def refused(kind: type[Problem], code: str) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code
    for language in LANGUAGES:
        texts = Texts(language, strict=True)
        assert texts.cause(code, **caught.value.params)
        assert texts.action(code, **caught.value.params)


def test_a_new_company_is_ready_to_log_in(db_url: str) -> None:
    create_office(db_url, COMPANY).close()
    office = retaguarda.open_office(db_url, "ana", "segredo123")
    try:
        assert office.facts().name == "Comercial Silva"
        assert office.check() == []
    finally:
        office.close()
    with refused(Refusal, "company.create_company.exists"):
        create_office(db_url, COMPANY)


def test_a_creation_that_was_refused_can_be_tried_again(db_url: str) -> None:
    with pytest.raises(Invalid):
        create_office(db_url, {**COMPANY, "zone": "Mars/Olympus"})
    create_office(db_url, COMPANY).close()
    with pytest.raises(Invalid):
        create_office(db_url, {**COMPANY, "admin_password": "short"})


def test_no_company(db_url: str, tmp_path: Path) -> None:
    if db_url.startswith("sqlite"):
        with refused(Offline, "kernel.database_gone"):
            open_office(db_url)
        (tmp_path / "test.db").touch()
    with refused(Trouble, "kernel.not_a_company"):
        open_office(db_url)
    with refused(Trouble, "kernel.not_a_company"):
        migrate_office(db_url)


def test_what_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 300)
    for act in (lambda: open_office(f"sqlite:///{path}"), lambda: create_office(f"sqlite:///{path}", COMPANY)):
        with refused(Trouble, "kernel.damaged"):
            act()
    assert path.read_text().startswith("Dear Sir")


def test_a_newer_database_is_refused_and_an_older_one_asks(
    company_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(company_url)
    try:
        known = len(next(module for module in MODULES if module.name == "company").migrations)
        schema.set_mark(store, "module.company", str(known + 1))
        for act in (lambda: open_office(company_url, "ana"), lambda: migrate_office(company_url)):
            with refused(Trouble, "kernel.newer_database"):
                act()
        schema.set_mark(store, "module.company", str(known))
        newer = tuple(_with_migration(m) if m.name == "company" else m for m in MODULES)
        monkeypatch.setattr(headless, "MODULES", newer)
        monkeypatch.setattr(headless, "backup_folder", lambda _store: tmp_path / "backup")
        with refused(Trouble, "kernel.older_database"):
            open_office(company_url, "ana")
        assert not (tmp_path / "backup").exists()
        if store.name == "sqlite":
            assert migrate_office(company_url) == 1
            assert len(list((tmp_path / "backup").iterdir())) == 1
            check_shape(store)
    finally:
        store.close()


def _with_migration(module: Module) -> Module:
    return replace(module, migrations=(*module.migrations, lambda operations: operations.execute("SELECT 1")))


def test_guards_that_were_taken_away_are_named(company_url: str) -> None:
    store = open_store(company_url)
    on_table = " ON company" if store.name == "postgresql" else ""
    try:
        with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(text(f"DROP TRIGGER company_no_delete{on_table}"))
        with pytest.raises(Trouble) as trouble:
            open_office(company_url, "ana")
        assert trouble.value.code == "kernel.triggers_changed"
        assert trouble.value.params["triggers"] == "company_no_delete"
    finally:
        store.close()


def test_looking_waits_for_no_writer(office: Office) -> None:
    """Whoever only looks is not kept out by somebody who writes, nor keeps anybody out."""
    if office.store.name != "sqlite":
        return
    path = office.store.url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        second = company.open_as(office.store.url, "sales")
        assert second.show("company.company").rows
        second.close()


def test_a_restored_copy_is_read_on(office: Office, tmp_path: Path) -> None:
    if office.store.name != "sqlite":
        return
    path = Path(office.store.url.removeprefix("sqlite:///"))
    before = office.show("company.people", limit=100).rows
    copy = headless.back_up_office(office.store.url, tmp_path / "copies")
    office.do("company.add_person", login="bia", name="Bia")
    office.bus.close()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copy(copy, tmp_path / "restored.db")
    (tmp_path / "restored.db").replace(path)
    assert office.show("company.people", limit=100).rows == before
    office.do("company.add_person", login="bia", name="Bia")
