"""Fixtures every test may use: databases on both engines, and the rules of a clean run."""

import functools
import gc
import os
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import argon2
import pytest

from retaguarda.kernel.garbage import sweep
from tests.helpers import postgres
from tests.helpers.leaks import Leaks

if TYPE_CHECKING:
    from retaguarda.app.headless import Office

HOME = "RETAGUARDA_TEST_HOME"
MAY_BE_LEFT_OUT = ("real_data", "windows")
COMPANY = "company"
# Python does not look for garbage by itself: while tests are collected it would go through all of them again and again,
# while they run it would end parts of windows on the threads of lanes. Each is swept behind, on the main thread.
gc.disable()
# What makes a password dear to guess makes it dear to check, hundreds of times; `test_verifiers.py` looks at the price.
argon2.PasswordHasher = functools.partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)  # type: ignore[assignment, misc]


def must_run() -> bool:
    """On the build machine, and as root, whatever is missing can be installed: not run is failed."""
    return os.environ.get("CI") == "true" or (hasattr(os, "geteuid") and os.geteuid() == 0)


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Workers inherit the environment and so share the controller's folder.
    if HOME not in os.environ:
        folder = postgres.make_session_folder()
        os.environ[HOME] = str(folder)
        # Where pytest makes the folders of its tests, too; what the soak asks of a disk it asks on the disk.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder.parent))
        config.add_cleanup(lambda: postgres.remove_session_folder(folder))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones go first, in whatever order the rest runs: begun last, one keeps the other workers waiting."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    exempt = any(item.get_closest_marker(name) for name in MAY_BE_LEFT_OUT)
    if report.skipped and not hasattr(report, "wasxfail") and must_run() and not exempt:
        report.outcome = "failed"
        report.longrepr = f"not run: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    leaks = Leaks()
    yield
    sweep()
    left = leaks.left()
    assert not left, f"left behind: {left}"


@pytest.fixture(scope="session")
def pg_server() -> str:
    """The administrator's URL of the PostgreSQL for this session, shared by all workers."""
    given = os.environ.get("RETAGUARDA_TEST_PG_URL")
    if given:
        return given
    try:
        return postgres.start(Path(os.environ[HOME]), fast=True)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL could be started: {error!r}")


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """A fresh empty PostgreSQL database, dropped after the test."""
    url = postgres.new_database(pg_server)
    yield url
    postgres.drop_database(pg_server, url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite database file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "pg"])
def db_url(request: pytest.FixtureRequest) -> str:
    """A fresh database on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """Where the session's test company stands as a SQLite file, for all workers; made when first copied."""
    return Path(os.environ[HOME]) / f"{COMPANY}.db"


@pytest.fixture(scope="session")
def tour_sample(sqlite_template: Path) -> Path:
    """The sample company as the tour shows it, for all workers: nobody writes into it."""
    from tests.helpers import company
    from tests.tour.stage import make_sample

    return company.made(sqlite_template.with_name("tour.db"), make_sample)


@pytest.fixture(params=["sqlite", "pg"])
def company_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh copy of the test company, on each engine in turn; `tests/helpers/company.py` says who works there."""
    from tests.helpers import company  # the whole program, which most tests do without

    if request.param == "sqlite":
        yield company.copy_sqlite(request.getfixturevalue("sqlite_template"), tmp_path / "company.db")
        return
    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin, postgres.template(admin, COMPANY, company.build))
    yield url
    postgres.drop_database(admin, url)


@pytest.fixture
def office(company_url: str) -> "Iterator[Office]":
    """The test company, opened by its administrator on a Monday morning (`office.clock` can be moved)."""
    from tests.helpers import company

    found = company.open_as(company_url)
    yield found
    found.close()
