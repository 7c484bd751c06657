"""What the tests over all modules ask of purchasing: who may do what, and what breaks its proofs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.tampering import Break, Change, Row

RIGHTS = """
purchasing.amend_order          . C . . . . . . A . . . . . .
purchasing.approve_invoice      . C . . . . . . A . . . . . .
purchasing.cancel_order         . C . . . . . . A . . . . . .
purchasing.close_order          . C . E . . . . A . . . . . .
purchasing.confirm_order        . C . . . . . . A . . . . . .
purchasing.create_order         . C . . . . . . A . . . . . .
purchasing.end_supplier_price   . C . . . . . . A N . . . . .
purchasing.order_proposals      . C . . . . . . A . . . . . .
purchasing.pay_payables         . . . . F . . . A . . . . . .
purchasing.place_order          . C . . . . . . A . . . . . .
purchasing.postpone_order       . C . E . . . . A . . . . . .
purchasing.receive_order        . . . E . . . . A . . . . . .
purchasing.record_opening_payable  . . . . . . . . A . . . T . .
purchasing.reverse_opening_payable . . . . . . . . A . . . T . .
purchasing.record_invoice       . . . . F . . . A . . . . . .
purchasing.refuse_invoice       . C . . F . . . A . . . . . .
purchasing.refuse_requisition   . C . . . . . . A . . . . . .
purchasing.remove_reorder_point . C . E . . . . A N . . . . .
purchasing.request_goods        S C R E . P X D A . . . . . .
purchasing.return_goods         . C . E . . . . A . . . . . .
purchasing.reverse_payment      . . . . F . . . A . . . . . .
purchasing.review_late_orders   . C . E . . . . A N . . . . .
purchasing.revise_order         . C . . . . . . A . . . . . .
purchasing.send_order           . C . . . . . . A . . . . . .
purchasing.set_reorder_point    . C . E . . . . A N . . . . .
purchasing.set_supplier_price   . C . . . . . . A N . . . . .
"""
PLACES = """
proposals         . C . E F . . . A N . . T . .
requisitions      S C R E F P X D A N . . T . .
purchases       . C . E F . . . A N . . T . .
purchase_receipts . C . E F . . . A N . . T . .
supplier_returns  . C . E F . . . A N . . T . .
supplier_invoices . C . E F . . . A N . . T . .
payables          . C . . F . . . A N . . T . .
opening_payables  . C . . F . . . A N . . T . .
supplier_payments . C . . F . . . A N . . T . .
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
    order = {"supplier_id": supplier, "lines": [{"product_id": sheet, "quantity": "50"}]}
    do("purchasing.place_order", **order)
    key = do("purchasing.place_order", **order)["id"]
    do("purchasing.request_goods", product_id=sheet, quantity="4", reason="acaba amanhã")
    do("purchasing.receive_order", order_id=key)
    do("purchasing.record_invoice", order_id=key, supplier_number="NF 1")
    do("purchasing.return_goods", order_id=key, lines=[{"product_id": sheet, "quantity": "5"}], reason="rasgadas")
    bank = do("accounting.add_money_account", name="Banco de compras", kind="bank")["id"]
    owed = office.show("purchasing.payables").rows[0].id
    do("purchasing.pay_payables", parts=[{"payable_id": owed, "amount": "10"}], money_account_id=bank)
    title = {"supplier_id": supplier, "issued_on": "2025-11-03", "due_on": "2025-12-03", "amount": "75.00"}
    do("purchasing.record_opening_payable", number="881", **title)
    wrong = do("purchasing.record_opening_payable", number="882", **title)["id"]
    do("purchasing.reverse_opening_payable", payable_id=wrong, reason="era de outra loja")


def breaks() -> list[Break]:
    """Rows of a purchase that somebody changed."""
    one = Decimal(1)

    def of(name: str) -> Callable[[Row], str]:
        return lambda row: str(row[name])

    def proof(name: str, table: str, *also: str, by: str = "id", **values: Decimal) -> Break:
        return Break(f"purchasing.{name}", [Change(table, values)], of(by), [f"purchasing.{x}" for x in also])

    return [
        proof("order_total_equals_lines", "purchase_order", total_amount=one),
        proof("expected_equals_open", "purchase_order_line", quantity=one),
        proof("received_equals_receipts", "purchase_line_balance", received=one),
        proof("returned_equals_returns", "purchase_line_balance", returned=one),
        proof("invoiced_equals_billing", "purchase_line_balance", invoiced=one),
        proof("credited_equals_billing", "purchase_line_balance", credited=one),
        proof(
            "receipts_equal_moves", "purchase_receipt_line", "received_equals_receipts", by="receipt_id", quantity=one
        ),
        proof("returns_equal_moves", "supplier_return_line", "returned_equals_returns", by="return_id", quantity=one),
        proof("payables_equal_invoice", "supplier_invoice", total_amount=one, other_amount=one),
        proof("payable_equals_entries", "payable", "payables_equal_books", open_amount=-one),
        Break("purchasing.opening_equals_payable", [Change("opening_payable", {"amount": one}, {"state": "stands"})]),
        Break(
            "purchasing.opening_taken_back",
            [Change("opening_payable", {"state": "reversed", "reason": "x"}, {"state": "stands"})],
        ),
        proof("payment_equals_entries", "supplier_payment", principal_amount=one, money_amount=one),
        Break(
            "purchasing.payables_equal_books",
            [Change("account_role", {"account_id": new_id()}, {"role": "payable"})],
        ),
    ]
