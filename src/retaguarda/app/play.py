"""Replaying real orders through the live commands, from the first contact to the proof of delivery, paid and booked."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from retaguarda.app import olist
from retaguarda.app.crew import Crew
from retaguarda.app.headless import Office, create_office
from retaguarda.kernel import schema
from retaguarda.kernel.clock import Clock
from retaguarda.kernel.errors import Shortfall

BOSS = "ana"
WORKERS = {
    "sales": "Vendas",
    "finance": "Financeiro",
    "picking": "Separação",
    "shipping": "Expedição",
    "delivery": "Entrega",
}
"""Who does what: the log-in is the ready-made role, so that the replay also proves its rights."""
RECEIPT_LINES = 200
COST_RATE = Decimal("0.6")
"""What a product cost, of its price."""
RETURNED_ONE_IN = 4
"""Of every so-many-th delivered order a piece comes back, and its money is paid back."""


def run(folder: Path, url: str, *, orders: int = 300, seed: int = 2026, clock: Clock | None = None) -> dict[str, Any]:
    """Makes a company in the empty database at `url`, plays the chosen orders and gives what came of them.

    The answer names the orders chosen and the stock they found, so that others can compute which had to be refused.
    """
    return {"profile": "olist", "seed": seed, **play(olist.read(folder, orders, seed), url, clock)}


def play(replay: olist.Replay, url: str, clock: Clock | None = None) -> dict[str, Any]:
    """The same with orders that were read or made elsewhere."""
    office = _company(url, clock)
    try:
        began = time.perf_counter()
        crew, products, bank = _set_up(office, replay)
        ready = time.perf_counter()
        player = Player(crew, products, bank)
        for order in replay.orders:
            player.play(order)
        player.take_some_back()
        done = time.perf_counter()
        office.act_as(BOSS)
        findings = office.check()
    finally:
        office.close()
    return {
        "engine": office.store.name,
        "orders": len(replay.orders),
        "delivered": len(player.delivered),
        "returned": player.returned,
        "refused": player.refused,
        "invoiced_amount": player.invoiced_amount,
        "pdf_bytes": player.pdf_bytes,
        "set_up_s": round(ready - began, 3),
        "seconds": round(done - ready, 3),
        "orders_per_s": round(len(replay.orders) / (done - ready), 2),
        "findings": [f"{f.proof} {f.id}" for f in findings],
        "chosen": [order.key for order in replay.orders],
        "stock": dict(replay.stock),
    }


def _company(url: str, clock: Clock | None) -> Office:
    payload = {
        "name": "Loja do marketplace",
        "admin_name": "Ana",
        "admin_login": BOSS,
        "admin_password": "exemplo2026",
        "sample": True,
    }
    return create_office(url, payload, {schema.SAMPLE: schema.MADE}, clock)


def _set_up(office: Office, replay: olist.Replay) -> tuple[Crew, dict[str, str], str]:
    """People, products with a price that no line undercuts, the stock with its cost, and a bank account; gives crew,
    product keys and the account's key."""
    office.act_as(BOSS)
    for role, name in WORKERS.items():
        office.do("company.add_person", login=role, name=name, roles=[role])
    office.do("company.change_setting", code="packing", value="own_step")
    prices: dict[str, Decimal] = {}
    for item in (item for order in replay.orders for item in order.items):
        prices[item.product] = min(item.price, prices.get(item.product, item.price))
    products = {
        key: office.do("catalog.add_product", code=key[:30].upper(), name=name, price=str(prices[key])).value["id"]
        for key, name in replay.names.items()
    }
    lines = [
        {"product_id": products[key], "quantity": str(count), "unit_cost": str(prices[key] * COST_RATE)}
        for key, count in replay.stock.items()
        if count > 0
    ]
    for start in range(0, len(lines), RECEIPT_LINES):
        office.do("inventory.receive_stock", lines=lines[start : start + RECEIPT_LINES])
    bank = office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    return Crew(office, (BOSS, *WORKERS)), products, bank


