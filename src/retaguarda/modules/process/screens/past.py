"""Past orders: the list of them, and one of them read with all that happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.screen import (
    Column,
    FactsPanel,
    ImportField,
    ImportKind,
    Level,
    ListScreen,
    PageScreen,
    SlotFill,
    Tab,
    TablePanel,
    TimelinePanel,
)
from retaguarda.modules.process import rules

OUTCOME_LEVELS: Mapping[str, Level] = {
    rules.DELIVERED: "ok",
    rules.CANCELLED: "bad",
    rules.UNAVAILABLE: "bad",
    rules.UNFINISHED: "warn",
}


def _column(field: str, **more: Any) -> Column:
    return Column(field=field, title=f"process.record_past_case.field.{field}", **more)


_OUTCOME = _column("outcome", show="pill", width=140, texts="process.past_outcome", levels=OUTCOME_LEVELS)
past_list = ListScreen(
    name="process.past_list",
    icon="history",
    query="process.past_orders",
    sort="-ordered_at",
    opens="process.past_page",
    tabs=(
        Tab(name="all"),
        Tab(name="off_script", where={"off_script": True}),
        Tab(name="late", where={"late": True}),
        *(Tab(name=o, where={"outcome": o}, title=f"process.past_outcome.{o}") for o in rules.PAST_OUTCOMES),
    ),
    columns=(
        _column("outside_key", show="name", sub="source"),
        _column("customer", sub="place", hide_below=1100),
        _column("ordered_at", show="instant", width=150, sortable=True),
        _OUTCOME,
        _column("promised_on", show="day", width=110, hide_below=1200),
        _column("delivered_on", show="day", width=110, sortable=True),
        _column("items_amount", show="money", width=120, sortable=True),
        _column("paid_amount", show="money", width=120, hide_below=1300),
    ),
    refreshed_by=("past_case",),
)
past_page = PageScreen(
    name="process.past_page",
    icon="history",
    load="process.past_orders",
    record_title="outside_key",
    pills=(_OUTCOME,),
    context=(_column("source"), _column("customer"), _column("place"), _column("ordered_at", show="instant")),
    panels=(
        TablePanel(
            name="items",
            query="process.past_items",
            where={"past_case_id": "id"},
            sort="position",
            limit=1000,
            columns=(
                _column("description", show="name", sub="product_key"),
                _column("seller_key", width=140, hide_below=1300),
                _column("quantity", show="quantity", width=90),
                _column("price", show="price", width=110),
                _column("discount_rate", show="rate", width=90, hide_below=1400),
                _column("freight_amount", show="money", width=110),
                _column("ship_by", show="instant", width=150, hide_below=1400),
            ),
        ),
        TablePanel(
            name="payments",
            query="process.past_payments",
            where={"past_case_id": "id"},
            sort="position",
            limit=1000,
            columns=(
                _column("method"),
                _column("instalments", show="whole", width=110),
                _column("amount", show="money", width=130),
            ),
        ),
        TablePanel(
            name="reviews",
            query="process.past_reviews",
            where={"past_case_id": "id"},
            limit=1000,
            columns=(
                _column("score", show="whole", width=80),
                _column("message", show="name", sub="title"),
                _column("asked_at", show="instant", width=150, hide_below=1200),
                _column("answered_at", show="instant", width=150),
            ),
        ),
        TimelinePanel(
            name="timeline",
            icon="history",
            query="process.past_timeline",
            where={"subject_id": "id"},
            sort="-at",
            place="side",
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                _column("promised_on", show="day"),
                _column("delivered_on", show="day"),
                _column("items_amount", show="money"),
                _column("freight_amount", show="money"),
                _column("paid_amount", show="money"),
                _column("said_state", show="code"),
                _column("channel", show="code"),
            ),
        ),
    ),
    refreshed_by=("past_case",),
)
BROUGHT = SlotFill(
    "imports.wizard",
    "kinds",
    ImportKind(
        name="process.past_orders",
        command="process.record_past_case",
        key=("outside_key",),
        fields=(
            ImportField(name="outside_key", required=True),
            ImportField(name="customer_name", required=True),
            ImportField(name="ordered_at", required=True, read="instant"),
            ImportField(name="promised_on", read="day"),
            ImportField(name="steps.ship", read="instant"),
            ImportField(name="steps.deliver", read="instant"),
            ImportField(name="outcome", options=(rules.DELIVERED, rules.CANCELLED, rules.UNAVAILABLE)),
            ImportField(name="items.product_key", required=True),
            ImportField(name="items.description"),
            ImportField(name="items.quantity", read="number"),
            ImportField(name="items.price", required=True, read="number"),
            ImportField(name="freight_amount", read="number"),
            ImportField(name="city"),
            ImportField(name="region"),
        ),
        parts="items",
        opens="process.past_list",
    ),
)
