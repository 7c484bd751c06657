"""The receipt of a payment on the roll of 80 mm, and the credit note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    RECEIPT_80,
    Block,
    Column,
    ColumnKind,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Table,
    Total,
    branch_head,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.text import Texts
from retaguarda.modules.billing.documents.parts import facts, key_of

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door

_ON_RECEIPTS = ("payment", "refund", "reversal")
_EXTRAS = ("interest", "fine", "discount", "credit")


def receipt(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The receipt of the payment, refund or reversal with the key `settlement_id`."""
    key = key_of(params, "settlement_id")
    card = door.one("billing.settlement_card", key)
    if card.kind not in _ON_RECEIPTS:
        raise Refusal("billing.no_receipt", field="settlement_id", number=card.number)
    parts = all_rows(door, "billing.settled", {"settlement_id": key})
    moneys = all_rows(door, "billing.settlement_moneys", {"settlement_id": key}, "position")
    title = texts.say(f"billing.paper.receipt.{card.kind}", number=card.number)
    blocks = (_who(card, texts), *_settled(card, parts, texts), *_moneys(moneys, texts), *_signed(card, texts))
    return Document("billing.receipt", title, texts.language, branch_head(card, texts), blocks, RECEIPT_80)


def _who(card: Any, texts: Texts) -> Block:
    return facts(
        texts,
        customer=card.customer_name,
        tax_id=card.customer_tax_id,
        day=card.occurred_on,
        received_by=card.person_name,
        reverses=card.reverses_number,
        reason=texts.words(card.reason),
    )


def _settled(card: Any, parts: Any, texts: Texts) -> tuple[Block, ...]:
    """The instalments that were paid, then what was paid or kept beside them, then the sum."""
    columns = (
        Column(texts.say("billing.paper.settled_part")),
        Column(texts.say("billing.paper.due_on")),
        Column(texts.say("billing.paper.amount"), ColumnKind.NUMBER),
    )
    rows = [(p.document, texts.write(p.due_on), texts.write(p.principal_amount, "amount")) for p in parts]
    totals = []
    for name in _EXTRAS:
        amount = getattr(card, f"{name}_amount")
        if amount:
            shown = -amount if name == "discount" else amount
            said = "credit_used" if name == "credit" and amount < 0 and card.kind == "payment" else name
            totals.append(Total(texts.say(f"billing.paper.{said}"), texts.write(shown, "amount")))
    totals.append(Total(texts.say("billing.paper.money"), texts.write(card.money_amount, "amount"), strong=True))
    return (Table(columns, rows, tuple(totals)),)


def _moneys(moneys: Any, texts: Texts) -> tuple[Block, ...]:
    if not moneys:
        return ()
    pairs = tuple((texts.say(f"billing.method.{m.method}"), texts.write(m.amount, "amount")) for m in moneys)
    return (Heading(texts.say("billing.paper.paid_by")), KeyValues(pairs))


def _signed(card: Any, texts: Texts) -> tuple[Block, ...]:
    said = texts.say("billing.paper.received_words", customer=card.customer_name, amount=card.money_amount)
    return (Paragraph(said),) if card.kind == "payment" and card.money_amount > 0 else ()


def credit_note(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The credit note with the key `settlement_id`, as the customer reads it."""
    key = key_of(params, "settlement_id")
    card = door.one("billing.settlement_card", key)
    if card.kind != "credit_note":
        raise Refusal("billing.no_credit_note", field="settlement_id", number=card.number)
    lines = all_rows(door, "billing.credit_note_lines", {"settlement_id": key})
    title = texts.say("billing.paper.credit_note", number=card.number)
    blocks = (
        _note_head(card, texts),
        _note_lines(card, lines, texts),
        Note(texts.say("billing.paper.no_fiscal_value")),
    )
    return Document("billing.credit_note", title, texts.language, branch_head(card, texts), blocks, A4)


def _note_head(card: Any, texts: Texts) -> Block:
    return facts(
        texts,
        customer=card.customer_name,
        tax_id=card.customer_tax_id,
        issued_on=card.occurred_on,
        of_invoice=card.invoice_number,
        reason=texts.words(card.reason),
    )


def _note_lines(card: Any, lines: Any, texts: Texts) -> Block:
    names = ("position", "code", "name", "quantity", "unit", "net")
    words = ("code", "name", "unit")
    columns = tuple(
        Column(texts.say(f"billing.paper.{name}"), ColumnKind.WORDS if name in words else ColumnKind.NUMBER)
        for name in names
    )
    rows = [
        (
            str(line.position),
            line.code,
            line.name,
            texts.write(line.quantity, "quantity"),
            line.unit_code,
            texts.write(line.net_amount, "amount"),
        )
        for line in lines
    ]
    totals = [
        Total(texts.say(f"billing.paper.{name}"), texts.write(amount, "amount"))
        for name, amount in (
            ("off_open", card.principal_amount),
            ("to_credit", card.credit_amount),
            ("paid_back", -card.money_amount),
        )
        if amount
    ]
    totals.append(Total(texts.say("billing.paper.credited"), texts.write(card.value_amount, "amount"), strong=True))
    return Table(columns, rows, tuple(totals))
