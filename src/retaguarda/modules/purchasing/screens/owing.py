"""Suppliers' invoices compared with order and receipt, what is owed and how old it is, payments."""

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
    FactsPanel,
    FieldView,
    FormScreen,
    Level,
    LineColumn,
    LineValues,
    ListScreen,
    Note,
    PageScreen,
    Phrase,
    Scan,
    Summary,
    Tab,
    TablePanel,
)
from retaguarda.modules.purchasing.commands import invoices, payments
from retaguarda.modules.purchasing.screens.entry import GRID_KEYS
from retaguarda.modules.purchasing.screens.parts import column, field

ZERO = Decimal(0)
_STATES: dict[str, Level] = {"posted": "ok", "held": "warn", "refused": ""}
_AGES: dict[str, Level] = {"overdue": "bad", "today": "warn", "coming": "info", "settled": "ok", "credit": "info"}
_JUDGED: dict[str, Level] = {"same": "ok", "within": "info", "quantity": "bad", "price": "bad", "both": "bad"}
_BILLED = "purchasing.billed"


def derive(line: LineValues) -> Mapping[str, Any]:
    """What a billed line costs."""
    quantity, price = line.values.get("quantity"), line.values.get("unit_price")
    return {} if quantity is None or price is None else {"net_amount": line_amount(quantity, price)}


def judge(lines: Sequence[LineValues]) -> tuple[Note | None, ...]:
    """How each billed line stands to what was ordered and has come."""
    return tuple(_judged(line) for line in lines)


def _judged(line: LineValues) -> Note | None:
    if line.values.get("product_id") is None:
        return None
    agreed, came = line.info.get("order_price"), line.info.get("to_bill")
    if agreed is None or came is None:
        return Note(Phrase(f"{_BILLED}.not_ordered"), "bad")
    quantity, price = line.values.get("quantity") or ZERO, line.values.get("unit_price")
    if quantity > came:
        return Note(Phrase(f"{_BILLED}.more", {"n": quantity - came}), "warn")
    if price is not None and price != agreed:
        return Note(Phrase(f"{_BILLED}.price", {"agreed": agreed}), "warn")
    return Note(Phrase(f"{_BILLED}.same"), "ok")


def totals(values: EntryValues) -> Summary:
    """What the invoice comes to, beside what was agreed."""
    goods = sum((line.derived.get("net_amount", ZERO) for line in values.lines), ZERO)
    other = values.header.get("other_amount") or ZERO
    differ = sum(1 for note in values.notes if note is not None and note.level in ("warn", "bad"))
    notes = (Note(Phrase(f"{_BILLED}.differ", {"n": differ}), "warn"),) if differ else ()
    return Summary(
        name="totals",
        title=Phrase("purchasing.totals.title"),
        notes=notes,
        facts=(
            Fact(label="purchasing.totals.goods", value=goods, show="money"),
            Fact(label="purchasing.totals.other", value=other, show="money"),
            Fact(label="purchasing.totals.net", value=goods + other, show="money", strong=True),
        ),
    )


