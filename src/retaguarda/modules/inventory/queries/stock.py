"""What there is: stock by product and warehouse, availability by date, places, moves, reservations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Key, Minor, UtcDateTime, digits
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api

READ = "inventory.read"
TODAY = bindparam("today", type_=Date())
ZERO: ColumnElement[Any] = literal_column("0")
_S, _W, _P, _X = api.stock_balance.c, api.warehouse.c, catalog.product.c, api.expected_movement.c


@dataclass(frozen=True, slots=True)
class StockRow:
    """A product in a warehouse: on hand, held back, reserved, free to promise, and what comes next.

    `incoming_quantity` comes on `incoming_on` and is promised to nobody; `incoming_total` is all that is expected.
    `counted_at` is the oldest count of its places: what was counted long ago is doubtful.
    """

    id: str
    product_id: str
    warehouse_id: str
    code: str
    name: str
    unit_code: str
    warehouse_name: str
    on_hand: Decimal
    held: Decimal
    reserved: Decimal
    allowed_negative: Decimal
    free: Decimal
    incoming_quantity: Decimal | None
    incoming_on: dt.date | None
    incoming_total: Decimal | None
    counted_at: dt.datetime | None
    allowed: tuple[str, ...] = ()


def _stock_commands(_row: Any) -> tuple[str, ...]:
    return (
        "inventory.receive_stock",
        "inventory.count_stock",
        "inventory.hold_stock",
        "inventory.write_off_stock",
        "inventory.expect_stock",
        "inventory.authorise_negative",
    )


def _to_come(what: Any, *also: Any) -> Any:
    return (
        select(what)
        .where(
            _X.product_id == _P.id,
            _X.warehouse_id == _W.id,
            _X.quantity > _X.pegged,
            _X.expected_on >= TODAY,
            *also,
        )
        .correlate(catalog.product, api.warehouse)
        .scalar_subquery()
    )


_NEXT = api.expected_movement.alias("next_expected")
_NEXT_ON = (
    select(func.min(_NEXT.c.expected_on))
    .where(
        _NEXT.c.product_id == _P.id,
        _NEXT.c.warehouse_id == _W.id,
        _NEXT.c.quantity > _NEXT.c.pegged,
        _NEXT.c.expected_on >= TODAY,
    )
    .correlate(catalog.product, api.warehouse)
    .scalar_subquery()
)
_QUANTITY = Minor(4)
_OPEN = func.sum(_X.quantity - _X.pegged)
_ID = digits(_P.id) + digits(_W.id)


def _of(column: Any) -> Any:
    return type_coerce(func.coalesce(column, ZERO), _QUANTITY)


_K, _PARTS_STOCK = api.kit_part.c, api.stock_balance.alias("part_stock")
_PS = _PARTS_STOCK.c
_PART_FREE = _PS.on_hand - _PS.held - _PS.reserved + _PS.allowed_negative
# Of a kit: how many whole ones the scarcest part allows; nothing where the product is no kit.
_KITS = (
    select(
        func.min(type_coerce(func.coalesce(_PART_FREE, ZERO), BigInteger) // type_coerce(_K.quantity, BigInteger))
        * literal_column("10000")
    )
    .select_from(
        api.kit_part.outerjoin(_PARTS_STOCK, (_PS.product_id == _K.component_id) & (_PS.warehouse_id == _W.id))
    )
    .where(_K.kit_id == _P.id, _K.active)
    .correlate(catalog.product, api.warehouse)
    .scalar_subquery()
)
# What was counted longest ago of a product's places in a warehouse says how far its stock is to be believed.
_CB, _CL = api.bin_balance.c, api.location.c
_COUNTED = (
    select(func.min(_CB.counted_at))
    .select_from(api.bin_balance.join(api.location, _CL.id == _CB.location_id))
    .where(_CB.product_id == _P.id, _CL.warehouse_id == _W.id, _CB.on_hand != ZERO)
    .correlate(catalog.product, api.warehouse)
    .scalar_subquery()
)
_STOCK = (
    select(
        _ID.label("id"),
        _P.id.label("product_id"),
        _W.id.label("warehouse_id"),
        _P.code,
        _P.name,
        _P.unit_code,
        _W.name.label("warehouse_name"),
        _of(_S.on_hand).label("on_hand"),
        _of(_S.held).label("held"),
        _of(_S.reserved).label("reserved"),
        _of(_S.allowed_negative).label("allowed_negative"),
        type_coerce(
            func.coalesce(_KITS, _S.on_hand - _S.held - _S.reserved + _S.allowed_negative, ZERO), _QUANTITY
        ).label("free"),
        type_coerce(_to_come(_OPEN, _X.expected_on == _NEXT_ON), _QUANTITY).label("incoming_quantity"),
        _NEXT_ON.label("incoming_on"),
        type_coerce(_to_come(_OPEN), _QUANTITY).label("incoming_total"),
        type_coerce(_COUNTED, UtcDateTime()).label("counted_at"),
    )
    .select_from(
        catalog.product.join(api.warehouse, true()).outerjoin(
            api.stock_balance, (_S.product_id == _P.id) & (_S.warehouse_id == _W.id)
        )
    )
    .where(_P.kind == catalog.STOCK, ~_W.archived, ~_W.transit)
)

stock = Query(
    "inventory.stock",
    StockRow,
    # A warehouse that never had a product lists it only where the branch sells it from.
    _STOCK.where(or_(_W.main, _S.product_id.is_not(None)), ~_P.archived),
    permission=READ,
    key=_ID,
    order="name",
    search=_P.folded,
    branch=_W.branch_id,
    allowed=_stock_commands,
)


@dataclass(frozen=True, slots=True)
class AvailabilityRow:
    """What an order line is answered: the stock of a product in a warehouse, and when it was so."""

    id: str
    product_id: str
    warehouse_id: str
    code: str
    name: str
    unit_code: str
    warehouse_name: str
    on_hand: Decimal
    held: Decimal
    reserved: Decimal
    allowed_negative: Decimal
    free: Decimal
    incoming_quantity: Decimal | None
    incoming_on: dt.date | None
    incoming_total: Decimal | None
    counted_at: dt.datetime | None
    nearness: int
    at: dt.datetime


_MY_BRANCH = (
    select(company.person.c.branch_id)
    .where(company.person.c.id == bindparam("person_id", type_=Key()))
    .scalar_subquery()
)
availability = Query(
    "inventory.availability",
    AvailabilityRow,
    _STOCK.add_columns(
        case(((_W.branch_id == _MY_BRANCH) & _W.main, 2), (_W.branch_id == _MY_BRANCH, 1), else_=0).label("nearness"),
        bindparam("now", type_=UtcDateTime()).label("at"),
    ),
    permission=READ,
    key=_ID,
    # Who asks for no warehouse takes the last row of a product: the one that their own branch sells from.
    order="nearness",
    branch=_W.branch_id,
)


@dataclass(frozen=True, slots=True)
class WarehouseRow:
    """A warehouse of a branch."""

    id: str
    version: int
    code: str
    name: str
    branch_id: str
    branch_name: str
    main: bool
    archived: bool
    locations: int
    allowed: tuple[str, ...] = ()


def _warehouse_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.revise_warehouse", "inventory.add_location")


_L = api.location.c
_WAREHOUSES = (
    select(
        _W.id,
        _W.version,
        _W.code,
        _W.name,
        _W.branch_id,
        company.branch.c.name.label("branch_name"),
        _W.main,
        _W.archived,
        select(func.count())
        .where(_L.warehouse_id == _W.id)
        .correlate(api.warehouse)
        .scalar_subquery()
        .label("locations"),
    )
    .join(company.branch, company.branch.c.id == _W.branch_id)
    .where(~_W.transit)
)
warehouses = Query(
    "inventory.warehouses",
    WarehouseRow,
    _WAREHOUSES,
    permission=READ,
    key=_W.id,
    order="code",
    search=func.lower(_W.code + literal_column("' '") + _W.name),
    branch=_W.branch_id,
    allowed=_warehouse_commands,
)


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A place as a field offers it."""

    id: str
    name: str
    sub: str
    warehouse_id: str


