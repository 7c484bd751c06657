"""What there is: the stock list, and what the inventory adds to a product's page."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    Level,
    ListScreen,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.modules.inventory.screens.parts import (
    WHERE,
    column,
)

STOCK_TABLES = (
    "stock_move",
    "stock_reservation",
    "stock_hold",
    "authorised_negative",
    "expected_entry",
    "product",
    "warehouse",
)
_CAUSE: dict[str, Level] = {
    "count": "warn",
    "damage": "bad",
    "hold": "warn",
    "receipt": "warn",
    "late": "warn",
    "cancel": "bad",
    "negative": "bad",
}
_ONE_PRODUCT = {"product_id": "product_id", "warehouse_id": "warehouse_id"}
_CALLED = {"product_id": "name", "warehouse_id": "warehouse_name"}


STOCK_LIST = ListScreen(
    name="inventory.stock_list",
    icon="boxes",
    query="inventory.stock",
    sort="name",
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("warehouse_name", width=160, hide_below=1200),
        column("on_hand", show="quantity", width=110, sortable=True),
        column("held", show="quantity", width=100),
        column("reserved", show="quantity", width=110),
        column("free", show="quantity", width=110, sortable=True),
        column("incoming_quantity", show="quantity", width=130, sub="incoming_on", sub_show="day"),
    ),
    tabs=(
        Tab(name="all"),
        Tab(name="out", where={"free": "0"}),
        Tab(name="held", where={"held>": "0"}),
        Tab(name="negative", where={"allowed_negative>": "0"}),
    ),
    filters=(WHERE,),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=STOCK_TABLES,
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
        Action(name="hold", icon="hand", opens="inventory.hold_form", given=_ONE_PRODUCT, labels=_CALLED),
        Action(name="expect", icon="calendar-clock", opens="inventory.expect_form", given=_ONE_PRODUCT, labels=_CALLED),
        Action(name="position", icon="printer", prints="inventory.stock_position", on_row=False),
        Action(name="write_off", icon="package-x", opens="inventory.write_off_form", on_row=False),
        Action(name="transfer", icon="arrow-right", opens="inventory.transfer_form", on_row=False),
        Action(
            name="authorise",
            icon="zap",
            opens="inventory.negative_form",
            given=_ONE_PRODUCT,
            labels=_CALLED,
            danger=True,
        ),
    ),
)

SLOTS = (
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="stock",
            title="inventory.product_stock",
            icon="boxes",
            place="top",
            permission="inventory.read",
            query="inventory.stock",
            where={"product_id": "id"},
            columns=(
                column("warehouse_name", show="name"),
                column("counted_at", show="instant", width=150),
                column("on_hand", show="quantity", width=110),
                column("held", show="quantity", width=100),
                column("reserved", show="quantity", width=110),
                column("free", show="quantity", width=110),
                column("incoming_quantity", show="quantity", width=130, sub="incoming_on", sub_show="day"),
            ),
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="places",
            title="inventory.product_places",
            icon="map-pin",
            permission="inventory.read",
            query="inventory.bins",
            where={"product_id": "id"},
            columns=(
                column("warehouse_name", show="name"),
                column("location_code", show="code", width=120),
                column("lot", show="code", width=120),
                column("on_hand", show="quantity", width=110),
                column("held", show="quantity", width=100),
                column("picked", show="quantity", width=110),
            ),
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="reservations",
            title="inventory.product_reservations",
            icon="lock-keyhole",
            permission="inventory.read",
            query="inventory.reservations",
            where={"product_id": "id"},
            columns=(
                column("warehouse_name", show="name"),
                column("quantity", show="quantity", width=110),
                column("promised_on", show="day", width=120),
                column("priority", show="whole", width=110),
            ),
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="moves",
            title="inventory.product_moves",
            icon="history",
            permission="inventory.read",
            query="inventory.moves",
            where={"product_id": "id"},
            columns=(
                column("at", show="instant", width=150),
                column("kind", show="pill", width=130, texts="inventory.move"),
                column("from_code", show="code", width=110),
                column("to_code", show="code", width=110),
                column("lot", show="code"),
                column("quantity", show="quantity", width=110),
            ),
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="broken",
            title="inventory.product_broken",
            icon="triangle-alert",
            permission="inventory.read",
            query="inventory.broken_reservations",
            where={"product_id": "id"},
            columns=(
                column("at", show="instant", width=150),
                column("cause", show="pill", width=160, texts="inventory.cause", levels=_CAUSE),
                column("quantity", show="quantity", width=110),
                column("promised_on", show="day", width=120),
                column("warehouse_name"),
            ),
        ),
    ),
)
