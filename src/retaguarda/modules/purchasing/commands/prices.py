"""Suppliers' prices with their days, and the points below which a product is bought again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import takewhile
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.journal import updates_of
from retaguarda.kernel.kinds import Day, Price, Quantity, Ref, Text, Version, Whole
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.kernel.validity import ONE_DAY, Validity, fit_in, rewrites_past
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.imports import api as imports
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api
from retaguarda.modules.purchasing.model import ReorderPoint, SupplierPrice

_V, _N = api.supplier_price.c, api.reorder_point.c
PRICES_OF = Statement(
    select(api.supplier_price).where(
        _V.supplier_id == bindparam("supplier_id", type_=Key()),
        _V.product_id == bindparam("product_id", type_=Key()),
        _V.least_quantity == bindparam("least_quantity", type_=_V.least_quantity.type),
    )
)
POINT_OF = Statement(
    select(api.reorder_point).where(
        _N.product_id == bindparam("product_id", type_=Key()),
        _N.warehouse_id == bindparam("warehouse_id", type_=Key()),
    )
)


def stock_product(unit: Unit, product_id: str, field: str = "product_id") -> catalog.ProductFacts:
    """The product, if it can be bought for stock: known, kept, not archived."""
    product = catalog.products(unit, [product_id]).get(product_id)
    fault = product_fault(product, field)
    if fault is not None or product is None:
        raise Invalid(fault or Fault(field, "purchasing.unknown_product"))
    return product


def product_fault(product: catalog.ProductFacts | None, field: str) -> Fault | None:
    """Why a product cannot be bought for stock."""
    if product is None:
        return Fault(field, "purchasing.unknown_product")
    if not product.kept:
        return Fault(field, "purchasing.not_kept", {"name": product.name})
    return Fault(field, "purchasing.product_archived", {"name": product.name}) if product.archived else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSupplierPrice(Command):
    """Writes down what a supplier asks for a product from a day on (today, unless said otherwise): for at least so
    many, in packs of so many, delivered after so many working days. Orders keep the price they were made with."""

    supplier_id: Annotated[str, Ref("party")]
    product_id: Annotated[str, Ref("product")]
    unit_price: Annotated[Decimal, Price()]
    supplier_code: Annotated[str, Text(40)] = ""
    least_quantity: Annotated[Decimal, Quantity()] = Decimal(1)
    pack_quantity: Annotated[Decimal, Quantity()] = Decimal(1)
    lead_days: Annotated[int, Whole(0, 365)] = 5
    valid_from: Annotated[dt.date, Day()] | None = None


def set_supplier_price(unit: Unit, command: SetSupplierPrice) -> Mapping[str, Any]:
    party.may_supply(unit, command.supplier_id)
    product = stock_product(unit, command.product_id)
    fields = (("least_quantity", command.least_quantity), ("pack_quantity", command.pack_quantity))
    faults = [fault for name, value in fields if (fault := catalog.quantity_fault(product, value, name)) is not None]
    if faults:
        raise Invalid(*faults)
    since = command.valid_from or unit.today
    kept = {"supplier_id": command.supplier_id, "product_id": product.id, "least_quantity": command.least_quantity}
    rows = {row.id: row for row in unit.all(PRICES_OF, **kept)}
    valid = [Validity(row.id, row.valid_from, row.valid_to) for row in rows.values()]
    if rewrites_past(valid, since, unit.today):
        raise Refusal("purchasing.set_supplier_price.past_day", field="valid_from", day=since, today=unit.today)
    fit = fit_in(valid, since)
    unit.revise_all(SupplierPrice, [(rows[key], {"valid_to": day}) for key, day in fit.ends])
    price_id = unit.add(
        SupplierPrice,
        **kept,
        supplier_code=command.supplier_code,
        unit_price=command.unit_price,
        pack_quantity=command.pack_quantity,
        lead_days=command.lead_days,
        valid_from=since,
        valid_to=fit.to,
    )
    return {"id": price_id, "version": 1}


def _beside(unit: Unit, row: SupplierPrice) -> list[Any]:
    """All prices of the supplier for so many of the product."""
    kept = {"supplier_id": row.supplier_id, "product_id": row.product_id, "least_quantity": row.least_quantity}
    return unit.all(PRICES_OF, **kept)


def take_prices_back(unit: Unit, batch_id: str, brings: str) -> None:
    """What a batch has said of prices holds no longer; what it replaced does again."""
    imports.take_back_dated(unit, SupplierPrice, batch_id, brings, partial(_beside, unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSupplierPrice(Command):
    """Says that a supplier's price holds no longer than a day (yesterday, unless said otherwise)."""

    price_id: Annotated[str, Ref("supplier_price")]
    valid_to: Annotated[dt.date, Day()] | None = None
    version: Annotated[int, Version()] | None = None


