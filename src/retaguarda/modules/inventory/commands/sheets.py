"""Blind counts: a sheet is opened, entered without seeing the books, again where it differs, and posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, case, func, select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Flag, Quantity, Ref, Text, Version, Whole
from retaguarda.kernel.model import Key, UtcDateTime
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.counts import Counted, post_counted
from retaguarda.modules.inventory.commands.papers import location_faults, piece_faults, product_faults, warehouse_for
from retaguarda.modules.inventory.model import CountEntry, CountSheet, CountSheetLine, StockCare
from retaguarda.modules.inventory.rules import ZERO

MOST_PLACES = 500
_B, _L, _W = api.bin_balance.c, api.location.c, api.warehouse.c
_P, _CARE, _CL, _CE, _M = (
    catalog.product.c,
    api.stock_care.c,
    api.count_sheet_line.c,
    api.count_entry.c,
    api.stock_move.c,
)
_LIMIT = case(
    *((_CARE.count_class == c, bindparam(f"before_{c}", type_=UtcDateTime())) for c in ("A", "B")),
    else_=bindparam("before_C", type_=UtcDateTime()),
)
PLACES = Statement(
    select(_B.product_id, _B.location_id, _B.lot, _B.counted_at, _LIMIT.label("counted_before"))
    .join(api.location, _L.id == _B.location_id)
    .join(catalog.product, _P.id == _B.product_id)
    .outerjoin(api.stock_care, _CARE.product_id == _B.product_id)
    .where(_L.warehouse_id == bindparam("warehouse_id", type_=Key()), _B.on_hand != ZERO)
    .order_by(_L.route, _L.code, _P.name, _B.lot)
)
LINES = Statement(
    select(api.count_sheet_line).where(_CL.sheet_id == bindparam("sheet_id", type_=Key())).order_by(_CL.position)
)
LAST_ENTRIES = Statement(
    select(_CE.line_id, _CE.quantity, _CE.booked_quantity, _CE.serials)
    .join(api.count_sheet_line, _CL.id == _CE.line_id)
    .where(_CL.sheet_id == bindparam("sheet_id", type_=Key()))
    .order_by(_CE.at, _CE.id)
)
LEFT_SINCE = Statement(
    select(_M.product_id, func.sum(_M.cost).label("value"))
    .where(_M.kind == rules.SHIP, _M.on_day >= bindparam("since", type_=_M.on_day.type))
    .group_by(_M.product_id)
)
CARED = Statement(select(api.stock_care))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCount(Command):
    """Opens a blind count of a warehouse: of all its places, of one place, of one product, or of what is due. Whoever
    counts sees places and products, never what the books say."""

    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    location_id: Annotated[str, Ref("location")] | None = None
    product_id: Annotated[str, Ref("product")] | None = None
    due: Annotated[bool, Flag()] = False
    note: Annotated[str, Text(200)] = ""


def open_count(unit: Unit, command: OpenCount) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    if command.location_id is not None:
        there = api.location_of(unit, [command.location_id]).get(command.location_id)
        if faults := location_faults(there, warehouse.id, "location_id"):
            raise Invalid(*faults)
    limits = {f"before_{c}": unit.now - dt.timedelta(days=days) for c, days in rules.COUNT_EVERY.items()}
    rows = [
        row
        for row in unit.all(PLACES, warehouse_id=warehouse.id, **limits)
        if command.location_id in (None, row.location_id)
        and command.product_id in (None, row.product_id)
        and (not command.due or row.counted_at is None or row.counted_at < row.counted_before)
    ][:MOST_PLACES]
    if not rows:
        raise Refusal("inventory.open_count.nothing_there")
    sheet_id = unit.new_id()
    unit.add_all(
        CountSheetLine,
        [
            {
                "sheet_id": sheet_id,
                "position": at,
                "product_id": row.product_id,
                "location_id": row.location_id,
                "lot": row.lot,
                "entries": 0,
                "settled": False,
            }
            for at, row in enumerate(rows, 1)
        ],
    )
    number = next_number(unit, CountSheet, warehouse.branch_id)
    unit.add(
        CountSheet,
        id=sheet_id,
        branch_id=warehouse.branch_id,
        number=number,
        warehouse_id=warehouse.id,
        state="open",
        opened_on=unit.today,
        note=command.note,
    )
    return {"id": sheet_id, "version": 1, "number": number, "places": len(rows)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine(Part):
    """How much of a product was counted."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity(above=None, least=Decimal(0))]
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterCount(Command):
    """Enters what was counted at one place. Where it does not agree with the books, the sheet asks to count again, and
    does not say why; two counts that agree settle it. What is not on the sheet is added to it."""

    sheet_id: Annotated[str, Ref("count_sheet")]
    lines: Annotated[tuple[CountedLine, ...], Rows(least=1)]
    location_id: Annotated[str, Ref("location")] | None = None


