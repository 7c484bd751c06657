"""The port through which a screen has files brought in, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from retaguarda.kernel.imports.cells import Cell
from retaguarda.kernel.imports.profile import Profile
from retaguarda.kernel.imports.record import Finding
from retaguarda.kernel.imports.source import Source, Spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A file as it was looked at: the names of its columns, how many rows it has, the first of them as they stand, and
    the sheets of a workbook."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    count: int
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What an import would do, or did: how many records there are, how many come in, are in already, stay out; what was
    found, the first of it; the rows that stay out, with why; the batch, where there is one; the record that was made of
    a file that came in whole."""

    records: int
    recorded: int
    known: int
    left_out: int
    found: int = 0
    findings: Sequence[Finding] = ()
    out: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)
    batch: str = ""
    made: str = ""


class Importing(Protocol):
    """Through which a screen has files looked at and brought in, as whoever sits there. All of it takes its time, says
    through `kernel.lanes.go_on` how far it is, and ends there when it is cancelled."""

    def look(self, folder: Path, source: Source, spelling: Spelling) -> Looked:
        """The table of a file; refuses one that cannot be read, and one without a heading."""

    def saved(self) -> Sequence[Profile]:
        """The profiles in the person's own folder."""

    def keep(self, name: str, written: str) -> None:
        """Puts a profile into that folder, over an older one of its name."""

    def open_batch(self, profile: str) -> bool:
        """Whether an import by this profile was begun and not ended."""

    def check(self, profile: Profile, folder: Path, rows: int) -> Checked:
        """Carries out every command of the file and takes it back: what would come in, and what not, and why."""

    def bring(self, profile: Profile, folder: Path, rows: int) -> Checked:
        """Brings in what can come in and is not there yet."""

    def write_errors(
        self, path: Path, profile: Profile, folder: Path, kept_out: Iterable[tuple[int, str]], title: str
    ) -> int:
        """Writes the rows that stay out (number, why) into a file of their layout, the reason under `title` before each
        of them; says how many."""
