"""A company per test, on each engine in turn; see `tests/helpers/company.py` for who works there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retaguarda.app.headless import Office
from tests.helpers import company, postgres

TEMPLATE = "company"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template") / "company.db"


@pytest.fixture(params=["sqlite", "pg"])
def company_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh copy of the test company, on each engine in turn."""
    if request.param == "sqlite":
        yield company.copy_sqlite(request.getfixturevalue("sqlite_template"), tmp_path / "company.db")
        return
    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin, postgres.template(admin, TEMPLATE, company.build))
    yield url
    postgres.drop_database(admin, url)


@pytest.fixture
def office(company_url: str) -> Iterator[Office]:
    """The test company, opened by its administrator on a Monday morning (`office.clock` can be moved)."""
    found = company.open_as(company_url)
    yield found
    found.close()
