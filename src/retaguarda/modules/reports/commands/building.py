"""A report that is built by a person: kept as data, judged by the list that it is of, changed by its owner alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, dump
from retaguarda.kernel.errors import Forbidden, Missing
from retaguarda.kernel.kinds import Choice, Codes, Flag, Ref, Text, Version
from retaguarda.kernel.screen.built import CHARTS, HOW, NONE, Built, source_of
from retaguarda.kernel.screen.conditions import KINDS
from retaguarda.kernel.spans import GRAINS
from retaguarda.kernel.unit import Unit
from retaguarda.modules.reports import rules
from retaguarda.modules.reports.commands.saving import keep_saved, own_report
from retaguarda.modules.reports.model import SavedReport
from retaguarda.modules.reports.ports import Screens

BUILD = "reports.build_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedColumn(Part):
    """What is asked of one column: words, a range, a period, codes, or that it is empty."""

    field: Annotated[str, Text(80, least=1)]
    kind: Annotated[str, Choice(KINDS, "reports.condition")]
    words: Annotated[str, Text(200)] = ""
    low: Annotated[str, Text(40)] = ""
    high: Annotated[str, Text(40)] = ""
    period: Annotated[str, Text(40)] = ""
    codes: Annotated[tuple[str, ...], Codes()] = ()
    empty: Annotated[bool, Flag()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedBy(Part):
    """A column by whose values rows are added up; days by their day, week, month or year."""

    field: Annotated[str, Text(80, least=1)]
    grain: Annotated[str | None, Choice(GRAINS, "shell.grain")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalOf(Part):
    """How many rows there are, or the sum or average of a column."""

    how: Annotated[str, Choice(HOW, "reports.how")]
    field: Annotated[str, Text(80)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport(Command):
    """Keeps a report of your own making: of which list it is, what is asked of its columns, by which one or two it is
    added up, what is totalled, and how it is drawn. Periods like last month are other days tomorrow. Who holds one of
    the roles it is shared with finds it if they may see that list, and sees in it what they may see themselves."""

    name: Annotated[str, Text(80, least=1)]
    roles: Annotated[tuple[str, ...], Codes()] = ()
    source: Annotated[str, Text(40, least=3)]
    columns: Annotated[tuple[str, ...], Codes()] = ()
    conditions: tuple[AskedColumn, ...] = ()
    by: tuple[GroupedBy, ...] = ()
    totals: tuple[TotalOf, ...] = ()
    chart: Annotated[str, Choice(CHARTS, "reports.chart")] = NONE
    largest: Annotated[bool, Flag()] = False
    sort: Annotated[str, Text(80)] = ""


def build_report(unit: Unit, command: BuildReport) -> Mapping[str, Any]:
    if unit.actor.person_id is None:
        raise Forbidden(BUILD)
    return keep_saved(unit, command.name, command.roles, **_built(unit, command))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseBuilt(Command):
    """Changes what a report of your own making shows; its name and those it is shared with stay. Only who built it
    may."""

    saved_id: Annotated[str, Ref("saved_report")]
    version: Annotated[int, Version()] | None = None
    source: Annotated[str, Text(40, least=3)]
    columns: Annotated[tuple[str, ...], Codes()] = ()
    conditions: tuple[AskedColumn, ...] = ()
    by: tuple[GroupedBy, ...] = ()
    totals: tuple[TotalOf, ...] = ()
    chart: Annotated[str, Choice(CHARTS, "reports.chart")] = NONE
    largest: Annotated[bool, Flag()] = False
    sort: Annotated[str, Text(80)] = ""


def revise_built(unit: Unit, command: ReviseBuilt) -> Mapping[str, Any]:
    row = own_report(unit, command.saved_id, command.version)
    if row.report != rules.BUILDER:
        raise Missing("saved_report", command.saved_id, field="saved_id")
    made = _built(unit, command)
    unit.revise(SavedReport, row, cut=made["cut"], asked=made["asked"], needs=made["needs"])
    return {"id": row.id, "version": row.version + 1, "name": row.name}


def _built(unit: Unit, command: BuildReport | ReviseBuilt) -> dict[str, str]:
    """What is kept of it; refuses a list, columns and conditions that there are not, and what is not the actor's to
    see."""
    built = Built.of(dump(command))
    lists = unit.port(Screens)  # type: ignore[type-abstract]
    source = source_of(lists, built.source, unit.actor.may)
    source.judge(built)
    needs = next(iter(source.permissions), "")
    return {"report": rules.BUILDER, "cut": built.source, "asked": json.dumps(built.kept()), "needs": needs}
