"""Posting rules: how what happens is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Choice, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.accounting.model import PostingRule, PostingRuleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLinePart(Part):
    """One line of a rule: which amount, on which side, of the account for which purpose."""

    amount: Annotated[str, Text(30, least=1)]
    side: Annotated[str, Choice(rules.SIDES, texts="accounting.side")]
    role: Annotated[str, Text(40, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisePostingRule(Command):
    """Changes how something that happens is booked from now on; the whole rule is sent. What was booked stays.

    A rule balances whatever its amounts are, books every one of them, and keeps moving the accounts that equal a
    ledger (receivables, payables, stock, money) as the program does.
    """

    posting_rule_id: Annotated[str, Ref("posting_rule")]
    lines: Annotated[tuple[RuleLinePart, ...], Rows(least=2)]
    version: Annotated[int, Version()] | None = None


def revise_posting_rule(unit: Unit, command: RevisePostingRule) -> Mapping[str, Any]:
    row = unit.get(PostingRule, command.posting_rule_id, field="posting_rule_id")
    unit.fresh(row, command.version, "posting_rule")
    lines = [rules.RuleLine(line.amount, line.side, line.role) for line in command.lines]
    faults = [
        Fault(f"lines.{f.line}.{f.field}" if f.line else "lines", f.code, f.params)
        for f in rules.rule_faults(rules.RULES[row.rule], lines)
    ]
    if faults:
        raise Invalid(*faults)
    api.changed(unit)
    unit.revise(PostingRule, row, rule=row.rule)
    edition = row.version + 1
    unit.append(
        PostingRuleLine,
        [
            {
                "rule_id": row.id,
                "edition": edition,
                "position": n,
                "amount": line.amount,
                "side": line.side,
                "role": line.role,
            }
            for n, line in enumerate(lines, 1)
        ],
    )
    return {"id": row.id, "version": edition}