class Player:
    """Takes one order after the other through the office and counts what became of them."""

    def __init__(self, crew: Crew, products: Mapping[str, str], bank: str) -> None:
        self.crew = crew
        self.products = products
        self.bank = bank
        self.keys = {product: key for key, product in products.items()}
        self.customers: dict[str, str] = {}
        self.delivered: list[str] = []
        self.returned = 0
        self.pdf_bytes = 0
        self.invoiced_amount = Decimal(0)
        self.refused: list[dict[str, Any]] = []

    def play(self, order: olist.RealOrder) -> None:
        """Contact, order, confirmation; then, unless stock lacks, invoice with its PDF, payment, the way to its
        delivery."""
        crew = self.crew
        customer = self._customer(order)
        contact = crew.do("sales", "sales.log_contact", channel="site", customer_id=customer, note=f"Olist {order.key}")
        order_id = crew.do(
            "sales",
            "sales.create_order",
            contact_id=contact["id"],
            payment_terms=f"{order.parts}x" if order.parts > 1 else "",
            lines=[
                {"product_id": self.products[i.product], "quantity": "1", "unit_price": str(i.price)}
                for i in order.items
            ],
        )["id"]
        try:
            crew.do("sales", "sales.confirm_order", order_id=order_id)
        except Shortfall as shortfall:
            self.refused.append({"order": order.key, "lines": self._short(shortfall.params["lines"])})
            return
        invoice = crew.do("finance", "sales.invoice_order", order_id=order_id)
        self.pdf_bytes += len(crew.print_document("finance", "billing.invoice", invoice_id=invoice["invoice_id"]))
        self.invoiced_amount += sum((i.price for i in order.items), Decimal(0))
        self._pay(order, invoice["invoice_id"])
        crew.do("picking", "delivery.pick_order", order_id=order_id)
        crew.do("shipping", "delivery.pack_order", order_id=order_id)
        crew.do("shipping", "delivery.ship_order", order_id=order_id, tracking_code=order.key[:13].upper())
        crew.do("delivery", "delivery.deliver_order", order_id=order_id, receiver_name=f"Cliente {order.person[:8]}")
        self.delivered.append(order_id)

    def take_some_back(self) -> None:
        """Of some orders a piece comes back, when all are delivered: no other order finds it in stock."""
        for order_id in self.delivered[RETURNED_ONE_IN - 1 :: RETURNED_ONE_IN]:
            self._take_back(order_id)

    def _pay(self, order: olist.RealOrder, invoice_id: str) -> None:
        """The marketplace pays at once, or half now and the rest with it where the customer pays in parts."""
        paid = {"invoice_id": invoice_id, "method": "transfer", "money_account_id": self.bank}
        half = (sum((i.price for i in order.items), Decimal(0)) / 2).quantize(Decimal("0.01"))
        if order.parts > 1 and half > 0:
            self.crew.do("finance", "billing.receive_payment", **paid, amount=str(half))
        self.crew.do("finance", "billing.receive_payment", **paid)

    def _take_back(self, order_id: str) -> None:
        """One piece comes back in good order, and its money leaves the bank."""
        self.crew.as_person("finance")
        (line,) = self.crew.office.show("sales.order_lines", {"order_id": order_id}, limit=1).rows
        self.crew.do(
            "finance",
            "sales.return_order",
            order_id=order_id,
            lines=[{"line_id": line.id, "quantity": "1"}],
            reason="not_wanted",
            refund="money",
            money_account_id=self.bank,
        )
        self.returned += 1

    def _customer(self, order: olist.RealOrder) -> str:
        if order.person not in self.customers:
            address = {"street": "Não informada", "city": order.city, "state": order.state, "postcode": order.postcode}
            self.customers[order.person] = self.crew.do(
                "sales",
                "party.add_party",
                name=f"Cliente {order.person[:8]}",
                kind="person",
                customer=True,
                addresses=[address],
            )["id"]
        return self.customers[order.person]

    def _short(self, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "line": line["position"],
                "product": self.keys[line["product_id"]],
                "needed": int(line["needed"]),
                "free": int(line["free"]),
            }
            for line in lines
        ]
