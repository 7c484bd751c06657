"""How products are tracked, what is known of their lots, and what becomes of lots that have expired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Day, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import product_faults
from retaguarda.modules.inventory.model import Lot, StockCare, StockHold
from retaguarda.modules.inventory.rules import ZERO

CARE = Statement(select(api.stock_care).where(api.stock_care.c.product_id == bindparam("product_id", type_=Key())))
_B, _L = api.bin_balance.c, api.lot.c
EXPIRED = Statement(
    select(_B.product_id, _B.location_id, _B.lot, api.location.c.warehouse_id, api.warehouse.c.branch_id)
    .join(api.lot, (_L.product_id == _B.product_id) & (_L.code == _B.lot))
    .join(api.location, api.location.c.id == _B.location_id)
    .join(api.warehouse, api.warehouse.c.id == api.location.c.warehouse_id)
    .where(
        ~api.warehouse.c.transit,
        _L.expires_on < bindparam("today", type_=_L.expires_on.type),
        ~_L.sold_expired,
        _B.on_hand > _B.held,
    )
    .order_by(_B.product_id, _B.location_id, _B.lot)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackProduct(Command):
    """Says how a product is tracked: by lot, by serial number, or not at all. Only while none of it is in stock, since
    nobody could tell the pieces apart that lie there already."""

    product_id: Annotated[str, Ref("product")]
    tracking: Annotated[str, Choice(rules.TRACKING, "inventory.tracking")]


def track_product(unit: Unit, command: TrackProduct) -> Mapping[str, Any]:
    product = catalog.products(unit, [command.product_id]).get(command.product_id)
    faults = product_faults(product, ZERO, "")
    if faults:
        raise Invalid(*faults)
    rows = api.lock_stock(unit, [command.product_id])
    there = sum((abs(row.on_hand) for row in rows), ZERO)
    if there:
        raise Refusal("inventory.track_product.in_stock", field="tracking", quantity=there)
    row = unit.one(CARE, product_id=command.product_id)
    if row is None:
        unit.add(StockCare, product_id=command.product_id, tracking=command.tracking, count_class="C")
    else:
        unit.revise(StockCare, row, tracking=command.tracking)
    return {"id": command.product_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseLot(Command):
    """Corrects the day on which a lot expires."""

    lot_id: Annotated[str, Ref("lot")]
    expires_on: Annotated[dt.date, Day()] | None = None
    version: Annotated[int, Version()] | None = None


def revise_lot(unit: Unit, command: ReviseLot) -> Mapping[str, Any]:
    row = unit.get(Lot, command.lot_id, field="lot_id")
    unit.fresh(row, command.version, "lot")
    unit.revise(Lot, row, expires_on=command.expires_on)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowExpired(Command):
    """Lets an expired lot be sold all the same, with the reason; who allowed it stays on record."""

    lot_id: Annotated[str, Ref("lot")]
    reason: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def allow_expired(unit: Unit, command: AllowExpired) -> Mapping[str, Any]:
    row = unit.get(Lot, command.lot_id, field="lot_id")
    unit.fresh(row, command.version, "lot")
    if row.expires_on is None or row.expires_on >= unit.today:
        raise Refusal("inventory.allow_expired.not_expired", field="lot_id", lot=row.code)
    unit.revise(Lot, row, sold_expired=True, reason=command.reason)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbidExpired(Command):
    """Takes back that an expired lot may be sold."""

    lot_id: Annotated[str, Ref("lot")]
    version: Annotated[int, Version()] | None = None


def forbid_expired(unit: Unit, command: ForbidExpired) -> Mapping[str, Any]:
    row = unit.get(Lot, command.lot_id, field="lot_id")
    unit.fresh(row, command.version, "lot")
    unit.revise(Lot, row, sold_expired=False, reason="")
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldExpired(Command):
    """Holds back whatever has expired in the warehouses of your branches, so that nobody is promised it. Orders that
    were to get it lose their reservation and open a failure."""


def hold_expired(unit: Unit, command: HoldExpired) -> Mapping[str, Any]:
    return hold_places(unit, unit.all(EXPIRED, today=unit.today), "inventory.expired_reason")


def hold_places(unit: Unit, places: Sequence[Any], reason: str) -> dict[str, int]:
    """Holds back whatever lies unheld at places of the actor's branches; gives how many places, and how many lines lost
    their reservation."""
    rows = [r for r in places if unit.actor.all_branches or r.branch_id in unit.actor.branch_ids]
    if not rows:
        return {"held": 0, "broken": 0}
    stock = api.Stock(unit, [row.product_id for row in rows])
    changes = [
        api.Change(
            product_id=row.product_id,
            warehouse_id=row.warehouse_id,
            location_id=row.location_id,
            lot=row.lot,
            held=free,
        )
        for row in rows
        if (free := _unheld(stock, (row.product_id, row.location_id, row.lot))) > 0
    ]
    if not changes:
        return {"held": 0, "broken": 0}
    keys = [unit.new_id() for _ in changes]
    document = (api.HOLD_TABLE, keys[0])
    broken = api.make_room(unit, stock, changes, api.HOLD, document)
    unit.append(StockHold, [api.hold_row(key, change, reason) for key, change in zip(keys, changes, strict=True)])
    api.report_broken(unit, broken, document)
    return {"held": len(changes), "broken": len(broken)}


def _unheld(stock: api.Stock, place: api.Place) -> Decimal:
    return stock.in_bin(place) - stock.held_at(place)
