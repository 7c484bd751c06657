"""A depot for tests: products with stock, and trial commands that stand in for the orders of higher modules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.kinds import Choice, Codes, Day, Quantity, Ref, Text, Whole
from retaguarda.kernel.module import Handled, Module, Registry
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api

TABLE = "trial_order"


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLine(Part):
    """A line that needs stock."""

    line_id: Annotated[str, Ref("trial_line")]
    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    priority: Annotated[int, Whole()] = 0
    promised_on: Annotated[dt.date, Day()] | None = None
    expected_id: Annotated[str, Ref("expected_movement")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TryReserve(Command):
    """Reserves the lines or says what is short."""

    order_id: Annotated[str, Ref(TABLE)]
    lines: tuple[TryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryStep(Command):
    """Releases, picks, puts back or ships what is reserved for an order."""

    order_id: Annotated[str, Ref(TABLE)]
    step: Annotated[str, Choice(("release", "pick", "unpick", "ship"))]
    line_id: Annotated[str, Ref("trial_line")] | None = None
    quantity: Annotated[Decimal, Quantity()] | None = None
    location_id: Annotated[str, Ref("location")] | None = None
    product_id: Annotated[str, Ref("product")] | None = None
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[tuple[str, ...], Codes()] = ()


def try_reserve(unit: Unit, command: TryReserve) -> Mapping[str, Any]:
    main = api.warehouse_of(unit, str(unit.actor.branch_id)).id
    needs = [
        api.Need(
            line.line_id,
            line.product_id,
            line.warehouse_id or main,
            line.quantity,
            line.priority,
            line.promised_on,
            line.expected_id,
        )
        for line in command.lines
    ]
    before = unit._statements.count
    short = api.reserve(unit, (TABLE, command.order_id), needs)
    if short:
        lines = [
            {
                "product_id": s.product_id,
                "needed": s.needed,
                "free": s.free,
                "missing": s.missing,
                "line_ids": list(s.line_ids),
                "next_on": s.next_on,
                "next_quantity": s.next_quantity,
                "complete_on": s.complete_on,
            }
            for s in short
        ]
        raise Shortfall("trial.short", subject=(TABLE, command.order_id), cause_key="trial.short", lines=lines)
    return {"id": command.order_id, "statements": unit._statements.count - before}


def try_step(unit: Unit, command: TryStep) -> Mapping[str, Any]:
    document = (TABLE, command.order_id)
    lines = None if command.line_id is None else [command.line_id]
    before = unit._statements.count
    if command.step == "release":
        rows: Sequence[Any] = api.release(unit, document, lines)
    elif command.step == "unpick":
        rows = api.unpick(unit, document, lines)
    elif command.step == "ship":
        asked = {command.line_id: command.quantity} if command.line_id and command.quantity else None
        rows = api.ship(unit, document, asked)
    else:
        result = api.pick(unit, document, _said(document, command))
        missing = [[m.line_id, m.quantity] for m in result.missing]
        picked = [[p.line_id, p.location_id, p.quantity] for p in result.picked]
        return {"picked": picked, "missing": missing, "statements": unit._statements.count - before}
    return {"rows": [[r.line_id, r.quantity] for r in rows], "statements": unit._statements.count - before}


def _said(document: api.Document, command: TryStep) -> list[api.Picked] | None:
    if not (command.line_id and command.product_id and command.location_id and command.quantity):
        return None
    return [
        api.Picked(
            document=document,
            line_id=command.line_id,
            product_id=command.product_id,
            location_id=command.location_id,
            lot=command.lot,
            quantity=command.quantity,
            serials=command.serials,
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryBack(Part):
    """Something that comes back of a line."""

    line_id: Annotated[str, Ref("trial_line")]
    product_id: Annotated[str, Ref("product")]
    location_id: Annotated[str, Ref("location")]
    quantity: Annotated[Decimal, Quantity()]
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[tuple[str, ...], Codes()] = ()
    held_for: Annotated[str, Text(200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryReturn(Command):
    """Takes goods back that left by an order."""

    order_id: Annotated[str, Ref(TABLE)]
    lines: tuple[TryBack, ...]


def try_return(unit: Unit, command: TryReturn) -> Mapping[str, Any]:
    key = unit.new_id()
    rows = [
        api.Returned(
            line_id=line.line_id,
            product_id=line.product_id,
            location_id=line.location_id,
            quantity=line.quantity,
            lot=line.lot,
            serials=line.serials,
            held_for=line.held_for,
        )
        for line in command.lines
    ]
    cost = api.returned(unit, ("trial_return", key), (TABLE, command.order_id), rows)
    return {"id": key, "cost": cost}


TRIAL = Module(
    name="trial",
    commands=(
        Handled(TryReserve, try_reserve),
        Handled(TryStep, try_step),
        Handled(TryReturn, try_return),
    ),
)


class Depot:
    """The test company with two products in stock (`paper`, 10 of them, and `pen`, none) and the trial commands."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.bus = Bus(office.store, Registry((*MODULES, TRIAL)), office.clock, office.zone)
        self.paper = self.product("A4-75", "Papel A4 75 g")
        self.pen = self.product("CAN-1", "Caneta azul")
        self.main = office.show("inventory.warehouses").rows[0].id
        self.place = office.show("inventory.locations").rows[0].id

    def product(self, code: str, name: str, **more: Any) -> str:
        return str(self.office.do(("catalog.add_product", {"code": code, "name": name, **more})).value["id"])

    def receive(self, product: str, quantity: str, **more: Any) -> Mapping[str, Any]:
        head: dict[str, Any] = {k: more.pop(k) for k in ("rest_comes", "warehouse_id") if k in more}
        line: dict[str, Any] = {"product_id": product, "quantity": quantity, **more}
        return self.office.do(("inventory.receive_stock", {"lines": [line], **head})).value

    def count(self, product: str, quantity: str, **more: Any) -> Mapping[str, Any]:
        line = {"product_id": product, "quantity": quantity, **more}
        return self.office.do(("inventory.count_stock", {"lines": [line]})).value

    def reserve(self, *lines: tuple[str, str] | TryLine, order: str | None = None) -> str:
        """An order that reserves (product, quantity) lines; its key. A line's key is `line(order, n)`."""
        order_id = order or new_id()
        parts = [
            part
            if isinstance(part, TryLine)
            else TryLine(line_id=line_of(order_id, n), product_id=part[0], quantity=Decimal(part[1]))
            for n, part in enumerate(lines, 1)
        ]
        self.bus.do(TryReserve(order_id=order_id, lines=tuple(parts)), self.office.actor)
        return order_id

    def step(self, step: str, order_id: str, **more: Any) -> Mapping[str, Any]:
        return self.bus.do(TryStep(order_id=order_id, step=step, **more), self.office.actor).value

    def stock(self, product: str, warehouse_id: str | None = None) -> dict[str, str]:
        """The figures of a product as short texts."""
        where = {"product_id": product, "warehouse_id": warehouse_id or self.main}
        row = self.office.show("inventory.availability", where).rows[0]
        names = ("on_hand", "held", "reserved", "allowed_negative", "free")
        return {name: f"{getattr(row, name).normalize():f}" for name in names}

    def back(self, order_id: str, number: int, product: str, quantity: str, **more: Any) -> Mapping[str, Any]:
        """Takes back what left by a line of an order."""
        line = TryBack(
            line_id=line_of(order_id, number),
            product_id=product,
            quantity=Decimal(quantity),
            location_id=more.pop("location_id", self.place),
            **more,
        )
        return self.bus.do(TryReturn(order_id=order_id, lines=(line,)), self.office.actor).value

    def value(self, product: str) -> tuple[str, str, str]:
        """What is owned of a product, its average cost and its value, as short texts."""
        row = self.office.one("inventory.values", product)
        return tuple(f"{v.normalize():f}" for v in (row.quantity, row.unit_cost, row.amount))  # type: ignore[return-value]

    def lot(self, code: str) -> Any:
        """The row of a lot."""
        (row,) = self.office.show("inventory.lots", {"code": code}).rows
        return row

    def bin(self, product: str, location_id: str | None = None) -> tuple[str, str]:
        """On hand and picked of a product at a location."""
        where = {"product_id": product, "location_id": location_id or self.place}
        row = self.office.show("inventory.bins", where).rows[0]
        return f"{row.on_hand.normalize():f}", f"{row.picked.normalize():f}"

    def location(self, code: str, warehouse_id: str | None = None, **more: Any) -> str:
        payload = {"warehouse_id": warehouse_id or self.main, "code": code, **more}
        return str(self.office.do(("inventory.add_location", payload)).value["id"])

    def clean(self) -> None:
        """`check` finds nothing."""
        found = self.office.check()
        assert found == [], found


def line_of(order_id: str, number: int) -> str:
    """The key of an order's line."""
    return f"{order_id[:28]}{number:04x}"
