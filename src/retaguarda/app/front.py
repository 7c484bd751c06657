"""The office as the window sees it: who may log in, the screens, base and backup. Made on the write lane."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import URL, make_url

from retaguarda.app import sample, settings
from retaguarda.app.compose import book
from retaguarda.app.headless import Office, backup_folder, create_office, migrate_office, open_office
from retaguarda.app.import_desk import ImportDesk
from retaguarda.app.platform_lock import WindowLock
from retaguarda.app.work import Work
from retaguarda.kernel import schema
from retaguarda.kernel.clock import Clock
from retaguarda.kernel.errors import Offline, Trouble
from retaguarda.kernel.news import Tell, Watcher
from retaguarda.kernel.outcome import Change
from retaguarda.kernel.screen import Door
from retaguarda.kernel.screen.book import ScreenBook
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import Texts
from retaguarda.shell.front import FirstSteps, NewCompany
from retaguarda.shell.login_view import Base, LoginPerson

SAMPLE_FILE = "retaguarda-sample.db"
STATION = settings.Station().name
"""What a computer is called until somebody names it."""


class OfficeFront:
    """An opened company for one window; holds the lock that keeps a second window from the same file."""

    def __init__(
        self, url: str, person: str | None, language: str, clock: Clock | None = None, *, station: str = STATION
    ) -> None:
        self.lock = _lock(url)
        try:
            self.office = open_office(url, person, clock=clock, station=station)
        except BaseException:
            self._unlock()
            raise
        facts = self.office.facts()
        self.book: ScreenBook = book()
        self.company = facts.name
        self.zone: dt.tzinfo = ZoneInfo(facts.zone)
        self.currency = facts.currency
        self.base: Base = "local" if self.office.store.name == "sqlite" else "server"
        self.last_backup = _last_backup(self.office)
        self.logged_in = person is not None
        self.people = _people(self.office, Texts(language), asks=not facts.sample)
        self.place = ""
        self.importing = ImportDesk(self.office)
        self.watcher = Watcher(self.office.store)
        self._work: Work | None = None
        if self.logged_in:
            self.office.warm()

    @property
    def door(self) -> Door:
        """The door of whoever is logged in."""
        return self.office

    def log_in(self, login: str, password: str) -> None:
        """Logs in, or raises the refusal; the people of a sample company need no password."""
        if self.office.facts().sample and not password:
            self.office.act_as(login)
        else:
            self.office.log_in(login, password)
        self.office.warm()

    def listen(self, tell: Tell) -> None:
        """From now on tells what is changed in this company, whoever changes it."""
        self.watcher.tell = tell

    def work(self) -> Sequence[Change]:
        """One round of what waits to be carried out with nobody at the desk; gives what it changed beside commands."""
        if self._work is None:
            self._work = Work(self.office)
        return self._work.round().jobs.changes()

    def close(self) -> None:
        """Gives every connection back, and the file to another window."""
        self.watcher.close()
        if self._work is not None:
            self._work.close()
        self.office.close()
        self._unlock()

    def _unlock(self) -> None:
        if self.lock is not None:
            self.lock.release()
            self.lock = None


def connect(url: str, *, with_sample: bool, person: str | None, language: str, station: str = STATION) -> OfficeFront:
    """Opens the company at `url`; `with_sample` makes the sample company there first when nothing is there yet."""
    if with_sample and _nothing_at(url):
        facts = sample.make(url)
        person = person or str(facts["login"])
    elif with_sample:
        person = person or sample.LOGIN
    return OfficeFront(url, person, language, station=station)


def first_steps(url: str, language: str, station: str = STATION) -> FirstSteps:
    """What to do where `url` leads to no company: create it there, or make the sample company beside it."""

    def create(company: NewCompany) -> OfficeFront:
        create_office(url, {**asdict(company), "language": language}).close()
        front = OfficeFront(url, None, language, station=station)
        front.log_in(company.admin_login, company.admin_password)
        front.logged_in = True
        return front

    def sample_company() -> OfficeFront:
        beside = _sample_beside(url)
        try:
            return connect(beside, with_sample=True, person=None, language=language, station=station)
        except Trouble as trouble:
            if trouble.code != "sample.half_made":
                raise
        return sample_again(beside)

    def sample_again(at: str = url) -> OfficeFront:
        made = sample.make_again(at)
        return OfficeFront(at, str(made["login"]), language, station=station)

    def update() -> OfficeFront:
        lock = _lock(url)
        try:
            migrate_office(url)
        finally:
            if lock is not None:
                lock.release()
        return OfficeFront(url, None, language, station=station)

    mends = {"kernel.older_database": update, "sample.half_made": sample_again}
    return FirstSteps(create, sample_company, lambda code: mends[code]())


def _sample_beside(url: str) -> str:
    """A file beside the company's, or in the person's data folder where the company is on a server."""
    parsed = make_url(url)
    local = parsed.get_backend_name() == "sqlite" and parsed.database
    folder = Path(parsed.database or "").resolve().parent if local else settings.folder()
    return URL.create("sqlite", database=str(folder / SAMPLE_FILE)).render_as_string()


def _nothing_at(url: str) -> bool:
    try:
        store = open_store(url)
    except Offline:
        return True
    try:
        return schema.is_empty(store)
    finally:
        store.close()


def _lock(url: str) -> WindowLock | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    path = Path(parsed.database).resolve()
    if not path.is_file():
        raise Trouble("kernel.not_a_company")
    return WindowLock(path)


def _last_backup(office: Office) -> dt.datetime | None:
    folder = backup_folder(office.store)
    files = sorted((f for f in folder.glob("*") if f.suffix in (".db", ".dump")), key=lambda f: f.stat().st_mtime)
    return dt.datetime.fromtimestamp(files[-1].stat().st_mtime, dt.UTC) if files else None


def _people(office: Office, texts: Texts, *, asks: bool) -> Sequence[LoginPerson]:
    """Who may log in here. A ready-made department has no name of its own: its words are the catalogue's."""
    rows = office.show("company.people_to_log_in", limit=500).rows
    return [LoginPerson(row.login, row.name, _department(row.department, texts), needs_password=asks) for row in rows]


def _department(name: str | None, texts: Texts) -> str:
    code = f"company.department.{name}"
    return texts.say(code) if name and texts.has(code) else name or ""
