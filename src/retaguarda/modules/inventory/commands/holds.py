"""Holds: goods that must not leave until somebody says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.kinds import Quantity, Ref, Text
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.commands.papers import check_one, warehouse_for
from retaguarda.modules.inventory.model import StockHold
from retaguarda.modules.inventory.rules import ZERO

TABLE = api.HOLD_TABLE
_H = api.stock_hold.c
HOLD_BY_ID = Statement(
    select(api.stock_hold).where(_H.id == bindparam("hold_id", type_=_H.hold_id.type), _H.id == _H.hold_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldStock(Command):
    """Holds goods back from sale, with the reason: they are not picked, shipped or moved away until released. Orders
    that were to get them lose their reservation and open a failure."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    reason: Annotated[str, Text(200, least=3)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""


def hold_stock(unit: Unit, command: HoldStock) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    hold_id, broken = hold_named(unit, warehouse, command, command.reason)
    return {"id": hold_id, "broken": broken}


def hold_named(unit: Unit, warehouse: api.WarehouseFacts, command: Any, reason: str) -> tuple[str, int]:
    """Holds back the goods that a command names, if so much lies there free; gives the hold and what it broke."""
    check_one(unit, warehouse, command)
    stock = api.Stock(unit, [command.product_id])
    change = api.Change(
        product_id=command.product_id,
        warehouse_id=warehouse.id,
        location_id=command.location_id or warehouse.location_id,
        lot=command.lot,
        held=command.quantity,
    )
    there = stock.in_bin(change.place) - stock.held_at(change.place)
    if command.quantity > there:
        raise Invalid(Fault("quantity", "inventory.more_than_there", {"there": max(ZERO, there)}))
    return api.hold_back(unit, stock, change, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(Command):
    """Sets goods free that were held back: all of them, or as many as said."""

    hold_id: Annotated[str, Ref("stock_hold")]
    quantity: Annotated[Decimal, Quantity()] | None = None
    reason: Annotated[str, Text(200)] = ""


def release_hold(unit: Unit, command: ReleaseHold) -> Mapping[str, Any]:
    hold = unit.one(HOLD_BY_ID, hold_id=command.hold_id)
    if hold is None:
        raise Missing("stock_hold", command.hold_id, field="hold_id")
    company.reachable_branch(unit, api.place_of(unit, hold.warehouse_id).branch_id, field="hold_id")
    # Asked again under the lock: two desks may release the same hold at once.
    stock = api.Stock(unit, [hold.product_id])
    left = sum((h.quantity for h in stock.holds if h.hold_id == hold.hold_id), ZERO)
    if left == 0:
        raise Refusal("inventory.release_hold.released", field="hold_id")
    lot = api.lots_of(unit, [hold.product_id]).get((hold.product_id, hold.lot)) if hold.lot else None
    if lot is not None and api.expired(lot, unit.today):
        raise Refusal("inventory.release_hold.expired", field="hold_id", lot=lot.code, day=lot.expires_on)
    quantity = command.quantity or left
    if quantity > left:
        raise Invalid(Fault("quantity", "inventory.release_hold.more_than_held", {"held": left}))
    unit.append(
        StockHold,
        [
            {
                "hold_id": hold.hold_id,
                "product_id": hold.product_id,
                "warehouse_id": hold.warehouse_id,
                "location_id": hold.location_id,
                "lot": hold.lot,
                "quantity": -quantity,
                "reason": command.reason,
                "document_table": TABLE,
                "document_id": hold.hold_id,
            }
        ],
    )
    return {"id": hold.hold_id}