def enter_count(unit: Unit, command: EnterCount) -> Mapping[str, Any]:
    sheet = _open_sheet(unit, command.sheet_id)
    warehouse = api.place_of(unit, sheet.warehouse_id)
    place = command.location_id or warehouse.location_id
    numbers = [rules.serial_numbers(line.serials) for line in command.lines]
    _check_entries(unit, command, warehouse, place, numbers)
    known = {(r.product_id, r.location_id, r.lot): r for r in unit.all(LINES, sheet_id=sheet.id)}
    new = [line for line in command.lines if (line.product_id, place, line.lot) not in known]
    keys = unit.add_all(
        CountSheetLine,
        [
            {
                "sheet_id": sheet.id,
                "position": len(known) + at,
                "product_id": line.product_id,
                "location_id": place,
                "lot": line.lot,
                "entries": 0,
                "settled": False,
            }
            for at, line in enumerate(new, 1)
        ],
    )
    ids = {key: row.id for key, row in known.items()}
    ids.update({(line.product_id, place, line.lot): key for line, key in zip(new, keys, strict=True)})
    stock = api.Stock(unit, [line.product_id for line in command.lines])
    unit.append(
        CountEntry,
        [
            {
                "line_id": ids[line.product_id, place, line.lot],
                "quantity": line.quantity,
                "booked_quantity": stock.in_bin((line.product_id, place, line.lot)),
                "serials": " ".join(found),
                "person_id": unit.actor.person_id,
            }
            for line, found in zip(command.lines, numbers, strict=True)
        ],
    )
    again = sum(1 for row in unit.all(LINES, sheet_id=sheet.id) if row.entries and not row.settled)
    return {"id": sheet.id, "number": sheet.number, "again": again}


