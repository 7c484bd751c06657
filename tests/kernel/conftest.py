"""The toy shop on each engine in turn; see `tests/helpers/toyshop.py`."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retaguarda.kernel.store import Reader
from retaguarda.kernel.stores import open_store
from tests.helpers import postgres, toyshop
from tests.kernel import shelves


@pytest.fixture(scope="session")
def toy_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the toy shop's empty tables."""
    path = tmp_path_factory.mktemp("toy") / "toy.db"
    toyshop.make(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(params=["sqlite", "pg"])
def toy_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a toy shop with empty tables, on each engine in turn."""
    if request.param == "sqlite":
        target = tmp_path / "toy.db"
        shutil.copy(request.getfixturevalue("toy_template"), target)
        yield f"sqlite:///{target}"
        return
    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin, postgres.template(admin, "toyshop", toyshop.make))
    yield url
    postgres.drop_database(admin, url)


@pytest.fixture
def shop(toy_url: str) -> Iterator[toyshop.Shop]:
    """The toy shop, open."""
    found = toyshop.Shop(open_store(toy_url))
    toyshop.HEARD.clear()
    yield found
    found.close()


@pytest.fixture(scope="session", params=["sqlite", "pg"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[toyshop.Shop]:
    """Sixty shelves full of ties and empty values, nine of them with goods; the tests only read them."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('full') / 'toy.db'}"
    else:
        url = postgres.new_database(request.getfixturevalue("pg_server"))
    shop = shelves.filled(url)
    yield shop
    shop.close()
    if request.param == "pg":
        postgres.drop_database(request.getfixturevalue("pg_server"), url)


@pytest.fixture
def reader(full: toyshop.Shop) -> Iterator[Reader]:
    """Reads in the full shop."""
    found = full.store.reader()
    yield found
    found.close()
