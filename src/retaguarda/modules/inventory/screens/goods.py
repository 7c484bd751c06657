"""Lots and numbered pieces: what expires, where each is, where it came from and where it went."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    FactsPanel,
    FormScreen,
    Level,
    ListScreen,
    PageScreen,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import REASON, column, field

_LOT: dict[str, Level] = {"good": "ok", "expired": "bad", "allowed": "warn"}
_PIECE: dict[str, Level] = {"there": "ok", "picked": "info", "gone": ""}
_REVISE = Action(name="revise", icon="pencil", opens="inventory.lot_form", key="lot_id")
_ALLOW = Action(name="allow", icon="shield-alert", opens="inventory.expired_form", key="lot_id", danger=True)
_HOLD_LOT = Action(name="hold_lot", icon="lock", opens="inventory.hold_lot_form", key="lot_id", danger=True)
_FORBID = Action(name="forbid", icon="ban", press="inventory.forbid_expired", key="lot_id")

LOT_LIST = ListScreen(
    name="inventory.lot_list",
    icon="layers",
    query="inventory.lots",
    sort="expires_on",
    columns=(
        column("code", show="code", width=130),
        column("name", show="name", sub="product_code", sub_show="code", sortable=True),
        column("expires_on", show="day", width=120, sortable=True),
        column("state", show="pill", width=150, texts="inventory.lot_state", levels=_LOT),
        column("on_hand", show="quantity", width=110),
        column("held", show="quantity", width=100),
        column("supplier_name", width=200, hide_below=1200),
    ),
    tabs=(
        Tab(name="all"),
        Tab(name="there", where={"on_hand>": "0"}),
        Tab(name="expired", where={"state": "expired", "on_hand>": "0"}),
    ),
    found=("code", "name", "expires_on"),
    opens="inventory.lot_page",
    refreshed_by=("lot", "stock_move", "stock_hold"),
    actions=(
        Action(name="hold_expired", icon="lock", press="inventory.hold_expired", on_row=False, primary=True),
        _REVISE,
        _HOLD_LOT,
        _ALLOW,
        _FORBID,
    ),
)
LOT_PAGE = PageScreen(
    name="inventory.lot_page",
    icon="layers",
    load="inventory.lots",
    record_title="code",
    pills=(column("state", show="pill", texts="inventory.lot_state", levels=_LOT),),
    context=(column("name"), column("expires_on", show="day"), column("supplier_name")),
    panels=(
        TablePanel(
            name="moves",
            icon="history",
            query="inventory.moves",
            where={"product_id": "product_id", "lot": "code"},
            limit=200,
            columns=(
                column("at", show="instant", width=150),
                column("kind", show="pill", width=130, texts="inventory.move"),
                column("from_code", show="code", width=110),
                column("to_code", show="code"),
                column("quantity", show="quantity", width=110),
            ),
        ),
        TablePanel(
            name="places",
            icon="map-pin",
            query="inventory.bins",
            where={"product_id": "product_id", "lot": "code"},
            columns=(
                column("warehouse_name", show="name"),
                column("location_code", show="code", width=140),
                column("on_hand", show="quantity", width=110),
                column("picked", show="quantity", width=110),
            ),
        ),
        FactsPanel(
            name="facts",
            icon="info",
            place="side",
            facts=(
                column("product_code", show="code"),
                column("on_hand", show="quantity"),
                column("held", show="quantity"),
                column("reason"),
            ),
        ),
    ),
    refreshed_by=("lot", "stock_move", "stock_hold"),
    actions=(_REVISE, _HOLD_LOT, _ALLOW, _FORBID),
)
LOT_FORM = FormScreen(
    name="inventory.lot_form",
    icon="layers",
    command=None,
    revise=commands.ReviseLot,
    load="inventory.lots",
    key="lot_id",
    record_name="code",
    fields=(field("expires_on"),),
)
EXPIRED_FORM = FormScreen(
    name="inventory.expired_form", icon="shield-alert", command=commands.AllowExpired, fields=(REASON,)
)
TRACK_FORM = FormScreen(
    name="inventory.track_form",
    icon="scan-barcode",
    command=commands.TrackProduct,
    fields=(field("tracking", width=2, help="inventory.field.tracking.help"),),
)
SERIAL_LIST = ListScreen(
    name="inventory.serial_list",
    icon="hash",
    query="inventory.serials",
    sort="number",
    columns=(
        column("number", show="code", width=180, sortable=True),
        column("name", show="name", sub="product_code", sub_show="code", sortable=True),
        column("state", show="pill", width=130, texts="inventory.serial_state", levels=_PIECE),
        column("warehouse_name", width=180),
        column("location_code", show="code", width=120),
        column("lot", show="code", width=120, hide_below=1200),
    ),
    tabs=(
        Tab(name="all"),
        Tab(name="there", where={"state": "there"}),
        Tab(name="picked", where={"state": "picked"}),
        Tab(name="gone", where={"state": "gone"}),
    ),
    found=("number", "name", "location_code"),
    opens="inventory.serial_page",
    refreshed_by=("serial_move",),
)
SERIAL_PAGE = PageScreen(
    name="inventory.serial_page",
    icon="hash",
    load="inventory.serials",
    record_title="number",
    pills=(column("state", show="pill", texts="inventory.serial_state", levels=_PIECE),),
    context=(column("name"), column("warehouse_name"), column("location_code", show="code")),
    panels=(
        TablePanel(
            name="moves",
            icon="history",
            query="inventory.serial_moves",
            where={"product_id": "product_id", "number": "number"},
            columns=(
                column("at", show="instant", width=150),
                column("kind", show="pill", width=150, texts="inventory.move"),
                column("from_code", show="code", width=130),
                column("to_code", show="code"),
            ),
        ),
    ),
    refreshed_by=("serial_move",),
)
SLOTS = (
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="lots",
            title="inventory.product_lots",
            icon="layers",
            permission="inventory.read",
            query="inventory.lots",
            where={"product_id": "id"},
            columns=(
                column("code", show="code", width=140),
                column("expires_on", show="day", width=120),
                column("state", show="pill", width=150, texts="inventory.lot_state", levels=_LOT),
                column("on_hand", show="quantity", width=110),
                column("held", show="quantity", width=110),
                column("supplier_name"),
            ),
            opens="inventory.lot_page",
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "actions",
        Action(
            name="track",
            text="inventory.product_track",
            icon="scan-barcode",
            opens="inventory.track_form",
            key="product_id",
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "actions",
        Action(
            name="labels",
            text="inventory.product_labels",
            icon="barcode",
            prints="inventory.labels",
            key="product_id",
        ),
    ),
)
