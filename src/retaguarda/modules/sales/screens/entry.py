"""The order entry: typed by keyboard alone, every line answered by the stock as it is typed, judged across lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from retaguarda.kernel.money import line_parts
from retaguarda.kernel.screen import (
    SAVE_NEW,
    Action,
    Column,
    EntryLines,
    EntryScreen,
    EntryValues,
    Fact,
    FieldView,
    Level,
    LineColumn,
    LineValues,
    Note,
    Phrase,
    Scan,
    Summary,
)
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.commands import amendments, quotations

ZERO = Decimal(0)
TABLES = ("sales_order", "sales_order_line")
_LINE = "sales.line"


def derive(line: LineValues) -> Mapping[str, Any]:
    """What a line costs, as soon as quantity and price are understood."""
    quantity, price = line.values.get("quantity"), line.values.get("unit_price")
    if quantity is None or price is None:
        return {}
    parts = line_parts(quantity, price, line.values.get("discount_rate") or ZERO)
    return {"gross_amount": parts.gross, "discount_amount": parts.discount, "net_amount": parts.net}


def judge(lines: Sequence[LineValues]) -> tuple[Note | None, ...]:
    """What the stock says to every line: one product on two lines is one need."""
    needed: dict[str, Decimal] = {}
    for line in lines:
        product = line.values.get("product_id")
        if product is not None:
            needed[product] = needed.get(product, ZERO) + (line.values.get("quantity") or ZERO)
    return tuple(_judged(line, needed) for line in lines)


def _judged(line: LineValues, needed: Mapping[str, Decimal]) -> Note | None:
    product, answer = line.values.get("product_id"), line.answer
    if product is None:
        return None
    if line.info.get("kind", rules.STOCK) != rules.STOCK:
        return Note(Phrase(f"{_LINE}.service"))
    if answer is None:
        return Note(Phrase(f"{_LINE}.asking"))
    free, left = answer.free, answer.free - needed[product]
    if left < 0:
        missing = Phrase(f"{_LINE}.short", {"n": -left, "short": -left, "free": max(free, ZERO)})
        return Note(missing, "bad", _standing(answer), _way_out(answer, free))
    said = Phrase(f"{_LINE}.{'last' if left == 0 else 'free'}", {"free": free})
    return Note(said, "warn" if left == 0 else "ok", _standing(answer))


def _standing(answer: Any) -> Phrase:
    """Reserved, what comes next, and when the stock said so."""
    params = {"reserved": answer.reserved, "at": getattr(answer, "at", None)}
    if answer.incoming_on is None:
        return Phrase(f"{_LINE}.standing", params)
    return Phrase(
        f"{_LINE}.standing_incoming", {**params, "incoming": answer.incoming_quantity, "day": answer.incoming_on}
    )


def _way_out(answer: Any, free: Decimal) -> Phrase:
    if answer.incoming_on is not None:
        return Phrase(f"{_LINE}.wait_or_reduce", {"day": answer.incoming_on, "free": max(free, ZERO)})
    return Phrase(f"{_LINE}.reduce" if free > 0 else f"{_LINE}.take_out", {"free": free})


def detail(line: LineValues) -> tuple[Fact, ...]:
    """Where the price of the line at the cursor comes from, and what lies in stock."""
    listed, asked = line.info.get("price"), line.values.get("unit_price")
    typed = listed is not None and asked is not None and asked != listed
    facts = [
        Fact(label=f"{_LINE}.list_price", value=listed, show="price", level="warn" if typed else ""),
        Fact(label=f"{_LINE}.list_name", value=line.info.get("list_name")),
    ]
    if line.answer is not None:
        facts.append(Fact(label=f"{_LINE}.on_hand", value=line.answer.on_hand, show="quantity"))
        facts.append(Fact(label=f"{_LINE}.held", value=line.answer.held, show="quantity"))
    return tuple(facts)


def promise(values: EntryValues) -> Summary:
    """The day that is promised, which lines are ready for it and which are not."""
    day: dt.date | None = values.header.get("promised_on")
    short = [(line, note) for line, note in zip(values.lines, values.notes, strict=False) if _is(note, "bad")]
    ready = sum(1 for note in values.notes if note is not None and note.level != "bad" and note.level != "")
    services = sum(1 for line in values.lines if line.info.get("kind", rules.STOCK) != rules.STOCK)
    notes = [
        Note(
            Phrase("sales.promise.ready", {"n": len(values.lines), "ready": ready + services}),
            "ok" if values.lines and not short else "",
        )
    ]
    notes += [
        Note(Phrase("sales.promise.line_short", {"line": line.number, "name": line.info.get("name", "")}), "bad")
        for line, _ in short[:4]
    ]
    level: Level = "bad" if short else "ok"
    code = "sales.promise.at_risk" if short else "sales.promise.fine"
    headline = Phrase("sales.promise.day", {"day": day}) if day else Phrase("sales.promise.usual_day")
    return Summary(
        name="promise",
        title=Phrase("sales.promise.title"),
        icon="calendar-check",
        pill=Note(Phrase(code), level) if values.lines else None,
        headline=headline,
        sub=Phrase("sales.promise.handover", {"handover": f"sales.handover.{values.header.get('handover')}"})
        if values.header.get("handover")
        else None,
        notes=tuple(notes) if values.lines else (),
    )


def _is(note: Note | None, level: str) -> bool:
    return note is not None and note.level == level


def totals(values: EntryValues) -> Summary:
    """What the lines cost together."""

    def total(name: str) -> Decimal:
        return sum((line.derived.get(name, ZERO) for line in values.lines), ZERO)

    return Summary(
        name="totals",
        title=Phrase("sales.totals.title"),
        facts=(
            Fact(label="sales.totals.gross", value=total("gross_amount"), show="money"),
            Fact(label="sales.totals.discount", value=-total("discount_amount"), show="money"),
            Fact(label="sales.totals.net", value=total("net_amount"), show="money", strong=True),
        ),
    )


LINES = EntryLines(
    name="lines",
    item="product_id",
    quantity="quantity",
    fills={"unit_price": "price"},
    keeps=("name", "code", "gtin", "unit_code", "price", "list_name", "kind"),
    answers="inventory.availability",
    answers_by="product_id",
    answered_from=("stock_move", "stock_reservation", "stock_hold", "authorised_negative", "expected_entry"),
    depends=("warehouse_id",),
    derive=derive,
    judge=judge,
    detail=detail,
    columns=(
        LineColumn(field="name", show="name", sub="code", sub_show="code"),
        LineColumn(field="quantity", show="quantity", width=64, editable=True),
        LineColumn(field="unit_code", width=46),
        LineColumn(field="unit_price", show="price", width=84, editable=True),
        LineColumn(field="discount_rate", show="rate", width=66, editable=True),
        LineColumn(field="stock", show="answer", width=262),
        LineColumn(field="net_amount", show="money", width=104),
    ),
)
SCAN = Scan(query="catalog.products_to_sell", by="code", search="catalog.products_to_find")
GRID_KEYS = (
    Action(name="find", icon="search", does="find", shortcut="F3"),
    Action(name="discount", icon="tag", does="edit.discount_rate", shortcut="F6"),
    Action(name="repeat_above", icon="copy", does="repeat_above", shortcut="Ctrl+D"),
    Action(name="remove_line", icon="x", does="remove_line", shortcut="Ctrl+Delete"),
)

_CONFIRM = Action(
    name="confirm",
    icon="check",
    press="sales.confirm_order",
    key="order_id",
    shortcut="F10",
    primary=True,
    then="open",
    opens="sales.order_page",
)

ORDER_ENTRY = EntryScreen(
    name="sales.order_entry",
    icon="shopping-cart",
    command=quotations.CreateQuotation,
    revise=quotations.ReviseQuotation,
    load="sales.order_draft",
    key="order_id",
    record_name="number",
    partner="customer_id",
    card="sales.customer_card",
    card_facts=(
        Column(field="credit_limit", show="money"),
        Column(field="open_amount", show="money"),
        Column(field="last_number", show="code"),
    ),
    scan=SCAN,
    lines=LINES,
    side=(promise, totals),
    fields=(
        FieldView(
            name="customer_id",
            suggestions="party.customer_choices",
            shown_by="customer_name",
            adds="party.customer_form",
        ),
        FieldView(name="payment_terms"),
        FieldView(name="promised_on"),
        FieldView(name="handover"),
        FieldView(name="channel"),
        FieldView(name="valid_until"),
        FieldView(name="warehouse_id", suggestions="inventory.warehouse_choices", shown_by="warehouse_name"),
        FieldView(name="customer_note", width=2),
        FieldView(name="internal_note", width=2),
    ),
    actions=(
        Action(name="save", icon="save", does="save", shortcut="Ctrl+S"),
        SAVE_NEW,
        _CONFIRM,
        replace(
            _CONFIRM,
            name="confirm_print",
            text="sales.action.confirm_print",
            icon="printer",
            shortcut="Ctrl+F10",
            primary=False,
            prints_after="sales.order",
            shows_paper=True,
        ),
        *GRID_KEYS,
    ),
    refreshed_by=TABLES,
)

ORDER_AMEND = EntryScreen(
    name="sales.order_amend",
    icon="pencil",
    revise=amendments.AmendOrder,
    load="sales.order_draft",
    key="order_id",
    record_name="number",
    scan=SCAN,
    lines=LINES,
    side=(totals,),
    fields=(
        FieldView(name="promised_on"),
        FieldView(name="consent_by"),
        FieldView(name="consent_channel"),
        FieldView(name="consent_note", width=2),
    ),
    actions=(
        Action(name="save", icon="check", does="save", shortcut="F10", primary=True, then="close"),
        *GRID_KEYS,
    ),
    refreshed_by=TABLES,
)
