"""The sample company, made once per session and engine; tests that only read share one copy of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retaguarda.app.headless import Office
from retaguarda.app.sample import make
from retaguarda.kernel.clock import FixedClock
from tests.helpers import company, postgres


def _make(url: str) -> None:
    make(url, clock=FixedClock(company.MONDAY))


@pytest.fixture(scope="session", params=["sqlite", "pg"])
def sample_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample company on each engine in turn: nobody writes into it."""
    if request.param == "sqlite":
        template = tmp_path_factory.getbasetemp() / "sample-template.db"
        yield company.copy_sqlite(template, tmp_path_factory.mktemp("sample") / "sample.db", build=_make)
        return
    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin, postgres.template(admin, "sample", _make))
    yield url
    postgres.drop_database(admin, url)


@pytest.fixture(scope="session")
def sample(sample_url: str) -> Iterator[Office]:
    """The sample company, opened by its owner to be read."""
    found = company.open_as(sample_url, OWNER)
    yield found
    found.close()


@pytest.fixture(scope="session", params=["sqlite", "pg"])
def empty_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a company in which nothing has happened yet, on each engine in turn: nobody writes into it."""
    if request.param == "sqlite":
        yield company.copy_sqlite(
            request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("empty") / "empty.db"
        )
        return
    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin, postgres.template(admin, "company", company.build))
    yield url
    postgres.drop_database(admin, url)


@pytest.fixture(scope="session")
def empty(empty_url: str) -> Iterator[Office]:
    """The empty company, opened by its owner to be read."""
    found = company.open_as(empty_url)
    yield found
    found.close()


OWNER = "ana"
"""The log-in of who administers the sample company."""


@pytest.fixture(scope="module", params=["sqlite", "pg"])
def sample_copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A sample company that the tests of one file may write into."""
    if request.param == "sqlite":
        template = tmp_path_factory.getbasetemp() / "sample-template.db"
        url = company.copy_sqlite(template, tmp_path_factory.mktemp("sample") / "sample.db", build=_make)
    else:
        admin = request.getfixturevalue("pg_server")
        url = postgres.new_database(admin, postgres.template(admin, "sample", _make))
    found = company.open_as(url, OWNER)
    yield found
    found.close()
    if request.param == "pg":
        postgres.drop_database(request.getfixturevalue("pg_server"), url)
