"""Bringing files in by a profile: read, made into commands, carried out many to a transaction, noted with findings.

Who is cut off at any moment begins again at the first row: what came in is known by its id, and only the rest is sent.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from retaguarda.app import settings
from retaguarda.app.headless import Office, create_office, open_office
from retaguarda.app.import_errors import errors_into, found_by, id_of
from retaguarda.app.import_figures import figures_of, findings_of
from retaguarda.app.import_whole import Whole, gathers
from retaguarda.app.platform_memory import peak_bytes
from retaguarda.kernel import schema
from retaguarda.kernel.clock import Clock
from retaguarda.kernel.command import Command, parse
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.imports import (
    Finding,
    Profile,
    Record,
    demand_errors_file,
    demand_fit,
    demand_readable,
    profiles_named,
    records,
)
from retaguarda.kernel.journal import encode
from retaguarda.kernel.outcome import Answer, Outcome, Sent
from retaguarda.modules.imports import api as imports

AT_ONCE = 200
"""Records in one transaction: what a crash can take back."""
BOSS = "ana"
FIELD_MOST = 120
FINDINGS_MOST = 100
"""Findings that are kept of one record; of more the last one says how many."""
RECORDED, REFUSED, UNREADABLE = "recorded", "refused", "unreadable"
TALLY = ("records", RECORDED, REFUSED, UNREADABLE, "known")


@dataclass(frozen=True, slots=True)
class Ready:
    """A record with the id of its command, and the command unless it is not sent; `state` says what it is then."""

    record: Record
    id: str
    command: Command | None
    findings: tuple[Finding, ...]
    state: str = UNREADABLE


class Importer:
    """Brings records into an office under the name of a profile; `brings` is the command that each of them is."""

    def __init__(self, office: Office, profile: str, brings: str, folder: str = "") -> None:
        self.office = office
        self.profile = profile
        self.brings = brings
        self.folder = folder
        self.command = office.registry.handled(brings).command
        self.turn = imports.times_undone(office.reads(), profile)
        self.batch_id = imports.open_batch_of(office.reads(), profile)
        self.tally = dict.fromkeys(TALLY, 0)

    def run(self, found: Iterable[Record], step: Callable[[int], None] = lambda done: None) -> None:
        """Brings in what is not there yet. `step` is told after every transaction how many records are behind it."""
        for some in _at_once(found):
            self.tally["records"] += len(some)
            ready = [one for one in map(self._ready, some) if one is not None]
            self.tally["known"] += len(some) - len(ready)
            if ready:
                self._bring_in(ready)
            step(self.tally["records"])
        if self.batch_id is not None:
            self.office.do("imports.close_batch", batch_id=self.batch_id)

    def _ready(self, record: Record) -> Ready | None:
        """The record as it will be noted; none if it is in as it stands."""
        key, reads = id_of(self.profile, record, self.turn), self.office.reads()
        if imports.is_in(reads, key):
            return None
        if record.out:
            return Ready(record, key, None, record.findings)
        there = imports.brought_by(reads, self.profile, record.key)
        if there in {id_of(self.profile, record, turn) for turn in range(self.turn)}:
            return None  # another batch was taken back since, not the one that it came in with
        if there is not None:
            return self._changed(record, key)
        try:
            return Ready(record, key, parse(self.command, record.payload), record.findings)
        except Invalid as invalid:
            return Ready(record, key, None, (*record.findings, *self._found(record, invalid.faults)))

    def _changed(self, record: Record, key: str) -> Ready:
        """A record whose key has come in with something else."""
        changed = self._finding(record, "", record.key, "imports.changed_since", {})
        return Ready(record, key, None, (*record.findings, changed), REFUSED)

    def _bring_in(self, ready: Sequence[Ready]) -> None:
        if self.batch_id is None:
            opened = self.office.do("imports.open_batch", profile=self.profile, brings=self.brings, folder=self.folder)
            self.batch_id = str(opened.value["id"])
        sent = [(found.command, found.id) for found in ready if found.command is not None]
        states: list[str] = []

        def note(answers: Sequence[Answer]) -> Sent:
            given = {key: answer for (_, key), answer in zip(sent, answers, strict=True)}
            noted = [self._noted(found, given.get(found.id)) for found in ready]
            states[:] = [row["state"] for row in noted]
            command = self.office.registry.handled("imports.note_records").command
            return parse(command, {"batch_id": self.batch_id, "records": noted}), new_id()

        self.office.bus.do_many(sent, self.office.actor, note)
        for state in states:
            self.tally[state] += 1

    def _noted(self, ready: Ready, answer: Answer | None) -> dict[str, Any]:
        record, findings, state = ready.record, list(ready.findings), ready.state
        if isinstance(answer, Outcome):
            state = RECORDED
            for warned in answer.warnings:
                params = dict(warned.params)
                field, value = params.pop("field", ""), params.pop("value", "")
                findings.append(self._finding(record, field, value, warned.code, params))
        elif isinstance(answer, Refusal):
            state = REFUSED
            faults = answer.faults if isinstance(answer, Invalid) else ()
            findings += self._found(record, faults or [Fault(answer.field or "", answer.code, answer.params)])
        return {
            "record_id": ready.id,
            "place": record.row,
            "outside_key": imports.outside_key(record.key),
            "state": state,
            "findings": [
                {
                    "field": imports.shown(f.field, FIELD_MOST),
                    "value": imports.shown(f.value),
                    "reason": f.reason,
                    "params": encode(
                        {name: imports.shown(v) if isinstance(v, str) else v for name, v in f.params.items()}
                    ),
                }
                for f in self._fewer(record, findings)
            ],
        }

    def _fewer(self, record: Record, findings: list[Finding]) -> list[Finding]:
        if len(findings) <= FINDINGS_MOST:
            return findings
        more = len(findings) - FINDINGS_MOST + 1
        return [*findings[: FINDINGS_MOST - 1], self._finding(record, "", more, "imports.more_findings", {"n": more})]

    def _found(self, record: Record, faults: Sequence[Fault]) -> list[Finding]:
        values = [fault.params.get("value", _value_in(record.payload, fault.field)) for fault in faults]
        return [self._finding(record, f.field, v, f.code, f.params) for f, v in zip(faults, values, strict=True)]

    def _finding(self, record: Record, field: str, value: object, code: str, params: Mapping[str, Any]) -> Finding:
        return Finding(record.row, field, str(value), code, params)


def _value_in(payload: Any, field: str) -> Any:
    """What a record has in a field that is named as faults name it (`reviews.1.score`); nothing where it has none."""
    for part in field.split(".") if field else ():
        if isinstance(payload, Mapping):
            payload = payload.get(part, "")
        elif isinstance(payload, Sequence) and not isinstance(payload, str) and part.isdecimal():
            payload = payload[int(part) - 1] if 0 < int(part) <= len(payload) else ""
        else:
            return ""
    return payload if isinstance(payload, str | int | float) else ""


def _at_once(found: Iterable[Record]) -> Iterator[Sequence[Record]]:
    """The records of each transaction. A key that comes again begins the next one: there its first record is in."""
    some: dict[str, Record] = {}
    for record in found:
        name = record.key or str(record.row)
        if name in some or len(some) == AT_ONCE:
            yield tuple(some.values())
            some = {}
        some[name] = record
    if some:
        yield tuple(some.values())


def run(
    path: Path, url: str, name: str, *, person: str | None = None, password: str | None = None,
    clock: Clock | None = None, errors: Path | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Brings the files in the folder `path` into the company at `url` by the profile of that name, and gives what came
    of it. A file is brought in by itself, in the place of the main one; what it is joined with stands beside it.

    Nobody named acts in a sample company, which is made where the database is empty.
    """
    profiles, folder = profiles_named(name, settings.folder() / "imports"), path
    if path.is_file():
        if len(profiles) > 1:
            raise Invalid(Fault("profile", "imports.one_profile", {"known": ", ".join(p.name for p in profiles)}))
        profiles, folder = tuple(profile.out_of(path.name) for profile in profiles), path.parent
    office = _office(url, person, password, clock)
    try:
        return bring_all(office, name, profiles, folder, errors)
    finally:
        office.close()


