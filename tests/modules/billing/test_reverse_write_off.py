"""A debt that was given up is paid after all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_the_debt_stands_again_and_can_be_paid(billing: Billing) -> None:
    done = billing.bill(billing.line("100"))
    made = billing.do("write_off_debt", receivable_id=billing.owed()[0].id, reason="cliente sumiu")
    billing.do("reverse_write_off", settlement_id=made["id"], reason="apareceu")
    assert billing.account().open_amount == Decimal("100.00")
    billing.pay()
    assert billing.office.one("billing.invoices", done["id"]).state == "paid"
    assert billing.office.check() == []


def test_it_is_taken_back_once_and_only_a_write_off(billing: Billing) -> None:
    billing.bill(billing.line("100"), payment_terms="2x")
    first, second = billing.owed()
    made = billing.do("write_off_debt", receivable_id=first.id, reason="cliente sumiu")
    paid = billing.pay(parts=[{"receivable_id": second.id}])
    billing.do("reverse_write_off", settlement_id=made["id"], reason="apareceu")
    with refused(billing.office, "billing.already_reversed"):
        billing.do("reverse_write_off", settlement_id=made["id"], reason="apareceu")
    with refused(billing.office, "billing.not_of_kind"):
        billing.do("reverse_write_off", settlement_id=paid["id"], reason="apareceu")
