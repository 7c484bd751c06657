"""What forms and entries share: the fields and lines of one command, typed, measured against what was loaded, kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.command import FieldSpec, fields_of
from retaguarda.kernel.errors import Fault
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.fields import FieldSet
from retaguarda.kernel.screen.lines import Lines
from retaguarda.kernel.screen.merge import Merge, merge
from retaguarda.kernel.screen.parts import FieldView, LinesView, Phrase
from retaguarda.kernel.screen.screens import FormScreen
from retaguarda.kernel.screen.state import Go, Seat, State

Snapshot = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same field changed by two people: what this person typed, what the other one saved (as texts)."""

    mine: str
    theirs: str


class DraftSet:
    """The fields and line grids of one command."""

    def __init__(self, screen: FormScreen, command: type[Any], seat: Seat) -> None:
        specs: dict[str, FieldSpec] = {spec.name: spec for spec in fields_of(command)}
        self.screen, self.command = screen, command
        views = [view for view in screen.fields if isinstance(view, FieldView)]
        self.fields = FieldSet(views, specs, seat.texts, seat.today)
        self.lines: dict[str, Lines[Any]] = {}
        self.sources: dict[str, str] = {}
        for view in screen.fields:
            spec = specs.get(view.name)
            if isinstance(view, LinesView) and spec is not None and spec.part is not None:
                self.lines[view.name] = Lines(spec.part, view.columns, seat.texts, seat.today, FieldSet)
                self.sources[view.name] = view.source or view.name

    def load(self, row: Any) -> None:
        """Fills everything from a loaded row."""
        self.fields.load(row)
        for name, rows in self.lines.items():
            rows.load(getattr(row, self.sources[name], None) or ())

    def baseline(self) -> dict[str, Any]:
        """What tells whether something changed, by field name."""
        return self.fields.baseline() | {name: rows.baseline() for name, rows in self.lines.items()}

    def differs(self, before: Mapping[str, Any]) -> bool:
        """Whether something is no longer as `baseline` told."""
        if any(value != before.get(name) for name, value in self.fields.baseline().items()):
            return True
        return any(rows.differ(before.get(name, ())) for name, rows in self.lines.items())

    def payload(self) -> dict[str, Any]:
        """What the command is built from."""
        return self.fields.payload() | {name: rows.payload() for name, rows in self.lines.items()}

    def snapshot(self) -> dict[str, Any]:
        """JSON for a draft."""
        return {
            "fields": self.fields.snapshot(),
            "lines": {name: kept for name, rows in self.lines.items() if (kept := rows.snapshot())},
        }

    def restore(self, kept: Snapshot) -> None:
        """Fills everything from a snapshot; names this version does not know are left out."""
        self.fields.restore(kept.get("fields", {}))
        for name, rows in kept.get("lines", {}).items():
            if name in self.lines:
                self.lines[name].restore(rows)

    def take(self, name: str, other: DraftSet) -> None:
        """Takes one field or grid as the other set has it."""
        if name in self.lines:
            self.lines[name].restore(other.lines[name].snapshot())
        elif name in self.fields:
            field = other.fields[name]
            self.fields.choose(name, field.value, field.raw)

    def faulty(self) -> list[Fault]:
        """What cannot be understood as it stands, by path (`lines.2.quantity`)."""
        found = [(field.name, field) for field in self.fields.faulty()]
        for name, rows in self.lines.items():
            found += [(f"{name}.{i + 1}.{f.name}", f) for i, row in enumerate(rows.filled) for f in row.faulty()]
        return [Fault(path, f.fault.code, f.fault.params) for path, f in found if f.fault is not None]

    def put(self, fault: Fault) -> str:
        """Lays a fault beside the field of its path; returns the topic that changed, empty when there is no such
        field here."""
        head, _, rest = fault.field.partition(".")
        said = Phrase(fault.code, fault.params)
        if not rest and head in self.fields:
            self.fields[head].fault, self.fields[head].left = said, True
            return f"fields.{head}"
        if head not in self.lines:
            return ""
        number, _, name = rest.partition(".")
        rows = self.lines[head].filled
        if number.isdigit() and 0 < int(number) <= len(rows) and name in rows[int(number) - 1]:
            field = rows[int(number) - 1][name]
            field.fault, field.left = said, True
        else:
            self.lines[head].fault = said
        return f"lines.{head}"

    def text(self, name: str) -> str:
        """A field as a person reads it; a grid by how many rows it has."""
        return str(len(self.lines[name].filled)) if name in self.lines else self.fields[name].raw


