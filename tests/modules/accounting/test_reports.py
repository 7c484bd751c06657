"""Trial balance, account's ledger, income statement and balance sheet say what the entries say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger, by_hand

D = Decimal
OCTOBER, NOVEMBER = dt.date(2026, 10, 9), dt.date(2026, 11, 9)


@pytest.fixture
def story(ledger: Ledger) -> Ledger:
    """A sale in October and one in November with its cost and a rent, half of the customer's money paid."""
    bank = ledger.office.one("accounting.money_accounts", ledger.money("bank", opening_on="2026-10-01"))
    ledger.book("inventory.opening", cost="500", occurred_on=OCTOBER)
    ledger.book("billing.invoice_issued", goods="100", occurred_on=OCTOBER)
    ledger.book("inventory.shipped", cost="60", occurred_on=OCTOBER)
    ledger.book("billing.invoice_issued", goods="200", discount="20", occurred_on=NOVEMBER)
    ledger.book("inventory.shipped", cost="90", occurred_on=NOVEMBER)
    ledger.book("billing.received", principal="140", money="140", accounts={"money": bank.account_id})
    lines = by_hand(ledger, (ledger.named("Alugu").code, "30", ""), (ledger.named("Capital").code, "", "30"))
    ledger.office.do(("accounting.record_entry", {"lines": lines, "memo": "Aluguel"}))
    return ledger


def balance(ledger: Ledger, role: str, **where: Any) -> Any:
    """The trial balance's row of the account with a role."""
    rows = ledger.office.show("accounting.trial_balance", where).rows
    return next(row for row in rows if row.id == ledger.role(role))


def test_the_trial_balance_opens_moves_and_closes(story: Ledger) -> None:
    row = balance(story, "receivable", since="2026-11-01", until="2026-11-30")
    assert (row.opening_amount, row.debit_amount) == (D(100), D(180))
    assert (row.credit_amount, row.closing_amount) == (D(140), D(140))
    row = balance(story, "receivable", since="2026-10-01", until="2026-10-31")
    assert (row.opening_amount, row.closing_amount) == (D(0), D(100))


def test_leaves_sum_to_nothing_and_nodes_to_their_leaves(story: Ledger) -> None:
    rows = story.office.show("accounting.trial_balance", limit=1000).rows
    leaves = [row for row in rows if row.postable]
    assert sum(row.closing_amount for row in leaves) == 0
    assert sum(row.debit_amount for row in leaves) == sum(row.credit_amount for row in leaves)
    for node in (row for row in rows if not row.postable):
        below = [row.closing_amount for row in leaves if row.code.startswith(f"{node.code}.")]
        assert node.closing_amount == sum(below)


def test_without_days_it_is_this_month_so_far(story: Ledger) -> None:
    assert balance(story, "receivable") == balance(story, "receivable", since="2026-11-01", until="2026-11-23")


def test_an_accounts_ledger_runs_its_balance(story: Ledger) -> None:
    key = story.role("receivable")
    rows = story.office.show("accounting.account_ledger", {"account_id": key}).rows
    assert [(row.debit, row.credit, row.balance) for row in rows] == [
        (D(100), None, D(100)),
        (D(180), None, D(280)),
        (None, D(140), D(140)),
    ]
    newest = story.office.show("accounting.account_ledger", {"account_id": key, "occurred_on>=": "2026-11-01"}, limit=1)
    assert newest.rows[0].balance == D(280)
    assert story.office.show("accounting.account_ledger").rows == ()


def amounts(ledger: Ledger, report: str, **where: Any) -> dict[str, Decimal]:
    rows = ledger.office.show(f"accounting.{report}", where).rows
    return {row.label: row.amount for row in rows}


def test_the_income_statement_goes_down_to_the_result(story: Ledger) -> None:
    found = amounts(story, "income_statement", since="2026-11-01")
    assert found["Receita bruta"] == D(200)
    assert found["Receita líquida"] == D(180)
    assert found["Custo das vendas"] == D(-90)
    assert found["Lucro bruto"] == D(90)
    assert list(found.values())[-1] == D(60)
    assert list(amounts(story, "income_statement", since="2026-10-01").values())[-1] == D(100)


def test_the_balance_sheet_has_two_equal_sides(story: Ledger) -> None:
    found = amounts(story, "balance_sheet")
    assert found["Total do ativo"] == found["Total do passivo e do patrimônio líquido"] == D(140 + 140 + 350)
    assert found["Resultado acumulado a destinar"] == D(100)
    october = amounts(story, "balance_sheet", until="2026-10-31")
    assert october["Total do ativo"] == october["Total do passivo e do patrimônio líquido"] == D(540)


def test_a_cost_centre_is_looked_at_apart(story: Ledger) -> None:
    centre = story.office.do("accounting.add_cost_centre", code="L1", name="Loja").value["id"]
    story.book("billing.invoice_issued", goods="7", cost_centre_id=centre)
    found = amounts(story, "income_statement", since="2026-01-01", cost_centre_id=centre)
    assert list(found.values())[-1] == D(7)


@pytest.mark.parametrize(
    "where", [{"since": "yesterday"}, {"until": 5}, {"cost_centre_id": "x"}, {"untill": "2026-01-01"}]
)
def test_what_is_no_day_is_refused_by_name(ledger: Ledger, where: dict[str, Any]) -> None:
    with refused(ledger.office, "kernel.unknown_field" if "untill" in where else "kernel.bad_filter"):
        ledger.office.show("accounting.trial_balance", where)
