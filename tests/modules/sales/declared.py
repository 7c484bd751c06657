"""What the tests over all modules ask of sales beyond its lines in their own tables."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.headless import Office
from tests.helpers.tampering import Break, Change

RIGHTS = """
sales.end_commission         . . . . F . . . A . . . . . .
sales.exchange_goods         S C . . . . . . A . . . . . .
sales.return_order           S C . . F . . . A . . . . . .
sales.set_commission         . . . . F . . . A . . . . . .
sales.sell_at_counter        S C . . . . . . A . . . . . .
"""
PLACES = """
commissions     . C . . F . . . A . . . . . .
counter         S C . . . . . . A . . . . . .
sales_report    . C . . F . . . A N . . T . .
"""
SOLD = Decimal("7.77")


def tell(office: Office) -> None:
    """A sale over the customer's credit limit, let through; one at the counter that comes back."""
    customer = office.do("party.add_party", name="Sem Limite", customer=True).value["id"]
    office.do("party.set_credit_limit", party_id=customer, credit_limit="1")
    service = office.do("catalog.add_product", code="SV", name="Serviço", kind="service", price="50").value["id"]
    line = {"product_id": service, "quantity": "1"}
    asked = {"customer_id": customer, "lines": [line], "approval_reason": "Cliente antigo"}
    office.do(("sales.place_order", asked))
    bank = office.do("accounting.add_money_account", name="Banco do balcão", kind="bank").value["id"]
    goods = office.do("catalog.add_product", code="BAL", name="Do balcão", price="7.77").value["id"]
    office.do("inventory.receive_stock", lines=[{"product_id": goods, "quantity": "5"}])
    office.do("sales.set_commission", person_id=office.actor.person_id, rate="0.02")
    line = {"product_id": goods, "quantity": "1"}
    sold = office.do(("sales.sell_at_counter", {"lines": [line], "pix_amount": "7.77", "bank_account_id": bank}))
    (line_row,) = office.show("sales.order_lines", {"order_id": sold.value["id"]}).rows
    back = {"order_id": sold.value["id"], "lines": [{"line_id": line_row.id, "quantity": "1"}], "reason": "defect"}
    office.do(("sales.return_order", {**back, "refund": "money", "money_account_id": bank}))


def breaks() -> list[Break]:
    """More that came back than went out, a return credited with another amount, a counter sale that goes on."""
    return [
        Break(
            "sales.returned_within_delivered",
            [Change("sales_return_line", {"quantity": Decimal(99)})],
            lambda row: str(row["line_id"]),
        ),
        Break("sales.returns_are_credited", [Change("sales_return", {"value_amount": Decimal(1)})]),
        Break(
            "sales.counter_sales_are_closed",
            [Change("sales_order", {"state": "held"}, {"total_amount": SOLD})],
            also=["process.open_order_has_open_case"],
        ),
    ]