INVOICE_ENTRY = EntryScreen(
    name="purchasing.invoice_entry",
    icon="file-check",
    revise=invoices.RecordInvoice,
    load="purchasing.invoice_draft",
    key="order_id",
    record_name="number",
    scan=Scan(query="catalog.products_to_sell", by="code", search="catalog.products_to_find"),
    lines=EntryLines(
        name="lines",
        item="product_id",
        quantity="quantity",
        keeps=("name", "code", "unit_code"),
        derive=derive,
        judge=judge,
        columns=(
            LineColumn(field="name", title="purchasing.field.name", show="name", sub="code", sub_show="code"),
            LineColumn(field="to_bill", title="purchasing.field.to_bill", show="quantity", width=90),
            LineColumn(field="quantity", title="purchasing.field.billed", show="quantity", width=90, editable=True),
            LineColumn(
                field="order_price", title="purchasing.field.order_price", show="price", width=100, hide_below=1600
            ),
            LineColumn(field="unit_price", title="purchasing.field.unit_price", show="price", width=100, editable=True),
            LineColumn(field="stock", title="purchasing.field.judgement", show="answer", width=210),
            LineColumn(field="net_amount", title="purchasing.field.net_amount", show="money", width=110),
        ),
    ),
    side=(totals,),
    fields=(
        field("supplier_number", source="blank"),
        field("supplier_series", source="blank"),
        field("issued_on", source="blank", help="purchasing.field.today.help"),
        field("total_amount", help="purchasing.field.total_amount.help", source="blank"),
        field("other_amount", help="purchasing.field.other_amount.help", source="nothing"),
        field("payment_terms", help="purchasing.field.payment_terms.help"),
        field("reason", help="purchasing.field.reason.help_difference", source="blank"),
    ),
    actions=(
        Action(name="save", icon="file-check", does="save", shortcut="F10", primary=True, then="close"),
        *GRID_KEYS,
    ),
    refreshed_by=("supplier_invoice", "purchase_order"),
)
EXPENSE_FORM = FormScreen(
    name="purchasing.expense_form",
    icon="receipt-text",
    command=invoices.RecordInvoice,
    fields=(
        field("supplier_id", suggestions="party.supplier_choices", adds="party.supplier_form"),
        field("supplier_number"),
        field("issued_on", initial="d"),
        FieldView(name="other_amount", label="purchasing.field.total_amount"),
        field("payment_terms", help="purchasing.field.payment_terms.help_expense"),
    ),
)
APPROVE_FORM = FormScreen(
    name="purchasing.approve_form",
    icon="badge-check",
    command=invoices.ApproveInvoice,
    fields=(field("reason", width=2),),
    refreshed_by=("supplier_invoice",),
)
REFUSE_FORM = FormScreen(
    name="purchasing.refuse_form",
    icon="circle-x",
    command=invoices.RefuseInvoice,
    fields=(field("reason", width=2),),
    refreshed_by=("supplier_invoice",),
)
_APPROVE = Action(name="approve", icon="badge-check", opens="purchasing.approve_form", key="invoice_id")
_REFUSE = Action(name="refuse", icon="circle-x", opens="purchasing.refuse_form", key="invoice_id", danger=True)
_STATE = column("state", show="pill", width=140, texts="purchasing.invoice.state", levels=_STATES)
INVOICE_LIST = ListScreen(
    name="purchasing.invoice_list",
    icon="file-check",
    query="purchasing.invoices",
    sort="-entered_on",
    found=("supplier_number", "supplier_name", "issued_on", "total_amount"),
    opens="purchasing.invoice_page",
    tabs=(
        Tab(name="all", counted=False),
        Tab(name="held", where={"state": "held"}),
        Tab(name="open", where={"open_amount>": "0"}),
    ),
    columns=(
        column("supplier_number", show="code", width=110, sortable=True),
        column("supplier_name", show="name", sortable=True),
        column("order_number", show="code", width=90, hide_below=1100),
        column("issued_on", show="day", width=110, sortable=True),
        _STATE,
        column("difference_amount", show="money", width=110),
        column("total_amount", show="money", width=120, sortable=True),
        column("open_amount", show="money", width=120),
    ),
    actions=(
        Action(
            name="expense",
            icon="plus",
            opens="purchasing.expense_form",
            shortcut="Ctrl+N",
            primary=True,
            on_row=False,
        ),
        _APPROVE,
        _REFUSE,
    ),
    refreshed_by=("supplier_invoice", "payable_entry"),
)
_PAYABLE_COLUMNS = (
    column("due_on", show="day", width=110, sortable=True),
    column("age", show="pill", width=130, texts="purchasing.age", levels=_AGES),
    column("amount", show="money", width=120),
    column("open_amount", show="money", width=120, sortable=True),
)
INVOICE_PAGE = PageScreen(
    name="purchasing.invoice_page",
    icon="file-check",
    load="purchasing.invoices",
    record_title="supplier_number",
    pills=(_STATE,),
    context=(column("supplier_name", show="name"), column("issued_on", show="day")),
    panels=(
        TablePanel(
            name="items",
            query="purchasing.invoice_lines",
            where={"invoice_id": "id"},
            sort="position",
            limit=1000,
            columns=(
                column("name", show="name"),
                column("quantity", show="quantity", width=90),
                column("to_bill_quantity", show="quantity", width=100, hide_below=1600),
                column("unit_price", show="price", width=90),
                column("order_price", show="price", width=100, hide_below=1600),
                column("price_difference_amount", show="money", width=110),
                column("judgement", show="pill", width=150, texts="purchasing.judgement", levels=_JUDGED),
                column("net_amount", show="money", width=110),
            ),
        ),
        TablePanel(
            name="payables",
            query="purchasing.payables",
            where={"invoice_id": "id"},
            sort="due_on",
            permission="purchasing.read_payables",
            columns=(column("position", show="whole", width=80, title_of="payable"), *_PAYABLE_COLUMNS),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("goods_amount", show="money"),
                column("other_amount", show="money"),
                column("total_amount", show="money"),
                column("open_amount", show="money"),
                column("order_number", show="code"),
                column("payment_terms"),
                column("reason", sub="approved_by"),
            ),
        ),
    ),
    actions=(_APPROVE, _REFUSE),
    refreshed_by=("supplier_invoice", "payable_entry"),
)
PAYABLE_LIST = ListScreen(
    name="purchasing.payable_list",
    icon="calendar-check",
    query="purchasing.payables",
    sort="due_on",
    opens="purchasing.invoice_page",
    opens_key="document_id",
    tabs=(
        Tab(name="open", where={"open": True}),
        Tab(name="overdue", where={"age": "overdue"}),
        Tab(name="today", where={"age": "today"}),
        Tab(name="credits", where={"age": "credit"}),
        Tab(name="all", counted=False),
    ),
    columns=(
        column("number", show="code", width=110, title_of="payable_number"),
        column("supplier_name", show="name", sortable=True),
        column("position", show="whole", width=80, hide_below=1200, title_of="payable"),
        *_PAYABLE_COLUMNS,
        column("branch_name", width=140, hide_below=1400),
    ),
    actions=(
        Action(
            name="pay",
            icon="banknote",
            opens="purchasing.payment_entry",
            key="supplier_id",
            given={"supplier_id": "supplier_id"},
            shortcut="F10",
            primary=True,
        ),
    ),
    refreshed_by=("payable_entry",),
)