warehouse_choices = Query(
    "inventory.warehouse_choices",
    ChoiceRow,
    select(_W.id, _W.name, company.branch.c.name.label("sub"), _W.id.label("warehouse_id"))
    .join(company.branch, company.branch.c.id == _W.branch_id)
    .where(~_W.archived, ~_W.transit),
    permission=READ,
    key=_W.id,
    order="name",
    search=func.lower(_W.code + literal_column("' '") + _W.name),
    branch=_W.branch_id,
)
location_choices = Query(
    "inventory.location_choices",
    ChoiceRow,
    select(_L.id, _L.code.label("name"), (_W.name + literal_column("' · '") + _L.name).label("sub"), _L.warehouse_id)
    .join(api.warehouse, _W.id == _L.warehouse_id)
    .where(~_L.archived, ~_W.archived, ~_W.transit),
    permission=READ,
    key=_L.id,
    order="name",
    search=func.lower(_L.code + literal_column("' '") + _L.name),
    branch=_W.branch_id,
)


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location with its place on the route; `place` is its code with that of its warehouse before it: `1/A-2`."""

    id: str
    version: int
    warehouse_id: str
    warehouse_name: str
    code: str
    name: str
    place: str
    route: int
    archived: bool
    allowed: tuple[str, ...] = ()


def _location_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.revise_location",)


_PLACE = (_W.code + word("/") + _L.code).label("place")
_AT = (_L.id, _L.version, _L.warehouse_id, _W.name.label("warehouse_name"), _L.code, _L.name, _PLACE)
locations = Query(
    "inventory.locations",
    LocationRow,
    select(*_AT, _L.route, _L.archived).join(api.warehouse, _W.id == _L.warehouse_id),
    permission=READ,
    key=_L.id,
    order="route",
    branch=_W.branch_id,
    allowed=_location_commands,
)


@dataclass(frozen=True, slots=True)
class BinRow:
    """What lies of a product (and lot) at a location."""

    id: str
    product_id: str
    code: str
    name: str
    warehouse_id: str
    warehouse_name: str
    location_id: str
    location_code: str
    lot: str
    on_hand: Decimal
    held: Decimal
    picked: Decimal
    allowed_negative: Decimal
    counted_at: dt.datetime | None


_B = api.bin_balance.c
_BIN_ID = digits(_B.product_id) + digits(_B.location_id) + _B.lot
bins = Query(
    "inventory.bins",
    BinRow,
    select(
        _BIN_ID.label("id"),
        _B.product_id,
        _P.code,
        _P.name,
        _L.warehouse_id,
        _W.name.label("warehouse_name"),
        _B.location_id,
        _L.code.label("location_code"),
        _B.lot,
        _B.on_hand,
        _B.held,
        _B.picked,
        _B.allowed_negative,
        _B.counted_at,
    )
    .join(catalog.product, _P.id == _B.product_id)
    .join(api.location, _L.id == _B.location_id)
    .join(api.warehouse, _W.id == _L.warehouse_id),
    permission=READ,
    key=_BIN_ID,
    order="location_code",
    search=_P.folded,
    branch=_W.branch_id,
)
