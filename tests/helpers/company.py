"""A company for tests: one person for every ready-made role, made once per session and copied per test."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from retaguarda.app.headless import Office, create_office, open_office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.module import models_of
from retaguarda.modules.company import rules
from retaguarda.modules.company.commands import CreateCompany
from tests.helpers.asking import answers

MONDAY = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
"""Nine o'clock in São Paulo, on a working Monday."""
PASSWORD = "segredo123"
ALWAYS_WRITTEN = frozenset({"command_journal"})


def build(url: str) -> None:
    """Creates the company at `url`: administrator `ana` with a password, one person per role (login = role code)."""
    office = create_office(
        url,
        CreateCompany(
            name="Comercial Silva & Filhos",
            admin_name="Ana Prado",
            admin_login="ana",
            admin_password=PASSWORD,
            branch_state="SP",
            sample=True,
        ),
        clock=FixedClock(MONDAY),
    )
    try:
        for role in rules.ROLES:
            office.do("company.add_person", login=role, name=f"Pessoa {role}", roles=[role])
    finally:
        office.close()


def copy_sqlite(template: Path, target: Path, build: Callable[[str], None] = build) -> str:
    """A copy of a template file, which `build` makes when some worker first needs it, and its address."""
    shutil.copy(made(template, build), target)
    return f"sqlite:///{target}"


def made(template: Path, build: Callable[[str], None]) -> Path:
    """The template file, which `build` makes when some worker first needs it."""
    if not template.exists():
        with _alone(template.with_suffix(".lock")):
            if not template.exists():
                making = template.with_suffix(".making")
                build(f"sqlite:///{making}")
                with contextlib.closing(sqlite3.connect(making)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                making.rename(template)
    return template


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Of all workers one at a time; SQLite's lock falls with whoever holds it."""
    with contextlib.closing(sqlite3.connect(path, timeout=100, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def open_as(url: str, login: str = "ana") -> Office:
    """The company at `url`, on Monday morning, in the name of `login`."""
    return open_office(url, login, clock=FixedClock(MONDAY))


@contextlib.contextmanager
def acting(office: Office, login: str) -> Iterator[Office]:
    """The same office in another person's name for a while."""
    before = office.actor
    office.act_as(login)
    try:
        yield office
    finally:
        office.actor = before


def contents(office: Office) -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, sorted, as text."""
    return answers(office.store, {name: f"SELECT * FROM {name}" for name in models_of(office.registry.modules)})


@contextlib.contextmanager
def refused(office: Office, code: str, *, also: frozenset[str] = frozenset()) -> Iterator[list[Refusal]]:
    """What runs inside must be refused with `code` (of the refusal or one of its faults), and change no table but the
    journal (and those in `also`: `failure` for a shortfall). The refusal itself is the yielded list's only entry."""
    before = contents(office)
    caught: list[Refusal] = []
    try:
        yield caught
    except Refusal as refusal:
        caught.append(refusal)
    assert caught, f"nothing was refused, {code} was expected"
    codes = {caught[0].code, *(f["code"] for f in caught[0].params.get("faults", ()))}
    assert code in codes, f"refused with {codes} and {caught[0].params}"
    after = contents(office)
    changed = {name for name in before if before[name] != after[name]} - ALWAYS_WRITTEN - also
    assert not changed, f"a refusal changed {changed}"
