"""Entries made by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.ids import new_id
from retaguarda.modules.accounting.model import Account, CostCentre
from tests.helpers.company import acting, refused
from tests.modules.accounting.ledger import Ledger, by_hand


def codes(ledger: Ledger) -> dict[str, str]:
    """Codes of an account of expense and one of equity."""
    return {"rent": ledger.named("Alugu").code, "capital": ledger.named("Capital").code}


def record(ledger: Ledger, *sides: tuple[str, str, str], **more: Any) -> Any:
    asked = {"lines": by_hand(ledger, *sides), "memo": "Aluguel de novembro", **more}
    return ledger.office.do(("accounting.record_entry", asked))


def test_an_entry_is_recorded_with_its_row(ledger: Ledger) -> None:
    c = codes(ledger)
    outcome = record(ledger, (c["rent"], "1500.00", ""), (c["capital"], "", "1500.00"), occurred_on="2026-11-20")
    (row,) = outcome.rows
    assert (row.total_amount, row.occurred_on, row.memo) == (
        Decimal(1500),
        dt.date(2026, 11, 20),
        "Aluguel de novembro",
    )
    assert row.rule == "accounting.manual"
    assert row.allowed == ("accounting.reverse_entry",)
    assert ledger.lines(row.id) == {c["rent"]: Decimal(1500), c["capital"]: Decimal(-1500)}


def test_debits_and_credits_that_differ_are_refused_with_the_difference(ledger: Ledger) -> None:
    c = codes(ledger)
    with refused(ledger.office, "accounting.entry_unbalanced") as caught:
        record(ledger, (c["rent"], "100", ""), (c["capital"], "", "99.99"))
    (fault,) = caught[0].params["faults"]
    assert (fault["field"], fault["params"]["difference"]) == ("lines", Decimal("0.01"))


def test_one_line_is_no_entry(ledger: Ledger) -> None:
    with refused(ledger.office, "kernel.too_few"):
        record(ledger, (codes(ledger)["rent"], "100", ""))


@pytest.mark.parametrize("sides", [("10", "10"), ("", ""), ("0", "0")])
def test_a_line_has_one_side(ledger: Ledger, sides: tuple[str, str]) -> None:
    c = codes(ledger)
    with refused(ledger.office, "accounting.one_side"):
        record(ledger, (c["rent"], *sides), (c["capital"], "", "10"))


def test_an_account_must_be_there_and_in_use(ledger: Ledger) -> None:
    c = codes(ledger)
    lines = by_hand(ledger, (c["rent"], "10", ""), (c["capital"], "", "10"))
    with refused(ledger.office, "accounting.unknown_account"):
        lines[0]["account_id"] = new_id()
        ledger.office.do(("accounting.record_entry", {"lines": lines, "memo": "x"}))
    with refused(ledger.office, "accounting.account_not_postable"):
        record(ledger, ("1", "10", ""), (c["capital"], "", "10"))
    rent = ledger.account(c["rent"]).id
    ledger.change(lambda u: u.revise(Account, u.get(Account, rent), archived=True))
    with refused(ledger.office, "accounting.account_not_postable"):
        record(ledger, (c["rent"], "10", ""), (c["capital"], "", "10"))


@pytest.mark.parametrize("role", ["receivable", "payable", "stock", "goods_received", "customer_credit"])
def test_accounts_that_follow_documents_are_refused(ledger: Ledger, role: str) -> None:
    code = ledger.office.one("accounting.accounts", ledger.role(role)).code
    with refused(ledger.office, "accounting.booked_by_documents"):
        record(ledger, (code, "10", ""), (codes(ledger)["capital"], "", "10"))


def test_a_money_accounts_own_account_is_refused(ledger: Ledger) -> None:
    bank = ledger.office.one("accounting.money_accounts", ledger.money())
    with refused(ledger.office, "accounting.booked_by_documents"):
        record(ledger, (bank.account_code, "10", ""), (codes(ledger)["capital"], "", "10"))


def test_cost_centres_are_there_in_use_and_on_results_only(ledger: Ledger) -> None:
    c = codes(ledger)
    centre = ledger.within(lambda u: {"id": u.add(CostCentre, code="L1", name="Loja", folded="loja l1")})["id"]

    def asked(on: int, key: str) -> dict[str, Any]:
        lines = by_hand(ledger, (c["rent"], "10", ""), (c["capital"], "", "10"))
        lines[on]["cost_centre_id"] = key
        return {"lines": lines, "memo": "x"}

    assert ledger.office.do(("accounting.record_entry", asked(0, centre))).rows
    with refused(ledger.office, "accounting.no_cost_centre_here"):
        ledger.office.do(("accounting.record_entry", asked(1, centre)))
    with refused(ledger.office, "accounting.unknown_cost_centre"):
        ledger.office.do(("accounting.record_entry", asked(0, new_id())))
    ledger.change(lambda u: u.revise(CostCentre, u.get(CostCentre, centre), archived=True))
    with refused(ledger.office, "accounting.cost_centre_archived"):
        ledger.office.do(("accounting.record_entry", asked(0, centre)))


def test_a_closed_month_is_refused(ledger: Ledger) -> None:
    c = codes(ledger)
    ledger.close(dt.date(2026, 10, 1))
    with refused(ledger.office, "accounting.period_closed"):
        record(ledger, (c["rent"], "10", ""), (c["capital"], "", "10"), occurred_on="2026-10-31")


@pytest.mark.parametrize("login", ["sales", "finance", "analyst", "stock"])
def test_only_those_who_keep_the_books_record(ledger: Ledger, login: str) -> None:
    c = codes(ledger)
    with acting(ledger.office, login), pytest.raises(Forbidden):
        ledger.office.do(
            ("accounting.record_entry", {"lines": [{"account_id": new_id(), "debit": "1"}] * 2, "memo": c["rent"]})
        )
