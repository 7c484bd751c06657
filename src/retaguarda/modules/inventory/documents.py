"""Papers of the warehouse: count sheet, stock position, labels. For the house only, never for a customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    LABEL_100X150,
    Barcode,
    Block,
    Column,
    ColumnKind,
    CompanyHeader,
    Document,
    Ean13,
    KeyValues,
    Paragraph,
    Table,
    Total,
    branch_head,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door

MOST_COPIES = 200
GTIN_13 = 13


def count_sheet(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The sheet with the key `sheet_id`, to be filled in by hand: places and products, never what the books say."""
    if not params.get("sheet_id"):
        raise Invalid(Fault("sheet_id", "kernel.required"))
    key = str(params["sheet_id"])
    sheet = door.one("inventory.count_sheets", key)
    lines = all_rows(door, "inventory.count_sheet_lines", {"sheet_id": key}, "position")
    facts = KeyValues(
        (
            (texts.say("inventory.field.warehouse_name"), sheet.warehouse_name),
            (texts.say("inventory.field.opened_on"), texts.write(sheet.opened_on)),
            (texts.say("inventory.field.note"), sheet.note),
            (texts.say("inventory.paper.counted_by"), BLANK * 3),
        )
    )
    lots = ["lot"] if any(line.lot for line in lines) else []
    names = ("position", "location_code", "code", "product_id", *lots, "unit_code", "counted", "again")
    columns = tuple(
        Column(texts.say(f"inventory.field.{name}"), ColumnKind.NUMBER if name == "position" else ColumnKind.WORDS)
        for name in names
    )
    rows = [
        (
            str(line.position),
            line.location_code,
            line.code,
            line.name,
            *(getattr(line, name) for name in lots),
            line.unit_code,
            BLANK,
            BLANK,
        )
        for line in lines
    ]
    title = texts.say("inventory.paper.count_sheet", number=sheet.number)
    head = _header(door, sheet.warehouse_id, texts)
    return Document("inventory.count_sheet", title, texts.language, head, (facts, Table(columns, rows)), A4)


BLANK = "__________"


def stock_position(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """What there was at the end of the day `day` (today without it), in the warehouse `warehouse_id` or in all of
    them; with its value for whoever may read costs."""
    day = str(params.get("day") or door.today().isoformat())
    where: dict[str, Any] = {"since_on<=": day, "until_on>": day}
    if params.get("warehouse_id"):
        where["warehouse_id"] = str(params["warehouse_id"])
    rows = [r for r in all_rows(door, "inventory.stock_history", where, "name") if r.quantity]
    worth = _worth(door, day) if door.person.may("inventory.read_cost") else {}
    names = [
        "code",
        "product_id",
        "warehouse_name",
        "quantity",
        "unit_code",
        *(["unit_cost", "amount"] if worth else []),
    ]
    words = ("code", "product_id", "warehouse_name", "unit_code")
    columns = tuple(
        Column(texts.say(f"inventory.field.{name}"), ColumnKind.WORDS if name in words else ColumnKind.NUMBER)
        for name in names
    )
    table = Table(columns, [_position(row, worth, texts) for row in rows], _total(rows, worth, texts))
    title = texts.say("inventory.paper.stock_position", day=dt.date.fromisoformat(day))
    head = _header(door, str(params.get("warehouse_id") or ""), texts)
    return Document("inventory.stock_position", title, texts.language, head, (table,), A4)


def labels(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """`copies` labels (one without it) of the product `product_id`, each with its bar code: the EAN-13 of its GTIN,
    else its own code as Code 128; with `lot` also the lot and when it expires."""
    if not params.get("product_id"):
        raise Invalid(Fault("product_id", "kernel.required"))
    copies = str(params.get("copies") or 1)
    if not copies.isdigit() or not 1 <= int(copies) <= MOST_COPIES:
        raise Invalid(Fault("copies", "kernel.too_large", {"most": str(MOST_COPIES)}))
    key = str(params["product_id"])
    product = door.one("inventory.kits", key)
    codes = door.show("catalog.codes", {"product_id": key, "active": True}).rows
    gtins = [c.code.zfill(GTIN_13) for c in codes if c.kind == "gtin" and len(c.code) in (12, GTIN_13)]
    bars: Block = Ean13(gtins[0]) if gtins else Barcode(product.code)
    one: list[Block] = [Paragraph(product.name, strong=True), bars, KeyValues(_of_lot(door, key, params, texts))]
    title = texts.say("inventory.paper.labels", code=product.code)
    head = _header(door, "", texts)
    return Document("inventory.labels", title, texts.language, head, tuple(one * int(copies)), LABEL_100X150)


def _of_lot(door: Door, key: str, params: Mapping[str, Any], texts: Texts) -> tuple[tuple[str, str], ...]:
    if not params.get("lot"):
        return ()
    lot = str(params["lot"])
    rows = door.show("inventory.lots", {"product_id": key, "code": lot}).rows
    expires = ((texts.say("inventory.field.expires_on"), texts.write(row.expires_on)) for row in rows)
    return ((texts.say("inventory.field.lot"), lot), *expires)


def _worth(door: Door, day: str) -> dict[str, Any]:
    found = all_rows(door, "inventory.value_history", {"since_on<=": day, "until_on>": day})
    return {row.product_id: row.unit_cost for row in found}


def _position(row: Any, worth: Mapping[str, Any], texts: Texts) -> tuple[str, ...]:
    cells = (row.code, row.name, row.warehouse_name, texts.write(row.quantity, "quantity"), row.unit_code)
    if not worth:
        return cells
    unit_cost = worth.get(row.product_id, row.quantity * 0)
    amount = round(row.quantity * unit_cost, 2)
    return (*cells, texts.write(unit_cost, "price"), texts.write(amount, "amount"))


def _total(rows: Sequence[Any], worth: Mapping[str, Any], texts: Texts) -> tuple[Total, ...]:
    if not worth or not rows:
        return ()
    amount = sum(round(r.quantity * worth.get(r.product_id, r.quantity * 0), 2) for r in rows)
    return (Total(texts.say("inventory.field.amount"), texts.write(amount, "amount"), strong=True),)


def _header(door: Door, warehouse_id: str, texts: Texts) -> CompanyHeader:
    where = {"id": warehouse_id} if warehouse_id else {}
    head = door.show("inventory.paper_heads", where, limit=1).rows[0]
    return branch_head(head, texts)
