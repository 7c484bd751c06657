"""An order from the quotation to the payment takes few statements, and no more for ten lines than for two."""

from __future__ import annotations

from bench.orders import LIMIT, STEPS, Shop, play
from retaguarda.app.headless import Office

MOST, MOST_OF_ONE = 130, 24


def open_shop(office: Office) -> Shop:
    """Ten products that cost something, a customer with a credit limit, a bank account, packing as a step."""
    products = [
        office.do("catalog.add_product", code=f"T-{n}", name=f"Item {n}", price="12").value["id"] for n in range(10)
    ]
    lines = [{"product_id": product, "quantity": "50", "unit_cost": "7.35"} for product in products]
    office.do("inventory.receive_stock", lines=lines)
    customer = office.do("party.add_party", name="Maria Souza", kind="person", customer=True).value["id"]
    office.do("party.set_credit_limit", party_id=customer, credit_limit=LIMIT)
    office.do("company.change_setting", code="packing", value="own_step")
    account = office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    return Shop(customer, products, account)


def statements_of(office: Office, shop: Shop, lines: int) -> dict[str, int]:
    """What every step of an order with so many lines took."""
    asked = [{"product_id": product, "quantity": "1"} for product in shop.products[:lines]]
    statements = office.bus.statements
    before, found = statements.count, {}
    for step in play(office, shop, {"customer_id": shop.customer, "lines": asked}):
        found[step], before = statements.count - before, statements.count
    return found


def test_an_order_takes_few_statements(office: Office) -> None:
    shop = open_shop(office)
    statements_of(office, shop, 1)  # the first of an office reads what it keeps
    found = statements_of(office, shop, 10)
    assert tuple(found) == STEPS
    assert sum(found.values()) <= MOST, found
    assert max(found.values()) <= MOST_OF_ONE, found
    assert statements_of(office, shop, 2) == found
    assert {row.open_amount for row in office.show("billing.receivables").rows} == {0}
    assert office.show("sales.orders", {"state": "closed"}, count=True).count == 3
    assert office.check() == []


def test_where_the_goods_go_first_it_takes_as_few(office: Office) -> None:
    shop = open_shop(office)
    office.do("company.change_setting", code="invoice_policy", value="shipped")
    asked = [{"product_id": product, "quantity": "1"} for product in shop.products]
    for _ in range(2):  # the first of an office reads what it keeps
        order = office.do("sales.create_quotation", customer_id=shop.customer, lines=asked).value["id"]
        found, statements = {}, office.bus.statements
        before = statements.count
        for name, more in (
            ("sales.confirm_order", {}),
            ("delivery.pick_order", {}),
            ("delivery.pack_order", {}),
            ("delivery.ship_order", {}),
            ("sales.invoice_order", {}),
            ("delivery.deliver_order", {"receiver_name": "Portaria"}),
        ):
            office.do((name, {"order_id": order, **more}))
            found[name], before = statements.count - before, statements.count
    assert max(found.values()) <= MOST_OF_ONE, found
    assert sum(found.values()) <= MOST - 20, found
