"""Booking by rules: what each rule makes of its amounts, in how many statements, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.accounting.model import Account, CostCentre
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger

D = Decimal


def test_an_invoice_is_booked_net_on_the_customer_and_gross_on_sales(ledger: Ledger) -> None:
    (entry,) = ledger.book("billing.invoice_issued", goods="100.00", services="30.00", discount="10.00", number="17")
    receivable, goods, services, discounts = (
        ledger.office.one("accounting.accounts", ledger.role(role)).code
        for role in ("receivable", "sales_goods", "sales_services", "sales_discounts")
    )
    assert ledger.lines(entry) == {
        receivable: D("120.00"),
        goods: D("-100.00"),
        services: D("-30.00"),
        discounts: D("10.00"),
    }
    row = ledger.office.one("accounting.entries", entry)
    assert (row.rule, row.source_number, row.total_amount) == ("billing.invoice_issued", "17", D("130.00"))
    assert row.occurred_on == dt.date(2026, 11, 23)


def test_nothing_books_nothing(ledger: Ledger) -> None:
    assert ledger.book("billing.invoice_issued", goods="0", services="0.00") == []
    assert ledger.office.show("accounting.entries").rows == ()


def test_a_negative_amount_goes_to_the_other_side(ledger: Ledger) -> None:
    (entry,) = ledger.book("purchasing.invoiced", received="50", difference="-2")
    payable = ledger.office.one("accounting.accounts", ledger.role("payable")).code
    assert ledger.lines(entry)[payable] == D("-48.00")


def test_a_payment_names_its_money_account(ledger: Ledger) -> None:
    bank = ledger.money()
    account = ledger.office.one("accounting.money_accounts", bank)
    (entry,) = ledger.book(
        "billing.received", principal="100", interest="3", fine="2", discount="5", money="100",
        accounts={"money": account.account_id},
    )  # fmt: skip
    assert ledger.lines(entry)[account.account_code] == D("100.00")
    assert sum(ledger.lines(entry).values()) == 0


@pytest.mark.parametrize("rule", rules.RULES.values(), ids=lambda rule: rule.name)
def test_every_ready_made_rule_balances(rule: rules.Rule) -> None:
    assert rules.rule_faults(rule, rule.lines) == []


def _shipped(ledger: Ledger, cost: int) -> api.Booking:
    source = ("shipment", new_id())
    return api.Booking(rule="inventory.shipped", source=source, branch_id=ledger.branch, amounts={"cost": D(cost)})


def test_all_entries_of_a_command_take_three_writes_and_one_read(ledger: Ledger) -> None:
    for _ in range(2):  # the first opens the month, the second remembers the chart
        ledger.book("inventory.shipped", cost="1")
    counts = []

    def act(unit: Unit) -> dict[str, Any]:
        counts.append(unit._statements.count)
        keys = [key for cost in range(1, 11) for key in api.book(unit, _shipped(ledger, cost))]
        counts.append(unit._statements.count)
        unit.at_end(lambda: counts.append(unit._statements.count))
        return {"keys": keys}

    keys = ledger.within(act)["keys"]
    read, written = counts[1] - counts[0], counts[2] - counts[1]
    assert (read, written) == (1, 3)
    assert [sum(ledger.lines(key).values()) for key in keys] == [D(0)] * 10


def test_an_entry_names_the_number_that_its_document_is_given_after_it(ledger: Ledger) -> None:
    route = new_id()

    def act(unit: Unit) -> dict[str, Any]:
        booking = api.Booking(
            rule="inventory.shipped", source=("route", route), branch_id=ledger.branch, amounts={"cost": D(5)}
        )
        keys = api.book(unit, booking)
        unit.numbered(("route", route), 41)
        return {"keys": keys}

    (key,) = ledger.within(act)["keys"]
    assert ledger.office.one("accounting.entries", key).source_number == "41"


def test_a_cost_centre_is_kept_on_revenue_and_expense_only(ledger: Ledger) -> None:
    centre = ledger.within(lambda u: {"id": u.add(CostCentre, code="L1", name="Loja", folded="loja l1")})["id"]
    (entry,) = ledger.book("billing.invoice_issued", goods="10", cost_centre_id=centre)
    rows = ledger.office.show("accounting.entry_lines", {"entry_id": entry}).rows
    assert {row.account_id: row.cost_centre_id for row in rows} == {
        ledger.role("receivable"): None,
        ledger.role("sales_goods"): centre,
    }


@pytest.mark.parametrize(
    ("rule", "amounts"), [("billing.lost", {"goods": D(1)}), ("billing.invoice_issued", {"goodies": D(1)})]
)
def test_what_nobody_knows_is_the_callers_defect(ledger: Ledger, rule: str, amounts: dict[str, D]) -> None:
    booking = api.Booking(rule=rule, source=("x", new_id()), branch_id=ledger.branch, amounts=amounts)
    with pytest.raises(ValueError, match="no "):
        ledger.within(lambda unit: {"ids": api.book(unit, booking)})


def test_a_missing_given_account_is_the_callers_defect(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="needs an account"):
        ledger.book("billing.refunded", money="5")


def test_amounts_that_do_not_balance_are_refused_by_the_database(ledger: Ledger) -> None:
    account = ledger.office.one("accounting.money_accounts", ledger.money()).account_id
    with refused(ledger.office, "accounting.entry.unbalanced"):
        ledger.book("billing.received", principal="100", money="99.99", accounts={"money": account})


def test_the_first_booking_of_a_month_opens_it(ledger: Ledger) -> None:
    ledger.book("inventory.shipped", cost="1")
    ledger.book("inventory.shipped", cost="1", occurred_on=dt.date(2026, 2, 28))
    ledger.book("inventory.shipped", cost="1", occurred_on=dt.date(2026, 2, 1))
    rows = ledger.within(lambda u: {"months": [(r.starts_on, r.ends_on) for r in u.all(api.PERIODS)]})["months"]
    assert sorted(rows) == [
        (dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
        (dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
    ]


def test_a_closed_month_is_refused_by_name_with_every_day_before_it(ledger: Ledger) -> None:
    ledger.close(dt.date(2026, 10, 15))
    for day in (dt.date(2026, 10, 31), dt.date(2026, 10, 1), dt.date(2020, 5, 5)):
        with refused(ledger.office, "accounting.period_closed") as caught:
            ledger.book("inventory.shipped", cost="1", occurred_on=day)
        assert caught[0].params["month"] == day.replace(day=1)
        assert caught[0].params["through"] == dt.date(2026, 10, 31)
    assert ledger.book("inventory.shipped", cost="1", occurred_on=dt.date(2026, 11, 1))


def test_what_another_program_changes_in_the_chart_is_seen(ledger: Ledger) -> None:
    ledger.book("inventory.shipped", cost="1")
    other = Ledger(ledger.office)
    try:
        stock = ledger.account(ledger.office.one("accounting.accounts", ledger.role("stock")).code)
        other.change(lambda u: u.revise(Account, u.get(Account, stock.id), archived=True))
    finally:
        other.bus.close()
    with refused(ledger.office, "accounting.account_not_postable") as caught:
        ledger.book("inventory.shipped", cost="1")
    assert stock.code in caught[0].params["account"]
