"""A built report as it is read: rows of its list or what they add up to, told by the database, under a reader's rights.

What its screen, the command line and timed work have in common.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.money import round_money
from retaguarda.kernel.page import By, Group
from retaguarda.kernel.screen.built import AVERAGE, COUNT, Total
from retaguarda.kernel.screen.built_look import BuiltLook
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import AT_ONCE, SHOWN, Asked, Exporting, Gathered, pages
from retaguarda.kernel.spans import GRAINS, MONTH, WEEK, YEAR

MOST = 20_000
"""How many groups a report has at most: more say nothing to anybody."""
_DIGITS = {"money": 2, "price": 4, "quantity": 4, "whole": 2, "rate": 6}


@dataclass(frozen=True, slots=True)
class BuiltInquiry(BuiltLook):
    """A built report as it is read."""

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
        whole = self._whole(door, self.summed)
        total = self._row(whole) if whole.count and self.summed else None
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
        cells |= {f"by_{at}": self.value_of(one, value) for at, (one, value) in enumerate(named)}
        return SimpleNamespace(group=group, **cells)

    def _row(self, whole: Group) -> Any:
        """The row of totals under rows."""
        return SimpleNamespace(**dict(zip(self._fields(self.summed), whole.sums, strict=True)))

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
        totals = self.built.totals if self.is_grouped else self.summed
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
