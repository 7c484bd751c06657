"""What was authorised and has not left is taken back; what has left waits for its receipt."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def authorise(depot: Depot, quantity: str) -> str:
    payload = {"product_id": depot.pen, "quantity": quantity, "reason": "carga na doca"}
    return str(depot.office.do(("inventory.authorise_negative", payload)).value["id"])


def test_the_unused_part_is_taken_back_with_its_reservations(depot: Depot) -> None:
    key = authorise(depot, "5")
    depot.step("ship", depot.reserve((depot.pen, "2")))
    waiting = depot.reserve((depot.pen, "3"))
    done = depot.office.do("inventory.withdraw_negative", authorisation_id=key, reason="carga voltou")
    assert done.value["broken"] == 1
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.document_id, lost.quantity, lost.cause) == (waiting, Decimal(3), "negative")
    assert depot.stock(depot.pen) == {
        "on_hand": "-2",
        "held": "0",
        "reserved": "0",
        "allowed_negative": "2",
        "free": "0",
    }
    with refused(depot.office, "inventory.withdraw_negative.used") as caught:
        depot.office.do("inventory.withdraw_negative", authorisation_id=key)
    assert caught[0].params["shipped"] == 2
    depot.receive(depot.pen, "2")
    assert depot.stock(depot.pen)["allowed_negative"] == "0"
    depot.clean()


def test_an_unknown_one_is_refused(depot: Depot) -> None:
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.withdraw_negative", authorisation_id=new_id())
