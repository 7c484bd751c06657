"""Opening stock: what the shop had when it began with the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.kinds import Day, Price, Quantity, Ref, Text
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import TABLE, check_lines, twice, warehouse_for, write_paper
from retaguarda.modules.inventory.events import StockReceived

_D = api.stock_document.c
_REVERSAL = api.stock_document.alias("reversal")
DOCUMENTS = ForKeys(
    lambda keys: (
        select(api.stock_document, _REVERSAL.c.number.label("reversed"))
        .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _D.id)
        .where(_D.id.in_(keys))
        .order_by(_D.id)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningLine(Part):
    """Goods that were there, and what one of them cost; without a location they lie at the first one of the route."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    unit_cost: Annotated[Decimal, Price()]
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    expires_on: Annotated[dt.date, Day()] | None = None
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpeningStock(Command):
    """Writes down the stock that was there when the shop began with the program, lot by lot, with what it cost. It is
    booked against the opening balances. A product that has moved in the warehouse since is counted instead."""

    lines: Annotated[tuple[OpeningLine, ...], Rows(least=1)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    on_day: Annotated[dt.date, Day()] | None = None
    reason: Annotated[str, Text(200)] = ""


def record_opening_stock(unit: Unit, command: RecordOpeningStock) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    day = command.on_day or unit.today
    if day > unit.today:
        raise Invalid(Fault("on_day", "inventory.record_opening_stock.not_yet", {"day": day, "today": unit.today}))
    api.open_month(unit, day, "on_day")
    check_lines(unit, warehouse, command.lines)
    rows = [
        api.Receive(
            line.product_id,
            line.location_id or warehouse.location_id,
            line.quantity,
            line.lot,
            None,
            line.unit_cost,
            line.expires_on,
            rules.serial_numbers(line.serials),
        )
        for line in command.lines
    ]
    faults = twice([(row.product_id, row.location_id, row.lot) for row in rows])
    if faults:
        raise Invalid(*faults)
    document = (TABLE, unit.new_id())
    api.open_stock(unit, document, warehouse.id, rows, day)
    products = tuple(dict.fromkeys(row.product_id for row in rows))
    unit.emit(StockReceived(document[1], warehouse.id, products))
    papers = [
        {"product_id": r.product_id, "location_id": r.location_id, "lot": r.lot, "quantity": r.quantity} for r in rows
    ]
    return write_paper(unit, document, rules.OPENING, warehouse, papers, command.reason, on_day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseOpeningStock(Command):
    """Takes a document of opening stock back as if it had never been, as long as nothing was built on it: nothing of
    it moved, is reserved or held back, and no cost was put right."""

    document_id: Annotated[str, Ref("stock_document")]
    reason: Annotated[str, Text(200)] = ""


def reverse_opening_stock(unit: Unit, command: ReverseOpeningStock) -> Mapping[str, Any]:
    found = _documents(unit, [command.document_id])
    if not found:
        raise Missing(TABLE, command.document_id, field="document_id")
    (row,) = found
    if row.kind != rules.OPENING:
        raise Refusal("inventory.reverse_opening_stock.not_opening", field="document_id")
    if row.reversed is not None:
        raise Refusal("inventory.reverse_opening_stock.reversed", field="document_id")
    (answer,) = _take_back(unit, found, command.reason)
    return answer


def take_back(unit: Unit, document_ids: Sequence[str]) -> None:
    """Takes back those of these documents of opening stock that nobody has taken back yet."""
    _take_back(unit, [row for row in _documents(unit, document_ids) if row.reversed is None], "")


def _take_back(unit: Unit, rows: Sequence[Any], reason: str) -> list[dict[str, Any]]:
    """Takes documents back, each by a document of its own; gives what their commands answer."""
    warehouses = {key: warehouse_for(unit, key) for key in sorted({row.warehouse_id for row in rows})}
    opened = [api.Opened(row, (TABLE, unit.new_id())) for row in rows]
    moves = api.take_back(unit, opened, reason)
    answers = []
    for one in opened:
        row = one.row
        papers = [
            {"product_id": m.product_id, "location_id": m.to_location_id, "lot": m.lot, "quantity": m.quantity}
            for m in moves[row.id]
        ]
        days = {"on_day": row.on_day, "reverses_id": row.id}
        warehouse = warehouses[row.warehouse_id]
        answers.append(write_paper(unit, one.reversal, rules.REVERSAL, warehouse, papers, reason, **days))
    return answers


def _documents(unit: Unit, keys: Sequence[str]) -> list[Any]:
    if not keys:
        return []
    statement, values = DOCUMENTS.of(tuple(dict.fromkeys(keys)))
    return unit.all(statement, **values)
