"""Lots, numbered pieces, kits, transfers, returns, counts and costs in whatever order: every proof holds."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest

from retaguarda.kernel.errors import Refusal
from tests.modules.inventory.depot import Depot
from tests.modules.inventory.test_invariants import EXPECTED_REFUSALS, Storm

STEPS = 50
MORE_REFUSALS = {
    *EXPECTED_REFUSALS,
    "inventory.return_too_much",
    "inventory.serial_not_of_line",
    "inventory.serials_needed",
    "inventory.receive_transfer.received",
    "inventory.open_count.nothing_there",
    "inventory.post_count.uncounted",
    "inventory.post_count.unsettled",
    "inventory.post_count.moved_since",
    "inventory.count_closed",
    "inventory.more_than_there",
}


class Flood(Storm):
    """The same person with more to do: lots of pens, numbered drills, a kit of sheets and pens, a second warehouse."""

    def __init__(self, depot: Depot, seed: int) -> None:
        super().__init__(depot, seed)
        self.drill = depot.product("DRILL", "Furadeira")
        depot.office.do("inventory.track_product", product_id=self.drill, tracking="serial")
        self.kit = depot.product("KIT", "Kit")
        parts = [{"component_id": depot.paper, "quantity": "2"}, {"component_id": depot.pen, "quantity": "1"}]
        depot.office.do("inventory.set_kit", product_id=self.kit, parts=parts)
        self.annexe = str(depot.office.do("inventory.add_warehouse", code="7", name="Anexo").value["id"])
        self.numbers = (f"N{n}" for n in count(1))
        self.sheets: list[str] = []

    def step(self) -> None:
        act = self.chance.choice(
            (
                self.receive_lot,
                self.receive_drills,
                self.order_kit,
                self.order_drill,
                self.move_on,
                self.move_on,
                self.come_back,
                self.send,
                self.arrive,
                self.open_sheet,
                self.enter,
                self.post,
                self.cost,
                self.hold,
                self.release_hold,
                self.count,
            )
        )
        try:
            act()
        except Refusal as refusal:
            assert refusal.code in MORE_REFUSALS, (act.__name__, refusal.code, refusal.params)
        else:
            self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def receive_lot(self) -> None:
        lot = self.chance.choice(("L1", "L2"))
        self.depot.receive(self.depot.pen, self.some(), lot=lot, unit_cost=self.some(9))
        self.depot.receive(self.depot.paper, self.some(), unit_cost=self.some(9))

    def receive_drills(self) -> None:
        numbers = [next(self.numbers) for _ in range(self.chance.randint(1, 3))]
        self.depot.receive(self.drill, str(len(numbers)), serials=" ".join(numbers), unit_cost="99.99")

    def order_kit(self) -> None:
        self.orders.append(self.depot.reserve((self.kit, self.some(2)), (self.depot.pen, "1")))

    def order_drill(self) -> None:
        self.orders.append(self.depot.reserve((self.drill, self.some(2))))

    def come_back(self) -> None:
        if self.orders:
            self.depot.back(self.chance.choice(self.orders), self.chance.randint(1, 2), self.depot.pen, "1")

    def send(self) -> None:
        lines = [{"product_id": self.depot.paper, "quantity": self.some(3)}]
        self.do("send_transfer", to_warehouse_id=self.annexe, expected_on="2026-11-25", lines=lines)

    def arrive(self) -> None:
        rows = self.depot.office.show("inventory.transfers", {"state": "sent"}).rows
        if rows:
            transfer = self.chance.choice(rows)
            (line,) = self.depot.office.show("inventory.transfer_lines", {"transfer_id": transfer.id}).rows
            lines = [{"line_id": line.id, "quantity": str(self.chance.randint(0, 4))}]
            rest = self.chance.random() < 0.4
            self.do("receive_transfer", transfer_id=transfer.id, lines=lines, reason="conferido", rest_comes=rest)

    def open_sheet(self) -> None:
        self.sheets.append(str(self.do("open_count", product_id=self.chance.choice(self.products))["id"]))

    def enter(self) -> None:
        for sheet in self.sheets[-1:]:
            for row in self.depot.office.show("inventory.count_sheet_lines", {"sheet_id": sheet}).rows:
                line = {"product_id": row.product_id, "lot": row.lot, "quantity": self.some(4)}
                self.do("enter_count", sheet_id=sheet, location_id=row.location_id, lines=[line])

    def post(self) -> None:
        for sheet in self.sheets[-1:]:
            self.do("post_count", sheet_id=sheet, reason="conferido")

    def cost(self) -> None:
        product = self.chance.choice((*self.products, self.drill))
        self.do("adjust_cost", product_id=product, unit_cost=f"{self.some(30)}.{self.some(99)}", reason="tabela")


@pytest.mark.parametrize("seed", [1, 2])
def test_no_order_of_events_breaks_an_invariant(depot: Depot, seed: int) -> None:
    flood = Flood(depot, seed)
    for n in range(STEPS):
        flood.step()
        if n % 10 == 9:
            depot.clean()
    assert len(flood.done) >= 10, flood.done
    for row in depot.office.show("inventory.values").rows:
        assert row.quantity != 0 or row.amount == Decimal(0)
