"""A built report as it is read: rows of its list or what they add up to, told by the database, under a reader's rights.

What its screen, the command line and timed work have in common.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.money import round_money
from retaguarda.kernel.page import By, Group
from retaguarda.kernel.screen.built import AVERAGE, COUNT, NONE, SUM, Built, Source, Total
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import AT_ONCE, SHOWN, Asked, Exporting, Gathered, pages
from retaguarda.kernel.screen.parts import Column, Show
from retaguarda.kernel.screen.reports import Chart, Cut
from retaguarda.kernel.spans import DAY, GRAINS, MONTH, WEEK, YEAR
from retaguarda.kernel.text import Texts
from retaguarda.kernel.text.saying import NOTHING, said

MOST = 20_000
"""How many groups a report has at most: more say nothing to anybody."""
_DIGITS = {"money": 2, "price": 4, "quantity": 4, "whole": 2, "rate": 6}


@dataclass(frozen=True, slots=True)
class BuiltInquiry:
    """A built report of a list that it was judged by; `inside` keeps to the rows of one of its groups."""

    built: Built
    source: Source
    texts: Texts
    today: dt.date
    inside: Group | None = None

    @property
    def is_grouped(self) -> bool:
        """Whether groups are shown, and not rows."""
        return bool(self.built.by) and self.inside is None

    @property
    def where(self) -> dict[str, Any]:
        """What the list is asked: its own filter, the conditions, the group that it is kept to."""
        where = dict(self.source.screen.where)
        for condition in self.built.conditions:
            where |= condition.where(self.today, self.texts.zone)
        if self.inside is not None:
            for one, value in zip(self.built.by, self.inside.values, strict=True):
                where |= self._inside(one, value)
        return where

    def _inside(self, by: By, value: Any) -> dict[str, Any]:
        # A key has more spaces than that of a condition, and a span one more than the shorter one: all are asked.
        if value is None or not by.grain:
            return {f"{by.field}   =": value}
        ends = (value, _end(value, by.grain))
        signs = {">=": ends[0], "<": ends[1]}
        if self.source.holds[by.field] == "instant":
            signs = {sign: _midnight(day, self.texts.zone) for sign, day in signs.items()}
        pad = " " * (3 + GRAINS.index(by.grain))
        return {f"{by.field}{pad}{sign}": bound for sign, bound in signs.items()}

    # ---- how it is shown ----
    @property
    def cut(self) -> Cut:
        """Columns, totals and chart as a report has them; the titles stand in `heads`."""
        columns = self._groups() if self.is_grouped else self._rows()
        sums = [column.field for column in columns if column.field.startswith("total_")]
        if not self.is_grouped:
            sums = [column.field for column in columns if column.field in {one.field for one in self._summed}]
        drawn = self.is_grouped and self.built.chart != NONE
        chart = Chart(label="by_0", value="total_0", kind=self.built.chart) if drawn else None  # type: ignore[arg-type]
        return Cut(name="built", query=self.source.screen.query, columns=columns, totals=tuple(sums), chart=chart)

    @property
    def heads(self) -> tuple[str, ...]:
        """The titles of the columns."""
        if self.is_grouped:
            return (*map(self.by_head, self.built.by), *map(self.total_head, self.built.totals))
        return tuple(map(self.title_of, self._rows()))

    def title_of(self, column: Column) -> str:
        """What a column of the list is called."""
        return self.texts.say(column.title or f"{self.source.screen.name}.{column.field}")

    def by_head(self, by: By) -> str:
        """What a column of groups is called."""
        title = self.title_of(self.source.columns[by.field])
        return self.texts.say(f"shell.built.by.{by.grain}", column=title) if by.grain else title

    def total_head(self, total: Total) -> str:
        """What a column of totals is called."""
        title = self.title_of(self.source.columns[total.field]) if total.field else ""
        return self.texts.say(f"shell.built.how.{total.how}", column=title)

    def _rows(self) -> tuple[Column, ...]:
        shown = (self.source.columns[name] for name in self.built.columns)
        return tuple(replace(column, edits=None, hide_below=0, sortable=False) for column in shown)

    def _groups(self) -> tuple[Column, ...]:
        by = [self._by_column(at, one) for at, one in enumerate(self.built.by)]
        return (*by, *(self._total_column(at, one) for at, one in enumerate(self.built.totals)))

    def _by_column(self, at: int, by: By) -> Column:
        column = self.source.columns[by.field]
        show: Show = column.show
        if by.grain:
            show = "day" if by.grain in (DAY, WEEK) else "text"
        return Column(
            field=f"by_{at}", show=show, texts=column.texts, levels=column.levels, width=0 if at == 0 else 200
        )  # fmt: skip

    def _total_column(self, at: int, total: Total) -> Column:
        show: Show = self.source.columns[total.field].show if total.field else "whole"
        if total.how == AVERAGE and show == "whole":
            show = "quantity"
        return Column(field=f"total_{at}", show=show, width=150)

    # ---- what is read ----
    @property
    def _summed(self) -> tuple[Total, ...]:
        """What stands under rows: the sums of columns that are shown."""
        sums = [one for one in self.built.totals if one.how == SUM and one.field in self.built.columns]
        return tuple(dict.fromkeys(sums))

    @property
    def asked(self) -> Asked:
        """The rows of the list."""
        return Asked(self.source.screen.query, self.where, self.built.sort or self.source.screen.sort, AT_ONCE)

    def gather(self, door: Door) -> Gathered:
        """Reads what is shown: all groups, or the first rows; the totals are those of all rows."""
        if self.is_grouped:
            rows, whole = self._read_groups(door)
            return Gathered(rows, len(rows), self._line(whole, self.built.totals) if whole.count else None)
        asked = self.asked
        page = door.show(asked.query, asked.where, asked.sort, limit=SHOWN)
        whole = self._whole(door, self._summed)
        total = self._row(whole) if whole.count and self._summed else None
        return Gathered(tuple(page.rows), whole.count, total)

    def _read_groups(self, door: Door) -> tuple[tuple[Any, ...], Group]:
        totals, by = self.built.totals, self.built.by
        fields = self._fields(totals)
        found = door.groups(self.source.screen.query, self.where, by, fields, MOST, self.built.largest)
        if found.more:
            raise Refusal("shell.built.too_many_groups", most=MOST)
        return tuple(self._line(group, totals) for group in found.rows), found.whole

    def _whole(self, door: Door, totals: tuple[Total, ...]) -> Group:
        return door.groups(self.source.screen.query, self.where, (), self._fields(totals)).whole

    def _fields(self, totals: tuple[Total, ...]) -> tuple[str, ...]:
        """The columns to be added up, that of the first total first: by it the largest groups are found."""
        return tuple(dict.fromkeys(one.field for one in totals if one.field))

    def _line(self, group: Group, totals: tuple[Total, ...]) -> Any:
        fields = self._fields(totals)
        sums = {name: (s, n) for name, s, n in zip(fields, group.sums, group.filled, strict=True)}
        cells = {f"total_{at}": self._figure(one, group.count, sums) for at, one in enumerate(totals)}
        named = zip(self.built.by, group.values, strict=False)
        cells |= {f"by_{at}": self._said(one, value) for at, (one, value) in enumerate(named)}
        return SimpleNamespace(group=group, **cells)

    def _row(self, whole: Group) -> Any:
        """The row of totals under rows."""
        return SimpleNamespace(**dict(zip(self._fields(self._summed), whole.sums, strict=True)))

    def _figure(self, total: Total, count: int, sums: Mapping[str, tuple[Any, int]]) -> Any:
        if total.how == COUNT:
            return count
        added, filled = sums[total.field]
        if added is None:
            return None
        show = self.source.columns[total.field].show
        if total.how == AVERAGE:
            return round_money(Decimal(added) / filled, _DIGITS[show])
        return int(added) if show == "whole" else added

    def _said(self, by: By, value: Any) -> Any:
        """A value of groups as its column shows it; months and years have no day."""
        column = self.source.columns[by.field]
        if (value is None or value == "") and not column.texts and not by.grain and column.show != "flag":
            return NOTHING
        if value is None or by.grain in ("", DAY, WEEK):
            return value
        return str(value.year) if by.grain == YEAR else self.texts.say("shell.built.month", day=value)

    def name_of(self, group: Group) -> str:
        """What a group is called, in one line."""
        line, columns = self._line(replace(group, sums=(), filled=()), ()), self._groups()
        cells = ((getattr(line, one.field), one) for one in columns[: len(self.built.by)])
        return " · ".join(self.texts_of(value, column) for value, column in cells)

    def texts_of(self, value: Any, column: Column) -> str:
        """A value in words."""
        return said(self.texts, value, column.show, column.texts)

    # ---- into a file ----
    def exporting(self, title: str, issuer: str) -> Exporting:
        """The report on its way into a file."""
        cut, lines = self.cut, [self.texts.say(self.source.screen.title_code)]
        for condition in self.built.conditions:
            column = self.source.columns[condition.field]
            lines.append(condition.said(column, self.title_of(column), self.texts))
        if self.inside is not None:
            lines.append(self.name_of(self.inside))
        return Exporting(
            asked=self.asked,
            title=title,
            lines=tuple(lines),
            columns=cut.columns,
            heads=self.heads,
            texts=self.texts,
            issuer=issuer,
            totals=cut.totals,
            reads=self.reads,
            whole=self.whole,
        )

    def reads(self, door: Door) -> Iterator[tuple[Any, ...]]:
        """Every group, or every row page by page."""
        if self.is_grouped:
            yield self._read_groups(door)[0]
        else:
            yield from pages(door, self.asked)

    def whole(self, door: Door) -> Any:
        """The row of totals; None of nothing."""
        totals = self.built.totals if self.is_grouped else self._summed
        whole = self._whole(door, totals)
        if not whole.count or not totals:
            return None
        return self._line(whole, totals) if self.is_grouped else self._row(whole)


def _end(begin: dt.date, grain: str) -> dt.date:
    """The first day after a span of days."""
    if grain == YEAR:
        return begin.replace(year=begin.year + 1)
    if grain == MONTH:
        return (begin + dt.timedelta(days=31)).replace(day=1)
    return begin + dt.timedelta(days=7 if grain == WEEK else 1)


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
