"""What the sample shop buys: suppliers' prices, reorder points, orders on their way, one of them late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.goods import goods
from retaguarda.app.sample.stock import Shelf

PACKS = ("1", "5", "10", "12")
TERMS = ("30", "30/60", "28/56/84", "")


class Purchases:
    """Puts the shop's purchases into the agenda: Carla buys, Elisa receives, Fábio pays."""

    def __init__(self, crew: Crew, agenda: Agenda, chance: Chance, suppliers: Sequence[str], shelf: Shelf) -> None:
        self.crew = crew
        self.agenda = agenda
        self.chance = chance
        self.suppliers = suppliers
        self.shelf = shelf
        self.orders: dict[str, Mapping[str, Any]] = {}

    def plan(self) -> None:
        """Everything, in the order of its days."""
        self._prices()
        self._points()
        late, soon, agreed = self.shelf.plenty[4:8], self.shelf.plenty[10:15], self.shelf.plenty[20:26]
        self._order("late", -9, self.suppliers[0], late, expected_on=self.agenda.day(-2).isoformat())
        self._order("agreed", -4, self.suppliers[1], agreed, expected_on=self.agenda.day(3).isoformat())
        self._confirm("agreed", -3, self.agenda.day(4).isoformat(), "PV 20417")
        self._order("soon", -1, self.suppliers[2], soon)
        self._order("gone", -12, self.suppliers[1], self.shelf.plenty[30:32])
        self._end("gone", -10, "cancel_order", "Preço aumentou depois do pedido.")
        self._order("came", -20, self.suppliers[0], self.shelf.plenty[50:54], payment_terms="15/30")
        self._receive("came", -14)
        self._bill("came", -14, "NF 48120")
        self._order("partly", -8, self.suppliers[2], self.shelf.plenty[54:57], payment_terms="30/60")
        self._receive("partly", -3, short=True)
        self._order("dear", -11, self.suppliers[1], self.shelf.plenty[57:59], payment_terms="28")
        self._receive("dear", -5)
        self._bill("dear", -4, "NF 9071", dearer=Decimal("1.12"))
        self._expenses()
        self._asked()
        self._pay(-1)
        self._return("came", -6)
        self.agenda.at(0, 40, partial(self._draft, self.suppliers[0], self.shelf.plenty[35:38]))

    def _prices(self) -> None:
        """Each product has a usual supplier, at about two thirds of what it sells for; every fifth a second one."""
        sold = {self.shelf.by_code[one.code]: one for one in goods() if not one.service}
        for n, product in enumerate((*self.shelf.plenty, *self.shelf.scarce)):
            one = sold[product]
            cost = (one.price * Decimal(self.chance.between(58, 70)) / 100).quantize(Decimal("0.01"))
            pack = PACKS[n % len(PACKS)] if one.unit == "UN" else "1"
            suppliers = (self.suppliers[n % 3], self.suppliers[(n + 1) % 3]) if n % 5 == 0 else (self.suppliers[n % 3],)
            for turn, supplier in enumerate(suppliers):
                values = {
                    "supplier_id": supplier,
                    "product_id": product,
                    "unit_price": str(cost + turn),
                    "pack_quantity": pack,
                    "lead_days": 3 + (n + turn) % 6,
                    "supplier_code": f"{'DAF'[(n + turn) % 3]}{one.code}",
                }
                self.agenda.at(-34, 10, partial(self.crew.do, "carla", "purchasing.set_supplier_price", **values))

    def _points(self) -> None:
        for product in self.shelf.plenty[:24]:
            low = self.chance.between(2, 5) * 10
            values = {"product_id": product, "minimum_quantity": str(low), "maximum_quantity": str(low * 3)}
            self.agenda.at(-34, 20, partial(self.crew.do, "elisa", "purchasing.set_reorder_point", **values))

    def _lines(self, products: Sequence[str]) -> list[dict[str, Any]]:
        return [{"product_id": product, "quantity": str(self.chance.between(1, 4) * 20)} for product in products]

    def _order(self, name: str, day: int, supplier: str, products: Sequence[str], **more: Any) -> None:
        payload = {
            "supplier_id": supplier,
            "lines": self._priced(self._lines(products)),
            "payment_terms": self.chance.one_of(TERMS),
            **more,
        }

        def place() -> None:
            self.orders[name] = self.crew.do("carla", "purchasing.place_order", **payload)

        self.agenda.at(day, 90, place)

    def _priced(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A price for what is bought elsewhere as a rule: agreed on the telephone."""
        sold = {self.shelf.by_code[one.code]: one.price for one in goods()}
        return [
            {**line, "unit_price": str((sold[line["product_id"]] * Decimal("0.62")).quantize(Decimal("0.01")))}
            for line in lines
        ]

    def _confirm(self, name: str, day: int, expected_on: str, reference: str) -> None:
        def confirm() -> None:
            order_id = self.orders[name]["id"]
            self.crew.do(
                "carla", "purchasing.confirm_order", order_id=order_id, expected_on=expected_on,
                supplier_reference=reference,
            )  # fmt: skip

        self.agenda.at(day, 60, confirm)

    def _end(self, name: str, day: int, command: str, reason: str) -> None:
        def end() -> None:
            self.crew.do("carla", f"purchasing.{command}", order_id=self.orders[name]["id"], reason=reason)

        self.agenda.at(day, 30, end)

    def _receive(self, name: str, day: int, *, short: bool = False) -> None:
        """A truck of the supplier; a short one brings half of each, one piece of the first damaged."""

        def receive() -> None:
            order_id = self.orders[name]["id"]
            lines = []
            if short:
                self.crew.as_person("elisa")
                rows = self.crew.office.show("purchasing.order_lines", {"order_id": order_id}, "position").rows
                lines = [{"product_id": row.product_id, "quantity": str(int(row.quantity / 2))} for row in rows]
                lines[0] |= {"refused_quantity": "1", "reason": "Embalagem rasgada."}
            self.crew.do(
                "elisa", "purchasing.receive_order", order_id=order_id, lines=lines, supplier_document=f"R-{-day}1",
            )  # fmt: skip

        self.agenda.at(day, 100, receive)

    def _bill(self, name: str, day: int, number: str, dearer: Decimal = Decimal(1)) -> None:
        """The supplier's invoice for what came; a dearer one is held until the buyer has looked at it."""

        def bill() -> None:
            order_id = self.orders[name]["id"]
            self.crew.as_person("fabio")
            rows = self.crew.office.show("purchasing.order_lines", {"order_id": order_id}, "position").rows
            lines = [
                {
                    "product_id": row.product_id,
                    "quantity": str(row.received),
                    "unit_price": str((row.unit_price * dearer).quantize(Decimal("0.01"))),
                }
                for row in rows
            ]
            self.crew.do(
                "fabio", "purchasing.record_invoice", order_id=order_id, supplier_number=number, lines=lines,
            )  # fmt: skip

        self.agenda.at(day, 150, bill)

    def _asked(self) -> None:
        """What people asked for, and a few points that the stock has fallen below."""
        for login, product, quantity, reason in (
            ("bruno", self.shelf.scarce[1], "24", "Cliente quer levar na sexta-feira."),
            ("gabi", self.shelf.plenty[60], "30", "O endereço está quase vazio."),
        ):
            payload = {"product_id": product, "quantity": quantity, "reason": reason}
            self.agenda.at(-1, 120, partial(self.crew.do, login, "purchasing.request_goods", **payload))
        for product in (*self.shelf.scarce[2:5], self.shelf.plenty[61]):
            values = {"product_id": product, "minimum_quantity": "400", "maximum_quantity": "600"}
            self.agenda.at(-1, 125, partial(self.crew.do, "elisa", "purchasing.set_reorder_point", **values))

    def _expenses(self) -> None:
        """What is owed for no goods: energy overdue, rent to come."""
        for day, number, amount, terms in ((-12, "ENERGIA 11", "842.17", "7"), (-2, "ALUGUEL 12", "4500.00", "8")):
            payload = {
                "supplier_id": self.suppliers[2],
                "supplier_number": number,
                "other_amount": amount,
                "payment_terms": terms,
            }
            self.agenda.at(day, 30, partial(self.crew.do, "fabio", "purchasing.record_invoice", **payload))

    def _pay(self, day: int) -> None:
        """The first instalment that fell due, from the bank."""
        bank = self.crew.do(
            "fabio", "accounting.add_money_account", name="Banco de pagamentos", kind="bank", opening_amount="60000.00",
        )["id"]  # fmt: skip

        def pay() -> None:
            self.crew.as_person("fabio")
            where = {"open": True, "supplier_id": self.suppliers[0]}
            row = self.crew.office.show("purchasing.payables", where, "due_on", limit=1).rows[0]
            self.crew.do(
                "fabio", "purchasing.pay_payables", parts=[{"payable_id": row.id}], money_account_id=bank,
                bank_reference="E0001",
            )  # fmt: skip

        self.agenda.at(day, 45, pay)

    def _return(self, name: str, day: int) -> None:
        """A few pieces with a fault go back."""

        def back() -> None:
            order_id = self.orders[name]["id"]
            self.crew.as_person("elisa")
            row = self.crew.office.show("purchasing.order_lines", {"order_id": order_id}, "position", limit=1).rows[0]
            self.crew.do(
                "elisa", "purchasing.return_goods", order_id=order_id, reason="Defeito de fabricação.",
                lines=[{"product_id": row.product_id, "quantity": "3"}],
            )  # fmt: skip

        self.agenda.at(day, 70, back)

    def _draft(self, supplier: str, products: Sequence[str]) -> None:
        lines = self._priced(self._lines(products))
        self.crew.do("carla", "purchasing.create_order", supplier_id=supplier, lines=lines)
