"""A customer's statement: what it owed before the first day, what happened until the last, what it owes then."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import A4, Column, ColumnKind, Document, Table, Total, company_head
from retaguarda.kernel.document.rows import each_row
from retaguarda.kernel.text import Texts
from retaguarda.modules.billing.documents.parts import day_of, facts, key_of

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def statement(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The statement of the customer `party_id`, from the day `since` to the day `until` where they are given."""
    key = key_of(params, "party_id")
    since, until = day_of(params, "since"), day_of(params, "until")
    head = door.one("billing.statement_head", key)
    lines = _rows(door, key)
    before = [line for line in lines if since is not None and line.occurred_on < since]
    shown = [line for line in lines[len(before) :] if until is None or line.occurred_on <= until]
    opening = sum((line.amount for line in before), Decimal(0))
    closing = opening + sum((line.amount for line in shown), Decimal(0))
    who = facts(texts, customer=head.customer_name, tax_id=head.customer_tax_id, since=since, until=until)
    blocks = (who, _table(shown, opening, closing, texts))
    title = texts.say("billing.paper.statement")
    return Document(
        "billing.customer_statement",
        title,
        texts.language,
        company_head(texts, head.company_name, head.company_tax_id),
        blocks,
        A4,
    )


def _rows(door: Door, party_id: str) -> list[Any]:
    """Everything that happened on the account, in the order of the days it counts for."""
    found = each_row(door, "billing.statement", {"party_id": party_id}, "at")
    return sorted(found, key=lambda row: row.occurred_on)


def _table(lines: list[Any], opening: Decimal, closing: Decimal, texts: Texts) -> Table:
    columns = (
        Column(texts.say("billing.paper.day")),
        Column(texts.say("billing.paper.what")),
        Column(texts.say("billing.paper.number"), ColumnKind.NUMBER),
        Column(texts.say("billing.paper.charged"), ColumnKind.NUMBER),
        Column(texts.say("billing.paper.settled"), ColumnKind.NUMBER),
        Column(texts.say("billing.paper.balance"), ColumnKind.NUMBER),
    )
    rows = [("", texts.say("billing.paper.opening"), "", "", "", texts.write(opening, "amount"))]
    balance = opening
    for line in lines:
        balance += line.amount
        rows.append(
            (
                texts.write(line.occurred_on),
                texts.say(f"billing.kind.{line.kind}"),
                line.number,
                texts.write(line.amount, "amount") if line.amount > 0 else "",
                texts.write(-line.amount, "amount") if line.amount < 0 else "",
                texts.write(balance, "amount"),
            )
        )
    said = "owed" if closing >= 0 else "in_credit"
    total = Total(texts.say(f"billing.paper.{said}"), texts.write(abs(closing), "amount"), strong=True)
    return Table(columns, rows, (total,))