def bring_all(
    office: Office, name: str, profiles: Sequence[Profile], folder: Path, errors: Path | None = None
) -> dict[str, Any]:
    """What the profiles of one source bring, one after the other. Nothing comes in while one of them does not fit its
    command, or a file or a column is not there; what ends a file further down is refused when it is read, and what was
    read before it is in.

    The rows that stayed out go into the file `errors`; each of several profiles has its own, with its name behind.
    """
    commands = {command: handled.command for command, handled in office.registry.commands.items()}
    named = {profile.name: _errors_of(profile, errors, several=len(profiles) > 1) for profile in profiles}
    for profile in profiles:
        demand_fit(profile, commands)
        demand_readable(profile, folder)
        if path := named[profile.name]:
            demand_errors_file(path, profile, folder)
    told = []
    for profile in profiles:
        told.append(bring_in(office, profile, folder))
        if path := named[profile.name]:
            told[-1]["errors"] = {"file": str(path), "rows": errors_into(path, office, profile, folder)}
    if len(told) == 1:
        return told[0]
    seconds, rows = sum(one["seconds"] for one in told), sum(one["rows"] for one in told)
    return {
        "profile": name,
        "engine": office.store.name,
        "changed": any(one["changed"] for one in told),
        **{word: sum(one[word] for one in told) for word in TALLY},
        "profiles": told,
        "rows": rows,
        "seconds": round(seconds, 3),
        "rows_per_second": round(rows / seconds, 1),
        "peak_rss_mb": told[-1]["peak_rss_mb"],
    }


