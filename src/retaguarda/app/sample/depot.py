"""The sample shop's warehouse at work: lots that expire, numbered tools, a kit, goods on the road, counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from retaguarda.app.crew import Crew
from retaguarda.app.headless import SYSTEM
from retaguarda.app.jobs import Jobs
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.stock import NUMBERED, Shelf

LOTS = (("T2611-A", 3), ("T2611-B", 60), ("V2610", 25), ("V2609", -6))
"""Lots with the days until they expire; the last has expired."""
FIRST_WITH_LOT = 30
BY_ITSELF = ("inventory.job.expired", "inventory.job.classes", "contingency.job.alerts")
KIT = (("1002", "1"), ("1030", "2"))


class Depot:
    """Plans what happened in the warehouse, in the names of those who did it."""

    def __init__(self, crew: Crew, agenda: Agenda, shelf: Shelf, places: Mapping[str, str]) -> None:
        self.crew = crew
        self.agenda = agenda
        self.shelf = shelf
        self.places = places

    def plan(self) -> None:
        """Everything, in the days before today."""
        self._lots()
        self._pieces()
        self._kit()
        self._on_the_road()
        self._counts()

    def _do(self, days: int, minutes: int, name: str, login: str = "elisa", **payload: Any) -> None:
        self.agenda.at(days, minutes, partial(self.crew.do, login, f"inventory.{name}", **payload))

    def _lots(self) -> None:
        """Four deliveries with lots: one of them has expired and is held back, one expires within days."""
        for n, (lot, days) in enumerate(LOTS):
            product = self.shelf.plenty[FIRST_WITH_LOT + n]
            line = {
                "product_id": product,
                "quantity": "24",
                "location_id": self.places[product],
                "lot": lot,
                "expires_on": self.agenda.day(days).isoformat(),
            }
            self._do(-20 + n, 70, "receive_stock", lines=[line], reason="Compra com lote")
        self._do(-4, 20, "hold_expired")
        wrong = self.shelf.plenty[FIRST_WITH_LOT + 1]
        self._do(
            -1,
            80,
            "report_non_conformity",
            product_id=wrong,
            quantity="2",
            lot=LOTS[1][0],
            location_id=self.places[wrong],
            found_at="stock",
            description="Tampa trincada, conteúdo ressecado nas bordas.",
        )

    def _pieces(self) -> None:
        """Tools that are known by their numbers."""
        product = self.shelf.plenty[NUMBERED]
        numbers = " ".join(f"SN-{n:04}" for n in range(1201, 1213))
        line = {"product_id": product, "quantity": "12", "location_id": self.places[product], "serials": numbers}
        self._do(-15, 90, "receive_stock", lines=[line], reason="Compra com número de série")

    def track(self) -> None:
        """Says so before the first of them comes in."""
        self.crew.do("elisa", "inventory.track_product", product_id=self.shelf.plenty[NUMBERED], tracking="serial")

    def _kit(self) -> None:
        made = self.crew.do(
            "carla", "catalog.add_product", code="KIT-01", name="Kit pintura de parede", price="339.90", unit_code="UN"
        )
        parts = [{"component_id": self.shelf.by_code[code], "quantity": quantity} for code, quantity in KIT]
        self._do(-10, 30, "set_kit", product_id=str(made["id"]), parts=parts)

    def _on_the_road(self) -> None:
        """A second warehouse: one transfer has come with a piece missing, another is on its way."""
        annexe = str(self.crew.do("elisa", "inventory.add_warehouse", code="2", name="Depósito do galpão")["id"])
        goods = self.shelf.plenty[42:45]
        lines = [{"product_id": p, "quantity": "8", "location_id": self.places[p]} for p in goods]

        def come_and_go() -> None:
            sent = self._send(annexe, lines[:2], 1)
            rows = self.crew.office.show("inventory.transfer_lines", {"transfer_id": sent}, "position").rows
            short = [{"line_id": rows[0].id, "quantity": "7"}]
            self.crew.do(
                "elisa", "inventory.receive_transfer", transfer_id=sent, lines=short, reason="Uma caixa não chegou"
            )

        self.agenda.at(-6, 50, come_and_go)
        self.agenda.at(-1, 100, partial(self._send, annexe, lines[1:], 2))

    def _send(self, annexe: str, lines: list[dict[str, str]], days: int) -> str:
        day = self.agenda.day(days).isoformat()
        sent = self.crew.do(
            "elisa", "inventory.send_transfer", to_warehouse_id=annexe, expected_on=day, lines=lines, note="Reposição"
        )
        return str(sent["id"])

    def _counts(self) -> None:
        """The classes, a count that was posted, and one that is under way with a place to count again."""
        self.agenda.at(-1, 30, self._by_itself)
        self.agenda.at(0, -20, self._by_itself)
        done, open_place = self.shelf.plenty[46], self.shelf.plenty[47]

        def posted() -> None:
            key, there = self._open(done)
            self._enter(key, done, there)
            self.crew.do("elisa", "inventory.post_count", sheet_id=key, reason="Contagem cíclica")

        def under_way() -> None:
            key, there = self._open(open_place)
            self._enter(key, open_place, str(int(there) - 2))

        self.agenda.at(-3, 120, posted)
        self.agenda.at(-1, 130, under_way)

    def _by_itself(self) -> None:
        """What the program did while the shop was closed; contracts and late purchases wait for somebody to look."""
        beside = self.crew.office.beside(SYSTEM)
        jobs = Jobs(beside)
        jobs.jobs = {name: jobs.jobs[name] for name in BY_ITSELF}
        try:
            jobs.run()
        finally:
            beside.leave()

    def _open(self, product: str) -> tuple[str, str]:
        office = self.crew.office
        key = str(self.crew.do("elisa", "inventory.open_count", product_id=product)["id"])
        row = office.show("inventory.availability", {"product_id": product}).rows[-1]
        return key, f"{row.on_hand.normalize():f}"

    def _enter(self, sheet_id: str, product: str, quantity: str) -> None:
        line = {"product_id": product, "quantity": quantity}
        self.crew.do(
            "elisa", "inventory.enter_count", sheet_id=sheet_id, lines=[line], location_id=self.places[product]
        )
