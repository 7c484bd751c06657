"""Addresses of databases: those that lead nowhere say so, and looking makes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from retaguarda.kernel import schema
from retaguarda.kernel.errors import Offline, Problem, Refusal
from retaguarda.kernel.stores import open_store
from tests.helpers import postgres, toyshop
from tests.helpers.told import fault


@pytest.mark.parametrize(
    ("url", "kind", "code"),
    [
        ("nonsense", Refusal, "kernel.bad_address"),
        ("mysql://host/name", Refusal, "kernel.unknown_engine"),
        ("postgresql://a:secret@host/name", Refusal, "kernel.password_in_address"),
        ("sqlite://", Offline, "kernel.database_gone"),
        ("sqlite:////nowhere/at/all.db", Offline, "kernel.database_gone"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, kind: type[Problem], code: str) -> None:
    with fault(kind, code):
        open_store(url)


def test_looking_for_a_file_makes_none(tmp_path: Path) -> None:
    with fault(Offline, "kernel.database_gone"):
        open_store(f"sqlite:///{tmp_path / 'mistyped.db'}")
    assert list(tmp_path.iterdir()) == []
    with fault(Offline, "kernel.database_gone"):
        open_store(f"sqlite:///{tmp_path / 'no folder' / 'new.db'}", create=True)
    assert list(tmp_path.iterdir()) == []


def test_names_with_any_characters(tmp_path: Path) -> None:
    path = tmp_path / "é ? # % & + 100%.db"
    toyshop.make(f"sqlite:///{str(path).replace('%', '%25').replace('?', '%3F').replace('#', '%23')}")
    assert path.is_file()


def test_no_server_and_no_such_database(pg_server: str, tmp_path: Path) -> None:
    for url in (postgres.database_url(pg_server, "nowhere"), f"postgresql://nobody@/x?host={tmp_path}"):
        store = open_store(url)
        try:
            with fault(Offline, "kernel.database_gone"):
                schema.is_empty(store)
            with fault(Offline, "kernel.database_gone"):
                store.writer()
        finally:
            store.close()
