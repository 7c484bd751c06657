"""Goods on their way between warehouses: the list, the page, sending and receiving."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    FactsPanel,
    FormScreen,
    Level,
    LinesView,
    ListScreen,
    PageScreen,
    Tab,
    TablePanel,
)
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import LINE_LOCATION, LINE_PRODUCT, REASON, column, field, new

_STATE: dict[str, Level] = {"sent": "info", "received": "ok"}
_RECEIVE = Action(name="receive", icon="package-check", opens="inventory.arrival_form", key="transfer_id")
TRANSFER_LIST = ListScreen(
    name="inventory.transfer_list",
    icon="arrow-left-right",
    query="inventory.transfers",
    sort="-number",
    search="",
    columns=(
        column("number", show="whole", width=90),
        column("from_name", show="name"),
        column("to_name", show="name"),
        column("state", show="pill", width=130, texts="inventory.transfer_state", levels=_STATE),
        column("sent_on", show="day", width=120, sortable=True),
        column("expected_on", show="day", width=120, sortable=True),
        column("late", show="flag", width=90),
        column("received_on", show="day", width=120, hide_below=1200),
    ),
    tabs=(
        Tab(name="sent", where={"state": "sent"}),
        Tab(name="late", where={"late": True}),
        Tab(name="received", where={"state": "received"}, counted=False),
    ),
    opens="inventory.transfer_page",
    refreshed_by=("transfer",),
    actions=(new("inventory.send_form"), _RECEIVE),
)
TRANSFER_PAGE = PageScreen(
    name="inventory.transfer_page",
    icon="truck",
    load="inventory.transfers",
    pills=(column("state", show="pill", texts="inventory.transfer_state", levels=_STATE),),
    context=(column("from_name"), column("to_name"), column("expected_on", show="day")),
    panels=(
        TablePanel(
            name="lines",
            icon="list",
            query="inventory.transfer_lines",
            where={"transfer_id": "id"},
            columns=(
                column("position", show="whole", width=44),
                column("name", show="name", sub="sub", sub_show="code"),
                column("lot", show="code", width=96),
                column("quantity", show="quantity", width=92),
                column("came", show="quantity", width=84),
                column("lost", show="quantity", width=84),
                column("found", show="quantity", width=84),
                column("open_quantity", show="quantity", width=100),
            ),
            opens="catalog.product_page",
            opens_key="product_id",
        ),
        FactsPanel(
            name="facts",
            icon="info",
            place="side",
            facts=(
                column("sent_on", show="day"),
                column("received_on", show="day"),
                column("person_name"),
                column("note"),
            ),
        ),
    ),
    refreshed_by=("transfer",),
    actions=(
        Action(name="receive", icon="package-check", opens="inventory.arrival_form", key="transfer_id", primary=True),
    ),
)
SEND_FORM = FormScreen(
    name="inventory.send_form",
    icon="truck",
    command=commands.SendTransfer,
    fields=(
        field(
            "from_warehouse_id",
            suggestions="inventory.warehouse_choices",
            help="inventory.field.warehouse_id.help",
        ),
        field("to_warehouse_id", suggestions="inventory.warehouse_choices"),
        field("expected_on", initial="+1"),
        field("note"),
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                LINE_PRODUCT,
                field("quantity", width=110),
                LINE_LOCATION,
                field("lot", width=110),
                field("serials", width=150),
            ),
        ),
    ),
)
ARRIVAL_FORM = FormScreen(
    name="inventory.arrival_form",
    icon="package-check",
    command=None,
    revise=commands.ReceiveTransfer,
    load="inventory.arrivals",
    key="transfer_id",
    record_name="number",
    fields=(
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                field("line_id", suggestions="inventory.transfer_lines", source="id", shown_by="name"),
                field("quantity", width=110, source="open_quantity"),
                LINE_LOCATION,
                field("serials", width=150),
            ),
        ),
        field("rest_comes", help="inventory.field.rest_comes.help"),
        REASON,
    ),
    actions=(Action(name="do", icon="check", does="save", shortcut="F10", primary=True, then="close"),),
)
