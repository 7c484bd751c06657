"""Reports as frozen data: a declared query with parameters, its columns and totals, a chart, and what a row opens.

Text codes: `<name>.title`, `.empty` and `.empty_why` as a list has them, `<name>.<parameter>`, `<name>.cut.<cut>` for
what it adds up by, `<name>.<field>` for its columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.screen.screens import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a report is asked with: a key of the query's `given`.

    A `day` begins as `initial` is typed into a field of a form (`d`, `-30`; empty: no limit), a `choice` of `options`
    (words under `texts`) as the code `initial`, a `record` (of the `suggestions` query) as all of them.
    """

    key: str
    kind: Literal["day", "choice", "record"] = "day"
    initial: str = ""
    options: tuple[str, ...] = ()
    texts: str = ""
    suggestions: str = ""


SAVED = "reports.saved"
"""The query of saved reports, which a report is opened with the key of."""
GRAIN = Parameter(key="grain", kind="choice", initial="week", options=("day", "week", "month"), texts="shell.grain")
"""By what spans of time a report adds up."""
BRANCH = Parameter(key="branch_id", kind="record", suggestions="company.branch_choices")
SPAN = ("since", "until", BRANCH.key)
"""What most reports are asked with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What of the rows is drawn: `label` and `value` are their columns, `most` how many fit; the table says the same.

    A `line` runs through all rows in their order, `bars` show the first ones.
    """

    label: str
    value: str
    kind: Literal["bars", "line"] = "bars"
    most: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One way of adding up: rows of `query` in the order `sort`, asked with those `parameters` of its screen.

    `totals` are the fields that are added up; `derived` what the row's dataclass works out of them (a property), and
    works out of their sums as well. Enter opens the list `opens` on exactly what a row adds up: `given` maps a key of
    the list's `where` to an attribute of the row, `carried` to a parameter (one that is not set narrows nothing).
    """

    name: str
    query: str
    columns: tuple[Column, ...]
    sort: str | None = None
    totals: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    chart: Chart | None = None
    opens: str = ""
    parameters: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScreen(Screen):
    """A report: parameters above, a tab for each cut that the person may read, chart and table of the chosen one."""

    cuts: tuple[Cut, ...]
    parameters: tuple[Parameter, ...] = ()
    refreshed_by: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """What has to be readable for the report to be opened: its first cut."""
        return self.cuts[0].query

    def cut(self, name: str) -> Cut:
        """The cut of that name; KeyError when there is none."""
        return {cut.name: cut for cut in self.cuts}[name]
