"""What waits for picking, packing, shipping and delivery, every shipment, and who took the goods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from retaguarda.kernel.screen import (
    Action,
    Column,
    Level,
    ListScreen,
    Phrase,
    Place,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.kernel.screen.pressing import NOT_NOW

_NUMBER = Column(field="number", show="code", width=90, sortable=True)
_CUSTOMER = Column(field="customer_name", show="name", sortable=True)
_PROMISED = Column(field="promised_on", show="day", width=120, sortable=True)
_LINES = Column(field="line_count", show="whole", width=80, hide_below=1100)
_HANDOVER = Column(field="handover", show="pill", width=164, texts="sales.handover", hide_below=1200)
STATE_LEVELS: dict[str, Level] = {
    "picked": "info",
    "packed": "info",
    "shipped": "info",
    "delivered": "ok",
    "returned": "warn",
}
_ORDER_PAGE = "sales.order_page"


def may(command: str) -> Callable[[Any], Phrase | None]:
    """Enables what opens a dialog while the row allows its command."""
    return lambda row: None if row is not None and command in row.allowed else NOT_NOW


_SEEN = {"version": "version"}

_PICK = Action(name="pick", icon="package-check", press="delivery.pick_order", key="order_id", primary=True)
_START = Action(
    name="start",
    icon="scan-barcode",
    press="delivery.start_picking",
    opens="delivery.pick_station",
    key="order_id",
    primary=True,
    then="open",
)
_GO_ON = Action(
    name="go_on",
    icon="scan-barcode",
    opens="delivery.pick_station",
    given={"id": "pick_list_id"},
    primary=True,
    enabled=lambda row: None if row is not None and row.pick_list_id else NOT_NOW,
)
_PAPER = Action(
    name="paper",
    icon="printer",
    prints="delivery.pick_list",
    given={"pick_list_id": "pick_list_id"},
    enabled=lambda row: None if row is not None and row.pick_list_id else NOT_NOW,
)
_PACK_BY_SCAN = Action(
    name="scan", icon="scan-barcode", opens="delivery.pack_station", given={"id": "shipment_id"}, primary=True
)
_PACK = Action(name="pack", icon="archive", opens="delivery.pack_form", key="order_id", given=_SEEN, primary=True)
_SHIP = Action(name="ship", icon="truck", opens="delivery.ship_form", key="order_id", given=_SEEN, primary=True)
_DELIVER = Action(
    name="deliver",
    icon="map-pin",
    opens="delivery.deliver_form",
    key="order_id",
    given=_SEEN,
    primary=True,
    enabled=may("delivery.deliver_order"),
)

_BY_SHIPMENT = {"shipment_id": "shipment_id"}
_LABELS = Action(name="labels", icon="tag", prints="delivery.labels", given=_BY_SHIPMENT, shortcut="Ctrl+L")
_PACKING_LIST = Action(name="packing_list", icon="list-checks", prints="delivery.packing_list", given=_BY_SHIPMENT,
                       shortcut="Ctrl+Shift+L")  # fmt: skip
_RECEIPT = Action(name="receipt", icon="file-check", prints="delivery.receipt", given=_BY_SHIPMENT)

_ACCEPT_SHORT = Action(
    name="accept_short", icon="split", opens="delivery.accept_short_form", key="order_id", given=_SEEN,
    enabled=may("delivery.accept_short"),
)  # fmt: skip
_FAIL = Action(
    name="fail", icon="calendar-x", opens="delivery.fail_form", key="order_id", given=_SEEN,
    enabled=may("delivery.fail_delivery"),
)  # fmt: skip
_RETURN = Action(
    name="return", icon="undo-2", opens="delivery.return_form", key="order_id", given=_SEEN, danger=True,
    enabled=may("delivery.return_shipment"),
)  # fmt: skip

to_pick = ListScreen(
    name="delivery.to_pick",
    permission="delivery.pick_order",
    icon="clipboard-list",
    query="delivery.orders_to_pick",
    sort="promised_on",
    opens=_ORDER_PAGE,
    columns=(
        _NUMBER,
        _CUSTOMER,
        _PROMISED,
        _LINES,
        _HANDOVER,
        Column(field="picker_name", width=150, hide_below=1100),
        Column(field="invoiced_at", show="instant", width=150, hide_below=1400),
    ),
    actions=(_START, _GO_ON, replace(_PICK, primary=False), _ACCEPT_SHORT, _PAPER),
    refreshed_by=("sales_order", "invoice", "shipment", "pick_list"),
)

to_pack = ListScreen(
    name="delivery.to_pack",
    permission="delivery.pack_order",
    icon="archive",
    query="delivery.orders_to_pack",
    sort="promised_on",
    opens=_ORDER_PAGE,
    columns=(
        _NUMBER,
        _CUSTOMER,
        _PROMISED,
        _LINES,
        Column(field="left", show="quantity", width=110),
        Column(field="volume_count", show="whole", width=90, hide_below=1100),
        _HANDOVER,
        Column(field="picked_at", show="instant", width=150, hide_below=1400),
    ),
    actions=(
        _PACK_BY_SCAN,
        replace(_PACK, primary=False),
        Action(name="check", icon="list-checks", opens="delivery.volume_list", on_row=False, shortcut="F8"),
    ),
    refreshed_by=("sales_order", "shipment", "volume", "volume_line"),
)

volume_list = ListScreen(
    name="delivery.volume_list",
    permission="delivery.check_volume",
    icon="list-checks",
    query="delivery.volumes",
    sort="packed_at",
    opens=_ORDER_PAGE,
    opens_key="order_id",
    search="",
    tabs=(
        Tab(name="waits", where={"checking": "waits"}),
        Tab(name="checked", where={"checking": "checked"}, counted=False),
    ),
    columns=(
        Column(field="order_number", show="code", width=90, sortable=True),
        Column(field="place", show="whole", width=80),
        Column(field="count", show="whole", width=80),
        Column(field="quantity", show="quantity", width=100),
        Column(field="weight_kg", show="quantity", width=100),
        Column(field="packer_name", show="name"),
        Column(field="packed_at", show="instant", width=150, sortable=True),
        Column(field="checker_name", width=160),
    ),
    actions=(
        Action(
            name="check", icon="check", press="delivery.check_volume", key="volume_id", shortcut="F10", primary=True
        ),
        Action(
            name="packing_list",
            icon="printer",
            prints="delivery.packing_list",
            given={"shipment_id": "shipment_id"},
            shortcut="Ctrl+P",
        ),
    ),
    refreshed_by=("shipment", "volume"),
)

to_ship = ListScreen(
    name="delivery.to_ship",
    permission="delivery.ship_order",
    icon="truck",
    query="delivery.orders_to_ship",
    sort="promised_on",
    opens=_ORDER_PAGE,
    columns=(
        _NUMBER,
        _CUSTOMER,
        _PROMISED,
        _LINES,
        Column(field="volume_count", show="whole", width=90, hide_below=1100),
        _HANDOVER,
        Column(field="packed_at", show="instant", width=150, hide_below=1400),
    ),
    actions=(_SHIP, _LABELS, _PACKING_LIST, _RECEIPT, _RETURN),
    refreshed_by=("sales_order", "shipment"),
)

to_deliver = ListScreen(
    name="delivery.to_deliver",
    permission="delivery.deliver_order",
    icon="map-pin",
    query="delivery.orders_to_deliver",
    sort="promised_on",
    opens=_ORDER_PAGE,
    columns=(
        _NUMBER,
        _CUSTOMER,
        _PROMISED,
        Column(field="city", width=160, hide_below=1100),
        Column(field="carrier_name", width=180, sub="tracking_code", sub_show="code", hide_below=1200),
        Column(field="expected_on", show="day", width=120, hide_below=1400),
        Column(field="attempt_count", show="whole", width=100, hide_below=1100),
        Column(field="next_on", show="day", width=120),
        Column(field="shipped_at", show="instant", width=150, hide_below=1500),
    ),
    actions=(_DELIVER, _FAIL, _RECEIPT, _RETURN),
    refreshed_by=("sales_order", "shipment"),
)

shipment_list = ListScreen(
    name="delivery.shipment_list",
    icon="package-check",
    query="delivery.shipments",
    sort="-picked_at",
    found=("order_number", "customer_name", "tracking_code", "delivered_on"),
    opens=_ORDER_PAGE,
    opens_key="order_id",
    tabs=(
        Tab(name="all", counted=False),
        Tab(name="picked", where={"state": "picked"}),
        Tab(name="packed", where={"state": "packed"}),
        Tab(name="shipped", where={"state": "shipped"}),
        Tab(name="late", where={"kept": False}),
        Tab(name="returned", where={"state": "returned"}),
    ),
    columns=(
        Column(field="order_number", show="code", width=90, sortable=True),
        _CUSTOMER,
        Column(field="state", show="pill", width=130, texts="delivery.shipment.state", levels=STATE_LEVELS),
        _PROMISED,
        Column(field="delivered_on", show="day", width=120, sortable=True),
        Column(field="kept", show="flag", width=90, hide_below=1100),
        Column(field="carrier_name", width=180, sub="tracking_code", sub_show="code", hide_below=1200),
        Column(field="receiver_name", width=160, hide_below=1400),
    ),
    actions=(
        Action(name="receipt", icon="file-check", prints="delivery.receipt", key="shipment_id"),
        Action(name="labels", icon="tag", prints="delivery.labels", key="shipment_id", shortcut="Ctrl+L"),
        Action(
            name="packing_list",
            icon="list-checks",
            prints="delivery.packing_list",
            key="shipment_id",
            shortcut="Ctrl+Shift+L",
        ),
    ),
    refreshed_by=("shipment",),
)

SCREENS = (
    to_pick,
    to_pack,
    volume_list,
    to_ship,
    to_deliver,
    shipment_list,
)
PLACES = (
    Place(name="to_pick", screen="delivery.to_pick", order=50, badge="delivery.orders_to_pick"),
    Place(name="to_pack", screen="delivery.to_pack", order=51, badge="delivery.orders_to_pack"),
    Place(name="to_ship", screen="delivery.to_ship", order=52, badge="delivery.orders_to_ship"),
    Place(name="to_deliver", screen="delivery.to_deliver", order=54, badge="delivery.orders_to_deliver"),
    Place(name="shipments", screen="delivery.shipment_list", order=56),
)


def _on_order_page(action: Action) -> SlotFill:
    own = replace(
        action,
        text=f"delivery.order.{action.name}",
        primary=False,
        allowed_by="delivery.order_steps",
        enabled=None,
    )
    return SlotFill(_ORDER_PAGE, "actions", own)


def _titled(field: str, **more: Any) -> Column:
    return Column(field=field, title=f"delivery.order.{field}", **more)


SLOTS = (
    *(_on_order_page(action) for action in (_PICK, _ACCEPT_SHORT, _PACK, _SHIP, _DELIVER, _FAIL, _RETURN)),
    SlotFill(
        _ORDER_PAGE,
        "panels",
        TablePanel(
            name="shipments",
            title="delivery.order.shipments",
            query="delivery.shipments",
            where={"order_id": "id"},
            permission="delivery.read",
            columns=(
                _titled("state", show="pill", width=130, texts="delivery.shipment.state", levels=STATE_LEVELS),
                _titled("picked_at", show="instant", width=150),
                _titled("shipped_at", show="instant", width=150),
                _titled("carrier_name", sub="tracking_code", sub_show="code"),
                _titled("delivered_at", show="instant", width=150),
                _titled("receiver_name", sub="receiver_document"),
                _titled("kept", show="flag", width=90),
            ),
        ),
    ),
    SlotFill(
        _ORDER_PAGE,
        "panels",
        TablePanel(
            name="attempts",
            title="delivery.order.attempts",
            query="delivery.attempts",
            where={"order_id": "id"},
            permission="delivery.read",
            columns=(
                _titled("at", show="instant", width=150),
                _titled("reason", show="code", width=180, texts="delivery.fail_reason"),
                _titled("note", show="name"),
                _titled("next_on", show="day", width=120),
                _titled("person_name", width=160),
            ),
        ),
    ),
)
