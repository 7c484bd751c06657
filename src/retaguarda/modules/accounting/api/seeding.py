"""What a new company's books begin with: chart, roles, posting rules; and the accounts its money gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Missing
from retaguarda.kernel.fold import fold
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.text import Texts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import rules
from retaguarda.modules.accounting.api import tables
from retaguarda.modules.accounting.api.books import changed
from retaguarda.modules.accounting.model import (
    Account,
    AccountRole,
    Books,
    MoneyAccount,
    PostingRule,
    PostingRuleLine,
    ReportLayout,
    ReportLine,
)
from retaguarda.modules.accounting.ports import CountryChart, Planned, PlannedLine

_A, _R = tables.account.c, tables.account_role.c
NODE = Statement(
    select(_A.id, _A.code, _A.kind)
    .join(tables.account_role, _R.account_id == _A.id)
    .where(_R.role == bindparam("role"))
)
CHILDREN = Statement(select(_A.code).where(_A.parent_id == bindparam("parent_id", type_=_A.parent_id.type)))


def seed_books(unit: Unit, country: str, language: str) -> None:
    """Opens the books of a new company with its country's chart, or the neutral one, and the ready-made rules."""
    unit.add(Books, single=1, edition=1)
    port: CountryChart | None = unit.ports.get(CountryChart)
    said = Texts(language)
    planned = port.accounts() if port is not None and port.country == country else _neutral(said)
    nodes = {rules.parent_code(p.code) for p in planned} | {p.code for p in planned if p.node}
    ids = {p.code: unit.new_id() for p in planned}
    unit.add_all(
        Account,
        [
            {
                "id": ids[p.code],
                "code": p.code,
                "name": p.name,
                "kind": p.kind,
                "parent_id": ids.get(rules.parent_code(p.code) or ""),
                "postable": p.code not in nodes,
                "folded": fold(f"{p.code} {p.name}"),
            }
            for p in planned
        ],
    )
    unit.add_all(AccountRole, [{"role": role, "account_id": ids[p.code]} for p in planned for role in p.roles])
    rows = [{"rule": rule, "folded": fold(f"{rule} {said.say(f'accounting.rule.{rule}')}")} for rule in rules.RULES]
    keys = dict(zip(rules.RULES, unit.add_all(PostingRule, rows), strict=True))
    unit.append(
        PostingRuleLine,
        [
            {"rule_id": keys[r.name], "edition": 1, "position": n, "amount": x.amount, "side": x.side, "role": x.role}
            for r in rules.RULES.values()
            for n, x in enumerate(r.lines, 1)
        ],
    )

    layouts = port.layouts() if port is not None and port.country == country else _neutral_layouts(said)
    for report, lines in layouts.items():
        layout_id = unit.add(ReportLayout, report=report)
        add_report_lines(unit, layout_id, 1, [(x.kind, x.label, ids.get(x.code)) for x in lines])


def add_report_lines(unit: Unit, layout_id: str, edition: int, lines: Sequence[tuple[str, str, str | None]]) -> None:
    """Writes the lines of an edition of a layout: kind, words, account."""
    unit.append(
        ReportLine,
        [
            {
                "layout_id": layout_id,
                "edition": edition,
                "position": n,
                "kind": kind,
                "label": label,
                "account_id": account_id,
            }
            for n, (kind, label, account_id) in enumerate(lines, 1)
        ],
    )


def _neutral_layouts(said: Texts) -> dict[str, list[PlannedLine]]:
    return {
        report: [
            PlannedLine(kind, code=what)
            if kind == rules.ACCOUNTS
            else PlannedLine(kind, said.say(f"accounting.report.{what}"))
            for kind, what in lines
        ]
        for report, lines in rules.NEUTRAL_LAYOUTS.items()
    }


def _neutral(said: Texts) -> list[Planned]:
    return [
        Planned(code, said.say(f"accounting.chart.{name}"), kind, (role,) if role else (), role in rules.NODES)
        for code, name, kind, role in rules.NEUTRAL
    ]


def add_money_account(unit: Unit, **values: Any) -> str:
    """Writes a money account, with an account of its own below the chart's node for its kind."""
    changed(unit)
    node = unit.one(NODE, role="bank" if values["kind"] == "bank" else "cash")
    if node is None:
        raise Missing("account_role", values["kind"])
    taken = {row.code for row in unit.all(CHILDREN, parent_id=node.id)}
    code = next(c for n in range(1, len(taken) + 2) if (c := f"{node.code}.{n:02}") not in taken)
    name = values["name"]
    account_id = unit.add(
        Account, code=code, name=name, kind=node.kind, parent_id=node.id, folded=fold(f"{code} {name}")
    )
    words = " ".join(str(v) for v in (name, values.get("bank_number"), values.get("station")) if v)
    return unit.add(MoneyAccount, account_id=account_id, folded=fold(words), **values)


def seed_cash(unit: Unit, branch_id: str, code: str, language: str) -> str:
    """Gives a branch its cash box."""
    said = Texts(language)
    name = said.say("accounting.cash_of_branch", code=code) if code != "1" else said.say("accounting.main_cash")
    return add_money_account(unit, name=name, kind="cash", branch_id=branch_id)
