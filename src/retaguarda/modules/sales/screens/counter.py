"""The counter: scan, pay, next; one screen by keyboard alone, and the list of what was sold and came back there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from retaguarda.kernel.screen import (
    Action,
    Column,
    EntryScreen,
    EntryValues,
    Fact,
    FieldView,
    FormScreen,
    LinesView,
    ListScreen,
    Note,
    Phrase,
    Place,
    Summary,
)
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.commands import counter, returns
from retaguarda.modules.sales.screens.entry import GRID_KEYS, LINES, SCAN, TABLES

_ZERO = Decimal(0)


def payment(values: EntryValues) -> Summary:
    """What is to be paid, what was handed over, and the change."""
    total = sum((line.derived.get("net_amount", _ZERO) for line in values.lines), _ZERO)
    paid = rules.tendered({way: values.header.get(f"{way}_amount") for way in rules.WAYS}, total)
    facts = [Fact(label="sales.counter.total", value=total, show="money", strong=True)]
    facts += [Fact(label=f"sales.way.{way}", value=amount, show="money") for way, amount in paid.ways.items() if amount]
    pill = None
    if values.lines and paid.missing:
        facts.append(Fact(label="sales.counter.missing", value=paid.missing, show="money", level="bad"))
        pill = Note(Phrase("sales.counter.not_yet"), "warn")
    elif values.lines and paid.over:
        facts.append(Fact(label="sales.counter.over", value=paid.over, show="money", level="bad"))
        pill = Note(Phrase("sales.counter.too_much"), "bad")
    elif values.lines:
        facts.append(Fact(label="sales.counter.change", value=paid.change, show="money", level="ok"))
        pill = Note(Phrase("sales.counter.ready"), "ok")
    return Summary(
        name="payment", title=Phrase("sales.counter.payment"), icon="banknote", pill=pill, facts=tuple(facts)
    )


COUNTER = EntryScreen(
    name="sales.counter",
    icon="scan-barcode",
    command=counter.SellAtCounter,
    record_name="number",
    scan=SCAN,
    lines=LINES,
    side=(payment,),
    fields=(
        FieldView(
            name="customer_id",
            suggestions="party.customer_choices",
            shown_by="customer_name",
            adds="party.customer_form",
        ),
        *(FieldView(name=f"{way}_amount") for way in rules.WAYS),
        FieldView(name="customer_note"),
    ),
    actions=(
        Action(
            name="finish",
            icon="check",
            does="save",
            shortcut="F10",
            primary=True,
            then="new",
            prints_after="sales.counter_receipt",
        ),
        Action(name="sold", icon="receipt-text", opens="sales.counter_sales"),
        *GRID_KEYS,
    ),
    refreshed_by=TABLES,
)

COUNTER_SALES = ListScreen(
    name="sales.counter_sales",
    icon="receipt-text",
    query="sales.counter_sales",
    sort="-at",
    opens="sales.order_page",
    columns=(
        Column(field="number", show="code", width=90, sortable=True),
        Column(field="at", show="instant", width=160, sortable=True),
        Column(field="customer_name", show="name"),
        Column(field="seller_name", width=150),
        Column(field="station", width=110, hide_below=1400),
        Column(field="credit_amount", show="money", width=110),
        Column(field="change_amount", show="money", width=110),
        Column(field="total_amount", show="money", width=130, sortable=True),
    ),
    actions=(
        Action(name="new", icon="plus", opens="sales.counter", shortcut="Ctrl+N", primary=True, on_row=False),
        Action(name="print", icon="printer", prints="sales.counter_receipt", key="order_id", shortcut="Ctrl+P"),
        # What of it came back already the form shows; every sale of this list has left and is billed.
        Action(
            name="exchange",
            icon="refresh-cw",
            opens="sales.exchange_form",
            key="order_id",
            shortcut="F8",
            enabled=lambda _row: None,
        ),
        Action(name="returns", icon="undo-2", opens="sales.return_list", on_row=False),
    ),
    refreshed_by=("counter_sale",),
)

RETURNS = ListScreen(
    name="sales.return_list",
    icon="undo-2",
    query="sales.returns",
    sort="-at",
    opens="sales.order_page",
    opens_key="order_id",
    columns=(
        Column(field="number", show="code", width=90, sortable=True),
        Column(field="at", show="instant", width=160, sortable=True),
        Column(field="order_number", show="code", width=100),
        Column(field="customer_name", show="name"),
        Column(field="reason", show="code", width=260, texts="sales.return_reason", sub="note"),
        Column(field="person_name", width=150),
        Column(field="value_amount", show="money", width=130, sortable=True),
    ),
    refreshed_by=("sales_return",),
)

_BACK = LinesView(
    name="lines",
    columns=(
        FieldView(name="line_id", suggestions="sales.returnable_lines", shown_by="name"),
        FieldView(name="quantity", width=120),
        FieldView(name="condition", width=200),
    ),
)
RETURN_FORM = FormScreen(
    name="sales.return_form",
    icon="undo-2",
    revise=returns.ReturnOrder,
    load="sales.return_draft",
    key="order_id",
    record_name="number",
    fields=(
        FieldView(name="reason"),
        FieldView(name="refund"),
        FieldView(name="note", width=2),
        _BACK,
    ),
    actions=(Action(name="take_back", icon="check", does="save", shortcut="F10", primary=True, then="close"),),
    refreshed_by=("sales_return",),
)

EXCHANGE_FORM = FormScreen(
    name="sales.exchange_form",
    icon="refresh-cw",
    revise=counter.ExchangeGoods,
    load="sales.return_draft",
    key="order_id",
    record_name="number",
    fields=(
        FieldView(name="reason"),
        FieldView(name="note"),
        replace(_BACK, name="returned", source="lines"),
        LinesView(
            name="lines",
            source="bought",
            columns=(
                FieldView(name="product_id", suggestions="catalog.product_choices"),
                FieldView(name="quantity", width=120),
                FieldView(name="discount_rate", width=120),
            ),
        ),
        *(FieldView(name=f"{way}_amount") for way in rules.WAYS if way != "credit"),
    ),
    actions=(
        Action(
            name="exchange",
            icon="check",
            does="save",
            shortcut="F10",
            primary=True,
            then="close",
            prints_after="sales.counter_receipt",
        ),
    ),
    refreshed_by=("counter_sale", "sales_return"),
)

COUNTER_SCREENS = (COUNTER, COUNTER_SALES, RETURNS, RETURN_FORM, EXCHANGE_FORM)
COUNTER_PLACES = (Place(name="counter", screen="sales.counter", order=18),)
