"""The toy shop on each engine in turn; see `tests/helpers/toyshop.py`."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retaguarda.kernel.stores import open_store
from tests.helpers import postgres, toyshop


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
