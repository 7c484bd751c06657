"""The rows that stayed out of an import, with the reason before each, in a file that can be mended and brought in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from retaguarda.app.headless import Office
from retaguarda.kernel.imports import Profile, Record, records, write_errors
from retaguarda.kernel.imports.telling import reason_of
from retaguarda.kernel.journal import encode
from retaguarda.kernel.text import Texts
from retaguarda.modules.imports import api as imports

CHANGED = "imports.changed_since"
REASON_MOST = 2_000
"""Signs of the reasons of one row."""


def id_of(profile: str, record: Record, turn: int) -> str:
    """The id of the record's command: another one after each batch of the profile that was taken back."""
    return imports.record_id(profile, turn, record.key or str(record.row), encode([record.payload, record.findings]))


def found_by(office: Office, query: str, by: str, value: str) -> list[str]:
    """The ids of at most two rows of a query that have the value, as far as the person may see them."""
    return [row.id for row in office.show(query, {by: value}, limit=2).rows]


def errors_into(path: Path, office: Office, profile: Profile, folder: Path, language: str | None = None) -> int:
    """Writes the rows of the profile's main file that an import of these files has kept out, whenever that was, and
    gives how many there are. One that has come in since, mended, is none."""
    facts = office.facts()
    texts = Texts(language or office.actor.language, zone=ZoneInfo(facts.zone), currency=facts.currency)
    kept_out: Iterable[tuple[int, str]] = _kept_out(office, profile, folder, texts)
    if any(part.source == profile.source for part in profile.parts.values()):
        kept_out = sorted(kept_out)  # the rows of one record may stand among those of others
    return write_errors(path, profile, folder, kept_out, texts.say("imports.errors"))


def _kept_out(office: Office, profile: Profile, folder: Path, texts: Texts) -> Iterator[tuple[int, str]]:
    reads = office.reads()
    turn = imports.times_undone(reads, profile.name)
    brought, find = partial(imports.brought, reads), partial(found_by, office)
    for record in records(profile, folder, brought=brought, find=find):
        found = imports.kept_out(reads, id_of(profile.name, record, turn))
        if not found:
            continue
        changed = any(reason == CHANGED for _, reason, _ in found)
        if changed or imports.brought_by(reads, profile.name, record.key) is None:
            told = " ".join(reason_of(texts, profile.command, *one) for one in found)
            yield from ((row, imports.shown(told, REASON_MOST)) for row in (record.row, *record.further))
