"""The printed invoice: for the customer, so it shows posted rows only and nothing internal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    Block,
    Column,
    ColumnKind,
    Document,
    Heading,
    Note,
    Table,
    Total,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.text import Texts
from retaguarda.modules.billing.documents.parts import facts, header, key_of

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def invoice(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The invoice with the key `invoice_id`, as the buyer reads it."""
    key = key_of(params, "invoice_id")
    card = door.one("billing.invoice_card", key)
    lines = all_rows(door, "billing.invoice_lines", {"invoice_id": key})
    parts = all_rows(door, "billing.instalments", {"invoice_id": key})
    title = texts.say("billing.paper.title", number=card.number)
    blocks = (_buyer(card, texts), _lines(card, lines, texts), *_parts(parts, texts))
    return Document("billing.invoice", title, texts.language, header(card, texts), (*blocks, _foot(texts)), A4)


def _buyer(card: Any, texts: Texts) -> Block:
    return facts(
        texts,
        buyer=card.buyer_name,
        tax_id=card.buyer_tax_id,
        address=card.buyer_address,
        issued_on=card.issued_on,
        order=card.source_number,
        terms=card.payment_terms or texts.say("billing.paper.at_once"),
    )


def _lines(card: Any, lines: Any, texts: Texts) -> Block:
    discounted = any(line.discount_amount for line in lines)
    names = ["position", "code", "name", "quantity", "unit", "price", *(["discount"] if discounted else []), "net"]
    words = ("code", "name", "unit")
    columns = tuple(
        Column(texts.say(f"billing.paper.{name}"), ColumnKind.WORDS if name in words else ColumnKind.NUMBER)
        for name in names
    )
    rows = [_line(line, discounted, texts) for line in lines]
    sums = [Total(texts.say("billing.paper.total"), texts.write(card.total_amount, "amount"), strong=True)]
    if discounted:
        sums[:0] = [
            Total(texts.say("billing.paper.gross"), texts.write(card.gross_amount, "amount")),
            Total(texts.say("billing.paper.discounts"), texts.write(-card.discount_amount, "amount")),
        ]
    return Table(columns, rows, tuple(sums))


def _line(line: Any, discounted: bool, texts: Texts) -> tuple[str, ...]:
    return (
        str(line.position),
        line.code,
        line.name,
        texts.write(line.quantity, "quantity"),
        line.unit_code,
        texts.write(line.unit_price, "price"),
        *([texts.write(line.discount_amount, "amount") if line.discount_amount else ""] if discounted else []),
        texts.write(line.net_amount, "amount"),
    )


def _parts(parts: Any, texts: Texts) -> tuple[Block, ...]:
    if not parts:
        return ()
    columns = (
        Column(texts.say("billing.paper.instalment")),
        Column(texts.say("billing.paper.due_on")),
        Column(texts.say("billing.paper.amount"), ColumnKind.NUMBER),
    )
    rows = [(f"{p.position}/{len(parts)}", texts.write(p.due_on), texts.write(p.amount, "amount")) for p in parts]
    return (Heading(texts.say("billing.paper.payment")), Table(columns, rows))


def _foot(texts: Texts) -> Block:
    """Until the fiscal document is there, the paper says plainly that it is none."""
    return Note(texts.say("billing.paper.no_fiscal_value"))
