"""Drafts and habits: what a person typed and has not saved yet, and how they like a screen, kept in folders of this
station, beside no business data.

One small file for each person, screen and record, written whole beside the old one and renamed over it, so that a
kill or a full disk at any moment leaves the draft before it. A draft needs no database: it survives one that is
gone, locked or full. Only its owner sees it; after 30 days it is removed. A habit stays until it is changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retaguarda.kernel.clock import Clock
from retaguarda.kernel.durable import write_durably
from retaguarda.kernel.errors import Device

KEPT = dt.timedelta(days=30)
AUTOSAVE_MS = 1500
"""How long after the last key a draft is written; with the write itself it stays under two seconds."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A kept draft: whose, of which screen and record (`record` empty for a new one), when, and the snapshot."""

    person: str
    screen: str
    record: str
    saved_at: dt.datetime
    snapshot: Mapping[str, Any]


class Drafts:
    """The drafts of one station in `folder` (made when the first is kept, readable by its user only)."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def keep(self, person: str, screen: str, record: str, snapshot: Mapping[str, Any]) -> Draft:
        """Writes a draft durably; raises `Device` when the disk refuses."""
        at = self._clock.now()
        content = json.dumps(
            {
                "person": person,
                "screen": screen,
                "record": record,
                "saved_at": at.isoformat(),
                "snapshot": dict(snapshot),
            },
            ensure_ascii=False,
        )
        try:
            write_durably(self._path(person, screen, record), content.encode())
        except OSError as wrong:
            raise Device("kernel.draft_not_kept", reason=wrong.strerror or "") from wrong
        return Draft(person, screen, record, at, snapshot)

    def find(self, person: str, screen: str, record: str = "") -> Draft | None:
        """The person's draft of that screen and record."""
        return self._read(self._path(person, screen, record), person)

    def all_of(self, person: str) -> tuple[Draft, ...]:
        """The person's drafts, newest first; those past 30 days are removed on the way."""
        drafts = [self._read(path, person) for path in sorted(self._folder.glob(f"{_digest(person)}-*.json"))]
        return tuple(sorted((d for d in drafts if d is not None), key=lambda d: d.saved_at, reverse=True))

    def drop(self, person: str, screen: str, record: str = "") -> None:
        """Removes a draft that was saved or discarded."""
        self._path(person, screen, record).unlink(missing_ok=True)

    def _path(self, person: str, screen: str, record: str) -> Path:
        return self._folder / f"{_digest(person)}-{_digest(screen, record)}.json"

    def _read(self, path: Path, person: str) -> Draft | None:
        try:
            content = json.loads(path.read_text())
            at = dt.datetime.fromisoformat(content["saved_at"])
            draft = Draft(content["person"], content["screen"], content["record"], at, content["snapshot"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if self._clock.now() - at > KEPT:
            path.unlink(missing_ok=True)
            return None
        return draft if draft.person == person else None


class Habits:
    """How the people of one station like their screens, in `folder`: what each screen keeps, by its own words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, person: str, screen: str) -> dict[str, Any]:
        """What the person's screen kept; nothing where it kept nothing, or nothing that can be read."""
        try:
            content = json.loads(self._path(person, screen).read_text())
        except (OSError, ValueError):
            return {}
        kept = content.get("kept") if isinstance(content, dict) and content.get("person") == person else None
        return kept if isinstance(kept, dict) else {}

    def keep(self, person: str, screen: str, kept: Mapping[str, Any]) -> None:
        """Writes it durably; raises `Device` when the disk refuses."""
        content = json.dumps({"person": person, "screen": screen, "kept": dict(kept)}, ensure_ascii=False)
        try:
            write_durably(self._path(person, screen), content.encode())
        except OSError as wrong:
            raise Device("kernel.habit_not_kept", reason=wrong.strerror or "") from wrong

    def _path(self, person: str, screen: str) -> Path:
        return self._folder / f"{_digest(person)}-{_digest(screen)}.json"


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=10).hexdigest()
