"""Money accounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from retaguarda.modules.accounting import api
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def add(ledger: Ledger, **asked: Any) -> Any:
    return ledger.office.do(("accounting.add_money_account", {"name": "Conta", "kind": "bank", **asked}))


def test_it_gets_an_account_of_its_own_and_its_opening(ledger: Ledger) -> None:
    (row,) = add(ledger, bank_number="123-4", opening_amount="250.00", opening_on="2026-11-01").rows
    node = ledger.office.one("accounting.accounts", ledger.role("bank"))
    assert row.account_code == f"{node.code}.01"
    assert row.balance == Decimal("250.00")
    (entry,) = ledger.office.show("accounting.entries").rows
    assert (entry.rule, entry.occurred_on) == ("accounting.money_opened", dt.date(2026, 11, 1))
    assert ledger.lines(entry.id)[row.account_code] == Decimal("250.00")
    assert add(ledger, name="Outra").rows[0].account_code == f"{node.code}.02"
    assert ledger.office.check() == []


def test_a_bank_may_begin_below_zero_and_a_cash_box_not(ledger: Ledger) -> None:
    assert add(ledger, opening_amount="-10").rows[0].balance == Decimal(-10)
    with refused(ledger.office, "accounting.cash_below_zero"):
        add(ledger, kind="cash", opening_amount="-10")


def test_a_till_has_a_station_and_a_station_one_till(ledger: Ledger) -> None:
    with refused(ledger.office, "accounting.till_needs_station"):
        add(ledger, kind="till")
    with refused(ledger.office, "accounting.till_needs_station"):
        add(ledger, kind="bank", station="BALCAO-1")
    key = add(ledger, kind="till", station="BALCAO-1").value["id"]
    with refused(ledger.office, "accounting.station_has_till"):
        add(ledger, kind="till", station="BALCAO-1")
    found = api.till_of(ledger.office.reads(), "BALCAO-1")
    assert found is not None
    assert found.id == key
    assert api.till_of(ledger.office.reads(), "BALCAO-2") is None


def test_a_closed_month_is_refused(ledger: Ledger) -> None:
    ledger.close(dt.date(2026, 10, 1))
    with refused(ledger.office, "accounting.period_closed"):
        add(ledger, opening_amount="5", opening_on="2026-10-01")


def test_every_branch_has_its_cash(ledger: Ledger) -> None:
    office = ledger.office
    branch = office.do("company.add_branch", code="2", name="Filial 2").value["id"]
    for key in (ledger.branch, branch):
        found = api.cash_of(office.reads(), key)
        assert found is not None
        assert found.kind == "cash"
