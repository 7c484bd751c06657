"""Keeping goods again for an order that lost some: what a count, a hold or a late receipt has taken from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal, Shortfall
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Flag, Quantity, Ref, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.drafting import warehouse_for
from retaguarda.modules.sales.commands.writing import NO_STOCK, Line, as_line, reserve, revised, short_params, stepped
from retaguarda.modules.sales.model import SalesOrder, SalesOrderLine

SHORT = "sales.reserve_again.no_stock"
BROKEN = "inventory.reservation_broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveAgain(Command):
    """Reserves for a confirmed order again what a count, a hold or a late receipt has taken from it; lines, prices and
    the promised day stay as they are.

    `warehouse_id` takes the whole order from another warehouse of the branch, as long as nothing of it was picked;
    `arriving` takes what lacks from what comes by the promised day and is promised to nobody.
    """

    order_id: Annotated[str, Ref("sales_order")]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    arriving: Annotated[bool, Flag()] = False
    version: Annotated[int, Version()] | None = None


def reserve_again(unit: Unit, command: ReserveAgain) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    if row.state != rules.CONFIRMED:
        state = f"sales.order.state.{row.state}"
        raise Refusal("sales.reserve_again.not_in_state", number=row.number, state=state)
    document = (api.DOCUMENT, row.id)
    lines = api.order_lines(unit, row.id)
    warehouse_id = warehouse_for(unit, row.branch_id, command.warehouse_id or row.warehouse_id)
    if warehouse_id != row.warehouse_id:
        _leave(unit, row, lines)
        unit.revise_all(SalesOrderLine, [(line, {"warehouse_id": warehouse_id}) for line in lines])
        lines = api.order_lines(unit, row.id)
    lacking = _lacking(unit, document, lines)
    if not lacking and warehouse_id == row.warehouse_id:
        raise Refusal("sales.reserve_again.nothing_lacks", number=row.number)
    short = reserve(unit, row.id, lacking, row.promised_on, arriving=command.arriving)
    if short:
        raise Shortfall(
            SHORT, subject=document, cause_key=NO_STOCK, number=row.number, **short_params(unit, short, lacking)
        )
    unit.revise(SalesOrder, row, warehouse_id=warehouse_id)
    if row.fails:
        close_failures(unit, row.id, SHORT, BROKEN)
    return revised(row)


def _leave(unit: Unit, row: Any, lines: Sequence[Any]) -> None:
    """Gives free what is kept where the goods would have come from; refuses when some were taken from there."""
    document = (api.DOCUMENT, row.id)
    if inventory.picked_by_line(unit, document) or inventory.moved_of(unit, document):
        raise Refusal("sales.reserve_again.picked", field="warehouse_id", number=row.number)
    inventory.release(unit, document, [line.id for line in lines])


def _lacking(unit: Unit, document: inventory.Document, lines: Sequence[Any]) -> list[Line]:
    """Of the stock-kept lines so much as is neither reserved nor gone out."""
    kept: dict[str, Decimal] = dict(inventory.still_out(unit, document))
    for held in inventory.reserved_of(unit, document):
        kept[held.line_id] = kept.get(held.line_id, Decimal(0)) + held.quantity
    return [
        replace(as_line(line), quantity=line.quantity - kept.get(line.id, Decimal(0)))
        for line in lines
        if line.kind == rules.STOCK and kept.get(line.id, Decimal(0)) < line.quantity
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitGoods(Command):
    """Keeps a product for a confirmed order from what comes by its promised day, instead of from what is there: others
    may have that now, and the promise stands.

    Refused where not enough comes in time that is promised to nobody, and once the order was billed or picked.
    """

    order_id: Annotated[str, Ref("sales_order")]
    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    version: Annotated[int, Version()] | None = None


def await_goods(unit: Unit, command: AwaitGoods) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "amend", "sales.await_goods.not_in_state")
    document = (api.DOCUMENT, row.id)
    if inventory.picked_by_line(unit, document):
        raise Refusal("sales.await_goods.picked", number=row.number)
    if not inventory.await_instead(unit, document, command.product_id, command.quantity, row.promised_on):
        raise Refusal("sales.await_goods.not_in_time", field="quantity", number=row.number, promised_on=row.promised_on)
    unit.revise(SalesOrder, row, state=state)
    return revised(row)
