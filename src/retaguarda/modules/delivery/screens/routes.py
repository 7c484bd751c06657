"""Our own routes: planned, out, ended; a route's page with its stops in order."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    Column,
    FieldView,
    FormScreen,
    Level,
    LinesView,
    ListScreen,
    PageScreen,
    Place,
    Tab,
    TablePanel,
)
from retaguarda.modules.delivery.commands import PlanRoute
from retaguarda.modules.delivery.screens.orders import STATE_LEVELS, may

ROUTE_LEVELS: dict[str, Level] = {"planned": "", "out": "info", "ended": "ok", "dropped": "warn"}
_STATE = Column(field="state", show="pill", width=130, texts="delivery.route.state", levels=ROUTE_LEVELS)
_ACTIONS = (
    Action(name="start", icon="truck", press="delivery.start_route", key="route_id", primary=True),
    Action(name="end", icon="check", press="delivery.end_route", key="route_id", primary=True),
    Action(name="drop", icon="x", press="delivery.drop_route", key="route_id", danger=True),
)
_STOP = {"order_id": "order_id", "version": "version"}

route_list = ListScreen(
    name="delivery.route_list",
    permission="delivery.plan_route",
    icon="route",
    query="delivery.routes",
    sort="-route_on",
    search="",
    opens="delivery.route_page",
    tabs=(Tab(name="all", counted=False), Tab(name="planned", where={"state": "planned"}),
          Tab(name="out", where={"state": "out"})),
    columns=(
        Column(field="number", show="code", width=90, sortable=True),
        Column(field="route_on", show="day", width=120, sortable=True),
        Column(field="driver_name", show="name"),
        Column(field="vehicle", width=160, hide_below=1100),
        _STATE,
        Column(field="stop_count", show="whole", width=90),
        Column(field="done_count", show="whole", width=90),
    ),
    actions=(
        Action(name="plan", icon="plus", opens="delivery.route_form", on_row=False),
        *_ACTIONS,
    ),
    refreshed_by=("delivery_route", "route_stop", "shipment"),
)  # fmt: skip

route_page = PageScreen(
    name="delivery.route_page",
    icon="route",
    load="delivery.routes",
    pills=(_STATE,),
    context=(Column(field="driver_name"), Column(field="route_on", show="day"), Column(field="vehicle")),
    panels=(
        TablePanel(
            name="stops",
            query="delivery.route_stops",
            where={"route_id": "id"},
            sort="position",
            columns=(
                Column(field="position", show="whole", width=60),
                Column(field="order_number", show="code", width=90),
                Column(field="customer_name", show="name", sub="address"),
                Column(field="state", title="delivery.route_page.stop_state", show="pill", width=140,
                       texts="delivery.shipment.state", levels=STATE_LEVELS),
                Column(field="attempt_count", show="whole", width=100),
                Column(field="receiver_name", width=180),
            ),
            opens="sales.order_page",
            opens_key="order_id",
            actions=(
                Action(name="deliver", icon="map-pin", opens="delivery.deliver_form", given=_STOP,
                       enabled=may("delivery.deliver_order")),
                Action(name="fail", icon="calendar-x", opens="delivery.fail_form", given=_STOP,
                       enabled=may("delivery.fail_delivery")),
            ),
        ),
    ),
    actions=_ACTIONS,
    refreshed_by=("delivery_route", "shipment", "delivery_attempt"),
)  # fmt: skip

route_form = FormScreen(
    name="delivery.route_form",
    icon="route",
    command=PlanRoute,
    fields=(
        FieldView(name="driver_id", suggestions="company.person_choices"),
        FieldView(name="route_on", initial="d"),
        FieldView(name="vehicle", width=2),
        LinesView(name="stops", columns=(FieldView(name="shipment_id", suggestions="delivery.load_choices"),)),
    ),
    refreshed_by=("delivery_route",),
)

SCREENS = (route_list, route_page, route_form)
PLACES = (Place(name="routes", screen="delivery.route_list", order=55),)
