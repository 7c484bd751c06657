"""How orders are written: new ones, changed lines, reservations that name every short line, promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.series import next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.drafting import Drafted, OrderLine, folded
from retaguarda.modules.sales.events import OrderQuoted
from retaguarda.modules.sales.model import Promise, SalesOrder, SalesOrderLine

NO_STOCK = "sales.no_stock"
"""The cause key of a shortfall: the same order short again brings its open failure up to date."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is being written, with the attributes of a read one that reserving and promising need."""

    id: str
    position: int
    product_id: str
    kind: str
    name: str
    warehouse_id: str
    quantity: Decimal
    unit_price: Decimal
    net_amount: Decimal


def line_of(line_id: str, values: Mapping[str, Any]) -> Line:
    """The line with these columns."""
    return Line(line_id, *(values[name] for name in Line.__slots__[1:]))


def as_line(stored: Any) -> Line:
    """A read line as one that is being written."""
    return Line(*(getattr(stored, name) for name in Line.__slots__))


class OfOrder(Protocol):
    """A command about one order, as its sender read it."""

    @property
    def order_id(self) -> str: ...
    @property
    def version(self) -> int | None: ...


def stepped(unit: Unit, command: OfOrder, verb: str, refusal: str) -> tuple[Any, str]:
    """The order of the command, and the state that `verb` leads it to; refuses with `refusal` when it has no place."""
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    return row, api.step_to(row, verb, refusal)


def revised(row: Any, **more: Any) -> Mapping[str, Any]:
    """What a command answers that changed the order."""
    return {"id": row.id, "version": row.version + 1, "number": row.number, **more}


def write_new(
    unit: Unit,
    draft: Drafted,
    *,
    branch_id: str,
    channel: str,
    contact_id: str | None,
    order_id: str | None = None,
    state: str = rules.QUOTATION,
) -> Mapping[str, Any]:
    """Writes a new order: lines, then the counter, then the head that carries the number."""
    order_id = order_id or unit.new_id()
    ids = unit.add_all(SalesOrderLine, [{**line, "order_id": order_id} for line in draft.lines])
    draft.approving.write(unit, order_id, {line["position"]: key for line, key in zip(draft.lines, ids, strict=True)})
    policy = billing.invoice_policy(unit)
    number = next_number(unit, SalesOrder, branch_id)
    unit.add(
        SalesOrder,
        **draft.head,
        id=order_id,
        number=number,
        branch_id=branch_id,
        contact_id=contact_id,
        channel=channel,
        seller_id=unit.actor.person_id,
        state=state,
        invoice_policy=policy,
        reason="",
        ordered_at=unit.now,
        confirmed_at=unit.now if state == rules.CONFIRMED else None,
        folded=folded(number, draft.customer.name),
    )
    head, name = draft.head, draft.customer.name
    unit.emit(OrderQuoted(order_id, number, branch_id, head["customer_id"], name, contact_id, policy))
    return {"id": order_id, "version": 1, "number": number}


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What the stored lines of an order become: the lines that stand then, and the rows that make it so."""

    standing: Sequence[Line]
    changed: Sequence[tuple[Any, dict[str, Any]]]
    added: Sequence[dict[str, Any]]
    gone: Sequence[tuple[Any, dict[str, Any]]]

    @property
    def line_ids(self) -> dict[int, str]:
        """The lines that stand by their position."""
        return {line.position: line.id for line in self.standing}

    def write(self, unit: Unit) -> None:
        """Writes the lines; the order's head comes after them."""
        unit.revise_all(SalesOrderLine, self.gone)
        unit.revise_all(SalesOrderLine, self.changed)
        unit.add_all(SalesOrderLine, self.added)


def plan_lines(
    unit: Unit,
    order_id: str,
    stored: Sequence[Any],
    asked: Sequence[OrderLine],
    priced: Sequence[Mapping[str, Any]],
) -> LinePlan:
    """How the stored lines become what was asked (`priced` holds the columns of `asked`)."""
    known = {line.id: line for line in stored}
    strange = [n for n, line in enumerate(asked, 1) if line.line_id is not None and line.line_id not in known]
    if strange:
        raise Invalid(*(Fault(f"lines.{n}.line_id", "sales.unknown_line") for n in strange))
    pairs = rules.pair_lines(
        [(line.id, line.product_id) for line in stored], [(line.line_id, line.product_id) for line in asked]
    )
    standing: list[Line] = []
    changed: list[tuple[Any, dict[str, Any]]] = []
    added: list[dict[str, Any]] = []
    for key, columns in zip(pairs, priced, strict=True):
        values = dict(columns)
        if key is None:
            key = unit.new_id()
            added.append({**values, "id": key, "order_id": order_id})
        elif any(getattr(known[key], name) != value for name, value in values.items()):
            changed.append((known[key], values))
        standing.append(line_of(key, values))
    gone = [(line, {"active": False}) for line in stored if line.id not in set(pairs)]
    return LinePlan(standing, changed, added, gone)


def reserve(
    unit: Unit, order_id: str, lines: Sequence[Any], promised_on: dt.date, *, arriving: bool = False
) -> tuple[inventory.Short, ...]:
    """Reserves every stock-kept line, where asked also of what is `arriving` by the promised day; gives what is short,
    and then nothing was reserved."""
    needs = needs_of(lines, promised_on)
    if arriving:
        needs = inventory.met_by_arrivals(unit, needs, promised_on)
    return inventory.reserve(unit, (api.DOCUMENT, order_id), needs) if needs else ()


def needs_of(lines: Sequence[Any], promised_on: dt.date) -> list[inventory.Need]:
    """What the stock-kept lines need."""
    return [
        inventory.Need(line.id, line.product_id, line.warehouse_id, line.quantity, promised_on=promised_on)
        for line in lines
        if line.kind == rules.STOCK
    ]


def short_params(unit: Unit, shorts: Sequence[inventory.Short], lines: Sequence[Any]) -> dict[str, Any]:
    """What a shortfall says: `lines` names every short line, `products` is one sentence per product."""
    warehouses = {place.id: place.name for place in inventory.warehouses(unit)}
    by_id = {line.id: line for line in lines}
    found: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for short in sorted(shorts, key=lambda s: min(by_id[i].position for i in s.line_ids)):
        shared = {
            "product_id": short.product_id,
            "needed": short.needed,
            "short": short.missing,
            "free": short.free,
            "warehouse": warehouses[short.warehouse_id],
            "next_on": short.next_on,
            "next_quantity": short.next_quantity,
        }
        mine = sorted((by_id[i] for i in short.line_ids), key=lambda line: line.position)
        found += [
            {"line_id": line.id, "position": line.position, "name": line.name, "quantity": line.quantity, **shared}
            for line in mine
        ]
        code = f"sales.short.{'also' if said else 'first'}{'' if short.next_on else '_nothing_comes'}"
        said.append({"code": code, "n": short.missing, "name": mine[0].name, **shared})
    return {"lines": sorted(found, key=lambda line: line["position"]), "products": said}


def promise_all(unit: Unit, order: Mapping[str, Any], lines: Sequence[Any]) -> None:
    """The first promise of every line."""
    unit.append(Promise, [api.promise_row(unit, order, line) for line in lines])
