"""What a person chooses of a report that they build: its list, what is asked, groups, totals, chart, columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from retaguarda.kernel.page import By, Group
from retaguarda.kernel.screen.building import BuiltInquiry
from retaguarda.kernel.screen.built import COUNT, NONE, BuilderScreen, Built, Source, Total, source_of, sources
from retaguarda.kernel.screen.conditions import Condition, kind_of
from retaguarda.kernel.screen.gathering import Gathered
from retaguarda.kernel.screen.narrowed import NarrowedState
from retaguarda.kernel.screen.reading import ReadingState
from retaguarda.kernel.screen.reports import Cut
from retaguarda.kernel.screen.state import Go, Seat
from retaguarda.kernel.spans import MONTH


class AskedList(NarrowedState):
    """What is asked of the columns of the list; its rows are the builder's to read."""

    def __init__(self, source: Source, seat: Seat, tell: Callable[[], object]) -> None:
        super().__init__(source.screen, seat)
        self._tell = tell
        self.declared = tuple(source.columns.values())
        kinds = [(column, kind_of(column, source.holds.get(column.field), seat.texts)) for column in self.declared]
        self.askable = tuple((column, kind) for column, kind in kinds if kind)

    def begin(self, built: Built) -> None:
        """Takes over what a kept report asks."""
        self.conditions = {one.field: one for one in built.conditions}
        self.sort = built.sort or self.screen.sort

    def refresh(self) -> None:
        self._tell()


class ShapingState(ReadingState):
    """A report while it is built: `built` as it stands, `asking` what is asked of its list (None where none can be
    read), `inside` the group whose rows are shown. Topics: those of a report, `source` (another list), `built`."""

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

    def _named(self, source: Source) -> str:
        say = self.seat.texts.say
        return f"{say(source.screen.title_code)} · {say(f'{source.screen.module}.module')}"

    def choose_source(self, name: str) -> None:
        """Begins anew with another list: its rows, with the columns that it shows."""
        if self.source is not None and name == self.source.screen.name:
            return
        source = source_of(self.seat.book, name, self.seat.person.may)
        hidden = {one.field for one in source.screen.more}
        shown = tuple(name for name, one in source.columns.items() if not one.hide_below and name not in hidden)
        self.show_built(source, Built(source=name, columns=shown, sort=source.screen.sort or ""))

    def show_built(self, source: Source, built: Built) -> None:
        """Shows a report of a list."""
        self.source, self.built, self.inside = source, built, None
        self.asking = AskedList(source, self.seat, self._asked)
        self.asking.begin(built)
        self.found, self.chosen = Gathered(), None
        self.changed("source", "actions")
        self.refresh()

    def _asked(self) -> None:
        assert self.asking is not None
        self._set(conditions=tuple(self.asking.conditions.values()), sort=self.asking.sort or "")

    def read_anew(self) -> None:
        """Reads what is shown from now on: nothing of before stands under its columns."""
        self.found, self.chosen, self.status = Gathered(), None, "loading"
        self.changed("built", "actions")
        self.refresh()

    # ---- what a person does ----
    def _set(self, **changes: Any) -> None:
        built = replace(self.built, **changes)
        if built != self.built:
            self.built, self.inside = built, None
            self.read_anew()

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

    @property
    def inquiry(self) -> BuiltInquiry:
        """The report as it is read now."""
        assert self.source is not None
        return BuiltInquiry(self.built, self.source, self.seat.texts, self.seat.today(), self.inside)

    @property
    def cut(self) -> Cut:  # type: ignore[override]
        """How it is shown; nothing while there is no list."""
        return self.inquiry.cut if self.source is not None else Cut(name="built", query="", columns=())
