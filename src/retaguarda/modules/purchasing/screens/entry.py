"""The order entry: typed by keyboard alone, every line answered by the supplier's prices and the stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from retaguarda.kernel.money import line_amount
from retaguarda.kernel.screen import (
    Action,
    EntryLines,
    EntryScreen,
    EntryValues,
    Fact,
    LineColumn,
    LineValues,
    Note,
    Phrase,
    Scan,
    Summary,
)
from retaguarda.modules.purchasing import rules
from retaguarda.modules.purchasing.commands import changes, orders
from retaguarda.modules.purchasing.screens.orders import TABLES
from retaguarda.modules.purchasing.screens.parts import SUPPLIER, WAREHOUSE, column, field

ZERO = Decimal(0)
_LINE = "purchasing.line"


def offer_for(line: LineValues) -> Mapping[str, Any] | None:
    """The supplier's price that counts for the line's quantity."""
    quantity, prices = line.values.get("quantity") or ZERO, () if line.answer is None else line.answer.prices
    enough = [one for one in prices if one["least_quantity"] <= quantity]
    return enough[-1] if enough else next(iter(prices), None)


def derive(line: LineValues) -> Mapping[str, Any]:
    """The price that will hold, and what the line costs, as soon as both are known."""
    offer, quantity = offer_for(line), line.values.get("quantity")
    price = line.values.get("unit_price")
    if price is None and offer is not None:
        price = offer["unit_price"]
    if price is None:
        return {}
    found = {"price": price}
    return found if quantity is None else {**found, "net_amount": line_amount(quantity, price)}


def judge(lines: Sequence[LineValues]) -> tuple[Note | None, ...]:
    """What the supplier asks and the stock says, line by line."""
    return tuple(_judged(line) for line in lines)


def _judged(line: LineValues) -> Note | None:
    if line.values.get("product_id") is None:
        return None
    if line.answer is None:
        return Note(Phrase(f"{_LINE}.asking"))
    stock = Phrase(f"{_LINE}.stock", {"free": line.answer.free, "incoming": line.answer.incoming})
    offer, quantity = offer_for(line), line.values.get("quantity")
    if offer is None:
        priced = line.values.get("unit_price") is not None
        return Note(Phrase(f"{_LINE}.{'typed' if priced else 'no_price'}"), "" if priced else "warn", stock)
    said = {"price": offer["unit_price"], "pack": offer["pack_quantity"], "days": offer["lead_days"]}
    if quantity is not None:
        whole = rules.whole_packs(quantity, offer["pack_quantity"], offer["least_quantity"])
        if whole != quantity:
            return Note(Phrase(f"{_LINE}.not_whole", {**said, "whole": whole}), "warn", stock)
    return Note(Phrase(f"{_LINE}.offer", said), "ok", stock)


def totals(values: EntryValues) -> Summary:
    """What the lines cost together."""
    total = sum((line.derived.get("net_amount", ZERO) for line in values.lines), ZERO)
    unpriced = sum(1 for line in values.lines if "price" not in line.derived)
    notes = (Note(Phrase("purchasing.totals.unpriced", {"n": unpriced}), "warn"),) if unpriced else ()
    return Summary(
        name="totals",
        title=Phrase("purchasing.totals.title"),
        notes=notes,
        facts=(
            Fact(label="purchasing.totals.lines", value=len(values.lines), show="whole"),
            Fact(label="purchasing.totals.net", value=total, show="money", strong=True),
        ),
    )


_COLUMNS = (
    LineColumn(field="name", title="purchasing.field.name", show="name", sub="code", sub_show="code"),
    LineColumn(field="quantity", title="purchasing.field.quantity", show="quantity", width=92, editable=True),
    LineColumn(field="unit_code", title="purchasing.field.unit_code", width=50, hide_below=1600),
    LineColumn(field="unit_price", title="purchasing.field.unit_price", show="price", width=84, editable=True),
    LineColumn(field="expected_on", title="purchasing.field.expected_on", show="day", width=104, editable=True),
    LineColumn(field="stock", title="purchasing.field.offer", show="answer", width=246),
    LineColumn(field="net_amount", title="purchasing.field.net_amount", show="money", width=104),
)
_LINES = EntryLines(
    name="lines",
    item="product_id",
    quantity="quantity",
    keeps=("name", "code", "unit_code"),
    answers="purchasing.offers",
    answers_by="product_id",
    depends=("supplier_id",),
    derive=derive,
    judge=judge,
    columns=_COLUMNS,
)
_SCAN = Scan(query="catalog.products_to_sell", by="code", search="catalog.products_to_find")


def grid_key(name: str, icon: str, shortcut: str) -> Action:
    """A key of the line grid."""
    return Action(name=name, text=f"purchasing.entry.{name}", icon=icon, does=name, shortcut=shortcut)


GRID_KEYS = (
    grid_key("find", "search", "F3"),
    grid_key("repeat_above", "copy", "Ctrl+D"),
    grid_key("remove_line", "x", "Ctrl+Delete"),
)

ORDER_ENTRY = EntryScreen(
    name="purchasing.order_entry",
    icon="inbox",
    command=orders.CreateOrder,
    revise=orders.ReviseOrder,
    load="purchasing.order_draft",
    key="order_id",
    record_name="number",
    partner="supplier_id",
    card="purchasing.supplier_card",
    card_facts=(
        column("open_orders", show="whole"),
        column("open_amount", show="money"),
        column("late_orders", show="whole"),
    ),
    scan=_SCAN,
    lines=_LINES,
    side=(totals,),
    fields=(
        SUPPLIER,
        field("expected_on", help="purchasing.field.expected_on.help_entry"),
        field("payment_terms"),
        WAREHOUSE,
        field("supplier_reference"),
        field("supplier_note", width=2),
        field("internal_note", width=2),
    ),
    actions=(
        Action(name="save", icon="save", does="save", shortcut="Ctrl+S"),
        Action(
            name="send",
            icon="send",
            press="purchasing.send_order",
            key="order_id",
            shortcut="F10",
            primary=True,
            then="open",
            opens="purchasing.order_page",
            prints_after="purchasing.order",
        ),
        *GRID_KEYS,
    ),
    refreshed_by=TABLES,
)

ORDER_AMEND = EntryScreen(
    name="purchasing.order_amend",
    icon="pencil",
    revise=changes.AmendOrder,
    load="purchasing.order_draft",
    key="order_id",
    record_name="number",
    scan=_SCAN,
    lines=_LINES,
    side=(totals,),
    fields=(field("reason", width=2),),
    actions=(
        Action(name="save", icon="check", does="save", shortcut="F10", primary=True, then="close"),
        *GRID_KEYS,
    ),
    refreshed_by=TABLES,
)
