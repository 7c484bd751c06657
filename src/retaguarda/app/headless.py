"""The office without a window: opens a company's database and is the door that scripts, tests, jobs and windows use."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url

from retaguarda.app import settings
from retaguarda.app.answers import Answers
from retaguarda.app.compose import MODULES, registry
from retaguarda.kernel import job, schema
from retaguarda.kernel.backup import back_up
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.clock import Clock, SystemClock, day_in
from retaguarda.kernel.command import Command, parse
from retaguarda.kernel.errors import Forbidden, Missing, Refusal, Trouble
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.module import Registry
from retaguarda.kernel.outcome import Answer, Outcome, Sent
from retaguarda.kernel.proofs import Finding, run_checks
from retaguarda.kernel.reads import ReadOnly
from retaguarda.kernel.screen import Person
from retaguarda.kernel.store import Reader, Store
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import Texts
from retaguarda.kernel.unit import Actor
from retaguarda.modules.company import api as company

SYSTEM = Actor(None, "system", frozenset({"*"}), all_branches=True)
NOBODY = Actor(None, "", frozenset())


def _with_covered(actor: Actor, registry: Registry) -> Actor:
    """The actor with the names of the commands that their permissions cover: rows allow commands by name."""
    return replace(actor, permissions=actor.permissions | registry.covered(actor.permissions))


class Office(Answers):
    """An open company. One office has one write connection and one read connection per thread."""

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        self.store = store
        self.clock: Clock = clock or SystemClock()
        self.registry = registry()
        self.actor = NOBODY
        self.station = "main"
        """The computer that whoever logs in works at: it has a drawer of its own, and effects that wait for it."""
        self._attempts = company.Attempts()
        self._facts: company.CompanyFacts | None = None
        self._readers = threading.local()
        self._opened: list[Reader] = []
        self.bus = Bus(store, self.registry, self.clock, self.zone)
        self.bus.statements.kept[company.Attempts] = self._attempts

    # -- who

    def log_in(self, login: str, password: str) -> None:
        """Acts as this person from now on; refuses without saying which of the two was wrong."""
        actor = company.log_in(
            self.reads(), self.registry.grants, login, password, self.station, attempts=self._attempts, now=self.now()
        )
        self.actor = _with_covered(actor, self.registry)

    def act_as(self, login: str) -> None:
        """Acts as this person without a password: sample companies only."""
        actor = company.actor_without_password(self.reads(), self.registry.grants, login, self.station)
        self.actor = _with_covered(actor, self.registry)

    def facts(self) -> company.CompanyFacts:
        """What the company is; read once."""
        if self._facts is None:
            self._facts = company.the_company(self.reads())
        if self._facts is None:
            raise Trouble("kernel.not_a_company")
        return self._facts

    def warm(self) -> None:
        """What a log-in does behind the window: the write lane, and the calendar of the person's branch.

        Loading a country's holidays takes a tenth of a second. A first command would spend it with its rows locked,
        and everybody who wants the same product would wait.
        """
        self.bus.warm()
        if self.actor.branch_id:
            company.calendar_of(self.reads(), self.actor.branch_id).is_working_day(self.today())

    def zone(self) -> str:
        """The company's time zone; UTC before there is a company."""
        if self._facts is None:
            self._facts = company.the_company(self.reads())
        return self._facts.zone if self._facts else "UTC"

    # -- the door

    @property
    def person(self) -> Person:
        """Who asks, as screens see it."""
        actor = self.actor
        return Person(
            id=actor.person_id or "",
            name=actor.name,
            permissions=actor.permissions,
            branch_id=actor.branch_id or "",
            language=actor.language,
            roles=tuple(actor.limits.get("roles", ())),
        )

    def do(
        self,
        command: Command | str | tuple[str, Mapping[str, Any]],
        accept: Sequence[str] = (),
        command_id: str | None = None,
        **payload: Any,
    ) -> Outcome:
        """Carries out a command, or the one of this name with these JSON values; the same id is carried out once."""
        meant = command if isinstance(command, Command) else _parsed(self.registry, command, accept, payload)
        outcome = self.bus.do(meant, self.actor, command_id, parsed=meant is not command)
        if any(change.table == "company" for change in outcome.changes):
            self._facts = None
        return outcome

    def do_many(self, sent: Sequence[tuple[str, Mapping[str, Any], str]], stays: bool = True) -> Sequence[Answer]:
        """Carries out commands (name, payload, id) in one transaction; refusals are answers. Unless it `stays`, nothing
        of it does."""
        read = [_read(self.registry, *one) for one in sent]
        carry_out = self.bus.do_many if stays else self.bus.rehearse
        answers = iter(carry_out([one for one in read if not isinstance(one, Refusal)], self.actor))
        return [one if isinstance(one, Refusal) else next(answers) for one in read]

    def print_document(self, name: str, params: Mapping[str, Any], language: str | None = None) -> bytes:
        """A document as PDF bytes, in the language of whoever prints it unless one is named."""
        from retaguarda.kernel.document import render

        spec = self.registry.documents.get(name)
        if spec is None:
            raise Missing("document", name)
        if not self.actor.may(spec.permission):
            raise Forbidden(spec.permission)
        facts = self.facts()
        texts = Texts(language or self.actor.language, zone=ZoneInfo(facts.zone), currency=facts.currency)
        return render(spec.build(self, params, texts))

    def print(self, name: str, /, **params: Any) -> bytes:
        """The same, as scripts say it: `office.print("billing.invoice", invoice_id=…)`."""
        return self.print_document(name, params)

    def check(self) -> list[Finding]:
        """Every row that breaks a proof; empty when the database is as it must be."""
        return run_checks(self.store, self.reads(), self.registry.modules)

    def today(self) -> dt.date:
        """The company's calendar day."""
        return day_in(self.zone(), self.clock.now())

    def now(self) -> dt.datetime:
        """The present instant, UTC."""
        return self.clock.now()

    # -- reading

    def reads(self) -> ReadOnly:
        """Reads with a lower module's api, on this thread's connection."""
        reader: Reader | None = getattr(self._readers, "reader", None)
        if reader is None:
            reader = self._readers.reader = self.store.reader()
            self._opened.append(reader)
        return ReadOnly(reader, self.store.dialect)

    def beside(self, actor: Actor) -> Office:
        """A further office on the same open database, for another thread and `actor`; it is left, never closed."""
        office = Office(self.store, self.clock)
        office.actor, office.station = actor, self.station
        return office

    def leave(self) -> None:
        """Gives this office's connections back, one of them to whoever reads or writes next; the database stays open
        for those beside it."""
        self.bus.close()
        for reader in self._opened:
            reader.close()
        self._opened.clear()
        self._readers = threading.local()

    def close(self) -> None:
        """Gives every connection back."""
        self.leave()
        self.store.close()


