"""A purchase order with its lines in two loads, and what may be done with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, type_coerce

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.failure import OPEN, Failure
from retaguarda.kernel.model import Minor, table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import rules
from retaguarda.modules.purchasing.api.tables import purchase_line_balance, purchase_order, purchase_order_line

DOCUMENT = "purchase_order"
_O, _L, _B = purchase_order.c, purchase_order_line.c, purchase_line_balance.c
_ORDER_ID = bindparam("order_id", type_=_O.id.type)


def came(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A balance of a line that may have none yet: nothing."""
    return type_coerce(func.coalesce(column, literal_column("0")), Minor(4)).label(column.key)


_FAILURE = table_of(Failure).c
_FAILS = select(_FAILURE.id).where(_FAILURE.subject_id == _O.id, _FAILURE.state == OPEN).exists()
# Locked until the command ends: two people who receive or amend one order do it one after the other.
_ORDER = Statement(
    select(*_O, party.party.c.name.label("supplier_name"), _FAILS.label("fails"))
    .join(party.party, party.party.c.id == _O.supplier_id)
    .where(_O.id == _ORDER_ID)
    .with_for_update(of=purchase_order)
)
_LINES = Statement(
    select(*_L, came(_B.received), came(_B.returned), came(_B.invoiced), came(_B.credited))
    .select_from(purchase_order_line.outerjoin(purchase_line_balance, _B.id == _L.id))
    .where(_L.order_id == _ORDER_ID, _L.active)
    .order_by(_L.position, _L.id)
)


def load_order(unit: Unit, order_id: str, field: str = "order_id") -> Any:
    """The order's row with `supplier_name`, locked; `Missing` for an unknown one and one of another branch."""
    row = unit.one(_ORDER, order_id=order_id)
    actor = unit.actor
    if row is None or not (actor.all_branches or row.branch_id in actor.branch_ids):
        raise Missing(DOCUMENT, order_id, field=field)
    return row


def order_lines(unit: Unit, order_id: str) -> list[Any]:
    """The active lines of an order, in order, with what was received, returned, invoiced and credited."""
    return unit.all(_LINES, order_id=order_id)


def open_quantity(line: Any) -> Decimal:
    """How much of a line is still to come."""
    still: Decimal = line.quantity - line.received
    return max(rules.ZERO, still)


def step_to(row: Any, verb: str, refusal: str, *, received: bool = False) -> str:
    """The state `verb` leads an order to; refuses with `refusal` when it has no place now."""
    state = rules.next_state(row.state, verb, received)
    if state is None:
        stands = "partly" if received and rules.next_state(row.state, verb) is not None else row.state
        raise Refusal(refusal, number=row.number, state=f"purchasing.order.state.{stands}")
    return state


def warehouse_for(unit: Unit, warehouse_id: str | None) -> inventory.WarehouseFacts:
    """The named warehouse, or the main one of the actor's branch; refuses one of a branch that is not theirs."""
    if warehouse_id is None:
        return inventory.warehouse_of(unit, unit.actor.branch_id or str(company.first_branch(unit).id))
    facts = inventory.place_of(unit, warehouse_id)
    company.reachable_branch(unit, facts.branch_id, field="warehouse_id")
    return facts
