"""What the tests over all modules ask of delivery: its ledgers filled, its proofs broken one by one."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from tests.helpers.pictures import drawn
from tests.helpers.tampering import Break, Change

ENDED = Decimal(17)
"""What the ended list asks for at its one stop."""


def tell(office: Office) -> None:
    """A list on which something was picked, and one that has ended."""

    def do(name: str, /, **payload: Any) -> Any:
        return office.do((name, payload)).value

    customer = do("party.add_party", name="Zélia Prado", customer=True)["id"]
    bolt = do("catalog.add_product", code="D-1", name="Parafuso", price="2")["id"]
    do("inventory.receive_stock", lines=[{"product_id": bolt, "quantity": "50"}])
    for asked in (4, ENDED):
        lines = [{"product_id": bolt, "quantity": str(asked)}]
        order = do("sales.create_quotation", customer_id=customer, lines=lines)["id"]
        for name in ("sales.confirm_order", "sales.invoice_order"):
            do(name, order_id=order)
        pick_list = do("delivery.start_picking", order_id=order)["id"]
        do("delivery.scan_pick", pick_list_id=pick_list, code="D-1", quantity="3" if asked == 4 else str(asked))
    carrier = do("party.add_party", name="Rota", kind="company", carrier=True)["id"]
    do("delivery.set_carrier_terms", party_id=carrier, weekdays=["1", "3"])
    order = do("sales.create_quotation", customer_id=customer, lines=[{"product_id": bolt, "quantity": "1"}])["id"]
    for name in ("sales.confirm_order", "sales.invoice_order", "delivery.pick_order", "delivery.ship_order"):
        do(name, order_id=order)
    do("delivery.fail_delivery", order_id=order, reason="absent", next_on="2026-11-24")
    do("delivery.deliver_order", order_id=order, receiver_name="Zé", signature=base64.b64encode(drawn()).decode())
    again = do("sales.create_quotation", customer_id=customer, lines=[{"product_id": bolt, "quantity": "2.0"}])["id"]
    for name in ("sales.confirm_order", "sales.invoice_order", "delivery.pick_order", "delivery.ship_order"):
        do(name, order_id=again)
    do("delivery.return_shipment", order_id=again, reason="cliente viajou")
    loaded = do("sales.create_quotation", customer_id=customer, lines=[{"product_id": bolt, "quantity": "1"}])["id"]
    for name in ("sales.confirm_order", "sales.invoice_order", "delivery.pick_order"):
        do(name, order_id=loaded)
    shipment = office.show("delivery.shipments", {"order_id": loaded}).rows[0].id
    do("delivery.plan_route", driver_id=office.actor.person_id, stops=[{"shipment_id": shipment}])


def breaks() -> list[Break]:
    """A stop of an ended list that asks for more, and an entry of more than the stock's books know of."""
    return [
        Break(
            "delivery.returned_came_back",
            [Change("shipment_line", {"quantity": Decimal(1)}, {"quantity": Decimal(2)})],
            also=("delivery.packed_is_picked", "delivery.shipped_left_stock"),
        ),
        Break("delivery.ended_list_is_done", [Change("pick_task", {"quantity": Decimal(1)}, {"quantity": ENDED})]),
        Break(
            "delivery.picked_in_stock",
            [Change("pick_entry", {"quantity": Decimal(1)}, {"quantity": Decimal(3)})],
            lambda row: str(row["task_id"]),
        ),
    ]
