"""The state of the report builder: a list is chosen, asked and added up, and what comes of it is shown at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.page import By, Group
from retaguarda.kernel.screen.building import BuiltInquiry
from retaguarda.kernel.screen.built import COUNT, NONE, BuilderScreen, Built, Source, Total, source_of, sources
from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import Exporting, Gathered
from retaguarda.kernel.screen.listing import opening_of
from retaguarda.kernel.screen.narrowed import NarrowedState
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.reading import ReadingState
from retaguarda.kernel.screen.reports import SAVED, Cut
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat, refusal_of
from retaguarda.kernel.spans import MONTH


class AskedList(NarrowedState):
    """What is asked of the columns of the list; its rows are the builder's to read."""

    def __init__(self, screen: ListScreen, seat: Seat, tell: Callable[[], object]) -> None:
        super().__init__(screen, seat)
        self._tell = tell
        own = {column.field for column in screen.columns}
        self.askable = tuple((column, kind) for column, kind in self.askable if column.field in own)
        self.declared = tuple(column for column in self.declared if column.field in own)
        self.sort = screen.sort

    def begin(self, built: Built) -> None:
        """Takes over what a kept report asks."""
        self.conditions = {one.field: one for one in built.conditions}
        self.sort = built.sort or self.screen.sort

    def refresh(self) -> None:
        self._tell()


