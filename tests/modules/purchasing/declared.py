"""What the tests over all modules ask of purchasing: who may do what, and what breaks its proofs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from tests.helpers.tampering import Break, Change

RIGHTS = """
purchasing.amend_order          . C . . . . . . A . . . . . .
purchasing.cancel_order         . C . . . . . . A . . . . . .
purchasing.close_order          . C . E . . . . A . . . . . .
purchasing.confirm_order        . C . . . . . . A . . . . . .
purchasing.create_order         . C . . . . . . A . . . . . .
purchasing.end_supplier_price   . C . . . . . . A N . . . . .
purchasing.place_order          . C . . . . . . A . . . . . .
purchasing.postpone_order       . C . E . . . . A . . . . . .
purchasing.remove_reorder_point . C . E . . . . A N . . . . .
purchasing.revise_order         . C . . . . . . A . . . . . .
purchasing.send_order           . C . . . . . . A . . . . . .
purchasing.set_reorder_point    . C . E . . . . A N . . . . .
purchasing.set_supplier_price   . C . . . . . . A N . . . . .
"""
PLACES = """
purchases       . C . E F . . . A N . . T . .
supplier_prices . C . E F . . . A N . . T . .
reorder_points  . C . E F . . . A N . . T . .
"""


def tell(office: Office) -> None:
    """A purchase on its way."""

    def do(name: str, /, **payload: Any) -> Any:
        return office.do((name, payload)).value

    supplier = do("party.add_party", name="Papelaria Central", supplier=True)["id"]
    sheet = do("catalog.add_product", code="F-1", name="Folha", price="2")["id"]
    do("purchasing.set_supplier_price", supplier_id=supplier, product_id=sheet, unit_price="1.20")
    do("purchasing.place_order", supplier_id=supplier, lines=[{"product_id": sheet, "quantity": "50"}])


def breaks() -> list[Break]:
    """Rows of a purchase that somebody changed."""
    one = Decimal(1)
    return [
        Break("purchasing.order_total_equals_lines", [Change("purchase_order", {"total_amount": one})]),
        Break("purchasing.expected_equals_open", [Change("purchase_order_line", {"quantity": one})]),
    ]
