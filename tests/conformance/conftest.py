"""The companies that tests share: the sample company, and one in which nothing has happened yet; each is made once per
session and engine and copied once per worker, or once per file where the tests may write."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from retaguarda.app.headless import Office
from retaguarda.app.sample import make
from retaguarda.kernel.clock import FixedClock
from tests.conftest import COMPANY
from tests.helpers import company, postgres

SAMPLE = "sample"
OWNER = "ana"
"""The log-in of who administers either company."""


def _make(url: str) -> None:
    make(url, clock=FixedClock(company.MONDAY))


BUILDS: dict[str, Callable[[str], None]] = {SAMPLE: _make, COMPANY: company.build}


@contextlib.contextmanager
def _copied(name: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A copy of one of the companies, opened by its owner, on the engine of the fixture."""
    build = BUILDS[name]
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template").with_name(f"{name}.db")
        url = company.copy_sqlite(template, tmp_path_factory.mktemp(name) / "copy.db", build)
    else:
        admin = request.getfixturevalue("pg_server")
        url = postgres.new_database(admin, postgres.template(admin, name, build))
    office = company.open_as(url, OWNER)
    try:
        yield office
    finally:
        office.close()
        if request.param == "pg":
            postgres.drop_database(request.getfixturevalue("pg_server"), url)


@pytest.fixture(scope="session", params=["sqlite", "pg"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The sample company on each engine in turn: nobody writes into it."""
    with _copied(SAMPLE, request, tmp_path_factory) as office:
        yield office


@pytest.fixture(scope="module", params=["sqlite", "pg"])
def sample_copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A sample company that the tests of one file may write into."""
    with _copied(SAMPLE, request, tmp_path_factory) as office:
        yield office


@pytest.fixture(scope="session", params=["sqlite", "pg"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A company in which nothing has happened yet, on each engine in turn: nobody writes into it."""
    with _copied(COMPANY, request, tmp_path_factory) as office:
        yield office


@pytest.fixture(scope="module", params=["sqlite", "pg"])
def barren(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A company in which nothing has happened yet, for the tests of one file that try in vain to change it."""
    with _copied(COMPANY, request, tmp_path_factory) as office:
        yield office
