"""Changing how the income statement and the balance sheet are laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Choice, Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.accounting.model import ReportLayout

_A = api.account.c
CHART = Statement(select(_A.id, _A.code, _A.name, _A.kind, _A.postable))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLinePart(Part):
    """One line: an account with all below it, or a sum with the words it is called by."""

    kind: Annotated[str, Choice(rules.LINE_KINDS, texts="accounting.line_kind")]
    account_id: Annotated[str, Ref("account")] | None = None
    label: Annotated[str, Text(120)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseReportLayout(Command):
    """Changes the lines of the income statement or of the balance sheet; the whole layout is sent. Every account of
    the report stands in it exactly once, so that nothing is left out."""

    report_layout_id: Annotated[str, Ref("report_layout")]
    lines: Annotated[tuple[ReportLinePart, ...], Rows(least=1)]
    version: Annotated[int, Version()] | None = None


def revise_report_layout(unit: Unit, command: ReviseReportLayout) -> Mapping[str, Any]:
    row = unit.get(ReportLayout, command.report_layout_id, field="report_layout_id")
    unit.fresh(row, command.version, "report_layout")
    chart = {account.id: account for account in unit.all(CHART)}
    faults = []
    for n, line in enumerate(command.lines, 1):
        if (line.kind == rules.ACCOUNTS) != (line.account_id is not None):
            faults.append(Fault(f"lines.{n}.account_id", "accounting.layout_account"))
        elif line.account_id is not None and line.account_id not in chart:
            faults.append(Fault(f"lines.{n}.account_id", "accounting.unknown_account"))
        elif line.kind != rules.ACCOUNTS and not line.label:
            faults.append(Fault(f"lines.{n}.label", "accounting.layout_label"))
    if not faults:
        lines = [(x.kind, chart[x.account_id].code if x.account_id else None) for x in command.lines]
        leaves = [(a.code, a.name, a.kind) for a in sorted(chart.values(), key=lambda a: str(a.code)) if a.postable]
        faults = [
            Fault(f"lines.{f.line}.account_id" if f.line else "lines", f.code, f.params)
            for f in rules.layout_faults(row.report, lines, leaves)
        ]
    if faults:
        raise Invalid(*faults)
    unit.revise(ReportLayout, row, report=row.report)
    api.add_report_lines(unit, row.id, row.version + 1, [(x.kind, x.label, x.account_id) for x in command.lines])
    return {"id": row.id, "version": row.version + 1}
