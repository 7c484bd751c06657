"""Picking by scan: a list by the way through the warehouse, the place, then its goods; what is wrong is refused with
what is expected, what is missing is said with its reason, and the last piece ends the list by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel import failure
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Choice, Quantity, Ref, Text, Version
from retaguarda.kernel.series import next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.delivery import rules
from retaguarda.modules.delivery.commands.parts import (
    billed_in_time,
    demand_reserved,
    kept_lines,
    load,
    not_reserved,
    step,
)
from retaguarda.modules.delivery.commands.picks import Work, entry, list_at, plan_stops, stop_rows, work_on
from retaguarda.modules.delivery.commands.shipments import begin_shipment
from retaguarda.modules.delivery.model import PickEntry, PickList, PickTask
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

MISSING = "delivery.goods_missing"
NOT_RESERVED = "delivery.pick_order.not_reserved"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPicking(Command):
    """Makes the pick list of an order, by the way through the warehouse, and puts it into your hands."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPick(Command):
    """Takes what was scanned: first the place, where the list has several, then its product, once for each piece or
    with the quantity. Anything else is refused with what is expected. The last piece ends the list."""

    pick_list_id: Annotated[str, Ref("pick_list")]
    code: Annotated[str, Text(60)]
    quantity: Annotated[Decimal, Quantity()] = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypePick(Command):
    """Says by hand how much was taken at a stop, where a code cannot be read."""

    task_id: Annotated[str, Ref("pick_task")]
    quantity: Annotated[Decimal, Quantity()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortPick(Command):
    """Says that goods are missing or spoilt at a stop, all that is left or as many as said, with the reason. The list
    goes on to another place that has them; the order's failure is open until they are found. Damaged goods are held
    back."""

    task_id: Annotated[str, Ref("pick_task")]
    reason: Annotated[str, Choice(rules.SHORT_REASONS, "delivery.short_reason")]
    quantity: Annotated[Decimal, Quantity()] | None = None
    note: Annotated[str, Text(200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipPick(Command):
    """Leaves a stop of the list for later."""

    task_id: Annotated[str, Ref("pick_task")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPicking(Command):
    """Gives up a pick list: what was taken goes back to its places, and the order waits for picking again."""

    pick_list_id: Annotated[str, Ref("pick_list")]
    version: Annotated[int, Version()] | None = None


def start_picking(unit: Unit, command: StartPicking) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    step(order, shipment, "pick")
    billed_in_time(order)
    demand_reserved(unit, order, kept_lines(unit, order), NOT_RESERVED)
    stops, _ = plan_stops(unit, order.id)
    if not stops:
        raise Refusal("delivery.start_picking.nothing_there", number=order.number)
    list_id = unit.new_id()
    unit.append(PickTask, stop_rows(list_id, stops, 0))
    number = next_number(unit, PickList, order.branch_id)
    unit.add(
        PickList,
        id=list_id,
        number=number,
        order_id=order.id,
        branch_id=order.branch_id,
        picker_id=unit.actor.person_id,
        state=rules.OPEN,
        began_at=unit.now,
    )
    return {"id": list_id, "version": 1, "number": number, "order_number": order.number}


def scan_pick(unit: Unit, command: ScanPick) -> Mapping[str, Any]:
    work = work_on(unit, list_at(unit, command.pick_list_id))
    now = work.now
    is_place = command.code.casefold() == now.location_code.casefold()
    if rules.place_wanted(work.tasks, now):
        if not is_place:
            raise Refusal("delivery.scan_pick.wrong_place", field="code", code=command.code, expected=now.location_code)
        unit.append(PickEntry, [entry(unit, work, now, rules.PLACE)])
        now.placed = True
        return _said(work)
    product_id = catalog.product_by_code(unit, command.code)
    if product_id is None and is_place:
        return _said(work)
    if product_id != now.product_id:
        raise Refusal(
            "delivery.scan_pick.wrong_product",
            field="code",
            code=command.code,
            expected=now.name,
            expected_code=now.code,
            place=now.location_code,
        )
    return _take(unit, work, now, command.quantity)


def type_pick(unit: Unit, command: TypePick) -> Mapping[str, Any]:
    work = work_on(unit, command.task_id)
    return _take(unit, work, work.stop, command.quantity, typed=True)


def short_pick(unit: Unit, command: ShortPick) -> Mapping[str, Any]:
    work = work_on(unit, command.task_id)
    stop = work.stop
    quantity = _at_most_left(stop, command.quantity or stop.left)
    if command.reason == rules.DAMAGED:
        change = inventory.Change(
            product_id=stop.product_id,
            warehouse_id=work.warehouse_of(stop),
            location_id=stop.location_id,
            lot=stop.lot,
            held=quantity,
        )
        reason = command.note or f"{stop.name} ({stop.location_code})"
        inventory.hold_damaged(unit, change, reason, (PickList.__tablename__, work.head.id))
    said = entry(unit, work, stop, rules.SHORT, quantity, reason=command.reason, note=command.note)
    unit.append(PickEntry, [said])
    stop.short += quantity
    failure.record(
        unit,
        MISSING,
        subject=(sales.DOCUMENT, work.order.id),
        cause_key=MISSING,
        step="pick",
        params={
            "number": work.order.number,
            "name": stop.name,
            "missing": quantity,
            "place": stop.location_code,
            "reason": f"delivery.short_reason.{command.reason}",
            "product_id": stop.product_id,
            "line_id": stop.order_line_id,
        },
    )
    return _go_on(unit, work)


def skip_pick(unit: Unit, command: SkipPick) -> Mapping[str, Any]:
    work = work_on(unit, command.task_id)
    unit.append(PickEntry, [entry(unit, work, work.stop, rules.SKIP)])
    work.stop.skips += 1
    return _said(work)


def drop_picking(unit: Unit, command: DropPicking) -> Mapping[str, Any]:
    work = work_on(unit, list_at(unit, command.pick_list_id), in_hand_only=False)
    unit.fresh(work.head, command.version, PickList.__tablename__)
    inventory.unpick(unit, (sales.DOCUMENT, work.order.id))
    unit.revise(PickList, work.head, state=rules.DROPPED, ended_at=unit.now)
    return {"id": work.head.id, "version": work.head.version + 1, "number": work.head.number}


def _take(unit: Unit, work: Work, stop: rules.Task, quantity: Decimal, *, typed: bool = False) -> Mapping[str, Any]:
    _at_most_left(stop, quantity)
    document = (sales.DOCUMENT, work.order.id)
    taken = inventory.Picked(
        document=document,
        line_id=stop.order_line_id,
        product_id=stop.product_id,
        location_id=stop.location_id,
        lot=stop.lot,
        quantity=quantity,
    )
    inventory.pick(unit, document, [taken])
    unit.append(PickEntry, [entry(unit, work, stop, rules.PICK, quantity, typed=typed)])
    stop.picked += quantity
    return _go_on(unit, work)


def _at_most_left(stop: rules.Task, quantity: Decimal) -> Decimal:
    if quantity > stop.left:
        params = {"name": stop.name, "left": stop.left}
        raise Invalid(Fault("quantity", "delivery.too_many", params))
    return quantity


def _go_on(unit: Unit, work: Work) -> Mapping[str, Any]:
    """Further stops for what was not found, the shipment when all was picked, the end of the list when it was not."""
    if any(task.left > 0 for task in work.tasks):
        return _said(work)
    stops, missing = plan_stops(unit, work.order.id)
    if stops:
        unit.append(PickTask, stop_rows(work.head.id, stops, len(work.tasks)))
        return {**_said(work), "left": len(stops)}
    short = {task.order_line_id for task in work.tasks if task.short > 0}
    lines = kept_lines(unit, work.order)
    if any(row.line_id in short for row in missing) or not_reserved(
        lines, inventory.reservations_of(unit, (sales.DOCUMENT, work.order.id))
    ):
        unit.revise(PickList, work.head, state=rules.SHORT, ended_at=unit.now)
        failure.decide_now(unit, work.order.id, MISSING)
        return {**_said(work), "version": work.head.version + 1, "ended": True}
    return _end(unit, work, lines, missing)


def _end(unit: Unit, work: Work, lines: Sequence[Any], missing: Sequence[inventory.Reserved]) -> Mapping[str, Any]:
    order = work.order
    billed_in_time(order)
    if missing:
        # Sold by an authorised negative before its entry was typed: it leaves by the same authorisation.
        unit.warn("delivery.pick_order.not_on_shelf", number=order.number, lines=len(missing))
    unit.revise(PickList, work.head, state=rules.DONE, ended_at=unit.now)
    begin_shipment(unit, order, lines)
    if order.fails:
        close_failures(unit, order.id, MISSING)
    return {**_said(work), "version": work.head.version + 1, "ended": True}


def _said(work: Work) -> Mapping[str, Any]:
    return {
        "id": work.head.id,
        "version": work.head.version,
        "number": work.head.number,
        "left": sum(1 for task in work.tasks if task.left > 0),
        "ended": False,
    }
