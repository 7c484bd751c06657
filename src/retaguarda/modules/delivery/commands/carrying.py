"""On the way: what failed and when it is tried again, goods that come back, when carriers come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel import failure
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Choice, Codes, Day, Ref, Text, Version, Whole
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.commands.carriers import CARRIER, TERMS_OF
from retaguarda.modules.delivery.commands.parts import kept_lines, load, step
from retaguarda.modules.delivery.events import DeliveryFailed, ShipmentReturned
from retaguarda.modules.delivery.model import CarrierTerms, DeliveryAttempt, Shipment
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

FAILED, CAME_BACK = api.FAILED, api.CAME_BACK
_A, _M, _SM = api.delivery_attempt.c, inventory.stock_move.c, inventory.serial_move.c
_SHIPMENT_ID = bindparam("shipment_id", type_=Key())
ATTEMPTS = Statement(select(func.count().label("count")).where(_A.shipment_id == _SHIPMENT_ID))
LEFT_WITH = Statement(
    select(_M.line_id, _M.product_id, _M.lot, _M.from_location_id, func.sum(_M.quantity).label("quantity"))
    .where(
        _M.document_id == bindparam("order_id", type_=Key()),
        _M.kind == "ship",
        _M.at == bindparam("shipped_at", type_=_M.at.type),
    )
    .group_by(_M.line_id, _M.product_id, _M.lot, _M.from_location_id)
)
PIECES_LEFT_WITH = Statement(
    select(_SM.line_id, _SM.product_id, _SM.lot, _SM.from_location_id, _SM.number).where(
        _SM.document_id == bindparam("order_id", type_=Key()),
        _SM.kind == "ship",
        _SM.at == bindparam("shipped_at", type_=_SM.at.type),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailDelivery(Command):
    """Says that a shipped order could not be handed over, and why; with the day on which it is tried again. The
    failure is open until the customer has the goods, or they have come back."""

    order_id: Annotated[str, Ref("sales_order")]
    reason: Annotated[str, Choice(rules.FAIL_REASONS, "delivery.fail_reason")]
    note: Annotated[str, Text(400, lines=True)] = ""
    next_on: Annotated[dt.date, Day()] | None = None
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnShipment(Command):
    """Takes a shipment back: goods that are still here go to the places they were picked from, goods that had left
    come in again, to be sold or held back for the reason, or are written off as lost. The order waits for picking
    again."""

    order_id: Annotated[str, Ref("sales_order")]
    reason: Annotated[str, Text(200, least=3)]
    condition: Annotated[str, Choice(rules.CONDITIONS, "delivery.condition")] = rules.GOOD
    location_id: Annotated[str, Ref("location")] | None = None
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCarrierTerms(Command):
    """Says when a carrier comes and how long it takes: the days of the week (1 is Monday), the time until which it
    takes goods along, the working days on the way."""

    party_id: Annotated[str, Ref("party")]
    weekdays: Annotated[tuple[str, ...], Codes(most=7)]
    cut_off: Annotated[str, Text(5)] = "17:00"
    transit_days: Annotated[int, Whole(0, 90)] = 1
    tracking_address: Annotated[str, Text(200)] = ""
    version: Annotated[int, Version()] | None = None


def fail_delivery(unit: Unit, command: FailDelivery) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    step(order, shipment, "fail")
    if command.next_on is not None and command.next_on < unit.today:
        raise Invalid(Fault("next_on", "delivery.day_passed"))
    count = unit.one(ATTEMPTS, shipment_id=shipment.id)
    number = (count.count if count is not None else 0) + 1
    unit.append(
        DeliveryAttempt,
        [
            {
                "shipment_id": shipment.id,
                "number": number,
                "reason": command.reason,
                "note": command.note,
                "next_on": command.next_on,
                "person_id": unit.actor.person_id,
            }
        ],
    )
    failure.record(
        unit,
        FAILED,
        subject=(sales.DOCUMENT, order.id),
        cause_key=FAILED,
        step="deliver",
        params={
            "number": order.number,
            "reason": f"delivery.fail_reason.{command.reason}",
            "times": number,
            "next_on": command.next_on,
        },
    )
    failure.decide_now(unit, order.id, FAILED)
    if command.next_on is not None and command.next_on > order.promised_on:
        unit.warn("delivery.after_promise", number=order.number, day=command.next_on, promised_on=order.promised_on)
    unit.emit(DeliveryFailed(order.id, shipment.id, command.reason, command.next_on))
    return {"id": shipment.id, "version": shipment.version, "number": order.number, "attempt": number}


def return_shipment(unit: Unit, command: ReturnShipment) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    state = step(order, shipment, "return")
    document = (sales.DOCUMENT, order.id)
    if shipment.state == rules.SHIPPED:
        held_for = command.reason if command.condition == rules.HELD else ""
        rows = _back(unit, order, shipment, command.location_id, held_for)
        back = (Shipment.__tablename__, shipment.id)
        unit.numbered(back, order.number)
        inventory.returned(unit, back, document, rows)
        if command.condition == rules.LOST:
            inventory.lost(unit, back, rows)
        elif not held_for:
            _keep_again(unit, order, rows)
    else:
        inventory.unpick(unit, document)
    unit.revise(Shipment, shipment, state=state, returned_at=unit.now, return_reason=command.reason)
    failure.close_failures(unit, order.id, FAILED)
    failure.record(
        unit,
        CAME_BACK,
        subject=(sales.DOCUMENT, order.id),
        cause_key=CAME_BACK,
        step="deliver",
        params={"number": order.number, "reason": command.reason, "held": command.condition != rules.GOOD},
    )
    failure.decide_now(unit, order.id, CAME_BACK)
    unit.emit(ShipmentReturned(order.id, shipment.id))
    return {"id": shipment.id, "version": shipment.version + 1, "number": order.number}


def _back(unit: Unit, order: Any, shipment: Any, location_id: str | None, held_for: str) -> list[inventory.Returned]:
    """What left with the shipment, to the places it came from unless another is named."""
    if location_id is not None and location_id not in inventory.location_of(unit, [location_id]):
        raise Invalid(Fault("location_id", "delivery.unknown_place"))
    when = {"order_id": order.id, "shipped_at": shipment.shipped_at}
    numbers: dict[tuple[str, str, str, str], list[str]] = {}
    for piece in unit.all(PIECES_LEFT_WITH, **when):
        key = (piece.line_id, piece.product_id, piece.lot, piece.from_location_id)
        numbers.setdefault(key, []).append(piece.number)
    return [
        inventory.Returned(
            line_id=row.line_id,
            product_id=row.product_id,
            location_id=location_id or row.from_location_id,
            quantity=row.quantity,
            lot=row.lot,
            serials=tuple(numbers.get((row.line_id, row.product_id, row.lot, row.from_location_id), ())),
            held_for=held_for,
        )
        for row in unit.all(LEFT_WITH, **when)
    ]


def _keep_again(unit: Unit, order: Any, rows: Sequence[inventory.Returned]) -> None:
    """What came back good is kept for its order: the customer was promised it. The goods' balances are locked."""
    came = {row.line_id for row in rows}
    needs = [
        inventory.Need(line.id, line.product_id, line.warehouse_id, line.quantity, promised_on=order.promised_on)
        for line in kept_lines(unit, order)
        if line.id in came
    ]
    # What cannot be kept again (all or nothing) is named line by line when the order is picked.
    inventory.reserve(unit, (sales.DOCUMENT, order.id), needs)


def set_carrier_terms(unit: Unit, command: SetCarrierTerms) -> Mapping[str, Any]:
    if unit.one(CARRIER, party_id=command.party_id) is None:
        raise Invalid(Fault("party_id", "delivery.not_a_carrier"))
    minute = rules.minute_of(command.cut_off)
    days = "".join(sorted(set(command.weekdays)))
    faults = [Fault("cut_off", "delivery.not_a_time")] if minute is None else []
    if not days or not set(command.weekdays) <= set(rules.WEEKDAYS):
        faults.append(Fault("weekdays", "delivery.not_weekdays"))
    if faults:
        raise Invalid(*faults)
    values = {
        "weekdays": days,
        "cut_off_minute": minute,
        "transit_days": command.transit_days,
        "tracking_address": command.tracking_address,
    }
    there = unit.one(TERMS_OF, party_id=command.party_id)
    if there is None:
        key = unit.add(CarrierTerms, party_id=command.party_id, **values)
        return {"id": key, "version": 1, "party_id": command.party_id}
    unit.fresh(there, command.version, CarrierTerms.__tablename__)
    unit.revise(CarrierTerms, there, **values)
    return {"id": there.id, "version": there.version + 1, "party_id": command.party_id}
