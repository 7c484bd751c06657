"""Files brought in from a window: profiles in a person's own folder, what they would bring, and bringing it, on
connections of their own, so that whoever sits there goes on working beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from retaguarda.app import settings
from retaguarda.app.headless import Office
from retaguarda.app.import_errors import found_by, id_of
from retaguarda.app.import_whole import Whole, gathers
from retaguarda.app.importing import RECORDED, Importer, Ready
from retaguarda.kernel.errors import Forbidden, Invalid
from retaguarda.kernel.imports import Finding, Profile, Record, demand_fit, demand_readable, profiles_named, records
from retaguarda.kernel.imports.errors_file import write_errors
from retaguarda.kernel.imports.look import look
from retaguarda.kernel.imports.port import Checked, Looked
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.lanes import go_on
from retaguarda.kernel.outcome import Answer
from retaguarda.modules.imports import api as imports

BRINGS_IN = "imports.open_batch"
FINDINGS_SHOWN = 1_000


class ImportDesk:
    """The port `kernel.imports.Importing` on an office; `own` is a folder for profiles other than the person's."""

    def __init__(self, office: Office, own: Path | None = None) -> None:
        self._office, self._given = office, own

    @property
    def _own(self) -> Path:
        return self._given or settings.folder() / "imports"

    def look(self, folder: Path, source: Source, spelling: Spelling) -> Looked:
        """The table of a file; refuses one that cannot be read, and one without a heading."""
        return look(folder, source, spelling)

    def saved(self) -> Sequence[Profile]:
        """The profiles in the person's own folder; one that cannot be read is none to choose."""
        found: list[Profile] = []
        for path in sorted(self._own.glob("*.toml")):
            try:
                found += profiles_named(path.stem, self._own)
            except Invalid:
                continue
        return found

    def keep(self, name: str, written: str) -> None:
        """Puts a profile into that folder, over an older one of its name."""
        self._own.mkdir(parents=True, exist_ok=True)
        beside = self._own / f"{name}.new"
        beside.write_text(written, encoding="utf-8")
        os.replace(beside, self._own / f"{name}.toml")

    def open_batch(self, profile: str) -> bool:
        """Whether an import by this profile was begun and not ended."""
        return imports.open_batch_of(self._office.reads(), profile) is not None

    def check(self, profile: Profile, folder: Path, rows: int) -> Checked:
        """What would come in, and what not, and why; nothing of it stays."""
        with self._aside(profile, folder) as office:
            if gathers(office, profile):
                return _gathered(office, profile, folder, rows).check()
            rehearsal = Rehearsal(office, profile)
            rehearsal.run(_told(office, profile, folder), lambda done: go_on(done, rows))
            return rehearsal.checked()

    def bring(self, profile: Profile, folder: Path, rows: int) -> Checked:
        """Brings in what can come in and is not there yet."""
        with self._aside(profile, folder) as office:
            if gathers(office, profile):
                return _gathered(office, profile, folder, rows).bring()
            importer = Listening(office, profile, folder.name)
            importer.run(_told(office, profile, folder), lambda done: go_on(done, rows))
            return importer.checked()

    def write_errors(
        self, path: Path, profile: Profile, folder: Path, kept_out: Iterable[tuple[int, str]], title: str
    ) -> int:
        """Writes the rows that stay out into a file of their layout, the reason before each; says how many."""
        return write_errors(path, profile, folder, kept_out, title)

    @contextmanager
    def _aside(self, profile: Profile, folder: Path) -> Iterator[Office]:
        for permission in (BRINGS_IN, profile.command):
            if not self._office.actor.may(permission):
                raise Forbidden(permission)
        demand_fit(profile, {name: handled.command for name, handled in self._office.registry.commands.items()})
        demand_readable(profile, folder)
        office = self._office.beside(self._office.actor)
        try:
            yield office
        finally:
            office.leave()


def _told(office: Office, profile: Profile, folder: Path) -> Iterator[Record]:
    brought = partial(imports.brought, office.reads())
    return records(profile, folder, brought=brought, find=partial(found_by, office))


def _gathered(office: Office, profile: Profile, folder: Path, rows: int) -> Whole:
    whole = Whole(office, profile)
    whole.gather(_told(office, profile, folder), lambda done: go_on(done, rows))
    return whole


class Listening(Importer):
    """An import that remembers what was found, and says apart what stays out as it did before."""

    def __init__(self, office: Office, profile: Profile, folder: str = "") -> None:
        super().__init__(office, profile.name, profile.command, folder)
        self.found = self.out_before = 0
        self.findings: list[Finding] = []
        self.out: dict[int, tuple[Finding, ...]] = {}

    def _ready(self, record: Record) -> Ready | None:
        ready = super()._ready(record)
        if ready is None and imports.kept_out(self.office.reads(), id_of(self.profile, record, self.turn)):
            self.out_before += 1
            before = record.findings or (self._finding(record, "", record.key, "imports.refused_before", {}),)
            self._keep(record, before, out=True)
        return ready

    def _noted(self, ready: Ready, answer: Answer | None) -> dict[str, Any]:
        noted = super()._noted(ready, answer)
        self._keep(ready.record, self._last, out=noted["state"] != RECORDED)
        return noted

    def _fewer(self, record: Record, findings: list[Finding]) -> list[Finding]:
        self._last = super()._fewer(record, findings)
        return self._last

    def _keep(self, record: Record, findings: Sequence[Finding], *, out: bool) -> None:
        self.found += len(findings)
        self.findings += findings[: FINDINGS_SHOWN - len(self.findings)]
        if out:
            self.out |= dict.fromkeys((record.row, *record.further), tuple(findings))

    def checked(self) -> Checked:
        """What came of it."""
        tally = self.tally
        known = tally["known"] - self.out_before
        return Checked(
            records=tally["records"], recorded=tally[RECORDED], known=known,
            left_out=tally["records"] - tally[RECORDED] - known,
            found=self.found, findings=tuple(self.findings), out=self.out, batch=self.batch_id or "",
        )  # fmt: skip


class Rehearsal(Listening):
    """An import of which nothing stays; of records with one key, the first that could come in has."""

    def __init__(self, office: Office, profile: Profile) -> None:
        super().__init__(office, profile)
        self.batch_id = None
        self._in: dict[str, str] = {}

    def _ready(self, record: Record) -> Ready | None:
        ready = super()._ready(record)
        before = self._in.get(record.key)
        if ready is None or ready.command is None or before is None:
            return ready
        return None if before == ready.id else self._changed(ready.record, ready.id)

    def _bring_in(self, ready: Sequence[Ready]) -> None:
        sent = [(found.command, found.id) for found in ready if found.command is not None]
        answers = self.office.bus.rehearse(sent, self.office.actor)
        given = {key: answer for (_, key), answer in zip(sent, answers, strict=True)}
        for found in ready:
            state = self._noted(found, given.get(found.id))["state"]
            self.tally[state] += 1
            if state == RECORDED and found.record.key:
                self._in[found.record.key] = found.id
