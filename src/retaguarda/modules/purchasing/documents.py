"""The printed purchase order: for the supplier, so it shows nothing internal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    Block,
    Column,
    ColumnKind,
    Document,
    KeyValues,
    Note,
    Table,
    Total,
    branch_head,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door

WORDS = ("code", "name", "unit", "expected_on")


def order(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The order with the key `order_id`, as its supplier reads it."""
    if not params.get("order_id"):
        raise Invalid(Fault("order_id", "kernel.required"))
    key = str(params["order_id"])
    card = door.one("purchasing.order_card", key)
    lines = all_rows(door, "purchasing.order_lines", {"order_id": key}, "position")
    title = texts.say("purchasing.paper.title", number=card.number)
    blocks = (_supplier(card, texts), _lines(card, lines, texts), *_notes(card, texts))
    return Document("purchasing.order", title, texts.language, branch_head(card, texts), blocks, A4)


def _supplier(card: Any, texts: Texts) -> Block:
    values = {
        "supplier": card.supplier_legal_name or card.supplier_name,
        "tax_id": card.supplier_tax_id,
        "reference": card.supplier_reference,
        "ordered_at": texts.day(card.ordered_at),
        "expected_on": card.expected_on,
        "deliver_to": f"{card.branch_name} - {card.warehouse_name}",
        "terms": card.payment_terms,
        "buyer": card.buyer_name,
    }
    there = ((name, value) for name, value in values.items() if value)
    return KeyValues(tuple((texts.say(f"purchasing.paper.{name}"), texts.write(value)) for name, value in there))


def _lines(card: Any, lines: Any, texts: Texts) -> Block:
    names = ("position", "code", "name", "quantity", "unit", "price", "expected_on", "net")
    columns = tuple(
        Column(texts.say(f"purchasing.paper.{name}"), ColumnKind.WORDS if name in WORDS else ColumnKind.NUMBER)
        for name in names
    )
    rows = [
        (
            str(line.position),
            line.supplier_code or line.code,
            line.name,
            texts.write(line.quantity, "quantity"),
            line.unit_code,
            texts.write(line.unit_price, "price"),
            texts.write(line.expected_on),
            texts.write(line.net_amount, "amount"),
        )
        for line in lines
    ]
    total = Total(texts.say("purchasing.paper.total"), texts.write(card.total_amount, "amount"), strong=True)
    return Table(columns, rows, (total,))


def _notes(card: Any, texts: Texts) -> tuple[Block, ...]:
    said = (Note(card.supplier_note),) if card.supplier_note else ()
    draft = (Note(texts.say("purchasing.paper.draft")),) if card.state == "draft" else ()
    return (*said, *draft)
