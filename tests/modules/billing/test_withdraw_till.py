"""Cash taken out of an open till."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_cash_goes_into_the_safe(billing: Billing) -> None:
    till = billing.open_till("50.00")
    billing.do("withdraw_till", session_id=till, amount="20.00", to_account_id=billing.cash, reason="sangria")
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("30.00")
    assert billing.office.one("accounting.money_accounts", billing.cash).balance == Decimal("970.00")
    assert billing.office.check() == []


def test_no_more_than_there_is_and_not_from_a_closed_till(billing: Billing) -> None:
    till = billing.open_till("50.00")
    with refused(billing.office, "billing.not_so_much_in_till"):
        billing.do("withdraw_till", session_id=till, amount="50.01", to_account_id=billing.cash)
    billing.do("close_till", session_id=till, counted_amount="50.00", to_account_id=billing.cash)
    with refused(billing.office, "billing.till_closed"):
        billing.do("withdraw_till", session_id=till, amount="1.00", to_account_id=billing.cash)


def test_no_other_command_moves_the_money_of_an_open_till(billing: Billing) -> None:
    office = billing.office
    spare = {"name": "Caixa 2", "kind": "till", "station": "balcão", "opening_amount": "30.00"}
    other = office.do(("accounting.add_money_account", spare)).value["id"]
    (opening,) = office.show("accounting.entries", {"rule": "accounting.money_opened"}).rows
    here = office.actor
    office.actor = dataclasses.replace(here, station="balcão")
    billing.open_till("30.00")
    office.actor = here
    for source, target in ((other, billing.cash), (billing.cash, other)):
        with refused(office, "billing.till_in_use"):
            office.do("accounting.transfer_money", from_id=source, to_id=target, amount="1.00")
    with refused(office, "billing.till_in_use"):
        office.do("accounting.reverse_entry", entry_id=opening.id, reason="engano")
    assert office.check() == []