def open_office(
    url: str,
    user: str | None = None,
    password: str | None = None,
    clock: Clock | None = None,
    *,
    station: str = "main",
) -> Office:
    """Opens the company at `url`; with `user` logs in at `station` (without `password` only in a sample company).

    Raises `Trouble` for a database that is gone, damaged, of a newer version or no company at all.
    """
    office = _opened(url, check_shape, clock)
    office.station = station
    try:
        if user is not None and password is not None:
            office.log_in(user, password)
        elif user is not None:
            office.act_as(user)
    except BaseException:
        office.close()
        raise
    # What every command and question wants to know of the company is read while there is a reader.
    office.zone()
    office.leave()
    return office


def _opened(url: str, prove: Callable[[Store], None], clock: Clock | None = None) -> Office:
    """The office at `url`, whose database `prove` lets pass."""
    store = open_store(url)
    try:
        prove(store)
    except BaseException:
        store.close()
        raise
    return Office(store, clock)


def check_office(url: str) -> list[Finding]:
    """Every row that breaks a proof in the company at `url`, changed triggers among them, which nobody may write to.

    Raises `Trouble` where there is no company of this program's version to prove anything about.
    """
    office = _opened(url, check_version)
    try:
        return office.check()
    finally:
        office.close()


def check_version(store: Store) -> None:
    """Refuses a database that is no company, a half-made sample, of a newer program or waiting for a migration."""
    if schema.is_empty(store):
        raise Trouble("kernel.not_a_company")
    if schema.read_marks(store).get(schema.SAMPLE) == schema.MAKING:
        raise Trouble("sample.half_made")
    if schema.pending(store, MODULES) or schema.owed(store):
        raise Trouble("kernel.older_database")


