"""The list of purchase orders and the page of one."""

from __future__ import annotations

from dataclasses import replace

from retaguarda.kernel.screen import Action, FactsPanel, ListScreen, PageScreen, Tab, TablePanel
from retaguarda.modules.purchasing.screens.parts import STANDING_LEVELS, allowed, column, new

TABLES = ("purchase_order", "purchase_order_line", "purchase_receipt", "supplier_invoice")
_STANDING = column("standing", show="pill", width=150, texts="purchasing.order.state", levels=STANDING_LEVELS)
_SEND = Action(
    name="send",
    icon="send",
    press="purchasing.send_order",
    key="order_id",
    shortcut="F10",
    prints_after="purchasing.order",
)
_CONFIRM = Action(
    name="confirm",
    icon="calendar-check",
    opens="purchasing.confirm_form",
    key="order_id",
    given={"expected_on": "expected_on"},
)
_REVISE = Action(
    name="revise",
    icon="pencil",
    opens="purchasing.order_entry",
    shortcut="Ctrl+E",
    enabled=allowed("purchasing.revise_order"),
)
_AMEND = Action(name="amend", icon="pencil", opens="purchasing.order_amend", enabled=allowed("purchasing.amend_order"))
_POSTPONE = Action(
    name="postpone",
    icon="calendar-clock",
    opens="purchasing.postpone_form",
    key="order_id",
    given={"expected_on": "expected_on"},
)
_RECEIVE = Action(
    name="receive",
    icon="package-check",
    opens="purchasing.receipt_entry",
    shortcut="Ctrl+R",
    enabled=allowed("purchasing.receive_order"),
)
_ALL_CAME = Action(
    name="all_came",
    icon="circle-check",
    press="purchasing.receive_order",
    key="order_id",
    asks="purchasing.ask.all_came",
)
_BILL = Action(
    name="bill",
    icon="file-check",
    opens="purchasing.invoice_entry",
    enabled=allowed("purchasing.record_invoice"),
)
_RETURN = Action(name="return", icon="undo-2", opens="purchasing.return_form", key="order_id")
_CLOSE = Action(name="close", icon="circle-check", opens="purchasing.close_form", key="order_id")
_CANCEL = Action(name="cancel", icon="ban", opens="purchasing.cancel_form", key="order_id", danger=True)
_PRINT = Action(name="print", icon="printer", prints="purchasing.order", key="order_id", shortcut="Ctrl+P")

ORDER_LIST = ListScreen(
    name="purchasing.order_list",
    icon="inbox",
    query="purchasing.orders",
    sort="-number",
    found=("number", "supplier_name", "expected_on"),
    opens="purchasing.order_page",
    tabs=(
        Tab(name="open", where={"state": ("ordered", "confirmed")}),
        Tab(name="drafts", where={"state": "draft"}),
        Tab(name="late", where={"late": True}),
        Tab(name="all", counted=False),
    ),
    columns=(
        column("number", show="code", width=80, sortable=True),
        column("supplier_name", show="name", sub="supplier_reference", sub_show="code", sortable=True),
        column("ordered_at", show="instant", width=150, sortable=True, hide_below=1200),
        column("expected_on", show="day", width=120, sortable=True),
        _STANDING,
        column("late", show="flag", width=90),
        column("buyer_name", width=140, hide_below=1400),
        column("total_amount", show="money", width=120, sortable=True),
    ),
    actions=(
        new("purchasing.order_entry"),
        _SEND,
        _CONFIRM,
        _RECEIVE,
        _ALL_CAME,
        _BILL,
        _REVISE,
        _AMEND,
        _POSTPONE,
        _RETURN,
        _CLOSE,
        _CANCEL,
        _PRINT,
        Action(name="review_late", icon="alarm-clock", press="purchasing.review_late_orders", on_row=False),
    ),
    refreshed_by=TABLES,
)

ORDER_PAGE = PageScreen(
    name="purchasing.order_page",
    icon="inbox",
    load="purchasing.order_card",
    record_title="number",
    pills=(_STANDING,),
    context=(
        column("supplier_name", show="name"),
        column("ordered_at", show="instant"),
        column("buyer_name"),
    ),
    panels=(
        TablePanel(
            name="items",
            query="purchasing.order_lines",
            where={"order_id": "id"},
            sort="position",
            limit=1000,
            opens="catalog.product_page",
            opens_key="product_id",
            columns=(
                column("position", show="whole", width=44),
                column("name", show="name", sub="supplier_code", sub_show="code"),
                column("quantity", show="quantity", width=92),
                column("received", show="quantity", width=84),
                column("open", show="quantity", width=80),
                column("unit_code", width=54, hide_below=1600),
                column("unit_price", show="price", width=80, hide_below=1200),
                column("net_amount", show="money", width=100),
                column("expected_on", show="day", width=104),
                column("pegged", show="quantity", width=110, hide_below=1600),
            ),
        ),
        TablePanel(
            name="waiting",
            query="purchasing.waiting",
            where={"order_id": "id"},
            columns=(
                column("name", show="name", sub="code", sub_show="code"),
                column("quantity", show="quantity", width=100),
                column("promised_on", show="day", width=120),
                column("expected_on", show="day", width=120),
                column("in_time", show="flag", width=110),
            ),
        ),
        TablePanel(
            name="receipts",
            query="purchasing.receipts",
            where={"order_id": "id"},
            opens="purchasing.receipt_page",
            columns=(
                column("number", show="code", width=90, title_of="receipt_number"),
                column("received_on", show="day", width=120),
                column("supplier_document", show="code"),
                column("differences", show="whole", width=110),
                column("person_name", width=160),
            ),
        ),
        TablePanel(
            name="invoices",
            query="purchasing.invoices",
            where={"order_id": "id"},
            opens="purchasing.invoice_page",
            columns=(
                column("supplier_number", show="code", width=120),
                column("issued_on", show="day", width=120),
                column("state", show="pill", width=140, texts="purchasing.invoice.state"),
                column("difference_amount", show="money", width=120),
                column("total_amount", show="money", width=120),
                column("open_amount", show="money", width=120),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("expected_on", show="day"),
                column("late", show="flag"),
                column("total_amount", show="money"),
                column("supplier_name", show="name", sub="supplier_sub"),
                column("supplier_reference", show="code"),
                column("payment_terms"),
                column("warehouse_name"),
                column("supplier_note"),
                column("reason"),
            ),
        ),
    ),
    actions=(
        replace(_SEND, primary=True),
        _CONFIRM,
        replace(_RECEIVE, primary=True),
        _ALL_CAME,
        _BILL,
        _REVISE,
        _AMEND,
        _POSTPONE,
        _RETURN,
        _CLOSE,
        _CANCEL,
        _PRINT,
    ),
    refreshed_by=TABLES,
)
