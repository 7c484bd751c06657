"""What the commands of picking share: the list with its stops and what was done, and the plan of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.commands.parts import in_hand
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

_LIST, _TASK, _ENTRY = api.pick_list.c, api.pick_task.c, api.pick_entry.c
_PLACE, _LINE, _PRODUCT = inventory.location.c, sales.sales_order_line.c, catalog.product.c


def _done(*kinds: str) -> Any:
    return (
        select(func.coalesce(func.sum(_ENTRY.quantity), rules.ZERO))
        .where(_ENTRY.task_id == _TASK.id, _ENTRY.kind.in_(kinds))
        .scalar_subquery()
    )


def _times(kind: str) -> Any:
    return (
        select(func.count())
        .select_from(api.pick_entry)
        .where(_ENTRY.task_id == _TASK.id, _ENTRY.kind == kind)
        .scalar_subquery()
    )


LIST = Statement(
    select(api.pick_list).where(_LIST.id == bindparam("pick_list_id", type_=Key())),
)
LIST_OF_TASK = Statement(
    select(api.pick_list)
    .join(api.pick_task, _TASK.pick_list_id == _LIST.id)
    .where(_TASK.id == bindparam("task_id", type_=Key()))
)
TASKS = Statement(
    select(
        _TASK.id,
        _TASK.position,
        _TASK.order_line_id,
        _TASK.product_id,
        _LINE.name,
        _PRODUCT.code,
        _TASK.location_id,
        _PLACE.code.label("location_code"),
        _PLACE.warehouse_id,
        _TASK.lot,
        _TASK.quantity,
        _done(rules.PICK).label("picked"),
        _done(rules.SHORT).label("short"),
        _times(rules.SKIP).label("skips"),
        _times(rules.PLACE).label("placed"),
    )
    .join(inventory.location, _PLACE.id == _TASK.location_id)
    .join(sales.sales_order_line, _LINE.id == _TASK.order_line_id)
    .join(catalog.product, _PRODUCT.id == _TASK.product_id)
    .where(_TASK.pick_list_id == bindparam("pick_list_id", type_=Key()))
    .order_by(_TASK.position)
)
FOUND_EMPTY = ForKeys(
    lambda keys: (
        select(_TASK.product_id, _TASK.location_id, _TASK.lot)
        .join(api.pick_entry, _ENTRY.task_id == _TASK.id)
        .where(
            _TASK.product_id.in_(keys),
            _ENTRY.kind == rules.SHORT,
            _ENTRY.reason != rules.DAMAGED,
            ~api.LOOKED_AFTER,
        )
        .distinct()
    )
)


@dataclass(slots=True)
class Work:
    """An open list with its order and stops; `stop` is the one a command names, else the one the picker stands at."""

    head: Any
    order: Any
    tasks: list[rules.Task]
    warehouses: dict[str, str]
    named: str = ""

    @property
    def now(self) -> rules.Task:
        """Where the picker stands."""
        found = rules.now_of(self.tasks)
        assert found is not None, "an open list has a stop that is not done"
        return found

    @property
    def stop(self) -> rules.Task:
        """The stop that the command named."""
        return next(task for task in self.tasks if task.id == self.named)

    def warehouse_of(self, stop: rules.Task) -> str:
        """The warehouse of a stop's place."""
        return self.warehouses[stop.location_id]


def list_at(unit: Unit, pick_list_id: str) -> Any:
    """The list with this key."""
    row = unit.one(LIST, pick_list_id=pick_list_id)
    if row is None:
        raise Missing("pick_list", pick_list_id, field="pick_list_id")
    return row


def work_on(unit: Unit, found: Any, *, in_hand_only: bool = True) -> Work:
    """The open list (a row, or the key of one of its stops) with everything about it; refuses one that has ended and
    an order that nobody may work on."""
    named = found if isinstance(found, str) else ""
    row = unit.one(LIST_OF_TASK, task_id=found) if named else found
    if row is None:
        raise Missing("pick_task", named, field="task_id")
    order = sales.load_order(unit, row.order_id, "pick_list_id")
    if row.state != rules.OPEN:
        raise Refusal("delivery.list_ended", number=row.number, state=f"delivery.pick_list.state.{row.state}")
    if in_hand_only:
        in_hand(order)
    rows = unit.all(TASKS, pick_list_id=row.id)
    work = Work(row, order, [_task(r) for r in rows], {r.location_id: r.warehouse_id for r in rows}, named)
    if named and work.stop.left <= 0:
        raise Refusal("delivery.stop_done", name=work.stop.name, place=work.stop.location_code)
    return work


def _task(row: Any) -> rules.Task:
    return rules.Task(
        id=row.id,
        position=row.position,
        order_line_id=row.order_line_id,
        product_id=row.product_id,
        name=row.name,
        code=row.code,
        location_id=row.location_id,
        location_code=row.location_code,
        lot=row.lot,
        quantity=row.quantity,
        picked=row.picked,
        short=row.short,
        skips=row.skips,
        placed=bool(row.placed),
    )


def plan_stops(unit: Unit, order_id: str) -> tuple[list[inventory.Picked], Sequence[inventory.Reserved]]:
    """Where the rest of an order is to be picked, by the way through the warehouse, and what lies nowhere."""
    document = (sales.DOCUMENT, order_id)
    plan = inventory.picking_plan(unit, document)
    products = tuple(dict.fromkeys(row.product_id for row in plan.picked))
    if not products:
        return [], plan.missing
    statement, values = FOUND_EMPTY.of(products)
    empty = {(row.product_id, row.location_id, row.lot) for row in unit.all(statement, **values)}
    if any((row.product_id, row.location_id, row.lot) in empty for row in plan.picked):
        plan = inventory.picking_plan(unit, document, empty)
    places = inventory.location_of(unit, [row.location_id for row in plan.picked])

    def way(row: inventory.Picked) -> tuple[int, str, str]:
        place = places[row.location_id]
        return place.route, place.code, row.lot

    return sorted(plan.picked, key=way), plan.missing


def stop_rows(list_id: str, stops: Sequence[inventory.Picked], before: int) -> list[dict[str, Any]]:
    """The rows of further stops, after those that are there."""
    return [
        {
            "pick_list_id": list_id,
            "position": position,
            "order_line_id": stop.line_id,
            "product_id": stop.product_id,
            "location_id": stop.location_id,
            "lot": stop.lot,
            "quantity": stop.quantity,
        }
        for position, stop in enumerate(stops, before + 1)
    ]


def entry(
    unit: Unit,
    work: Work,
    stop: rules.Task,
    kind: str,
    quantity: Decimal = rules.ZERO,
    *,
    typed: bool = False,
    reason: str = "",
    note: str = "",
) -> dict[str, Any]:
    """A row of the ledger of picking."""
    return {
        "pick_list_id": work.head.id,
        "task_id": stop.id,
        "kind": kind,
        "quantity": quantity,
        "typed": typed,
        "reason": reason,
        "note": note,
        "person_id": unit.actor.person_id,
    }
