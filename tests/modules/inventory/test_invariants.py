"""Whatever is done in whatever order: the database refuses nothing that was checked before, every proof holds, and the
figures are those of a model that knows nothing of ledgers."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.ids import new_id
from tests.modules.inventory.depot import Depot, TryLine

STEPS = 60
EXPECTED_REFUSALS = {
    "kernel.invalid",
    "trial.short",
    "inventory.ship_not_there",
    "inventory.release_hold.released",
    "inventory.withdraw_negative.used",
    "inventory.nothing_expected",
}


class Storm:
    """A seeded person who does what comes to mind, on two shelves and two products."""

    def __init__(self, depot: Depot, seed: int) -> None:
        self.depot = depot
        self.chance = random.Random(seed)
        self.products = (depot.paper, depot.pen)
        self.places = (depot.place, depot.location("B"))
        self.orders: list[str] = []
        self.keys: dict[str, list[str]] = {"hold": [], "negative": [], "expected": []}
        self.done: dict[str, int] = {}
        self.on_hand = {depot.paper: Decimal(10), depot.pen: Decimal(0)}

    def step(self) -> None:
        act = self.chance.choice(
            (
                self.receive,
                self.receive,
                self.reserve,
                self.reserve,
                self.reserve,
                self.move_on,
                self.move_on,
                self.count,
                self.hold,
                self.release_hold,
                self.authorise,
                self.withdraw,
                self.expect,
                self.cancel,
                self.transfer,
            )
        )
        try:
            act()
        except Refusal as refusal:
            assert refusal.code in EXPECTED_REFUSALS, (act.__name__, refusal.code, refusal.params)
        else:
            self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def some(self, most: int = 6) -> str:
        return str(self.chance.randint(1, most))

    def pick(self) -> tuple[str, str]:
        return self.chance.choice(self.products), self.chance.choice(self.places)

    def do(self, name: str, **payload: object) -> dict[str, object]:
        return dict(self.depot.office.do((f"inventory.{name}", payload)).value)

    def receive(self) -> None:
        product, place = self.pick()
        quantity = self.some(8)
        coming = self.chance.choice([None, *self.keys["expected"]])
        if coming is not None:
            product = self.depot.office.one("inventory.expected", coming).product_id
        self.depot.receive(
            product, quantity, location_id=place, expected_id=coming, rest_comes=self.chance.random() < 0.5
        )
        self.on_hand[product] += Decimal(quantity)
        self.forget_expected()

    def reserve(self) -> None:
        coming = self.chance.choice([None, None, *self.keys["expected"]])
        product = self.chance.choice(self.products)
        if coming is not None:
            product = self.depot.office.one("inventory.expected", coming).product_id
        lines = [
            TryLine(
                line_id=new_id(),
                product_id=product,
                quantity=Decimal(self.some(4)),
                priority=self.chance.randint(0, 2),
                expected_id=coming,
            )
            for _ in range(self.chance.randint(1, 3))
        ]
        self.orders.append(self.depot.reserve(*lines))

    def move_on(self) -> None:
        if self.orders:
            order = self.chance.choice(self.orders)
            step = self.chance.choice(("release", "pick", "unpick", "ship", "ship"))
            before = self.shipped(order)
            self.depot.step(step, order)
            for product, quantity in self.shipped(order).items():
                self.on_hand[product] -= quantity - before.get(product, Decimal(0))

    def shipped(self, order: str) -> dict[str, Decimal]:
        out: dict[str, Decimal] = {}
        for row in self.depot.office.show("inventory.moves", {"document_id": order}).rows:
            out[row.product_id] = out.get(row.product_id, Decimal(0)) + row.quantity
        return out

    def count(self) -> None:
        product, place = self.pick()
        there = {
            r.location_id: r.on_hand for r in self.depot.office.show("inventory.bins", {"product_id": product}).rows
        }
        counted = Decimal(self.chance.randint(0, 12))
        self.depot.count(product, str(counted), location_id=place)
        self.on_hand[product] += counted - there.get(place, Decimal(0))

    def hold(self) -> None:
        product, place = self.pick()
        done = self.do("hold_stock", product_id=product, location_id=place, quantity=self.some(4), reason="conferir")
        self.keys["hold"].append(str(done["id"]))

    def release_hold(self) -> None:
        if self.keys["hold"]:
            self.do("release_hold", hold_id=self.chance.choice(self.keys["hold"]))

    def authorise(self) -> None:
        product, place = self.pick()
        done = self.do(
            "authorise_negative", product_id=product, location_id=place, quantity=self.some(4), reason="sem nota"
        )
        self.keys["negative"].append(str(done["id"]))

    def withdraw(self) -> None:
        if self.keys["negative"]:
            self.do("withdraw_negative", authorisation_id=self.chance.choice(self.keys["negative"]))

    def expect(self) -> None:
        product, _ = self.pick()
        done = self.do("expect_stock", product_id=product, quantity=self.some(8), expected_on="2026-12-01")
        self.keys["expected"].append(str(done["id"]))

    def cancel(self) -> None:
        if self.keys["expected"]:
            self.do("cancel_expected", expected_id=self.chance.choice(self.keys["expected"]))
            self.forget_expected()

    def transfer(self) -> None:
        product, place = self.pick()
        to = self.places[1 - self.places.index(place)]
        line = {"product_id": product, "quantity": self.some(3), "from_location_id": place, "to_location_id": to}
        self.do("move_stock", lines=[line])

    def forget_expected(self) -> None:
        left = {row.id for row in self.depot.office.show("inventory.expected").rows}
        self.keys["expected"] = [key for key in self.keys["expected"] if key in left]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_order_of_events_breaks_an_invariant(depot: Depot, seed: int) -> None:
    storm = Storm(depot, seed)
    for n in range(STEPS):
        storm.step()
        if n % 10 == 9:
            depot.clean()
    depot.clean()
    for product, on_hand in storm.on_hand.items():
        assert Decimal(depot.stock(product)["on_hand"]) == on_hand
    assert len(storm.done) >= 10, storm.done
