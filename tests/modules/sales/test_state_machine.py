"""C11: whatever is tried with an order in whatever order, its invariants hold and every state follows the table."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retaguarda.kernel.errors import Refusal
from retaguarda.modules.sales import rules

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

VERBS = {
    "confirm": ("sales.confirm_order", {}),
    "decline": ("sales.decline_quotation", {"reason": "x"}),
    "amend": ("sales.amend_order", {"promised_on": "2026-11-24"}),
    "hold": ("sales.hold_order", {"reason": "x"}),
    "resume": ("sales.resume_order", {}),
    "cancel": ("sales.cancel_order", {"reason": "x"}),
    "invoice": ("sales.invoice_order", {}),
    "pick": ("delivery.pick_order", {}),
    "pack": ("delivery.pack_order", {}),
    "ship": ("delivery.ship_order", {}),
    "deliver": ("delivery.deliver_order", {"receiver_name": "Zé"}),
}
OF_DELIVERY = ("pick", "pack", "ship", "deliver")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(VERBS)), min_size=4, max_size=14))
def test_no_order_of_commands_breaks_an_invariant(shop: Shop, tried: list[str]) -> None:
    office = shop.office
    office.do("company.change_setting", code="packing", value="own_step")
    office.do("inventory.receive_stock", lines=[shop.line(0, "1")])
    key = shop.quote((0, "1"), (3, "1"))
    for verb in tried:
        before = shop.row(key)
        name, more = VERBS[verb]
        done = True
        try:
            office.do((name, {"order_id": key, **more}))
        except Refusal:
            done = False
        after = shop.row(key)
        if verb in OF_DELIVERY:
            assert after.state == (rules.CLOSED if done and verb == "deliver" else before.state)
        else:
            expected = rules.next_state(before.state, verb, before.invoiced_at is not None)
            assert done == (expected is not None), f"{verb} on {before.state}"
            assert after.state == (expected or before.state)
        assert after.version - before.version == (1 if done and verb not in ("pick", "pack", "ship") else 0)
    with contextlib.suppress(Refusal):
        shop.do("cancel_order", key, reason="Fim")
    assert office.check() == []
