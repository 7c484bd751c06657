"""Changing the layouts of the reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger

Line = tuple[str, str, str]
INCOME = [("accounts", "4", ""), ("accounts", "5", ""), ("running", "", "Resultado")]


def revise(ledger: Ledger, report: str, lines: list[Line], **more: Any) -> Any:
    layout = ledger.office.show("accounting.report_layouts", {"report": report}).rows[0]
    rows = [
        {"kind": kind, "account_id": ledger.account(code).id if code else None, "label": label}
        for kind, code, label in lines
    ]
    asked = {"report_layout_id": layout.id, "lines": rows, **more}
    return ledger.office.do(("accounting.revise_report_layout", asked)).rows[0]


def test_the_report_follows_it(ledger: Ledger) -> None:
    ledger.book("billing.invoice_issued", goods="9")
    row = revise(ledger, "income", INCOME)
    assert [line["label"] for line in row.lines] == ["", "", "Resultado"]
    found = ledger.office.show("accounting.income_statement").rows
    assert [(line.code, line.amount) for line in found] == [("4", Decimal(9)), ("5", Decimal(0)), ("", Decimal(9))]


@pytest.mark.parametrize(
    ("report", "lines", "code"),
    [
        ("income", INCOME[:1], "accounting.layout_leaves_out"),
        ("income", [*INCOME, ("accounts", "4.1", "")], "accounting.layout_twice"),
        ("income", [*INCOME, ("accounts", "1", "")], "accounting.layout_other_report"),
        ("income", [*INCOME, ("result", "", "Resultado")], "accounting.layout_result"),
        ("balance", [("accounts", c, "") for c in "123"], "accounting.layout_result"),
        ("income", [*INCOME, ("accounts", "", "")], "accounting.layout_account"),
        ("income", [*INCOME, ("total", "", "")], "accounting.layout_label"),
    ],
)
def test_what_would_not_be_whole_is_refused(ledger: Ledger, report: str, lines: list[Line], code: str) -> None:
    with refused(ledger.office, code):
        revise(ledger, report, lines)


def test_unknown_accounts_and_stale_versions(ledger: Ledger) -> None:
    layout = ledger.office.show("accounting.report_layouts", {"report": "income"}).rows[0].id
    lines = [{"kind": "accounts", "account_id": new_id()}]
    with refused(ledger.office, "accounting.unknown_account"):
        ledger.office.do("accounting.revise_report_layout", report_layout_id=layout, lines=lines)
    with refused(ledger.office, "kernel.stale"):
        revise(ledger, "income", INCOME, version=3)
