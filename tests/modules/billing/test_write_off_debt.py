"""Bad debts: given up by who may, with the reason, and never twice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_bad_debt_is_written_off_with_its_reason(billing: Billing) -> None:
    done = billing.bill(billing.line("100"))
    billing.pay("30.00")
    key = billing.owed()[0].id
    with acting(billing.office, "accounting"):
        made = billing.do("write_off_debt", receivable_id=key, reason="cliente faliu")
    assert made["amount"] == "70.00"
    row = billing.office.one("billing.settlements", made["id"])
    assert (row.kind, row.reason, row.value_amount) == ("write_off", "cliente faliu", Decimal("70.00"))
    assert billing.office.one("billing.invoices", done["id"]).state == "written_off"
    with refused(billing.office, "billing.nothing_open"):
        billing.do("write_off_debt", receivable_id=key, reason="de novo")
    assert billing.office.check() == []


def test_it_needs_a_reason_and_the_right(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    key = billing.owed()[0].id
    with refused(billing.office, "kernel.too_short"):
        billing.do("write_off_debt", receivable_id=key, reason="")
    with refused(billing.office, "kernel.missing"):
        billing.do("write_off_debt", receivable_id="0" * 32, reason="cliente faliu")
    with acting(billing.office, "finance"), refused(billing.office, "kernel.forbidden"):
        billing.do("write_off_debt", receivable_id=key, reason="cliente faliu")
