"""From a lot or a piece to who got it, and back from an order to what left by it (C54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_lot_leads_to_its_customers_and_an_order_to_its_lots(shop: Shop) -> None:
    office = shop.office
    product = office.do("catalog.add_product", code="LEITE", name="Leite 1 L", price="5").value["id"]
    drill = office.do("catalog.add_product", code="FURA", name="Furadeira", price="300").value["id"]
    office.do("inventory.track_product", product_id=drill, tracking="serial")
    supplier = office.do("party.add_party", name="Laticínios Boa Vista", supplier=True).value["id"]
    lines = [
        {"product_id": product, "quantity": "5", "lot": "L77", "expires_on": "2026-12-20"},
        {"product_id": drill, "quantity": "1", "serials": "F-001"},
    ]
    receipt = office.do("inventory.receive_stock", lines=lines, supplier_id=supplier).value["id"]
    customer = office.do("party.add_party", name="Maria Souza", customer=True).value["id"]
    asked = [{"product_id": product, "quantity": "2"}, {"product_id": drill, "quantity": "1"}]
    order = office.do("sales.create_quotation", customer_id=customer, lines=asked, promised_on="2026-11-27").value["id"]
    for name in ("sales.confirm_order", "sales.invoice_order", "delivery.pick_order", "delivery.ship_order"):
        office.do(name, order_id=order)
    # Two steps from the complaint to the supplier: the order, its lot.
    (left,) = office.show("sales.recall", {"order_id": order, "lot": "L77"}).rows
    assert (left.name, left.quantity, left.customer_name) == ("Leite 1 L", 2, "Maria Souza")
    (lot,) = office.show("inventory.lots", {"code": left.lot, "product_id": left.product_id}).rows
    assert lot.supplier_name == "Laticínios Boa Vista"
    way = office.show("inventory.moves", {"product_id": product, "lot": "L77"}, "at").rows
    assert [(m.kind, m.document_id) for m in way] == [("receipt", receipt), ("ship", order)]
    (piece,) = office.show("sales.piece_buyers", {"number": "F-001"}).rows
    assert (piece.customer_name, piece.order_id) == ("Maria Souza", order)
    assert office.check() == []
