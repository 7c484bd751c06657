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
    branch_head,
    priced_lines,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.text import Texts
from retaguarda.modules.billing.documents.parts import facts, key_of

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def invoice(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The invoice with the key `invoice_id`, as the buyer reads it."""
    key = key_of(params, "invoice_id")
    card = door.one("billing.invoice_card", key)
    lines = all_rows(door, "billing.invoice_lines", {"invoice_id": key})
    parts = all_rows(door, "billing.instalments", {"invoice_id": key})
    title = texts.say("billing.paper.title", number=card.number)
    blocks = (_buyer(card, texts), priced_lines(card, lines, texts, "billing.paper"), *_parts(parts, texts))
    return Document("billing.invoice", title, texts.language, branch_head(card, texts), (*blocks, _foot(texts)), A4)


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
