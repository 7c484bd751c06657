"""What happened and what is open: documents, holds, expectations, authorised negatives."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    FactsPanel,
    ListScreen,
    PageScreen,
    Tab,
    TablePanel,
)
from retaguarda.modules.inventory.screens.parts import (
    column,
    new,
)

_REVERSE = Action(
    name="reverse",
    text="inventory.reverse_opening_stock",
    icon="undo-2",
    press="inventory.reverse_opening_stock",
    key="document_id",
    danger=True,
    asks="inventory.ask.reverse_opening_stock",
)
DOCUMENT_LIST = ListScreen(
    name="inventory.document_list",
    icon="file-text",
    query="inventory.documents",
    sort="-at",
    search="",
    columns=(
        column("number", show="whole", width=90),
        column("kind", show="pill", width=130, texts="inventory.document"),
        column("at", show="instant", width=150, sortable=True),
        column("warehouse_name", width=180),
        column("lines", show="whole", width=80),
        column("person_name", width=160, hide_below=1100),
        column("reason"),
    ),
    tabs=(
        Tab(name="all"),
        Tab(name="receipts", where={"kind": "receipt"}),
        Tab(name="counts", where={"kind": "count"}),
        Tab(name="write_offs", where={"kind": "damage"}),
        Tab(name="transfers", where={"kind": "transfer"}),
        Tab(name="openings", where={"kind": "opening"}),
    ),
    opens="inventory.document_page",
    refreshed_by=("stock_document",),
    actions=(
        Action(
            name="receive",
            icon="package-check",
            opens="inventory.receipt_form",
            primary=True,
            on_row=False,
            shortcut="Ctrl+N",
        ),
        Action(name="count", icon="list-checks", opens="inventory.count_form", on_row=False),
        Action(name="open", icon="boxes", opens="inventory.opening_form", on_row=False),
        _REVERSE,
    ),
)
DOCUMENT_PAGE = PageScreen(
    name="inventory.document_page",
    icon="clipboard-list",
    load="inventory.documents",
    pills=(column("kind", show="pill", texts="inventory.document"),),
    context=(column("at", show="instant"), column("warehouse_name"), column("person_name")),
    panels=(
        TablePanel(
            name="lines",
            icon="list",
            query="inventory.document_lines",
            where={"document_id": "id"},
            columns=(
                column("position", show="whole", width=60),
                column("name", show="name", sub="code", sub_show="code"),
                column("location_code", show="code", width=110),
                column("lot", show="code", width=110),
                column("booked_quantity", show="quantity", width=110),
                column("quantity", show="quantity", width=110),
            ),
            opens="catalog.product_page",
            opens_key="product_id",
        ),
        FactsPanel(
            name="facts",
            icon="info",
            place="side",
            facts=(column("reason"), column("on_day", show="day"), column("reversed", show="whole")),
        ),
    ),
    actions=(_REVERSE,),
    refreshed_by=("stock_document",),
)

HOLD_LIST = ListScreen(
    name="inventory.hold_list",
    icon="lock",
    query="inventory.holds",
    sort="-at",
    columns=(
        column("name", show="name", sub="code", sub_show="code"),
        column("quantity", show="quantity", width=110),
        column("reason", show="words"),
        column("warehouse_name", width=160, sub="location_code", sub_show="code"),
        column("at", show="instant", width=150, sortable=True),
    ),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("stock_hold",),
    actions=(
        new("inventory.hold_form"),
        Action(name="release", icon="lock-open", opens="inventory.release_form", key="hold_id"),
    ),
)
EXPECTED_LIST = ListScreen(
    name="inventory.expected_list",
    icon="calendar-clock",
    query="inventory.expected",
    sort="expected_on",
    columns=(
        column("name", show="name", sub="code", sub_show="code"),
        column("expected_on", show="day", width=120, sortable=True),
        column("quantity", show="quantity", width=110),
        column("pegged", show="quantity", width=130),
        column("late", show="flag", width=90),
        column("warehouse_name", width=160, hide_below=1100),
    ),
    tabs=(Tab(name="all"), Tab(name="late", where={"late": True})),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("expected_entry", "stock_reservation"),
    actions=(
        new("inventory.expect_form"),
        Action(name="postpone", icon="calendar-clock", opens="inventory.postpone_form", key="expected_id"),
        Action(
            name="cancel",
            icon="calendar-x",
            press="inventory.cancel_expected",
            key="expected_id",
            danger=True,
            asks="inventory.ask.cancel_expected",
        ),
    ),
)
NEGATIVE_LIST = ListScreen(
    name="inventory.negative_list",
    icon="zap",
    query="inventory.negatives",
    sort="at",
    columns=(
        column("name", show="name", sub="code", sub_show="code"),
        column("quantity", show="quantity", width=110),
        column("at", show="instant", width=150, sortable=True),
        column("person_name", width=160),
        column("reason"),
        column("warehouse_name", width=160, sub="location_code", sub_show="code", hide_below=1200),
    ),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("authorised_negative",),
    actions=(
        new("inventory.negative_form"),
        Action(
            name="withdraw",
            icon="undo-2",
            press="inventory.withdraw_negative",
            key="authorisation_id",
            asks="inventory.ask.withdraw_negative",
        ),
    ),
)
