"""Pick lists with their stops, in the order in which the picker comes by them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select, type_coerce

from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_K, _T, _E = api.pick_list, api.pick_task, api.pick_entry
_O, _SOL, _P = sales.sales_order, sales.sales_order_line, party.party
_LOC, _PR = inventory.location, catalog.product
_picker = company.person.alias("list_picker")
_other = _T.alias("stop_here")
LATER = 100_000
"""What a skip adds to the turn of a stop: those that were left for later come behind all others."""


def _done(*kinds: str) -> ColumnElement[Any]:
    return (
        select(func.coalesce(func.sum(_E.c.quantity), rules.ZERO))
        .where(_E.c.task_id == _T.c.id, _E.c.kind.in_(kinds))
        .scalar_subquery()
    )


_LEFT = type_coerce(_T.c.quantity - _done(rules.PICK, rules.SHORT), _T.c.quantity.type)
_STOPS = select(func.count()).select_from(_T).where(_T.c.pick_list_id == _K.c.id)


@dataclass(frozen=True, slots=True)
class PickListRow:
    """A pick list: whose order, who picks, how many of its stops are done."""

    id: str
    version: int
    number: int
    order_id: str
    order_number: int
    branch_id: str
    customer_name: str
    promised_on: dt.date
    picker_name: str | None
    state: str
    stop_count: int
    done_count: int
    began_at: dt.datetime
    ended_at: dt.datetime | None
    allowed: tuple[str, ...] = ()


def _may(row: PickListRow) -> tuple[str, ...]:
    return ("delivery.scan_pick", "delivery.drop_picking") if row.state == rules.OPEN else ()


pick_lists = Query(
    "delivery.pick_lists",
    PickListRow,
    select(
        _K.c.id,
        _K.c.version,
        _K.c.number,
        _K.c.order_id,
        _O.c.number.label("order_number"),
        _K.c.branch_id,
        _P.c.name.label("customer_name"),
        _O.c.promised_on,
        _picker.c.name.label("picker_name"),
        _K.c.state,
        _STOPS.scalar_subquery().label("stop_count"),
        _STOPS.where(_LEFT <= rules.ZERO).scalar_subquery().label("done_count"),
        _K.c.began_at,
        _K.c.ended_at,
    ).select_from(
        _K.join(_O, _O.c.id == _K.c.order_id)
        .join(_P, _P.c.id == _O.c.customer_id)
        .outerjoin(_picker, _picker.c.id == _K.c.picker_id)
    ),
    permission=READ,
    key=_K.c.id,
    order="-began_at",
    search=_O.c.folded,
    branch=_K.c.branch_id,
    allowed=_may,
)


@dataclass(frozen=True, slots=True)
class PickStopRow:
    """A stop of a pick list. `turn` is its place on the way, those that were skipped behind; `place_known` says that
    the picker has been at this place or need not say so."""

    id: str
    pick_list_id: str
    order_id: str
    branch_id: str
    turn: int
    position: int
    location_id: str
    location_code: str
    location_name: str
    product_id: str
    code: str
    name: str
    unit_code: str
    lot: str
    quantity: Decimal
    picked: Decimal
    short: Decimal
    left: Decimal
    place_known: bool
    allowed: tuple[str, ...] = ()


def _stop_may(row: PickStopRow) -> tuple[str, ...]:
    return (
        ("delivery.type_pick", "delivery.short_pick", "delivery.skip_pick", "delivery.drop_picking")
        if row.left > 0
        else ()
    )


_SKIPS = select(func.count()).select_from(_E).where(_E.c.task_id == _T.c.id, _E.c.kind == rules.SKIP).scalar_subquery()
_PLACES = (
    select(func.count(_other.c.location_id.distinct()))
    .where(_other.c.pick_list_id == _T.c.pick_list_id)
    .scalar_subquery()
)
_BEEN_THERE = (
    select(_E.c.id)
    .join(_other, _other.c.id == _E.c.task_id)
    .where(
        and_(
            _other.c.pick_list_id == _T.c.pick_list_id,
            _other.c.location_id == _T.c.location_id,
            _E.c.kind.in_((rules.PLACE, rules.PICK)),
        )
    )
    .exists()
)
_ONE: ColumnElement[Any] = literal_column("1")

pick_stops = Query(
    "delivery.pick_stops",
    PickStopRow,
    select(
        _T.c.id,
        _T.c.pick_list_id,
        _K.c.order_id,
        _K.c.branch_id,
        (_T.c.position + _SKIPS * LATER).label("turn"),
        _T.c.position,
        _T.c.location_id,
        _LOC.c.code.label("location_code"),
        _LOC.c.name.label("location_name"),
        _T.c.product_id,
        _PR.c.code,
        _SOL.c.name,
        _SOL.c.unit_code,
        _T.c.lot,
        _T.c.quantity,
        _done(rules.PICK).label("picked"),
        _done(rules.SHORT).label("short"),
        _LEFT.label("left"),
        case((_PLACES == _ONE, True), else_=_BEEN_THERE).label("place_known"),
    ).select_from(
        _T.join(_K, _K.c.id == _T.c.pick_list_id)
        .join(_O, _O.c.id == _K.c.order_id)
        .join(_LOC, _LOC.c.id == _T.c.location_id)
        .join(_SOL, _SOL.c.id == _T.c.order_line_id)
        .join(_PR, _PR.c.id == _T.c.product_id)
    ),
    permission=READ,
    key=_T.c.id,
    order="turn",
    branch=_K.c.branch_id,
    allowed=_stop_may,
)
