"""An expired lot is sold only where somebody with the right gave the reason."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot


def test_what_was_allowed_is_picked_and_shipped(depot: Depot) -> None:
    depot.receive(depot.pen, "5", lot="OLD", expires_on="2026-11-01")
    order = depot.reserve((depot.pen, "2"))
    assert depot.step("pick", order)["picked"] == []
    lot = depot.lot("OLD")
    assert (lot.state, lot.allowed) == (
        "expired",
        ("inventory.revise_lot", "inventory.hold_lot", "inventory.allow_expired"),
    )
    depot.office.do("inventory.allow_expired", lot_id=lot.id, reason="cliente sabe, desconto de 50 %")
    assert depot.lot("OLD").state == "allowed"
    depot.step("ship", order)
    assert depot.stock(depot.pen)["on_hand"] == "3"
    depot.clean()


def test_only_who_may_and_only_what_has_expired(depot: Depot) -> None:
    depot.receive(depot.pen, "5", lot="NEW", expires_on="2026-12-01")
    key = depot.lot("NEW").id
    with refused(depot.office, "inventory.allow_expired.not_expired"):
        depot.office.do("inventory.allow_expired", lot_id=key, reason="engano")
    with refused(depot.office, "kernel.too_short"):
        depot.office.do("inventory.allow_expired", lot_id=key, reason="")
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.allow_expired", lot_id=new_id(), reason="engano")
    with acting(depot.office, "stock"), refused(depot.office, "kernel.forbidden"):
        depot.office.do("inventory.allow_expired", lot_id=key, reason="engano")