def _errors_of(profile: Profile, errors: Path | None, *, several: bool) -> Path | None:
    return errors and (errors.with_stem(f"{errors.stem}-{profile.name.rpartition('.')[2]}") if several else errors)


def bring_in(office: Office, profile: Profile, folder: Path) -> dict[str, Any]:
    """What one profile brings, in an office that is open."""
    began = time.perf_counter()
    rows = Counter[str]()
    brought = partial(imports.brought, office.reads())
    found = records(profile, folder, lambda more: rows.update(read=more), brought, partial(found_by, office))
    came = _whole(office, profile, found) if gathers(office, profile) else _each(office, profile, folder, found)
    seconds = time.perf_counter() - began
    return {
        "profile": profile.name,
        "engine": office.store.name,
        **came,
        "rows": rows["read"],
        "seconds": round(seconds, 3),
        "rows_per_second": round(rows["read"] / seconds, 1),
        "peak_rss_mb": round(peak_bytes() / 1_000_000, 1),
    }


def _each(office: Office, profile: Profile, folder: Path, found: Iterable[Record]) -> dict[str, Any]:
    """Every record a command of its own, in a batch."""
    importer = Importer(office, profile.name, profile.command, folder.name)
    importer.run(found)
    return {
        "batch": importer.batch_id,
        "changed": importer.tally["known"] < importer.tally["records"],
        **importer.tally,
        **figures_of(office, profile),
        "findings": list(findings_of(office, profile)),
    }


def _whole(office: Office, profile: Profile, found: Iterable[Record]) -> dict[str, Any]:
    """All of it one command, or nothing."""
    whole = Whole(office, profile)
    whole.gather(found)
    came = whole.bring()
    return {
        "batch": None,
        "made": came.made,
        "changed": bool(came.made),
        **dict.fromkeys(TALLY, 0),
        "records": came.records,
        RECORDED: came.recorded,
        REFUSED: came.left_out,
        "findings": [
            {"row": f.row, "key": "", "field": f.field, "value": f.value, "reason": f.reason, "params": dict(f.params)}
            for f in came.findings
        ],
    }


def _office(url: str, person: str | None, password: str | None, clock: Clock | None) -> Office:
    if person is not None:
        return open_office(url, person, password, clock)
    payload = {
        "name": "Loja com história",
        "admin_name": "Ana",
        "admin_login": BOSS,
        "admin_password": "exemplo2026",
        "sample": True,
    }
    # Who was cut off while the company was made goes on with its tables.
    try:
        office = create_office(url, payload, {schema.SAMPLE: schema.MADE}, clock)
    except Refusal as refusal:
        if refusal.code != "company.create_company.exists":
            raise
        return open_office(url, BOSS, clock=clock)
    office.act_as(BOSS)
    return office
