"""Warehouses and locations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import String, bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Ref, Text, Version, Whole
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.model import Location, Warehouse

BY_CODE = Statement(select(api.warehouse.c.id).where(api.warehouse.c.code == bindparam("code", type_=String())))
IN_WAREHOUSE = Statement(
    select(api.location.c.code, api.location.c.route).where(
        api.location.c.warehouse_id == bindparam("warehouse_id", type_=api.warehouse.c.id.type)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWarehouse(Command):
    """Adds a warehouse to a branch, with its first location. The branch goes on selling from its main one."""

    code: Annotated[str, Text(10)]
    name: Annotated[str, Text(80)]
    branch_id: Annotated[str, Ref("branch")] | None = None
    first_location: Annotated[str, Text(20)] = "01"


def add_warehouse(unit: Unit, command: AddWarehouse) -> Mapping[str, Any]:
    branch_id = command.branch_id or unit.actor.branch_id or str(company.first_branch(unit).id)
    company.reachable_branch(unit, branch_id)
    if unit.one(BY_CODE, code=command.code) is not None:
        raise Invalid(Fault("code", "inventory.warehouse_code_taken", {"code": command.code}))
    warehouse_id = unit.add(Warehouse, branch_id=branch_id, code=command.code, name=command.name)
    unit.add(Location, warehouse_id=warehouse_id, code=command.first_location or "01", name="", route=1)
    return {"id": warehouse_id, "version": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseWarehouse(Command):
    """Changes what a warehouse is called."""

    warehouse_id: Annotated[str, Ref("warehouse")]
    name: Annotated[str, Text(80)]
    version: Annotated[int, Version()] | None = None


def revise_warehouse(unit: Unit, command: ReviseWarehouse) -> Mapping[str, Any]:
    row = unit.get(Warehouse, command.warehouse_id, field="warehouse_id")
    company.reachable_branch(unit, row.branch_id, field="warehouse_id")
    unit.fresh(row, command.version, "warehouse")
    unit.revise(Warehouse, row, name=command.name)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLocation(Command):
    """Adds a place in a warehouse. The route number is its place on the picker's way; without one it comes last."""

    warehouse_id: Annotated[str, Ref("warehouse")]
    code: Annotated[str, Text(20)]
    name: Annotated[str, Text(80)] = ""
    route: Annotated[int, Whole(least=1, most=1_000_000)] | None = None


def add_location(unit: Unit, command: AddLocation) -> Mapping[str, Any]:
    warehouse = api.place_of(unit, command.warehouse_id)
    company.reachable_branch(unit, warehouse.branch_id, field="warehouse_id")
    there = unit.all(IN_WAREHOUSE, warehouse_id=warehouse.id)
    if any(row.code == command.code for row in there):
        raise Invalid(Fault("code", "inventory.location_code_taken", {"code": command.code}))
    route = command.route or max((row.route for row in there), default=0) + 1
    location_id = unit.add(Location, warehouse_id=warehouse.id, code=command.code, name=command.name, route=route)
    return {"id": location_id, "version": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseLocation(Command):
    """Changes a location's name and its place on the picker's way."""

    location_id: Annotated[str, Ref("location")]
    route: Annotated[int, Whole(least=1, most=1_000_000)]
    name: Annotated[str, Text(80)] = ""
    version: Annotated[int, Version()] | None = None


def revise_location(unit: Unit, command: ReviseLocation) -> Mapping[str, Any]:
    row = unit.get(Location, command.location_id, field="location_id")
    company.reachable_branch(unit, api.place_of(unit, row.warehouse_id).branch_id, field="location_id")
    unit.fresh(row, command.version, "location")
    unit.revise(Location, row, name=command.name, route=command.route)
    return {"id": row.id, "version": row.version + 1}
