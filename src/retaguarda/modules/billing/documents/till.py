"""The closing of a till on the roll of 80 mm: counted, expected, difference, what moved, what came by which method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    RECEIPT_80,
    Block,
    Column,
    ColumnKind,
    Document,
    Heading,
    KeyValues,
    Table,
    branch_head,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.text import Texts
from retaguarda.modules.billing.documents.parts import facts, key_of

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def till_closing(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The closing of the session with the key `session_id`; refuses one that is still open: the count is blind."""
    key = key_of(params, "session_id")
    card = door.one("billing.till_card", key)
    if card.state == "open":
        raise Refusal("billing.till_not_closed", field="session_id", number=card.number)
    entries = all_rows(door, "billing.till_entries", {"session_id": key}, "at")
    methods = all_rows(door, "billing.till_methods", {"session_id": key}, "method")
    title = texts.say("billing.paper.till_closing", number=card.number)
    blocks = (_who(card, texts), _found(card, texts), *_methods(methods, texts), *_entries(card, entries, texts))
    return Document("billing.till_closing", title, texts.language, branch_head(card, texts), blocks, RECEIPT_80)


def _who(card: Any, texts: Texts) -> Block:
    return facts(
        texts,
        till=card.account_name,
        opened_by=card.person_name,
        opened_at=card.opened_at,
        closed_by=card.closer_name,
        closed_at=card.closed_at,
        reason=card.reason,
    )


def _found(card: Any, texts: Texts) -> Block:
    names = ("float", "expected", "counted", "difference")
    pairs = [
        (texts.say(f"billing.paper.till.{name}"), texts.write(getattr(card, f"{name}_amount"), "amount"))
        for name in names
    ]
    return KeyValues(tuple(pairs))


def _methods(methods: Any, texts: Texts) -> tuple[Block, ...]:
    if not methods:
        return ()
    columns = (
        Column(texts.say("billing.paper.method")),
        Column(texts.say("billing.paper.count"), ColumnKind.NUMBER),
        Column(texts.say("billing.paper.amount"), ColumnKind.NUMBER),
    )
    rows = [(texts.say(f"billing.method.{m.method}"), str(m.count), texts.write(m.amount, "amount")) for m in methods]
    return (Heading(texts.say("billing.paper.by_method")), Table(columns, rows))


def _entries(card: Any, entries: Any, texts: Texts) -> tuple[Block, ...]:
    if not entries:
        return ()
    columns = (Column(texts.say("billing.paper.what")), Column(texts.say("billing.paper.amount"), ColumnKind.NUMBER))
    rows = [
        (
            " · ".join(word for word in (texts.say(f"billing.till_entry.{e.kind}"), e.other_name, e.reason) if word),
            texts.write(e.amount, "amount"),
        )
        for e in entries
    ]
    return (Heading(texts.say("billing.paper.moved")), Table(columns, rows))