def end_supplier_price(unit: Unit, command: EndSupplierPrice) -> Mapping[str, Any]:
    row = unit.get(SupplierPrice, command.price_id, field="price_id")
    unit.fresh(row, command.version, "supplier_price")
    last = command.valid_to or unit.today - ONE_DAY
    if row.valid_to is not None and row.valid_to <= last:
        raise Refusal("purchasing.end_supplier_price.ended", day=row.valid_to)
    if last < unit.today - ONE_DAY:
        raise Invalid(Fault("valid_to", "purchasing.day_passed", {"day": last, "today": unit.today}))
    unit.revise(SupplierPrice, row, valid_to=last)
    return {"id": row.id, "version": row.version + 1}


SAID = ("minimum_quantity", "maximum_quantity", "supplier_id", "lead_days", "active")
"""What a reorder point says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReorderPoint(Command):
    """Says when a product is bought again for a warehouse: once less than the minimum is there or on its way, up to
    the maximum. Without a supplier the best price decides."""

    product_id: Annotated[str, Ref("product")]
    minimum_quantity: Annotated[Decimal, Quantity()]
    maximum_quantity: Annotated[Decimal, Quantity()]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    supplier_id: Annotated[str, Ref("party")] | None = None
    lead_days: Annotated[int, Whole(0, 365)] | None = None
    version: Annotated[int, Version()] | None = None


def set_reorder_point(unit: Unit, command: SetReorderPoint) -> Mapping[str, Any]:
    warehouse = api.warehouse_for(unit, command.warehouse_id)
    product = stock_product(unit, command.product_id)
    fields = (("minimum_quantity", command.minimum_quantity), ("maximum_quantity", command.maximum_quantity))
    faults = [fault for name, value in fields if (fault := catalog.quantity_fault(product, value, name)) is not None]
    if command.maximum_quantity < command.minimum_quantity:
        faults.append(
            Fault("maximum_quantity", "purchasing.maximum_below_minimum", {"minimum": command.minimum_quantity})
        )
    if faults:
        raise Invalid(*faults)
    if command.supplier_id is not None:
        party.may_supply(unit, command.supplier_id)
    new: dict[str, Any] = {
        "minimum_quantity": command.minimum_quantity,
        "maximum_quantity": command.maximum_quantity,
        "supplier_id": command.supplier_id,
        "lead_days": command.lead_days,
        "active": True,
    }
    row = unit.one(POINT_OF, product_id=product.id, warehouse_id=warehouse.id)
    if row is None:
        return {"id": unit.add(ReorderPoint, product_id=product.id, warehouse_id=warehouse.id, **new), "version": 1}
    unit.fresh(row, command.version, "reorder_point")
    unit.revise(ReorderPoint, row, **new)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveReorderPoint(Command):
    """Says that a product is no longer bought again by itself for a warehouse."""

    point_id: Annotated[str, Ref("reorder_point")]
    version: Annotated[int, Version()] | None = None


def remove_reorder_point(unit: Unit, command: RemoveReorderPoint) -> Mapping[str, Any]:
    row = unit.get(ReorderPoint, command.point_id, field="point_id")
    api.warehouse_for(unit, row.warehouse_id)
    unit.fresh(row, command.version, "reorder_point")
    if not row.active:
        raise Refusal("purchasing.remove_reorder_point.removed")
    unit.revise(ReorderPoint, row, active=False)
    return {"id": row.id, "version": row.version + 1}


def take_back(unit: Unit, said: Sequence[Mapping[str, Any]]) -> None:
    """What these answers of `set_reorder_point` said holds no longer: a point is as it was before, one that they began
    is kept no more. What a person has said since stands."""
    begun = {answer["id"] for answer in said if answer["version"] == 1}
    changes = []
    for key in dict.fromkeys(answer["id"] for answer in said):
        row, updates = unit.get(ReorderPoint, key), updates_of(unit, ReorderPoint, key)
        undone = list(takewhile(lambda update: imports.is_taken_back(unit, update[0]), updates))
        was = {name: getattr(row, name) for name in SAID}
        for _, before in undone:
            was |= {name: value for name, value in before.items() if name in SAID}
        if len(undone) == len(updates) and key in begun:
            was["active"] = False
        if any(getattr(row, name) != value for name, value in was.items()):
            changes.append((row, was))
    unit.revise_all(ReorderPoint, changes)
