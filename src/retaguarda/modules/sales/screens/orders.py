"""The order list and the page of one order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from retaguarda.kernel.screen import (
    Action,
    Column,
    FactsPanel,
    Level,
    ListScreen,
    PageScreen,
    Phrase,
    Place,
    Tab,
    TablePanel,
)
from retaguarda.kernel.screen.pressing import NOT_NOW

ORDER_TABLES = ("sales_order", "sales_order_line", "case_step", "failure")
STATE_LEVELS: dict[str, Level] = {"quotation": "", "confirmed": "info", "held": "warn", "cancelled": "", "closed": "ok"}


def allowed(command: str) -> Callable[[Any], Phrase | None]:
    """Enables what opens a dialog of `command` while the row allows the command itself."""
    return lambda row: None if row is not None and command in row.allowed else NOT_NOW


_NEW = Action(name="new", icon="plus", opens="sales.order_entry", shortcut="Ctrl+N", primary=True, on_row=False)
_CONFIRM = Action(name="confirm", icon="check", press="sales.confirm_order", key="order_id", shortcut="F10")
_CONFIRM_PRINT = replace(
    _CONFIRM,
    name="confirm_print",
    text="sales.action.confirm_print",
    icon="printer",
    shortcut="Ctrl+F10",
    prints_after="sales.order",
    shows_paper=True,
)
_PRINT = Action(
    name="print", text="sales.action.print", icon="printer", prints="sales.order", key="order_id", shortcut="Ctrl+P"
)
_REVISE = Action(
    name="revise",
    icon="pencil",
    opens="sales.order_entry",
    shortcut="Ctrl+E",
    enabled=allowed("sales.revise_quotation"),
)
_AMEND = Action(name="amend", icon="pencil", opens="sales.order_amend", enabled=allowed("sales.amend_order"))
_INVOICE = Action(
    name="invoice",
    icon="receipt-text",
    press="sales.invoice_order",
    key="order_id",
    shortcut="F10",
    prints_after="billing.invoice",
)
_HOLD = Action(name="hold", icon="pause", opens="sales.hold_form", key="order_id", enabled=allowed("sales.hold_order"))
_RESUME = Action(name="resume", icon="play", press="sales.resume_order", key="order_id", shortcut="F10")
_DECLINE = Action(
    name="decline",
    icon="circle-x",
    opens="sales.decline_form",
    key="order_id",
    enabled=allowed("sales.decline_quotation"),
)
_RETURN = Action(
    name="take_back",
    icon="undo-2",
    opens="sales.return_form",
    enabled=lambda row: None if row is not None and row.invoiced_at is not None else NOT_NOW,
)
_EXCHANGE = replace(_RETURN, name="exchange", icon="refresh-cw", opens="sales.exchange_form")
_CANCEL = Action(
    name="cancel",
    icon="ban",
    opens="sales.cancel_form",
    key="order_id",
    danger=True,
    enabled=allowed("sales.cancel_order"),
)

ORDER_LIST = ListScreen(
    name="sales.order_list",
    icon="shopping-cart",
    query="sales.orders",
    sort="-ordered_at",
    found=("number", "customer_name", "total_amount", "ordered_at"),
    opens="sales.order_page",
    tabs=(
        Tab(name="all", counted=False),
        Tab(name="quotations", where={"state": "quotation"}),
        Tab(name="open", where={"state": ("confirmed", "held")}),
        Tab(name="closed", where={"state": "closed"}, counted=False),
        Tab(name="cancelled", where={"state": "cancelled"}, counted=False),
    ),
    columns=(
        Column(field="number", show="code", width=80, sortable=True),
        Column(field="customer_name", show="name", sortable=True),
        Column(field="ordered_at", show="instant", width=160, sortable=True),
        Column(field="promised_on", show="day", width=110, sortable=True),
        Column(field="seller_name", width=140, hide_below=1300),
        Column(field="total_amount", show="money", width=120, sortable=True),
    ),
    more=(
        Column(field="state", show="code", width=120, texts="sales.order.state"),
        Column(field="branch_name", width=150),
        Column(field="channel", show="code", width=120, texts="sales.channel"),
        Column(field="handover", show="code", width=120, texts="sales.handover"),
    ),
    actions=(
        _NEW,
        _CONFIRM,
        _CONFIRM_PRINT,
        _INVOICE,
        _RESUME,
        _REVISE,
        _AMEND,
        _PRINT,
        _HOLD,
        _DECLINE,
        _CANCEL,
        _RETURN,
        _EXCHANGE,
    ),
    refreshed_by=ORDER_TABLES,
)

_ITEMS = TablePanel(
    name="items",
    query="sales.order_lines",
    where={"order_id": "id"},
    sort="position",
    limit=1000,
    columns=(
        Column(field="position", show="whole", width=44),
        Column(field="name", show="name", sub="code", sub_show="code"),
        Column(field="quantity", show="quantity", width=90),
        Column(field="unit_code", width=54),
        Column(field="unit_price", show="price", width=110, sub="price_list_name"),
        Column(field="discount_rate", show="rate", width=80, hide_below=1200),
        Column(field="net_amount", show="money", width=120),
    ),
)
_INVOICES = TablePanel(
    name="invoices",
    query="billing.invoices",
    where={"source_id": "id"},
    permission="billing.read",
    opens="billing.invoice_page",
    columns=(
        Column(field="number", show="code", width=90),
        Column(field="issued_on", show="day", width=110),
        Column(field="payment_terms"),
        Column(field="total_amount", show="money", width=130),
    ),
    actions=(Action(name="print", icon="printer", prints="billing.invoice", key="invoice_id", shortcut="Ctrl+P"),),
)
_PROMISES = TablePanel(
    name="promises",
    query="sales.promises",
    where={"order_id": "id"},
    sort="-at",
    icon="badge-check",
    place="main",
    limit=200,
    columns=(
        Column(field="promised_on", show="day", width=96, sub="consent_by"),
        Column(field="name", show="name", sub="person_name"),
        Column(field="quantity", show="quantity", width=72),
        Column(field="kept", show="flag", width=64),
    ),
)

_APPROVALS = TablePanel(
    name="approvals",
    query="sales.approvals",
    where={"order_id": "id"},
    icon="shield-check",
    permission="sales.read_approvals",
    limit=200,
    columns=(
        Column(field="kind", show="code", width=110, texts="sales.approval", sub="line_name"),
        Column(field="asked_value", show="quantity", width=90),
        Column(field="limit_value", show="quantity", width=90),
        Column(field="approved_name", show="name", sub="asked_name"),
        Column(field="reason"),
    ),
)

_RETURNED = TablePanel(
    name="returned",
    query="sales.return_lines",
    where={"order_id": "id"},
    limit=200,
    columns=(
        Column(field="name", show="name"),
        Column(field="quantity", show="quantity", width=90),
        Column(field="condition", show="code", width=140, texts="sales.condition"),
    ),
)

ORDER_PAGE = PageScreen(
    name="sales.order_page",
    icon="shopping-cart",
    load="sales.order_card",
    record_title="number",
    pills=(Column(field="state", show="pill", texts="sales.order.state", levels=STATE_LEVELS),),
    context=(
        Column(field="customer_name", show="name"),
        Column(field="ordered_at", show="instant"),
        Column(field="seller_name"),
        Column(field="channel", show="code", texts="sales.channel"),
    ),
    panels=(
        _ITEMS,
        _INVOICES,
        _APPROVALS,
        _RETURNED,
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                Column(field="promised_on", show="day"),
                Column(field="total_amount", show="money"),
                Column(field="customer_name", show="name", sub="customer_sub"),
                Column(field="handover", show="code", texts="sales.handover"),
                Column(field="payment_terms"),
                Column(field="invoice_policy", show="code", texts="company.setting.invoice_policy"),
                Column(field="warehouse_name"),
                Column(field="customer_note"),
                Column(field="reason"),
            ),
        ),
        _PROMISES,
        FactsPanel(
            name="notes",
            query="sales.order_notes",
            where={"id": "id"},
            place="side",
            permission="sales.read_internal",
            facts=(Column(field="internal_note"),),
        ),
    ),
    actions=(
        *(replace(action, primary=True) for action in (_CONFIRM, _INVOICE, _RESUME)),
        _CONFIRM_PRINT,
        _REVISE,
        _AMEND,
        _PRINT,
        _HOLD,
        _DECLINE,
        _CANCEL,
        _RETURN,
        _EXCHANGE,
    ),
    refreshed_by=ORDER_TABLES,
)

ORDER_PLACES = (
    Place(name="sales", screen="sales.order_list", order=20),
    Place(name="contacts", screen="sales.contact_list", order=25),
)
