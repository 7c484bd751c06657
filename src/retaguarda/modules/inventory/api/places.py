"""Warehouses and locations: which one a branch sells from, where goods go unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.text import Texts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.tables import location, warehouse
from retaguarda.modules.inventory.model import Location, Warehouse

FIRST_LOCATION = "01"


@dataclass(frozen=True, slots=True)
class WarehouseFacts:
    """A warehouse and its first location on the route, where goods go unless said otherwise."""

    id: str
    branch_id: str
    code: str
    name: str
    archived: bool
    location_id: str


_COLUMNS = (
    warehouse.c.id,
    warehouse.c.branch_id,
    warehouse.c.code,
    warehouse.c.name,
    warehouse.c.archived,
    location.c.id.label("location_id"),
)
_WITH_FIRST_LOCATION = (
    select(*_COLUMNS)
    .join(location, location.c.warehouse_id == warehouse.c.id)
    .where(~location.c.archived)
    .order_by(warehouse.c.id, location.c.route, location.c.code)
)
_MAIN = Statement(
    _WITH_FIRST_LOCATION.where(warehouse.c.branch_id == bindparam("branch_id", type_=Key()), warehouse.c.main)
)
_ONE = Statement(_WITH_FIRST_LOCATION.where(warehouse.c.id == bindparam("id", type_=Key()), ~warehouse.c.transit))
_ALL = Statement(_WITH_FIRST_LOCATION.where(~warehouse.c.archived, ~warehouse.c.transit))
_TRANSIT = Statement(
    _WITH_FIRST_LOCATION.where(warehouse.c.branch_id == bindparam("branch_id", type_=Key()), warehouse.c.transit)
)
_CODES = Statement(select(warehouse.c.code))
_LOCATIONS = ForKeys(lambda keys: select(location).where(location.c.id.in_(keys)))


def _facts(row: Any) -> WarehouseFacts:
    return WarehouseFacts(row.id, row.branch_id, row.code, row.name, bool(row.archived), row.location_id)


def warehouse_of(reads: Reads, branch_id: str) -> WarehouseFacts:
    """The main warehouse of a branch; every branch has one."""
    row = reads.one(_MAIN, branch_id=branch_id)
    assert row is not None, "a branch has a main warehouse"
    return _facts(row)


def warehouses(reads: Reads) -> tuple[WarehouseFacts, ...]:
    """Every warehouse in use."""
    found: dict[str, WarehouseFacts] = {}
    for row in reads.all(_ALL):
        found.setdefault(row.id, _facts(row))
    return tuple(found.values())


def place_of(reads: Reads, warehouse_id: str, field: str = "warehouse_id") -> WarehouseFacts:
    """The warehouse with this key; refuses, naming `field`, one that is not there or is archived."""
    row = reads.one(_ONE, id=warehouse_id)
    if row is None:
        raise Invalid(Fault(field, "inventory.unknown_warehouse"))
    if row.archived:
        raise Invalid(Fault(field, "inventory.archived_warehouse", {"name": row.name}))
    return _facts(row)


def location_of(reads: Reads, ids: Sequence[str]) -> dict[str, Any]:
    """The locations with these keys, by key; unknown ones are left out."""
    if not ids:
        return {}
    statement, values = _LOCATIONS.of(tuple(dict.fromkeys(ids)))
    return {row.id: row for row in reads.all(statement, **values)}


def transit_of(unit: Unit, branch_id: str, language: str) -> WarehouseFacts:
    """Where a branch's goods lie while they are on their way; made when it first sends some."""
    row = unit.one(_TRANSIT, branch_id=branch_id)
    if row is None:
        texts = Texts(language)
        taken = {row.code for row in unit.all(_CODES)}
        code = next(c for n in count(1) if (c := f"T-{n}") not in taken)
        name = texts.say("inventory.transit_warehouse")
        warehouse_id = unit.add(Warehouse, branch_id=branch_id, code=code, name=name, transit=True)
        unit.add(Location, warehouse_id=warehouse_id, code=FIRST_LOCATION, name=name, route=1)
        row = unit.one(_TRANSIT, branch_id=branch_id)
    assert row is not None, "it was made above"
    return _facts(row)


def seed_warehouse(unit: Unit, branch_id: str, code: str, language: str) -> str:
    """Gives a new branch its main warehouse with one location, named in the company's language."""
    texts = Texts(language)
    taken = {row.code for row in unit.all(_CODES)}
    free_code = code if code not in taken else next(c for n in count(2) if (c := f"{code[:6]}-{n}") not in taken)
    warehouse_id = unit.add(
        Warehouse, branch_id=branch_id, code=free_code, name=texts.say("inventory.main_warehouse"), main=True
    )
    unit.add(
        Location, warehouse_id=warehouse_id, code=FIRST_LOCATION, name=texts.say("inventory.first_location"), route=1
    )
    return warehouse_id