class DraftState(State):
    """A state that drafts one command. Topics `fields.<name>`, `lines.<name>`, `loaded`, `suggestions`, `conflicts`."""

    screen: FormScreen

    def __init__(self, screen: FormScreen, seat: Seat, go: Go | None = None) -> None:
        self.go = go or Go(screen.name)
        super().__init__(screen, seat, self.go.key)
        self.version: int | None = self.go.given.get("version")
        self.row: Any = None
        self.suggestions: tuple[Any, ...] = ()
        self.suggesting = ""
        self.choices: dict[str, tuple[Any, ...]] = {}
        self.conflicts: dict[str, Conflict] = {}
        self._theirs: DraftSet | None = None
        self.begin()

    @property
    def command(self) -> type[Any]:
        """The command drafted now: `revise` on a record, `command` for a new one."""
        chosen = self.screen.revise if self.key and self.screen.revise else self.screen.command or self.screen.revise
        assert chosen is not None
        return chosen

    def make(self) -> DraftSet:
        """An empty set of this screen's fields."""
        return DraftSet(self.screen, self.command, self.seat)

    @property
    def fields(self) -> FieldSet:
        """The fields by name."""
        return self.draft.fields

    @property
    def lines(self) -> Mapping[str, Lines[Any]]:
        """The line grids by field name."""
        return self.draft.lines

    def begin(self) -> None:
        """A new draft with the given values and the defaults."""
        self.draft = self.make()
        self.draft.fields.begin(self.go.given, self.go.labels)
        self.mark()
        self.refilled()

    def refilled(self) -> None:
        """All fields were filled anew: begun, loaded or restored."""

    def mark(self) -> None:
        """From here on, changes are measured against what stands now."""
        self._before, self._origin = self.draft.baseline(), self.draft.snapshot()

    @property
    def dirty(self) -> bool:
        """Whether closing would lose something."""
        return self.draft.differs(self._before)

    def loaded(self, row: Any) -> None:
        """The record came: it fills the fields and is what changes are measured against."""
        self.row, self.version = row, getattr(row, "version", None)
        self.draft = self.make()
        self.draft.load(row)
        self.conflicts = {}
        self.mark()
        self.refilled()
        self.changed("loaded", "title", "actions", "conflicts")

    def type_in(self, name: str, raw: str, pasted: bool = False) -> None:
        """A key was pressed in a field, or text pasted."""
        self.fields.type_in(name, raw, pasted)
        self.changed(f"fields.{name}", "actions")

    def leave(self, name: str) -> None:
        """The focus left a field."""
        self.fields.leave(name)
        self.changed(f"fields.{name}")

    def suggest(self, name: str, text: str) -> None:
        """Asks for suggestions to what was typed in a Ref field."""
        view = self.fields[name].view
        self.suggesting = name
        values = self.fields.values()
        where = {"search": text} if text.strip() else {}
        where |= {d: values[d] for d in view.depends if values.get(d) is not None}
        self.show("suggest", view.suggestions, self._suggested, where, limit=12)

    def _suggested(self, page: Page) -> None:
        self.suggestions = tuple(page.rows)
        self.changed("suggestions")

    def choose(self, name: str, value: Any, label: str = "") -> None:
        """Takes a suggestion or any chosen value."""
        self.fields.choose(name, value, label)
        self.suggestions = ()
        self.changed(f"fields.{name}", "suggestions", "actions")

    def relay(self) -> None:
        """The record exists now and another command changes it: the same texts over that command's fields."""
        kept = self.draft.snapshot()
        self.draft = self.make()
        self.draft.restore(kept)

    # ---- drafts and merges ----
    def snapshot(self) -> Snapshot:
        """JSON that brings this form back after a crash; what was loaded goes along, so that a merge still works."""
        given = {k: v for k, v in self.go.given.items() if isinstance(v, str | int | bool | None)}
        return self.draft.snapshot() | {"version": self.version, "origin": self._origin, "given": given}

    def restore(self, kept: Snapshot) -> None:
        """Brings a draft back: what was typed, measured against what it was typed over."""
        origin = self.make()
        origin.restore(kept.get("origin", {}))
        self._before, self._origin = origin.baseline(), dict(kept.get("origin", {}))
        self.version = kept.get("version", self.version)
        self.draft = self.make()
        self.draft.restore(kept)
        self.refilled()
        self.changed("loaded", "actions")

    def merge_with(self, row: Any) -> Merge:
        """Lays another person's newer record under what was typed; what both changed becomes a conflict."""
        theirs = self.make()
        theirs.load(row)
        there = theirs.baseline()
        found = merge(there, self._before, self.draft.baseline(), there)
        for name in found.taken:
            self.draft.take(name, theirs)
        self.conflicts = {name: Conflict(self.draft.text(name), theirs.text(name)) for name in found.asked}
        self._theirs, self._before, self._origin = theirs, there, theirs.snapshot()
        self.row, self.version = row, getattr(row, "version", None)
        self.changed("loaded", "conflicts", "actions")
        return found

    def settle(self, name: str, whose: str) -> None:
        """Answers a conflict: `mine` or `theirs`."""
        assert self._theirs is not None
        if whose == "theirs":
            self.draft.take(name, self._theirs)
        del self.conflicts[name]
        self.changed(f"fields.{name}", "conflicts", "actions")


def known(names: Iterable[str], command: type[Any]) -> set[str]:
    """Those of the names that are fields of the command."""
    return {spec.name for spec in fields_of(command)} & set(names)
