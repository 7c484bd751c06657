"""An opening receivable that was recorded wrongly is taken back, unless something was built on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused
from tests.modules.billing.test_record_opening_receivable import booked, opened

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_nothing_is_owed_by_it_any_more(billing: Billing) -> None:
    office, before = billing.office, booked(billing, "receivable")
    key = opened(billing)
    with acting(office, "accounting"):
        made = billing.do("reverse_opening_receivable", receivable_id=key, reason="era de outro")
    assert (made["number"], booked(billing, "receivable")) == ("1234/2", before)
    assert billing.account().open_amount == 0
    lines = office.show("billing.statement", {"party_id": billing.customer}, "at").rows
    assert [(line.kind, line.amount, line.balance) for line in lines] == [("opening", 300, 300), ("annulment", -300, 0)]
    (row,) = office.show("billing.openings").rows
    assert (row.state, row.open_amount, row.allowed) == ("reversed", 0, ())
    with refused(office, "billing.opening_reversed"):
        billing.do("reverse_opening_receivable", receivable_id=key, reason="de novo")
    with refused(office, "kernel.missing"):
        billing.do("reverse_opening_receivable", receivable_id="0" * 32, reason="de novo")
    again = opened(billing)
    assert again != key
    assert [row.id for row in billing.owed(**{"state !=": "settled"})] == [again]
    assert office.check() == []


def test_what_was_paid_on_it_is_named(billing: Billing) -> None:
    office, key = billing.office, opened(billing)
    paid = billing.pay("50.00", parts=[{"receivable_id": key}])
    with refused(office, "billing.opening_built_on") as said:
        billing.do("reverse_opening_receivable", receivable_id=key, reason="era de outro")
    assert said[0].params == {"number": "1234/2", "kind": "billing.kind.payment", "by": paid["number"]}
    billing.do("reverse_payment", settlement_id=paid["id"], reason="cheque sem fundo")
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        billing.do("reverse_opening_receivable", receivable_id=key, reason="era de outro")
    billing.do("reverse_opening_receivable", receivable_id=key, reason="era de outro")
    key = opened(billing)
    billing.do("renegotiate_debt", party_id=billing.customer, payment_terms="30")
    with refused(office, "billing.opening_built_on"):
        billing.do("reverse_opening_receivable", receivable_id=key, reason="era de outro")
    assert office.check() == []
