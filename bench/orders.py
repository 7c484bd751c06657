"""Whole orders of ten lines through the script door, from the quotation to the payment: eight committed commands."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench.databases import LINES, SEED, reopen, stocked
from bench.raw.tape import backend_cpu
from retaguarda.app.headless import Office

Payload = dict[str, Any]
STEPS = ("create", "confirm", "invoice", "pick", "pack", "ship", "deliver", "pay")
NAMES = {
    "create": "sales.create_quotation",
    "confirm": "sales.confirm_order",
    "invoice": "sales.invoice_order",
    "pay": "billing.receive_payment",
}
LIMIT = "1000000000"


@dataclass(frozen=True, slots=True)
class Shop:
    """Who buys what, and into which account the money goes. It packs by a step of its own, its customer has a credit
    limit, and every payment names the bank's own id: no rule is spared."""

    customer: str
    products: list[str]
    account: str

    def payloads(self, seed: int = SEED) -> Iterator[Payload]:
        """What quotations ask for, the same again for the same seed."""
        chance = random.Random(seed)
        while True:
            chosen = chance.sample(self.products, LINES)
            lines = [{"product_id": p, "quantity": str(chance.randint(1, 9))} for p in chosen]
            yield {"customer_id": self.customer, "lines": lines}


def open_shop(url: str, products: int, each: Decimal = Decimal(1_000_000)) -> Shop:
    """Makes the company that the orders are played in."""
    office, customer, keys = stocked(url, products, each)
    office.do("company.change_setting", code="packing", value="own_step")
    office.do("party.set_credit_limit", party_id=customer, credit_limit=LIMIT)
    account = office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    office.close()
    return Shop(customer, keys, account)


def commands(shop: Shop, payload: Payload) -> Generator[tuple[str, Payload], Any, None]:
    """The eight commands of one order; each is sent the value of the one before it."""
    created = yield NAMES["create"], payload
    order = {"order_id": created["id"]}
    yield NAMES["confirm"], {**order, "version": created["version"]}
    billed = yield NAMES["invoice"], order
    yield "delivery.pick_order", order
    yield "delivery.pack_order", {**order, "weight_kg": "12.5"}
    yield "delivery.ship_order", order
    yield "delivery.deliver_order", {**order, "receiver_name": "Portaria"}
    paid = {"invoice_id": billed["invoice_id"], "method": "pix", "money_account_id": shop.account}
    yield NAMES["pay"], {**paid, "bank_reference": f"E{created['id']}"}


def play(office: Office, shop: Shop, payload: Payload) -> Iterator[str]:
    """Carries one order out, telling each step once it is committed."""
    way = commands(shop, payload)
    name, values = next(way)
    for step in STEPS:
        value = office.do((name, values)).value
        yield step
        if step != STEPS[-1]:
            name, values = way.send(value)


def play_whole(office: Office, shop: Shop, payload: Payload) -> None:
    """Carries one order out to its payment."""
    for _ in play(office, shop, payload):
        pass


def server_cpu_of(office: Office) -> float:
    """CPU seconds of the server's process behind the office's write connection; none on SQLite."""
    writer: Any = office.bus.writer()
    info = getattr(writer.connection, "info", None)
    return backend_cpu(info.backend_pid) if info is not None else 0.0


class Played:
    """Our side: one order after the other through an office."""

    def __init__(self, url: str, shop: Shop) -> None:
        self.office = reopen(url)
        self.shop = shop
        self.payloads = shop.payloads()
        self.office.bus.warm()

    def next(self) -> None:
        play_whole(self.office, self.shop, next(self.payloads))

    def server_cpu(self) -> float:
        return server_cpu_of(self.office)

    def close(self) -> None:
        self.office.close()
