"""What a file is and which of its columns goes where, as a person chooses it; it is looked at on a lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.imports.mapping import Mapped, mapped_in, proposed
from retaguarda.kernel.imports.port import Looked
from retaguarda.kernel.imports.source import Source
from retaguarda.kernel.incoming import ImportKind
from retaguarda.kernel.lanes import Token
from retaguarda.kernel.screen.import_choices import FileChoice, code_of, folder_of, name_for
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.screens import ImportScreen
from retaguarda.kernel.screen.state import Go, Seat, refusal_of
from retaguarda.kernel.screen.working import WorkingState

ALONE = 1
"""So many columns of several are no mapping: what the others say would be lost without a word."""


class MappingState(WorkingState):
    """Topics: `file` (choices and the look at the file), `columns`, `progress`. `doing` names what is under way."""

    screen: ImportScreen

    def __init__(self, screen: ImportScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go.key if go else "")
        self.kinds = tuple(one for one in seat.book.import_kinds(screen) if refusal_of(seat, one.command) is None)
        self.choice = FileChoice()
        self.looked: Looked | None = None
        self.columns: dict[str, str] = {}
        self.name, self.saved_name = "", ""
        self.saved: dict[str, Mapped] = {}
        self.taken: frozenset[str] = frozenset()
        self.begun: frozenset[str] = frozenset()
        self.faults: dict[str, Phrase] = {}
        self.doing = ""
        self.progress: tuple[int, int] = (0, 0)
        self._token: Token | None = None
        self._read_by: tuple[str, ...] = ()

    @property
    def record(self) -> Any:
        return self

    @property
    def kind(self) -> ImportKind | None:
        """What the file is said to hold."""
        return next((one for one in self.kinds if one.name == self.choice.kind), None)

    @property
    def mapped(self) -> Mapped | None:
        """The mapping as it stands; None until the file was looked at."""
        if self.kind is None or self.looked is None:
            return None
        source = Source(Path(self.choice.path).name, self.choice.table)
        spelling = self.choice.spelling(self.seat.texts.zone)
        return Mapped(name=self.name, kind=self.kind, source=source, spelling=spelling, columns=self.columns)

    def start(self) -> None:
        port = self.seat.importing
        if port is None:
            return

        def read(_door: Any) -> tuple[dict[str, Mapped], frozenset[str], frozenset[str]]:
            profiles = port.saved()
            found = {one.name: mapped for one in profiles if (mapped := mapped_in(one, self.kinds)) is not None}
            begun = frozenset(name for name in found if port.open_batch(name))
            return found, frozenset(one.name for one in profiles), begun

        self.work("saved", read, self._saved_came, self.failed, lambda _done, _whole: None)

    def _saved_came(self, found: tuple[dict[str, Mapped], frozenset[str], frozenset[str]]) -> None:
        self.saved, self.taken, self.begun = found
        self.changed("file")
        if self.key in self.saved:
            self.take_saved(self.key)

    # ---- the file ----
    def choose(self, **values: str) -> None:
        """Chooses something about the file: kind, path, sheet, encoding, separator, decimal mark, order of dates."""
        before, self.choice = self.choice, replace(self.choice, **values)
        if self.choice.path != before.path:
            self.choice = replace(self.choice, table="")
            self.name = self.name if self.saved_name else name_for(Path(self.choice.path).stem)
        for name in values:
            self.faults.pop(name, None)
        if self.choice != before:
            self._look()
            if self.choice.kind != before.kind:
                self._propose()
            self.changed("file", "actions")

    def take_saved(self, name: str) -> None:
        """Takes a mapping that was kept: all but the file itself."""
        self.saved_name = name
        mapped = self.saved.get(name)
        if mapped is not None:
            said = mapped.spelling
            self.name, self.columns = name, dict(mapped.columns)
            codes = {one: code_of(one, getattr(said, one)) for one in ("encoding", "delimiter", "decimal", "dates")}
            self.choose(kind=mapped.kind.name, **codes)
            self._keep_known()
        self.changed("file", "columns", "actions")

    def _look(self) -> None:
        port = self.seat.importing
        if port is None or self.choice.read_by == self._read_by or not self.choice.may_be_read:
            return
        self._read_by, self.looked = self.choice.read_by, None
        source = Source(Path(self.choice.path).name, self.choice.table)
        folder, spelling = folder_of(self.choice.path), self.choice.spelling(self.seat.texts.zone)
        self._begin("look", lambda _door: port.look(folder, source, spelling), self._looked_at, self._not_looked_at)

    def _looked_at(self, looked: Looked) -> None:
        self._end()
        self.looked = looked
        if self.saved_name:
            self._keep_known()
        else:
            self._propose()
        self.changed("file", "columns", "actions")

    def _not_looked_at(self, problem: Problem) -> None:
        self._end()
        self.faults["path"] = _said(problem)
        self.changed("file", "actions")

    # ---- the columns ----
    def _propose(self) -> None:
        """Lets the headings say where the columns probably go; the person has the last word."""
        if self.kind is not None and self.looked is not None:
            self.columns = proposed(self.looked.heading, self.kind)
            self.changed("columns")

    def _keep_known(self) -> None:
        """Of a mapping that was kept, what this file has."""
        if self.looked is not None:
            heading = self.looked.heading
            self.columns = {name: column for name, column in self.columns.items() if column in heading}

    def set_column(self, field: str, column: str) -> None:
        """Says which column a field comes from; empty: none. A column goes to one field."""
        self.columns = {name: one for name, one in self.columns.items() if name != field and one != column}
        if column:
            self.columns[field] = column
        self.faults.pop(field, None)
        self.changed("columns", "file", "actions")

    def set_name(self, name: str) -> None:
        """Says under which name the mapping is kept."""
        self.name = name_for(name)
        self.faults.pop("mapping", None)

    @property
    def left_over(self) -> tuple[str, ...]:
        """The columns of the file that go nowhere."""
        heading = self.looked.heading if self.looked is not None else ()
        return tuple(column for column in heading if column and column not in self.columns.values())

    def column_faults(self) -> dict[str, Phrase]:
        mapped = self.mapped
        if mapped is None:
            return {}
        faults = {name: Phrase("imports.wizard.field_lacks") for name in mapped.lacking}
        if not mapped.key:
            faults.setdefault(mapped.kind.key[0], Phrase("imports.wizard.field_lacks"))
        if not faults and len(self.columns) <= ALONE < len(self.columns) + len(self.left_over):
            params = {"n": len(self.left_over) + len(self.columns), "columns": ", ".join(self.left_over)}
            faults["columns"] = Phrase("imports.wizard.one_column", params)
        if not self.name:
            faults["mapping"] = Phrase("imports.wizard.no_name")
        elif self.name in self.taken and not _alike(self.saved.get(self.name), mapped):
            faults["mapping"] = Phrase("imports.wizard.name_taken", {"name": self.name})
        return faults

    # ---- work ----
    def _begin(
        self, doing: str, work: Callable[[Any], Any], then: Callable[[Any], object], failed: Callable[[Problem], None]
    ) -> None:
        if self._token is not None:
            self._token.cancel()
        self.doing, self.progress, self.banner = doing, (0, 0), None
        self.changed("banner", "check", "actions")
        self._token = self.work(doing, work, then, failed, self._heard)

    def _heard(self, done: int, whole: int) -> None:
        self.progress = (done, whole)
        self.changed("progress")

    def _end(self) -> None:
        self._token, self.doing = None, ""


def _said(problem: Problem) -> Phrase:
    """The first thing that is wrong, as a phrase."""
    fault = next(iter(getattr(problem, "faults", ())), None)
    return Phrase(problem.code, problem.params) if fault is None else Phrase(fault.code, fault.params)


def _alike(kept: Mapped | None, mapped: Mapped) -> bool:
    """Whether the mapping that is kept is one for the same kind of records."""
    return kept is not None and kept.kind == mapped.kind