def _check_entries(
    unit: Unit, command: EnterCount, warehouse: api.WarehouseFacts, place: str, numbers: Sequence[tuple[str, ...]]
) -> None:
    products = catalog.products(unit, [line.product_id for line in command.lines])
    tracking = api.tracking_of(unit, [line.product_id for line in command.lines])
    faults = location_faults(api.location_of(unit, [place]).get(place), warehouse.id, "location_id")
    seen: set[tuple[str, str]] = set()
    for at, line in enumerate(command.lines, 1):
        faults += product_faults(products.get(line.product_id), line.quantity, f"lines.{at}.")
        if (line.product_id, line.lot) in seen:
            faults.append(Fault(f"lines.{at}.product_id", "inventory.twice"))
        seen.add((line.product_id, line.lot))
    faults += piece_faults(
        tracking, [(line.product_id, line.quantity, n) for line, n in zip(command.lines, numbers, strict=True)]
    )
    if faults:
        raise Invalid(*faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCount(Command):
    """Posts a count whose places are all settled: every difference, as it was found against the books of that moment,
    with its reason. Where less is there than was reserved, the lines promised last lose their reservation."""

    sheet_id: Annotated[str, Ref("count_sheet")]
    reason: Annotated[str, Text(200)] = ""
    version: Annotated[int, Version()] | None = None


def post_count(unit: Unit, command: PostCount) -> Mapping[str, Any]:
    sheet = _open_sheet(unit, command.sheet_id)
    unit.fresh(sheet, command.version, "count_sheet")
    lines = unit.all(LINES, sheet_id=sheet.id)
    for count, code in (
        (sum(1 for line in lines if not line.entries), "inventory.post_count.uncounted"),
        (sum(1 for line in lines if not line.settled), "inventory.post_count.unsettled"),
    ):
        if count:
            raise Refusal(code, field="sheet_id", places=count)
    if any(line.difference for line in lines) and not command.reason:
        raise Invalid(Fault("reason", "inventory.post_count.reason_needed"))
    last = {row.line_id: row for row in unit.all(LAST_ENTRIES, sheet_id=sheet.id)}
    tracking = api.tracking_of(unit, [line.product_id for line in lines])
    stock = api.Stock(unit, [line.product_id for line in lines])
    counted = []
    for line in lines:
        place, entry = (line.product_id, line.location_id, line.lot), last[line.id]
        now = stock.in_bin(place)
        numbered = tracking.get(line.product_id) == rules.SERIAL
        if numbered and now != entry.booked_quantity:
            raise Refusal("inventory.post_count.moved_since", field="sheet_id", position=line.position)
        # Sales since the entry are in the books already: the difference is what was found, not what is left.
        there = now + (line.difference or ZERO)
        counted.append(Counted(place, there, rules.serial_numbers(entry.serials)))
    warehouse = api.place_of(unit, sheet.warehouse_id)
    answer = post_counted(unit, warehouse, stock, tracking, counted, command.reason)
    unit.revise(CountSheet, sheet, state="posted", document_id=answer["id"])
    return {"id": sheet.id, "version": sheet.version + 1, "number": sheet.number, "broken": answer["broken"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelCount(Command):
    """Gives a count up; nothing is posted of it."""

    sheet_id: Annotated[str, Ref("count_sheet")]
    version: Annotated[int, Version()] | None = None


def cancel_count(unit: Unit, command: CancelCount) -> Mapping[str, Any]:
    sheet = _open_sheet(unit, command.sheet_id)
    unit.fresh(sheet, command.version, "count_sheet")
    unit.revise(CountSheet, sheet, state="cancelled", document_id=None)
    return {"id": sheet.id, "version": sheet.version + 1, "number": sheet.number}


def _open_sheet(unit: Unit, sheet_id: str) -> CountSheet:
    sheet = unit.get(CountSheet, sheet_id, field="sheet_id")
    company.reachable_branch(unit, sheet.branch_id, field="sheet_id")
    if sheet.state != "open":
        raise Refusal("inventory.count_closed", field="sheet_id")
    return sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyStock(Command):
    """Sorts the products into the classes A, B and C by the value that was shipped of them in the last days: what makes
    up most of it is counted most often."""

    days: Annotated[int, Whole(least=1, most=3660)] = 180


def classify_stock(unit: Unit, command: ClassifyStock) -> Mapping[str, Any]:
    since = unit.today - dt.timedelta(days=command.days)
    moved = {row.product_id: row.value for row in unit.all(LEFT_SINCE, since=since)}
    known = {row.product_id: row for row in unit.all(CARED)}
    classes = rules.count_classes({**dict.fromkeys(known, ZERO), **moved})
    changed = [
        (known[key], {"count_class": c}) for key, c in classes.items() if key in known and known[key].count_class != c
    ]
    unit.revise_all(StockCare, changed)
    new = [key for key, c in sorted(classes.items()) if key not in known and c != "C"]
    unit.add_all(StockCare, [{"product_id": key, "tracking": "none", "count_class": classes[key]} for key in new])
    return {"changed": len(changed) + len(new)}