def check_shape(store: Store) -> None:
    """Refuses a database that this program must not work with: of another version, or with its triggers changed."""
    check_version(store)
    faults = schema.trigger_faults(store, MODULES)
    if faults:
        raise Trouble("kernel.triggers_changed", triggers=", ".join(faults[:10]))


def create_office(
    url: str, payload: Command | Mapping[str, Any], marks: Mapping[str, str] | None = None, clock: Clock | None = None
) -> Office:
    """Makes the tables in an empty database and creates the company (`company.create_company`); refuses any other."""
    name = "company.create_company"
    command = payload if isinstance(payload, Command) else parse(registry().handled(name).command, payload)
    store = open_store(url, create=True)
    office = Office(store, clock)
    try:
        if schema.is_empty(store):
            schema.make(store, MODULES, marks or {})
        else:
            check_shape(store)
        # Tables without a company are what a refused first try left behind.
        if company.the_company(office.reads()) is not None:
            raise Refusal("company.create_company.exists", field="db")
        office.actor = SYSTEM
        office.do(command)
        with office.bus.aside(SYSTEM, new_id()) as unit:
            job.enter(unit, {name: found.every_s for name, found in office.registry.jobs.items()})
    except BaseException:
        office.close()
        raise
    return office


def backup_folder(store: Store) -> Path:
    """Where copies of this database go unless told otherwise: beside the file, or the person's data folder."""
    if store.name == "sqlite":
        return Path(make_url(store.url).database or ".").resolve().parent / "backup"
    return settings.folder() / "backup"


def back_up_office(url: str, folder: Path | None = None) -> Path:
    """Writes a verified copy of the database and gives its path."""
    office = open_office(url)
    try:
        return back_up(office.store, folder or backup_folder(office.store), office.now())
    finally:
        office.close()


def migrate_office(url: str, clock: Clock | None = None) -> int:
    """Brings an older database to this program's shape, after a verified backup; gives how many migrations ran."""
    store = open_store(url)
    try:
        if schema.is_empty(store):
            raise Trouble("kernel.not_a_company")
        clock = clock or SystemClock()
        ran = schema.migrate(store, MODULES, lambda: back_up(store, backup_folder(store), clock.now()))
        _catch_up(Office(store, clock))
        return ran
    finally:
        store.close()


def _catch_up(office: Office) -> None:
    """What the company needs of modules that are new to its database; whoever is cut off here goes on the next time."""
    office.actor = SYSTEM
    try:
        there = company.the_company(office.reads()) is not None
        for name, command_id in schema.owed(office.store).items():
            # Tables without a company get theirs with the company.
            if there:
                office.do(name, command_id=command_id)
            schema.settled(office.store, name)
    finally:
        office.close()


def _read(registry: Registry, name: str, payload: Mapping[str, Any], command_id: str) -> Sent | Refusal:
    """A command with its id, or why it cannot be understood."""
    try:
        return _parsed(registry, name, (), payload), command_id
    except Refusal as refusal:
        return refusal


def _parsed(
    registry: Registry, command: str | tuple[str, Mapping[str, Any]], accept: Sequence[str], payload: Mapping[str, Any]
) -> Command:
    name, values = (command, payload) if isinstance(command, str) else command
    if accept:
        values = {**values, "accept": tuple(accept)}
    return parse(registry.handled(name).command, values)
