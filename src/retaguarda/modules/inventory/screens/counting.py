"""Blind counts by scanner: the sheets, one sheet, the entry, and what is due."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    EntryLines,
    EntryScreen,
    FactsPanel,
    FormScreen,
    Level,
    LineColumn,
    ListScreen,
    PageScreen,
    Scan,
    Tab,
    TablePanel,
)
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import LOCATION, REASON, WAREHOUSE, WHERE, column, field, new

_STATE: dict[str, Level] = {"open": "info", "posted": "ok", "cancelled": ""}
_STANDING: dict[str, Level] = {"waiting": "", "again": "warn", "settled": "ok"}
_ENTER = Action(
    name="enter",
    icon="scan-barcode",
    opens="inventory.count_entry",
    given={"sheet_id": "id"},
    labels={"sheet_id": "number"},
)
_POST = Action(name="post", icon="check", opens="inventory.post_form", key="sheet_id")
_CANCEL = Action(
    name="cancel",
    icon="x",
    press="inventory.cancel_count",
    key="sheet_id",
    danger=True,
    asks="inventory.ask.cancel_count",
)
_PRINT = Action(name="print", icon="printer", prints="inventory.count_sheet", key="sheet_id")

COUNT_LIST = ListScreen(
    name="inventory.count_list",
    icon="clipboard-check",
    query="inventory.count_sheets",
    sort="-number",
    search="",
    columns=(
        column("number", show="whole", width=90),
        column("warehouse_name", show="name"),
        column("state", show="pill", width=130, texts="inventory.count_state", levels=_STATE),
        column("opened_on", show="day", width=120, sortable=True),
        column("places", show="whole", width=100),
        column("waiting", show="whole", width=120),
        column("again", show="whole", width=140),
        column("note", hide_below=1200),
    ),
    tabs=(
        Tab(name="open", where={"state": "open"}),
        Tab(name="posted", where={"state": "posted"}, counted=False),
        Tab(name="cancelled", where={"state": "cancelled"}, counted=False),
    ),
    opens="inventory.count_page",
    refreshed_by=("count_sheet", "count_entry"),
    actions=(new("inventory.open_form"), _ENTER, _POST, _PRINT, _CANCEL),
)
COUNT_PAGE = PageScreen(
    name="inventory.count_page",
    icon="list-checks",
    load="inventory.count_sheets",
    pills=(column("state", show="pill", texts="inventory.count_state", levels=_STATE),),
    context=(column("warehouse_name"), column("opened_on", show="day"), column("note")),
    panels=(
        TablePanel(
            name="lines",
            icon="list",
            query="inventory.count_sheet_lines",
            where={"sheet_id": "id"},
            limit=500,
            columns=(
                column("position", show="whole", width=60),
                column("location_code", show="code", width=120),
                column("name", show="name", sub="code", sub_show="code"),
                column("lot", show="code", width=120),
                column("entries", show="whole", width=110),
                column("standing", show="pill", width=150, texts="inventory.count_standing", levels=_STANDING),
            ),
        ),
        TablePanel(
            name="result",
            icon="clipboard-list",
            query="inventory.document_lines",
            where={"document_id": "document_id"},
            limit=500,
            columns=(
                column("name", show="name", sub="code", sub_show="code"),
                column("location_code", show="code", width=120),
                column("lot", show="code", width=110),
                column("booked_quantity", show="quantity", width=110),
                column("quantity", show="quantity", width=110),
            ),
        ),
        FactsPanel(
            name="facts",
            icon="info",
            place="side",
            facts=(
                column("places", show="whole"),
                column("waiting", show="whole"),
                column("again", show="whole"),
            ),
        ),
    ),
    refreshed_by=("count_sheet", "count_entry"),
    actions=(
        Action(
            name="enter",
            icon="scan-barcode",
            opens="inventory.count_entry",
            given={"sheet_id": "id"},
            labels={"sheet_id": "number"},
            primary=True,
        ),
        _POST,
        _PRINT,
        _CANCEL,
    ),
)
COUNT_ENTRY = EntryScreen(
    name="inventory.count_entry",
    icon="scan-barcode",
    command=commands.EnterCount,
    scan=Scan(query="catalog.products_to_sell", by="code", search="catalog.products_to_find"),
    fields=(LOCATION,),
    lines=EntryLines(
        name="lines",
        item="product_id",
        quantity="quantity",
        keeps=("name", "code", "unit_code"),
        columns=(
            LineColumn(field="name", title="inventory.field.product_id", show="name", sub="code", sub_show="code"),
            LineColumn(field="quantity", title="inventory.field.counted", show="quantity", width=90, editable=True),
            LineColumn(field="unit_code", title="inventory.field.unit_code", width=60),
            LineColumn(field="lot", title="inventory.field.lot", width=120, editable=True),
            LineColumn(field="serials", title="inventory.field.serials", width=220, editable=True),
        ),
    ),
    actions=(
        Action(name="save", icon="check", does="save", shortcut="F10", primary=True, then="close"),
        Action(name="next", icon="plus", does="save", shortcut="Ctrl+S", then="new"),
        Action(name="find", icon="search", does="find", shortcut="F3"),
        Action(name="remove_line", icon="x", does="remove_line", shortcut="Ctrl+Delete"),
    ),
    refreshed_by=("count_sheet",),
)
OPEN_FORM = FormScreen(
    name="inventory.open_form",
    icon="list-checks",
    command=commands.OpenCount,
    fields=(
        WAREHOUSE,
        field("location_id", suggestions="inventory.location_choices", help="inventory.field.location_id.help_count"),
        field("product_id", suggestions="catalog.product_choices", width=2),
        field("due", help="inventory.field.due.help", width=2),
        field("note", width=2),
    ),
)
POST_FORM = FormScreen(name="inventory.post_form", icon="check", command=commands.PostCount, fields=(REASON,))
CLASSIFY_FORM = FormScreen(
    name="inventory.classify_form",
    icon="scale",
    command=commands.ClassifyStock,
    fields=(field("days", help="inventory.field.days.help"),),
)
DUE_LIST = ListScreen(
    name="inventory.due_list",
    icon="alarm-clock",
    query="inventory.count_due",
    sort="location_code",
    columns=(
        column("location_code", show="code", width=120, sortable=True),
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("lot", show="code", width=120),
        column("count_class", show="code", width=80),
        column("counted_at", show="instant", width=160, sortable=True),
        column("days", show="whole", width=100),
        column("warehouse_name", width=180, hide_below=1200),
    ),
    tabs=(Tab(name="due", where={"due": True}), Tab(name="all")),
    filters=(WHERE,),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("stock_move", "stock_document", "stock_care"),
    actions=(
        Action(name="open", icon="list-checks", opens="inventory.open_form", on_row=False, primary=True),
        Action(name="classify", icon="scale", opens="inventory.classify_form", on_row=False),
    ),
)
