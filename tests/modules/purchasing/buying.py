"""A company that buys: a supplier with prices for two products of the depot, and the usual commands in one word."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.purchasing import api
from tests.modules.inventory.depot import Depot, TryLine


class Buying:
    """The test company ready to buy: `paper` at 20.00 in packs of 5, `pen` at 1.50 from 10 on, `ink` has no price."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.depot = Depot(office)
        self.paper, self.pen = self.depot.paper, self.depot.pen
        self.ink = self.depot.product("TIN-1", "Tinta preta")
        self.main = self.depot.main
        self.supplier = self.party("Papelaria Central")
        self.other = self.party("Atacado do Papel")
        self.price(self.paper, "20.00", pack_quantity="5", lead_days=3, supplier_code="PC-77")
        self.price(self.pen, "1.50", least_quantity="10", lead_days=2)

    def party(self, name: str) -> str:
        return str(self.office.do("party.add_party", name=name, supplier=True).value["id"])

    def price(self, product: str, price: str, supplier: str | None = None, **more: Any) -> str:
        """A supplier's price; its key."""
        values = {"supplier_id": supplier or self.supplier, "product_id": product, "unit_price": price, **more}
        return str(self.office.do(("purchasing.set_supplier_price", values)).value["id"])

    def do(self, verb: str, order_id: str, **more: Any) -> Mapping[str, Any]:
        """A command on an order."""
        return self.office.do(f"purchasing.{verb}", order_id=order_id, **more).value

    def draft(self, *asked: tuple[str, str], **more: Any) -> str:
        """A drafted order; its key."""
        return str(self._new("create_order", asked, more)["id"])

    def order(self, *asked: tuple[str, str], **more: Any) -> str:
        """An order that was sent; its key."""
        return str(self._new("place_order", asked, more)["id"])

    def _new(self, verb: str, asked: tuple[tuple[str, str], ...], more: Mapping[str, Any]) -> Mapping[str, Any]:
        lines = [{"product_id": product, "quantity": quantity} for product, quantity in asked or ((self.paper, "10"),)]
        return self.office.do((f"purchasing.{verb}", {"supplier_id": self.supplier, "lines": lines, **more})).value

    def row(self, order_id: str) -> Any:
        """The order as the list shows it."""
        return self.office.one("purchasing.orders", order_id)

    def lines(self, order_id: str) -> list[Any]:
        """Its lines as its page shows them."""
        return list(self.office.show("purchasing.order_lines", {"order_id": order_id}, "position").rows)

    def expected(self, order_id: str) -> list[tuple[str, str, str]]:
        """What the stock expects of the order: product, quantity, day."""
        rows = self.office.show("inventory.expected", {"document_id": order_id}, "name").rows
        return [(row.code, f"{row.quantity.normalize():f}", row.expected_on.isoformat()) for row in rows]

    def peg(self, order_id: str, product: str, quantity: str, promised_on: str | None = None, priority: int = 0) -> str:
        """A customer's order that is promised some of what this order brings; its key."""
        (row,) = self.office.show("inventory.expected", {"document_id": order_id, "product_id": product}).rows
        part = TryLine(
            line_id=new_id(),
            product_id=product,
            quantity=Decimal(quantity),
            promised_on=promised_on,  # type: ignore[arg-type]
            expected_id=row.id,
            priority=priority,
        )
        return self.depot.reserve(part)

    def broken(self) -> list[tuple[str, str, str]]:
        """Customers' orders that lost something: order, quantity, cause."""
        rows = self.office.show("inventory.broken_reservations", sort="at").rows
        return [(row.document_id, f"{row.quantity.normalize():f}", row.cause) for row in rows]

    def bank(self, opening: str = "1000.00") -> str:
        """A bank account with money in it; its key."""
        values = {"name": "Banco", "kind": "bank", "opening_amount": opening}
        return str(self.office.do(("accounting.add_money_account", values)).value["id"])

    def receive(self, order_id: str, *lines: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:
        """A delivery on an order; without lines all of it."""
        return self.office.do(("purchasing.receive_order", {"order_id": order_id, "lines": list(lines), **more})).value

    def bill(self, order_id: str | None, number: str = "NF 1", *lines: tuple[str, str, str], **more: Any) -> Any:
        """A supplier's invoice with lines of product, quantity, price; without lines what has come."""
        billed = [{"product_id": p, "quantity": q, "unit_price": price} for p, q, price in lines]
        values = {"order_id": order_id, "supplier_number": number, "lines": billed, **more}
        return self.office.do(("purchasing.record_invoice", values)).value

    def payables(self, **where: Any) -> list[Any]:
        """What is owed, the first to fall due first."""
        return list(self.office.show("purchasing.payables", where, "due_on").rows)

    def owed(self) -> Any:
        """What is owed to the supplier, its credits taken off."""
        return api.owed_to(self.office.reads(), self.supplier)

    def pay(self, account: str, *parts: tuple[str, str | None], **more: Any) -> Mapping[str, Any]:
        """A payment of payables (key, amount or all of it)."""
        said = [{"payable_id": key, "amount": amount} for key, amount in parts]
        values = {"parts": said, "money_account_id": account, **more}
        return self.office.do(("purchasing.pay_payables", values)).value

    def books(self, role: str) -> Any:
        """What the account of this role stands at: debits less credits."""
        line, held = accounting.entry_line, accounting.account_role
        core = select(func.sum(line.c.amount)).join(held, held.c.account_id == line.c.account_id)
        with self.office.store.engine.connect() as connection:
            return connection.execute(core.where(held.c.role == role)).scalar() or Decimal(0)

    def clean(self) -> None:
        """`check` finds nothing."""
        assert self.office.check() == []
