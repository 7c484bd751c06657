"""Volumes, what lies in them, and what of a shipment still has to be packed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, false, func, select, true, type_coerce

from retaguarda.kernel.model import Key, digits
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_S, _L, _V, _VL = api.shipment, api.shipment_line, api.volume, api.volume_line
_O, _SOL, _PR = sales.sales_order, sales.sales_order_line, catalog.product
_packer, _checker = company.person.alias("packer"), company.person.alias("checker")
_other = _V.alias("other_volume")


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """A volume of a shipment. `place` of `count` is what its label says: void volumes are not counted. `checking` says
    whether it waits for a second person (waits), was seen by one (checked), or neither (none). `in_work` says that its
    order is still being packed, `own` that you packed it."""

    id: str
    version: int
    shipment_id: str
    order_id: str
    order_number: int
    branch_id: str
    number: int
    place: int
    count: int
    state: str
    weight_kg: Decimal | None
    length_cm: int | None
    width_cm: int | None
    height_cm: int | None
    quantity: Decimal
    packer_name: str | None
    packed_at: dt.datetime | None
    checker_name: str | None
    checked_at: dt.datetime | None
    checking: str
    in_work: bool
    own: bool
    allowed: tuple[str, ...] = ()


def _may(row: VolumeRow) -> tuple[str, ...]:
    if not row.in_work:
        return ()
    if row.state == rules.OPEN:
        return ("delivery.close_volume", "delivery.take_out")
    checks = row.state == rules.CLOSED and row.checked_at is None and not row.own
    return ("delivery.check_volume",) if checks else ()


_CHECKING = case(
    (_V.c.checked_at.is_not(None), "checked"),
    (and_(_V.c.state == rules.CLOSED, _S.c.state == rules.PICKED), "waits"),
    else_="none",
)
_COUNT = (
    select(func.count())
    .select_from(_other)
    .where(_other.c.shipment_id == _V.c.shipment_id, _other.c.state != rules.VOID)
)


volumes = Query(
    "delivery.volumes",
    VolumeRow,
    select(
        _V.c.id,
        _V.c.version,
        _V.c.shipment_id,
        _S.c.order_id,
        _O.c.number.label("order_number"),
        _S.c.branch_id,
        _V.c.number,
        _COUNT.where(_other.c.number <= _V.c.number).scalar_subquery().label("place"),
        _COUNT.scalar_subquery().label("count"),
        _V.c.state,
        _V.c.weight_kg,
        _V.c.length_cm,
        _V.c.width_cm,
        _V.c.height_cm,
        select(func.coalesce(func.sum(_VL.c.quantity), rules.ZERO))
        .where(_VL.c.volume_id == _V.c.id)
        .scalar_subquery()
        .label("quantity"),
        _packer.c.name.label("packer_name"),
        _V.c.packed_at,
        _checker.c.name.label("checker_name"),
        _V.c.checked_at,
        _CHECKING.label("checking"),
        case((and_(_S.c.state == rules.PICKED, _O.c.state == rules.IN_HAND), true()), else_=false()).label("in_work"),
        case((_V.c.packer_id == bindparam("person_id", type_=Key()), true()), else_=false()).label("own"),
    ).select_from(
        _V.join(_S, _S.c.id == _V.c.shipment_id)
        .join(_O, _O.c.id == _S.c.order_id)
        .outerjoin(_packer, _packer.c.id == _V.c.packer_id)
        .outerjoin(_checker, _checker.c.id == _V.c.checker_id)
    ),
    permission=READ,
    key=_V.c.id,
    order="number",
    branch=_S.c.branch_id,
    allowed=_may,
)


@dataclass(frozen=True, slots=True)
class PackingRow:
    """A line of a shipment: how much was picked, and how much of it lies in volumes."""

    id: str
    shipment_id: str
    order_id: str
    branch_id: str
    position: int
    product_id: str
    code: str
    name: str
    unit_code: str
    picked: Decimal
    packed: Decimal


_PACKED = (
    select(func.coalesce(func.sum(_VL.c.quantity), rules.ZERO))
    .where(_VL.c.shipment_id == _L.c.shipment_id, _VL.c.order_line_id == _L.c.order_line_id)
    .scalar_subquery()
)

packing_lines = Query(
    "delivery.packing_lines",
    PackingRow,
    select(
        _L.c.id,
        _L.c.shipment_id,
        _S.c.order_id,
        _S.c.branch_id,
        _L.c.position,
        _L.c.product_id,
        _PR.c.code,
        _SOL.c.name,
        _SOL.c.unit_code,
        _L.c.quantity.label("picked"),
        _PACKED.label("packed"),
    ).select_from(
        _L.join(_S, _S.c.id == _L.c.shipment_id)
        .join(_O, _O.c.id == _S.c.order_id)
        .join(_SOL, _SOL.c.id == _L.c.order_line_id)
        .join(_PR, _PR.c.id == _L.c.product_id)
    ),
    permission=READ,
    key=_L.c.id,
    order="position",
    branch=_S.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class VolumeContentRow:
    """How much of an order's line lies in a volume; `volume_number` is the volume's own."""

    id: str
    volume_id: str
    volume_number: int
    shipment_id: str
    branch_id: str
    position: int
    product_id: str
    code: str
    name: str
    unit_code: str
    quantity: Decimal


_IN_IT: ColumnElement[Any] = (
    select(func.coalesce(func.sum(_VL.c.quantity), rules.ZERO))
    .where(_VL.c.volume_id == _V.c.id, _VL.c.order_line_id == _L.c.order_line_id)
    .scalar_subquery()
)
_CONTENT_ID: ColumnElement[Any] = digits(_V.c.id) + digits(_L.c.id)

volume_contents = Query(
    "delivery.volume_contents",
    VolumeContentRow,
    select(
        _CONTENT_ID.label("id"),
        _V.c.id.label("volume_id"),
        _V.c.number.label("volume_number"),
        _V.c.shipment_id,
        _S.c.branch_id,
        _L.c.position,
        _L.c.product_id,
        _PR.c.code,
        _SOL.c.name,
        _SOL.c.unit_code,
        _IN_IT.label("quantity"),
    )
    .select_from(
        _V.join(_S, _S.c.id == _V.c.shipment_id)
        .join(_L, _L.c.shipment_id == _V.c.shipment_id)
        .join(_SOL, _SOL.c.id == _L.c.order_line_id)
        .join(_PR, _PR.c.id == _L.c.product_id)
    )
    .where(_IN_IT > rules.ZERO),
    permission=READ,
    key=_CONTENT_ID,
    order="position",
    branch=_S.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class PackingHeadRow:
    """A shipment as its packer sees it: the open volume (none yet: `open_place` is the next), what is closed."""

    id: str
    version: int
    order_id: str
    order_number: int
    branch_id: str
    customer_name: str
    promised_on: dt.date
    state: str
    second_check: bool
    open_volume_id: str | None
    open_volume_version: int | None
    open_place: int
    closed_count: int
    allowed: tuple[str, ...] = ()


_open = _V.alias("open_volume")
_CLOSED_COUNT = (
    select(func.count())
    .select_from(_other)
    .where(_other.c.shipment_id == _S.c.id, _other.c.state == rules.CLOSED)
    .scalar_subquery()
)


def _may_pack(row: PackingHeadRow) -> tuple[str, ...]:
    return ("delivery.scan_pack",) if row.state == rules.PICKED else ()


packings = Query(
    "delivery.packings",
    PackingHeadRow,
    select(
        _S.c.id,
        _S.c.version,
        _S.c.order_id,
        _O.c.number.label("order_number"),
        _S.c.branch_id,
        party.party.c.name.label("customer_name"),
        _O.c.promised_on,
        _S.c.state,
        _S.c.second_check,
        _open.c.id.label("open_volume_id"),
        _open.c.version.label("open_volume_version"),
        type_coerce(_CLOSED_COUNT + 1, Integer).label("open_place"),
        _CLOSED_COUNT.label("closed_count"),
    ).select_from(
        _S.join(_O, _O.c.id == _S.c.order_id)
        .join(party.party, party.party.c.id == _O.c.customer_id)
        .outerjoin(_open, and_(_open.c.shipment_id == _S.c.id, _open.c.state == rules.OPEN))
    ),
    permission=READ,
    key=_S.c.id,
    order="promised_on",
    branch=_S.c.branch_id,
    allowed=_may_pack,
)
