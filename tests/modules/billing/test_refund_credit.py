"""A customer's credit is paid back, never more than there is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_credit_is_paid_back_in_part_and_whole(billing: Billing) -> None:
    billing.pay("80.00", keep_credit=True)
    bank = {"method": "pix", "money_account_id": billing.bank}
    assert billing.do("refund_credit", party_id=billing.customer, amount="30.00", **bank)["amount"] == "30.00"
    assert billing.do("refund_credit", party_id=billing.customer, **bank)["amount"] == "50.00"
    assert billing.account().credit_amount == Decimal("0.00")
    assert billing.office.check() == []


def test_what_is_not_there_is_refused(billing: Billing) -> None:
    bank = {"method": "pix", "money_account_id": billing.bank}
    with refused(billing.office, "billing.not_so_much_credit"):
        billing.do("refund_credit", party_id=billing.customer, **bank)
    billing.pay("80.00", keep_credit=True)
    with refused(billing.office, "billing.not_so_much_credit"):
        billing.do("refund_credit", party_id=billing.customer, amount="80.01", **bank)
    with refused(billing.office, "billing.no_open_till"):
        billing.do("refund_credit", party_id=billing.customer)
    with refused(billing.office, "kernel.missing"):
        billing.do("refund_credit", party_id="0" * 32, **bank)


def test_nobody_pays_it_from_an_account_of_another_branch(billing: Billing) -> None:
    """The credit is the customer's wherever they buy; the bank account is its branch's (seen in the random walks)."""
    billing.pay("80.00", keep_credit=True)
    north = billing.office.do("company.add_branch", code="9", name="Filial Norte").value["id"]
    billing.office.do("company.add_person", login="north", name="N", roles=["administrator"], branch_id=north)
    bank = {"method": "pix", "money_account_id": billing.bank}
    with acting(billing.office, "north"), refused(billing.office, "company.other_branch"):
        billing.do("refund_credit", party_id=billing.customer, **bank)
    assert billing.account().credit_amount == Decimal("80.00")