class BuilderState(ReadingState):
    """`built` is the report as it stands, `asking` what is asked of its list (None where none can be read), `inside`
    the group whose rows are shown. Topics: those of a report, `source` (another list), `built`, `title`."""

    screen: BuilderScreen

    def __init__(self, screen: BuilderScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go.key if go else "")
        found = sources(seat.book, seat.person.may)
        named = {source.screen.name: self._named(source) for source in found}
        self.offered: tuple[tuple[str, str], ...] = tuple(sorted(named.items(), key=lambda one: one[1].casefold()))
        self.built = Built(source="")
        self.source: Source | None = None
        self.asking: AskedList | None = None
        self.inside: Group | None = None
        self.version: int | None = None
        self.mine = True

    def _named(self, source: Source) -> str:
        say = self.seat.texts.say
        return f"{say(source.screen.title_code)} · {say(f'{source.screen.module}.module')}"

    # ---- what it is of ----
    def start(self) -> None:
        if self.key:
            self.one("saved", SAVED, self.key, self._take)
        elif self.offered:
            self.choose_source(self.offered[0][0])

    def _take(self, saved: Any) -> None:
        """Shows a kept report; says what of it is gone, or not this person's to see."""
        self.name, self.mine = saved.name, saved.mine
        self.version = saved.version
        self.changed("title")
        try:
            built = Built.of(saved.asked)
            source = source_of(self.seat.book, built.source, self.seat.person.may)
            source.judge(built)
        except Problem as problem:
            self.status = "failed"
            self.failed(problem)
            self.changed("status")
            return
        self._show(source, built)

    def choose_source(self, name: str) -> None:
        """Begins anew with another list: its rows, with the columns that it shows."""
        if self.source is not None and name == self.source.screen.name:
            return
        source = source_of(self.seat.book, name, self.seat.person.may)
        shown = tuple(field for field, column in source.columns.items() if not column.hide_below)
        self._show(source, Built(source=name, columns=shown, sort=source.screen.sort or ""))

    def _show(self, source: Source, built: Built) -> None:
        self.source, self.built, self.inside = source, built, None
        self.asking = AskedList(source.screen, self.seat, self._asked)
        self.asking.begin(built)
        self.found, self.chosen = Gathered(), None
        self.changed("source", "actions")
        self.refresh()

    def _asked(self) -> None:
        assert self.asking is not None
        self._set(conditions=tuple(self.asking.conditions.values()), sort=self.asking.sort or "")

    # ---- what a person does ----
    def _set(self, **changes: Any) -> None:
        built = replace(self.built, **changes)
        if built != self.built:
            self.built, self.inside, self.found = built, None, Gathered()
            self.changed("built", "actions")
            self.refresh()

    def show_column(self, name: str, shown: bool) -> None:
        """Shows a column of the rows, or not; they stand in the order of the list."""
        assert self.source is not None
        wanted = {*self.built.columns, name} if shown else {*self.built.columns} - {name}
        self._set(columns=tuple(one for one in self.source.columns if one in wanted))

    def group_by(self, at: int, name: str) -> None:
        """Adds up by a column in the first or second place; empty takes it away, and what follows it moves up."""
        assert self.source is not None
        by = list(self.built.by)
        made = [By(name, MONTH if self.source.has_days(name) else "")] if name else []
        by[at : at + 1] = made
        totals = self.built.totals or (Total(COUNT),) if by else self.built.totals
        self._set(by=tuple(by), totals=totals, chart=self.built.chart if by else NONE)

    def set_grain(self, at: int, grain: str) -> None:
        """Adds days up by other spans."""
        by = list(self.built.by)
        by[at] = By(by[at].field, grain)
        self._set(by=tuple(by))

    def total(self, how: str, name: str, wanted: bool) -> None:
        """Totals something, or does not; they stand in the order in which they were chosen."""
        one = Total(how, name)
        others = tuple(total for total in self.built.totals if total != one)
        totals = (*others, one) if wanted else others
        self._set(totals=totals or ((Total(COUNT),) if self.built.by else ()))

    def draw(self, chart: str) -> None:
        """Draws the first total so."""
        self._set(chart=chart)

    def put_largest(self, largest: bool) -> None:
        """Puts the groups of the greatest first total first, or all in their own order."""
        self._set(largest=largest)

    def ask_of(self, conditions: tuple[Condition, ...]) -> None:
        """Asks this of the columns, as the sheet of conditions does."""
        assert self.asking is not None
        self.asking.ask_of(conditions)

    # ---- what is read ----
    @property
    def inquiry(self) -> BuiltInquiry:
        """The report as it is read now."""
        assert self.source is not None
        return BuiltInquiry(self.built, self.source, self.seat.texts, self.seat.today(), self.inside)

    @property
    def cut(self) -> Cut:  # type: ignore[override]
        """How it is shown; nothing while there is no list."""
        return self.inquiry.cut if self.source is not None else Cut(name="built", query="", columns=())

    def reading(self) -> Callable[[Door], Gathered]:
        inquiry = self.inquiry

        def read(door: Door) -> Gathered:
            inquiry.source.judge(inquiry.built)
            return inquiry.gather(door)

        return read

    def refresh(self) -> None:
        if self.source is not None:
            super().refresh()

    def view(self) -> Exporting:
        return self.inquiry.exporting(self.name or self.seat.texts.say(self.screen.title_code), self.seat.company)

    def open(self) -> None:
        """The rows of the chosen group; of a row what the list opens on it."""
        row = self.record
        if row is None or self.source is None:
            return
        if self.inquiry.is_grouped:
            self.inside, self.found = row.group, Gathered()
            self.changed("built")
            self.refresh()
            return
        go = opening_of(row, self.source.screen.opens, self.source.screen.opens_key)
        if go is not None and go.screen in self.seat.book:
            self.seat.tell(go)

    def back(self) -> bool:
        """From the rows of a group to the groups; False where there is none to leave."""
        if self.inside is None:
            return False
        self.inside, self.found = None, Gathered()
        self.changed("built")
        self.refresh()
        return True

    # ---- keeping it ----
    def reason(self, action: Action) -> Phrase | None:
        if action.does and self.source is None:
            return Phrase("shell.built.nothing")
        if action.does == "save" and self.key and not self.mine:
            return Phrase("shell.built.not_mine")
        return super().reason(action) or (refusal_of(self.seat, self.screen.build) if action.does else None)

    def does(self, what: str) -> None:
        if what == "save" and self.key:
            payload = {**self.built.kept(), "saved_id": self.key, "version": self.version}
            self.send((self.screen.revise, payload), self._revised)
        elif what in ("save", "save_as"):
            self.seat.tell(Go(self.screen.keep, given=self.built.kept(), on_done=self._kept))
        else:
            super().does(what)

    def _revised(self, outcome: Outcome) -> None:
        self.version = outcome.value["version"]
        self.done(self.screen.revise, outcome)

    def _kept(self, outcome: Outcome) -> None:
        """From now on it is the one that was kept."""
        value: Mapping[str, Any] = outcome.value
        self.key, self.version, self.name, self.mine = value["id"], value["version"], value["name"], True
        self.changed("title", "actions")
