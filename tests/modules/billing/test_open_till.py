"""Opening a till: one for a station, with the money that lies in it."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_till_opens_with_its_float_out_of_the_safe(billing: Billing) -> None:
    till = billing.open_till("150.00")
    row = billing.office.one("billing.tills", till)
    assert (row.number, row.state, row.float_amount, row.account_name) == (1, "open", Decimal("150.00"), "Caixa 1")
    assert row.expected_amount is None, "what is expected is not told before the count"
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("150.00")
    assert billing.office.one("accounting.money_accounts", billing.cash).balance == Decimal("850.00")
    assert billing.office.check() == []


def test_a_second_one_at_the_station_is_refused(billing: Billing) -> None:
    billing.open_till()
    with refused(billing.office, "billing.till_open_already"):
        billing.open_till()


def test_what_does_not_fit_is_refused(billing: Billing) -> None:
    with refused(billing.office, "kernel.required"):
        billing.do("open_till", float_amount="10.00")
    with refused(billing.office, "billing.not_into_a_till"):
        billing.do("open_till", float_amount="10.00", from_account_id=billing.drawer)
    with refused(billing.office, "accounting.not_enough_money"):
        billing.open_till("1000.01")
    with acting(billing.office, "picking"), refused(billing.office, "kernel.forbidden"):
        billing.open_till()


def test_a_station_without_a_till_is_refused(billing: Billing) -> None:
    office = billing.office
    before = office.actor
    office.actor = dataclasses.replace(before, station="loja 2")
    with refused(office, "billing.no_till_here"):
        billing.open_till()
    office.actor = before


def test_who_is_of_another_branch_has_no_till_at_this_station(billing: Billing) -> None:
    office = billing.office
    branch = office.do("company.add_branch", code="9", name="Filial Norte").value["id"]
    office.do("company.add_person", login="norte", name="Nair", roles=["administrator"], branch_id=branch)
    with acting(office, "norte"), refused(office, "billing.no_till_here"):
        billing.do("open_till", from_account_id=billing.cash)
    billing.open_till()


def test_less_than_what_lies_in_the_drawer_is_refused(billing: Billing) -> None:
    office = billing.office
    office.do("accounting.transfer_money", from_id=billing.cash, to_id=billing.drawer, amount="30.00")
    with refused(office, "billing.float_too_small"):
        billing.open_till("20.00")
    billing.open_till("30.00")
    assert office.check() == []


def test_what_is_put_into_a_closed_drawer_is_counted_by_whoever_opens_it_next(billing: Billing) -> None:
    office = billing.office
    session = billing.open_till("30.00")
    billing.do("close_till", session_id=session, counted_amount="30.00", to_account_id=billing.cash)
    office.do("accounting.transfer_money", from_id=billing.cash, to_id=billing.drawer, amount="12.00")
    assert office.check() == []
    with refused(office, "billing.float_too_small"):
        billing.open_till("10.00")
    billing.open_till("12.00")
    assert office.check() == []
