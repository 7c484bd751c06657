"""What the customer is given: the quotation or order, the receipt of the counter; nothing internal on either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    RECEIPT_80,
    Block,
    Column,
    ColumnKind,
    Document,
    KeyValues,
    Note,
    Table,
    Total,
    branch_head,
    priced_lines,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def order(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The order with the key `order_id`, as its customer reads it."""
    if not params.get("order_id"):
        raise Invalid(Fault("order_id", "kernel.required"))
    key = str(params["order_id"])
    card = door.one("sales.order_card", key)
    lines = all_rows(door, "sales.order_lines", {"order_id": key}, "position")
    kind = "quotation" if card.state == "quotation" else "order"
    title = texts.say(f"sales.paper.{kind}", number=card.number)
    blocks = (_head(card, texts), priced_lines(card, lines, texts, "sales.paper"), *_notes(card, texts))
    return Document("sales.order", title, texts.language, branch_head(card, texts), blocks, A4)


def _head(card: Any, texts: Texts) -> Block:
    pairs = [
        (texts.say("sales.paper.customer"), card.customer_name),
        (texts.say("sales.paper.ordered_on"), texts.write(texts.day(card.ordered_at))),
        (texts.say("sales.paper.promised_on"), texts.write(card.promised_on)),
        (texts.say("sales.paper.handover"), texts.say(f"sales.handover.{card.handover}")),
        (texts.say("sales.paper.terms"), card.payment_terms or texts.say("sales.paper.at_once")),
        (texts.say("sales.paper.seller"), card.seller_name or ""),
    ]
    if card.state == "quotation":
        pairs.insert(2, (texts.say("sales.paper.valid_until"), texts.write(card.valid_until)))
    return KeyValues(tuple(pair for pair in pairs if pair[1]))


def _notes(card: Any, texts: Texts) -> tuple[Block, ...]:
    """What was written for the customer, and that this is no invoice."""
    said = (card.customer_note, texts.say("sales.paper.no_fiscal_value"))
    return tuple(Note(words) for words in said if words)


def counter_receipt(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The receipt of the counter sale of the order `order_id`, on the roll of 80 mm."""
    if not params.get("order_id"):
        raise Invalid(Fault("order_id", "kernel.required"))
    key = str(params["order_id"])
    sale, card = door.one("sales.counter_sales", key), door.one("sales.order_card", key)
    lines = all_rows(door, "sales.order_lines", {"order_id": key}, "position")
    paid = door.show("sales.counter_payments", {"order_id": key}, "position").rows
    title = texts.say("sales.paper.counter_receipt", number=card.number)
    who = (
        (texts.say("sales.paper.customer"), sale.customer_name),
        (texts.say("sales.paper.ordered_on"), texts.write(sale.at)),
        (texts.say("sales.paper.seller"), sale.seller_name or ""),
        (texts.say("sales.paper.station"), sale.station),
    )
    blocks = (
        KeyValues(tuple(pair for pair in who if pair[1])),
        _sold(card, lines, texts),
        KeyValues(_paid(sale, paid, texts)),
        *_notes(card, texts),
    )
    return Document("sales.counter_receipt", title, texts.language, branch_head(card, texts), blocks, RECEIPT_80)


def _sold(card: Any, lines: Sequence[Any], texts: Texts) -> Block:
    columns = (
        Column(texts.say("sales.paper.name")),
        Column(texts.say("sales.paper.quantity"), ColumnKind.NUMBER),
        Column(texts.say("sales.paper.net"), ColumnKind.NUMBER),
    )
    rows = [
        (line.name, texts.write(line.quantity, "quantity"), texts.write(line.net_amount, "amount")) for line in lines
    ]
    sums = [Total(texts.say("sales.paper.total"), texts.write(card.total_amount, "amount"), strong=True)]
    if card.discount_amount:
        sums.insert(0, Total(texts.say("sales.paper.discounts"), texts.write(-card.discount_amount, "amount")))
    return Table(columns, rows, tuple(sums))


def _paid(sale: Any, paid: Sequence[Any], texts: Texts) -> tuple[tuple[str, str], ...]:
    """How it was paid; cash as it was handed over, and the change."""
    pairs = []
    for one in paid:
        amount = one.amount + (sale.change_amount if one.method == "cash" else 0)
        pairs.append((texts.say(f"sales.way.{one.method}"), texts.write(amount, "amount")))
    if sale.credit_amount:
        pairs.append((texts.say("sales.way.credit"), texts.write(sale.credit_amount, "amount")))
    if sale.change_amount:
        pairs.append((texts.say("sales.counter.change"), texts.write(sale.change_amount, "amount")))
    return tuple(pairs)
