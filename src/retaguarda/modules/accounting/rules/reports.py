"""The ready-made layouts of the neutral chart, and what a changed layout must keep: every account once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

INCOME, BALANCE = "income", "balance"
REPORTS: Mapping[str, frozenset[str]] = {
    INCOME: frozenset({"revenue", "expense"}),
    BALANCE: frozenset({"asset", "liability", "equity"}),
}
"""Every report and the kinds of the accounts it shows."""
ACCOUNTS, RESULT, SUBTOTAL, TOTAL, RUNNING = "accounts", "result", "subtotal", "total", "running"
LINE_KINDS = (ACCOUNTS, RESULT, SUBTOTAL, TOTAL, RUNNING)
"""An account with all below it; the result so far; the lines since the last subtotal or total; those since the last
total; all lines above."""

NEUTRAL_LAYOUTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    INCOME: (
        (ACCOUNTS, "4.1"),
        (RUNNING, "net_sales"),
        (ACCOUNTS, "5.1"),
        (RUNNING, "gross_profit"),
        (ACCOUNTS, "5.2"),
        (ACCOUNTS, "5.3"),
        (ACCOUNTS, "4.2"),
        (ACCOUNTS, "5.4"),
        (RUNNING, "net_result"),
    ),
    BALANCE: (
        (ACCOUNTS, "1.1"),
        (ACCOUNTS, "1.2"),
        (TOTAL, "total_assets"),
        (ACCOUNTS, "2.1"),
        (ACCOUNTS, "2.2"),
        (SUBTOTAL, "total_liabilities"),
        (ACCOUNTS, "3"),
        (RESULT, "result_so_far"),
        (TOTAL, "total_liabilities_and_equity"),
    ),
}
"""Lines of the neutral layouts: an account's code, or the text `accounting.report.<name>` of a sum."""


@dataclass(frozen=True, slots=True)
class LayoutFault:
    """What is wrong with a layout: the line (from 1; 0 is the whole), a code and its parameters."""

    line: int
    code: str
    params: Mapping[str, str]


def layout_faults(
    report: str, lines: Sequence[tuple[str, str | None]], accounts: Iterable[tuple[str, str, str]]
) -> list[LayoutFault]:
    """What is wrong with lines (kind, the account's code): every leaf (code, name, kind) that the report shows stands
    in it exactly once, and the balance sheet has the result once."""
    faults = []
    shown = [(n, code) for n, (kind, code) in enumerate(lines, 1) if kind == ACCOUNTS and code is not None]
    results = sum(kind == RESULT for kind, _ in lines)
    if results != (report == BALANCE):
        faults.append(LayoutFault(0, "accounting.layout_result", {}))
    for code, name, kind in accounts:
        at = [n for n, root in shown if code == root or code.startswith(f"{root}.")]
        named = {"account": f"{code} {name}"}
        if kind in REPORTS[report] and not at:
            faults.append(LayoutFault(0, "accounting.layout_leaves_out", named))
        elif kind not in REPORTS[report] and at:
            faults.append(LayoutFault(at[0], "accounting.layout_other_report", named))
        elif len(at) > 1:
            faults.append(LayoutFault(at[1], "accounting.layout_twice", named))
    return faults
