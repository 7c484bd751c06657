"""A report that somebody built: which list it is of, what is asked, by what it is added up, what is totalled.

It is data: it names a list, its columns and nothing else, and whoever runs it sees what they may see of that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from retaguarda.kernel.errors import Fault, Forbidden, Invalid, Refusal
from retaguarda.kernel.page import By
from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.screen.screens import ListScreen, Screen
from retaguarda.kernel.spans import GRAINS

COUNT, SUM, AVERAGE = "count", "sum", "average"
HOW = (COUNT, SUM, AVERAGE)
NONE, BARS, LINE = "none", "bars", "line"
CHARTS = (NONE, BARS, LINE)
MOST_BY, MOST_TOTALS = 2, 8
_ADDED, _AVERAGED = ("money", "quantity", "whole"), ("money", "quantity", "whole", "price", "rate")
_GROUPED = ("text", "flag", "day", "instant")


class Lists(Protocol):
    """All screens, and what is known of the queries behind them."""

    @property
    def screens(self) -> Mapping[str, Screen]:
        """The screens by name, reports among them."""

    def kinds(self, query: str) -> Mapping[str, str]:
        """What the fields of a query hold: text, number, day, instant, flag."""

    def permission_of(self, query: str) -> str:
        """The permission that a query asks for; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuilderScreen(Screen):
    """Where a report is built: choices at the side, the result beside them. With the key of one that was kept it shows
    that. `build` keeps a new one in the dialog `keep`, `revise` what was changed of one's own."""

    build: str
    revise: str
    keep: str
    refreshed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """What is totalled: how many rows there are (`count`), or the `sum` or `average` of a column."""

    how: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A report of the list `source`: its rows with `columns`, or what they add up to by one or two columns. `sort` is
    the order of rows, `largest` puts the groups of the greatest first total first."""

    source: str
    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    by: tuple[By, ...] = ()
    totals: tuple[Total, ...] = ()
    chart: str = NONE
    largest: bool = False
    sort: str = ""

    def kept(self) -> dict[str, Any]:
        """What is kept of it, as JSON values."""
        return {
            "source": self.source,
            "columns": list(self.columns),
            "conditions": [one.kept() for one in self.conditions],
            "by": [{"field": one.field, "grain": one.grain or None} for one in self.by],
            "totals": [{"how": one.how, "field": one.field} for one in self.totals],
            "chart": self.chart,
            "largest": self.largest,
            "sort": self.sort,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Built:
        """The report out of what was kept; refuses a condition that nobody can understand by its column."""
        conditions = [(one, Condition.of(one)) for one in kept["conditions"]]
        wrong = [str(one.get("field", "")) for one, made in conditions if made is None]
        if wrong:
            raise Invalid(*(Fault("conditions", "shell.built.bad_condition", {"name": name}) for name in wrong))
        return cls(
            source=kept["source"],
            columns=tuple(kept["columns"]),
            conditions=tuple(made for _one, made in conditions if made is not None),
            by=tuple(By(one["field"], one.get("grain") or "") for one in kept["by"]),
            totals=tuple(Total(one["how"], one.get("field") or "") for one in kept["totals"]),
            chart=kept["chart"],
            largest=kept["largest"],
            sort=kept["sort"],
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A list of which reports are built: what it asks for, its query's own columns, and what these hold."""

    screen: ListScreen
    permissions: tuple[str, ...]
    holds: Mapping[str, str]
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def grouped(self) -> tuple[Column, ...]:
        """The columns by which rows can be added up."""
        return tuple(c for c in self._held() if self.holds[c.field] in _GROUPED and c.show != "codes")

    def has_days(self, name: str) -> bool:
        """Whether a column holds days or instants, which are added up by spans."""
        return self.holds.get(name) in ("day", "instant")

    def totalled(self, how: str) -> tuple[Column, ...]:
        """The columns of which there is a sum or an average."""
        shows = _ADDED if how == SUM else _AVERAGED
        return tuple(c for c in self._held() if self.holds[c.field] == "number" and c.show in shows)

    def _held(self) -> Iterator[Column]:
        return (column for name, column in self.columns.items() if name in self.holds)

    def judge(self, built: Built) -> None:
        """Refuses by name what the list does not have, or does not have any more, and what cannot be shown."""
        faults = list(self._gone(built))
        for one in built.by:
            grains = ("",) if not self.has_days(one.field) else GRAINS
            if one.grain not in grains and self.holds.get(one.field):
                faults.append(Fault("by", "kernel.not_a_choice", {"options": ", ".join(grains)}))
        if len(built.by) > MOST_BY:
            faults.append(Fault("by", "kernel.too_many", {"most": MOST_BY}))
        if len(built.totals) > MOST_TOTALS:
            faults.append(Fault("totals", "kernel.too_many", {"most": MOST_TOTALS}))
        if built.by and not built.totals:
            faults.append(Fault("totals", "kernel.required"))
        if not built.by and not built.columns:
            faults.append(Fault("columns", "kernel.required"))
        if faults:
            raise Invalid(*faults)

    def _gone(self, built: Built) -> Iterator[Fault]:
        told: dict[str, Sequence[tuple[str, bool]]] = {
            "columns": [(name, name in self.columns) for name in built.columns],
            "conditions": [(one.field, self._asks(one)) for one in built.conditions],
            "by": [(one.field, one.field in {c.field for c in self.grouped}) for one in built.by],
            "totals": [(one.field, self._adds(one)) for one in built.totals],
            "sort": [(built.sort.lstrip("-"), built.sort.lstrip("-") in self.holds)] if built.sort else [],
        }
        for part, names in told.items():
            yield from (Fault(part, "shell.built.column_gone", {"name": n}) for n, there in names if not there)

    def _asks(self, condition: Condition) -> bool:
        held = self.holds.get(condition.field) if condition.field in self.columns else None
        return held == ("text" if condition.kind == "choice" else condition.kind)

    def _adds(self, total: Total) -> bool:
        if total.how == COUNT:
            return not total.field
        return total.field in {column.field for column in self.totalled(total.how)}


def sources(lists: Lists, may: Callable[[str], bool]) -> tuple[Source, ...]:
    """Every list of which somebody may build a report."""
    found = (_source(lists, s) for s in lists.screens.values() if isinstance(s, ListScreen) and s.adds_up)
    return tuple(source for source in found if source.columns and all(map(may, source.permissions)))


def source_of(lists: Lists, name: str, may: Callable[[str], bool]) -> Source:
    """The list of that name; refuses one that is gone, and one that whoever asks may not read."""
    screen = lists.screens.get(name)
    if not isinstance(screen, ListScreen) or not screen.adds_up:
        raise Refusal("shell.built.source_gone", name=name)
    source = _source(lists, screen)
    for permission in source.permissions:
        if not may(permission):
            raise Forbidden(permission)
    return source


def _source(lists: Lists, screen: ListScreen) -> Source:
    needed = (screen.permission, lists.permission_of(screen.query))
    # What another module shows in a list needs that module's own right, and is no column of the list's query.
    columns = {column.field: column for column in (*screen.columns, *screen.more) if column.show != "answer"}
    return Source(screen, tuple(one for one in needed if one), lists.kinds(screen.query), columns)
