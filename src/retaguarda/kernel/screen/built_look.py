"""How a built report is shown: its columns with their titles, its totals, its chart, the names of its groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from retaguarda.kernel.page import By, Group
from retaguarda.kernel.screen.built import AVERAGE, NONE, SUM, Built, Source, Total
from retaguarda.kernel.screen.parts import Column, Show
from retaguarda.kernel.screen.reports import Chart, Cut
from retaguarda.kernel.spans import DAY, WEEK, YEAR
from retaguarda.kernel.text import Texts
from retaguarda.kernel.text.saying import NOTHING, said


@dataclass(frozen=True, slots=True)
class BuiltLook:
    """How a built report of a list that it was judged by is shown; `inside` keeps to the rows of one of its groups."""

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
    def cut(self) -> Cut:
        """Columns, totals and chart as a report has them; the titles stand in `heads`."""
        columns = self._groups() if self.is_grouped else self._rows()
        sums = [column.field for column in columns if column.field.startswith("total_")]
        if not self.is_grouped:
            sums = [column.field for column in columns if column.field in {one.field for one in self.summed}]
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

    @property
    def summed(self) -> tuple[Total, ...]:
        """What stands under rows: the sums of columns that are shown."""
        sums = [one for one in self.built.totals if one.how == SUM and one.field in self.built.columns]
        return tuple(dict.fromkeys(sums))

    def value_of(self, by: By, value: Any) -> Any:
        """A value of groups as its column shows it; months and years have no day."""
        column = self.source.columns[by.field]
        if (value is None or value == "") and not column.texts and not by.grain and column.show != "flag":
            return NOTHING
        if value is None or by.grain in ("", DAY, WEEK):
            return value
        return str(value.year) if by.grain == YEAR else self.texts.say("shell.built.month", day=value)

    def name_of(self, group: Group) -> str:
        """What a group is called, in one line."""
        told = zip(self.built.by, group.values, self._groups(), strict=False)
        cells = ((self.value_of(by, value), column) for by, value, column in told)
        return " · ".join(self._words(value, column) for value, column in cells)

    def _words(self, value: Any, column: Column) -> str:
        """A value in words."""
        return said(self.texts, value, column.show, column.texts)
