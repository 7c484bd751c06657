"""Packing a picked order into volumes: by scan, or all of it at once; the second check; when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Number, Quantity, Ref, Text, Version, Whole
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.commands.parts import load, load_shipment, step
from retaguarda.modules.delivery.commands.shipments import closed_by, end_packing, volume_row
from retaguarda.modules.delivery.model import Volume, VolumeLine
from retaguarda.modules.delivery.rules import ToPack
from retaguarda.modules.sales import api as sales

MOST_KG = Decimal(5000)
_L, _V, _VL, _SOL = api.shipment_line.c, api.volume.c, api.volume_line.c, sales.sales_order_line.c
_SHIPMENT_ID = bindparam("shipment_id", type_=Key())
_PACKED = (
    select(func.sum(_VL.quantity))
    .where(_VL.shipment_id == _L.shipment_id, _VL.order_line_id == _L.order_line_id)
    .scalar_subquery()
)
LINES = Statement(
    select(_L.order_line_id, _L.product_id, _SOL.name, _L.quantity.label("picked"), _PACKED.label("packed"))
    .join(sales.sales_order_line, _SOL.id == _L.order_line_id)
    .where(_L.shipment_id == _SHIPMENT_ID)
    .order_by(_L.position)
)
VOLUMES = Statement(select(api.volume).where(_V.shipment_id == _SHIPMENT_ID).order_by(_V.number))
CONTENT = Statement(
    select(_VL.order_line_id, _VL.product_id, func.sum(_VL.quantity).label("quantity"))
    .where(_VL.volume_id == bindparam("volume_id", type_=Key()))
    .group_by(_VL.order_line_id, _VL.product_id)
    .having(func.sum(_VL.quantity) > rules.ZERO)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures(Command):
    """What a volume weighs and measures."""

    weight_kg: Annotated[Decimal, Number(scale=3, above=Decimal(0), most=MOST_KG)] | None = None
    length_cm: Annotated[int, Whole(1, 2000)] | None = None
    width_cm: Annotated[int, Whole(1, 2000)] | None = None
    height_cm: Annotated[int, Whole(1, 2000)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOrder(Measures):
    """Packs what is left of a picked order into one volume and ends its packing. Where another person has to check
    the volumes it ends with their last check."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPack(Command):
    """Puts what was scanned into the open volume of a picked order, or into a new one. What was not picked for it, or
    less of it, is refused with what is expected."""

    shipment_id: Annotated[str, Ref("shipment")]
    code: Annotated[str, Text(60)]
    quantity: Annotated[Decimal, Quantity()] = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOut(Command):
    """Takes goods out of an open volume again, by their code: as many as said, or all of that product."""

    volume_id: Annotated[str, Ref("volume")]
    code: Annotated[str, Text(60)]
    quantity: Annotated[Decimal, Quantity()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseVolume(Measures):
    """Closes a volume with its weight and measures. When nothing is left to pack and nothing to check, the order goes
    on to shipping. One in which nothing lies is void."""

    volume_id: Annotated[str, Ref("volume")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckVolume(Command):
    """Says that another person than the packer has checked a closed volume. With the last check the order goes on to
    shipping."""

    volume_id: Annotated[str, Ref("volume")]
    version: Annotated[int, Version()] | None = None


def pack_order(unit: Unit, command: PackOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    step(order, shipment, "pack")
    left = [line for line in to_pack(unit, shipment.id) if line.left > 0]
    volumes = unit.all(VOLUMES, shipment_id=shipment.id)
    begun = next((v for v in volumes if v.state == rules.OPEN), None)
    waits = _waiting(shipment, [v for v in volumes if v is not begun])
    volume_id = begun.id if begun is not None else unit.new_id()
    unit.append(
        VolumeLine,
        [volume_row(shipment.id, volume_id, line.order_line_id, line.product_id, line.left) for line in left],
    )
    filled = bool(left)
    if begun is not None:
        filled = _close(unit, begun, command)
    elif left:
        closed = {**closed_by(unit), **_measures(command)}
        unit.add(Volume, id=volume_id, shipment_id=shipment.id, number=len(volumes) + 1, **closed)
    return _gone_on(unit, order, shipment, done=not waits and not (filled and shipment.second_check))


def scan_pack(unit: Unit, command: ScanPack) -> Mapping[str, Any]:
    order, shipment = load_shipment(unit, command.shipment_id)
    step(order, shipment, "pack")
    lines = to_pack(unit, shipment.id)
    product_id = catalog.product_by_code(unit, command.code)
    taken, over = rules.into_volume(lines, product_id or "", command.quantity)
    if over:
        raise _not_expected(lines, product_id, command)
    volumes = unit.all(VOLUMES, shipment_id=shipment.id)
    begun = next((v for v in volumes if v.state == rules.OPEN), None)
    volume_id = begun.id if begun is not None else unit.new_id()
    if begun is None:
        unit.add(Volume, id=volume_id, shipment_id=shipment.id, number=len(volumes) + 1, state=rules.OPEN)
    unit.append(
        VolumeLine, [volume_row(shipment.id, volume_id, t.order_line_id, t.product_id, t.packed) for t in taken]
    )
    left = sum((line.left for line in lines), rules.ZERO) - command.quantity
    return {"id": shipment.id, "version": shipment.version, "volume_id": volume_id, "left": left}


def take_out(unit: Unit, command: TakeOut) -> Mapping[str, Any]:
    volume, order, shipment = _open_volume(unit, command.volume_id, None)
    product_id = catalog.product_by_code(unit, command.code)
    there = [row for row in unit.all(CONTENT, volume_id=volume.id) if row.product_id == product_id]
    in_it = sum((row.quantity for row in there), rules.ZERO)
    wanted = in_it if command.quantity is None else command.quantity
    if wanted > in_it or not in_it:
        raise Invalid(Fault("code", "delivery.take_out.not_there", {"there": in_it}))
    rows, left = [], wanted
    for row in there:
        part = min(row.quantity, left)
        if part > 0:
            rows.append(volume_row(shipment.id, volume.id, row.order_line_id, row.product_id, -part))
            left -= part
    unit.append(VolumeLine, rows)
    return {"id": shipment.id, "version": shipment.version, "number": order.number, "volume_id": volume.id}


def close_volume(unit: Unit, command: CloseVolume) -> Mapping[str, Any]:
    volume, order, shipment = _open_volume(unit, command.volume_id, command.version)
    _close(unit, volume, command)
    return {**_go_on(unit, order, shipment), "volume_id": volume.id}


def check_volume(unit: Unit, command: CheckVolume) -> Mapping[str, Any]:
    volume = unit.get(Volume, command.volume_id, field="volume_id")
    order, shipment = load_shipment(unit, volume.shipment_id, "volume_id")
    unit.fresh(volume, command.version, "volume")
    step(order, shipment, "pack")
    if volume.state != rules.CLOSED or volume.checked_at is not None:
        raise Refusal("delivery.check_volume.not_to_check", number=order.number, volume=volume.number)
    if volume.packer_id == unit.actor.person_id:
        raise Refusal("delivery.check_volume.same_person", number=order.number, volume=volume.number)
    unit.revise(Volume, volume, checker_id=unit.actor.person_id, checked_at=unit.now)
    return {**_go_on(unit, order, shipment), "volume_id": volume.id}


def to_pack(unit: Unit, shipment_id: str) -> list[ToPack]:
    """The lines of a shipment with what was packed of each."""
    return [
        ToPack(
            order_line_id=row.order_line_id,
            product_id=row.product_id,
            name=row.name,
            picked=row.picked,
            packed=row.packed or rules.ZERO,
        )
        for row in unit.all(LINES, shipment_id=shipment_id)
    ]


def _not_expected(lines: Sequence[ToPack], product_id: str | None, command: ScanPack) -> Refusal:
    own = [line for line in lines if line.product_id == product_id]
    if own:
        left = sum((line.left for line in own), rules.ZERO)
        return Refusal(
            "delivery.scan_pack.too_many", field="quantity", name=own[0].name, left=left, quantity=command.quantity
        )
    expected = [line.name for line in lines if line.left > 0]
    return Refusal("delivery.scan_pack.not_of_order", field="code", code=command.code, expected=expected)


def _open_volume(unit: Unit, volume_id: str, version: int | None) -> tuple[Any, Any, Any]:
    volume = unit.get(Volume, volume_id, field="volume_id")
    order, shipment = load_shipment(unit, volume.shipment_id, "volume_id")
    unit.fresh(volume, version, "volume")
    step(order, shipment, "pack")
    if volume.state != rules.OPEN:
        raise Refusal("delivery.volume_not_open", number=order.number, volume=volume.number)
    return volume, order, shipment


def _measures(command: Measures) -> dict[str, Any]:
    return {
        "weight_kg": command.weight_kg,
        "length_cm": command.length_cm,
        "width_cm": command.width_cm,
        "height_cm": command.height_cm,
    }


def _close(unit: Unit, volume: Any, command: Measures) -> bool:
    """Closes an open volume; whether anything lies in it."""
    filled = bool(unit.all(CONTENT, volume_id=volume.id))
    closed = {**closed_by(unit), **_measures(command), "state": rules.CLOSED if filled else rules.VOID}
    unit.revise(Volume, volume, **closed)
    return filled


def _go_on(unit: Unit, order: Any, shipment: Any) -> Mapping[str, Any]:
    """Ends the packing when everything is packed, closed and, where it has to be, checked."""
    waits = _waiting(shipment, unit.all(VOLUMES, shipment_id=shipment.id))
    packed = not waits and all(line.left == 0 for line in to_pack(unit, shipment.id))
    return _gone_on(unit, order, shipment, done=packed)


def _waiting(shipment: Any, volumes: Sequence[Any]) -> bool:
    """Whether one of the volumes is still to be closed or checked."""
    return any(
        v.state == rules.OPEN or (v.state == rules.CLOSED and shipment.second_check and v.checked_at is None)
        for v in volumes
    )


def _gone_on(unit: Unit, order: Any, shipment: Any, *, done: bool) -> Mapping[str, Any]:
    if done:
        end_packing(unit, order, shipment)
    return {
        "id": shipment.id,
        "version": shipment.version + (1 if done else 0),
        "number": order.number,
        "packed": done,
    }