def payment_totals(values: EntryValues) -> Summary:
    """What is settled and what leaves the account."""
    principal = sum((line.values.get("amount") or ZERO for line in values.lines), ZERO)
    discount, interest = (values.header.get(name) or ZERO for name in ("discount_amount", "interest_amount"))
    return Summary(
        name="totals",
        title=Phrase("purchasing.totals.title"),
        facts=(
            Fact(label="purchasing.totals.principal", value=principal, show="money"),
            Fact(label="purchasing.totals.discount", value=-discount, show="money"),
            Fact(label="purchasing.totals.interest", value=interest, show="money"),
            Fact(label="purchasing.totals.money", value=principal - discount + interest, show="money", strong=True),
        ),
    )


PAYMENT_ENTRY = EntryScreen(
    name="purchasing.payment_entry",
    icon="banknote",
    revise=payments.PayPayables,
    load="purchasing.payment_draft",
    key="supplier_id",
    record_name="supplier_name",
    scan=Scan(query="purchasing.payable_choices", by="code", texts="purchasing.payment_entry"),
    lines=EntryLines(
        name="parts",
        item="payable_id",
        quantity="amount",
        source="parts",
        fills={"amount": "open_amount"},
        keeps=("name", "due_on", "open_amount"),
        columns=(
            LineColumn(field="name", title="purchasing.field.payable", show="name"),
            LineColumn(field="due_on", title="purchasing.field.due_on", show="day", width=120),
            LineColumn(field="open_amount", title="purchasing.field.open_amount", show="money", width=130),
            LineColumn(field="amount", title="purchasing.field.pays", show="money", width=130, editable=True),
        ),
    ),
    side=(payment_totals,),
    fields=(
        field("money_account_id", suggestions="accounting.money_account_choices", source="blank", shown_by="blank"),
        field("paid_on", source="blank", help="purchasing.field.today.help"),
        field("discount_amount", source="nothing"),
        field("interest_amount", source="nothing"),
        field("bank_reference", source="blank"),
        field("note", source="blank"),
    ),
    actions=(
        Action(name="save", icon="banknote", does="save", shortcut="F10", primary=True, then="close"),
        *GRID_KEYS,
    ),
    refreshed_by=("payable_entry",),
)
REVERSE_FORM = FormScreen(
    name="purchasing.reverse_form",
    icon="undo-2",
    command=payments.ReversePayment,
    fields=(field("reason", width=2),),
    refreshed_by=("payable_entry",),
)
PAYMENT_LIST = ListScreen(
    name="purchasing.payment_list",
    icon="banknote-arrow-up",
    query="purchasing.payments",
    sort="-number",
    columns=(
        column("number", show="code", width=90, sortable=True, title_of="payment_number"),
        column("supplier_name", show="name", sortable=True),
        column("paid_on", show="day", width=110, sortable=True),
        column("account_name", width=190, sub="bank_reference", sub_show="code"),
        column("discount_amount", show="money", width=110, hide_below=1200),
        column("interest_amount", show="money", width=110, hide_below=1200),
        column("money_amount", show="money", width=120, sortable=True),
        column("reversed", show="flag", width=100),
    ),
    actions=(Action(name="reverse", icon="undo-2", opens="purchasing.reverse_form", key="payment_id", danger=True),),
    refreshed_by=("supplier_payment", "payable_entry"),
)
SCREENS = (
    INVOICE_ENTRY,
    INVOICE_LIST,
    INVOICE_PAGE,
    EXPENSE_FORM,
    APPROVE_FORM,
    REFUSE_FORM,
    PAYABLE_LIST,
    PAYMENT_ENTRY,
    PAYMENT_LIST,
    REVERSE_FORM,
)
