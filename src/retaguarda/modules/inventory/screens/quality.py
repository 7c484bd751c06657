"""Non-conformities: the list, reporting, deciding; and holding a whole lot."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, Level, ListScreen, Tab
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import LOCATION, PRODUCT, REASON, WAREHOUSE, column, field, new

_STATE: dict[str, Level] = {"open": "warn", "decided": "ok"}
NON_CONFORMITY_LIST = ListScreen(
    name="inventory.non_conformity_list",
    icon="octagon-alert",
    query="inventory.non_conformities",
    sort="-number",
    columns=(
        column("number", show="code", width=100),
        column("name", show="name", sub="description"),
        column("code", show="code", width=90),
        column("lot", show="code", width=110),
        column("quantity", show="quantity", width=100),
        column("found_at", show="code", width=140, texts="inventory.found_at"),
        column("found_on", show="day", width=110, sortable=True),
        column("decision", width=170, hide_below=1300),
        column("state", show="pill", width=120, texts="inventory.quality_state", levels=_STATE),
    ),
    tabs=(
        Tab(name="open", where={"state": "open"}),
        Tab(name="decided", where={"state": "decided"}, counted=False),
    ),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("non_conformity",),
    actions=(
        new("inventory.non_conformity_form"),
        Action(name="decide", icon="check", opens="inventory.decision_form", key="non_conformity_id"),
    ),
)
NON_CONFORMITY_FORM = FormScreen(
    name="inventory.non_conformity_form",
    icon="shield-alert",
    command=commands.ReportNonConformity,
    fields=(
        PRODUCT,
        field("quantity"),
        field("found_at"),
        WAREHOUSE,
        LOCATION,
        field("lot"),
        field("description", width=2),
    ),
)
DECISION_FORM = FormScreen(
    name="inventory.decision_form",
    icon="check",
    command=commands.DecideNonConformity,
    fields=(
        field("disposition", width=2),
        field("decision", width=2),
        field("serials", width=2, help="inventory.field.serials.help_scrap"),
    ),
)
HOLD_LOT_FORM = FormScreen(name="inventory.hold_lot_form", icon="lock", command=commands.HoldLot, fields=(REASON,))
