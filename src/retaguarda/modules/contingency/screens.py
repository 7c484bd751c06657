"""The lists of what is in danger, and of what was chosen when something failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from retaguarda.kernel.screen import Action, Column, Filter, Level, ListScreen, Phrase, Place, SlotFill, Tab
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.modules.contingency import rules
from retaguarda.modules.sales import api as sales

_CAME: Mapping[str, Level] = {"open": "info", "kept": "ok", "broken": "bad"}


_DANGER: Mapping[str, Level] = {"undelivered_2": "bad", "handed_late": "info"}
_RULES: Mapping[str, Level] = {rule.name: _DANGER.get(rule.name, "warn") for rule in rules.RULES}


def _column(field: str, **more: Any) -> Column:
    return Column(field=field, title=f"contingency.choice.{field}", **more)


choice_list = ListScreen(
    name="contingency.choice_list",
    icon="shield-check",
    query="contingency.choices",
    sort="-at",
    opens="sales.order_page",
    opens_key="order_id",
    tabs=(Tab(name="all"), *(Tab(name=came, where={"came": came}, title=f"contingency.came.{came}") for came in _CAME)),
    columns=(
        _column("number", show="code", width=80),
        _column("customer_name", show="name"),
        _column("kind", texts="contingency.kind", width=250),
        _column("place", show="whole", width=90, hide_below=1200),
        _column("promised_on", show="day", width=120),
        _column("extra_cost", show="money", width=120),
        _column("came", show="pill", texts="contingency.came", levels=_CAME, width=130),
        _column("person_name", width=150, hide_below=1100),
        _column("at", show="instant", width=150, sortable=True),
    ),
    refreshed_by=("remedy_choice", "promise_result"),
)


def _about(field: str, **more: Any) -> Column:
    return Column(field=field, title=f"contingency.alert.{field}", **more)


alert_list = ListScreen(
    name="contingency.alert_list",
    icon="bell",
    query="contingency.alerts",
    sort="promised_on",
    opens="sales.order_page",
    opens_key="subject_id",
    tabs=(
        Tab(name="open", where={"state": "open"}),
        Tab(name="closed", where={"state": "closed"}, counted=False),
    ),
    filters=(Filter(key="rule", options=tuple(_RULES), texts="contingency.rule"),),
    columns=(
        _about("number", show="code", width=80),
        _about("customer_name", show="name"),
        _about("rule", show="pill", texts="contingency.rule", levels=_RULES, width=230),
        _about("promised_on", show="day", width=120, sortable=True),
        _about("since_at", show="instant", width=150, sortable=True, hide_below=1200),
        _about("at_risk", show="money", width=120, sortable=True),
        _about("department", show="code", texts="company.department", width=120, hide_below=1100),
        _about("person_name", width=130, hide_below=1400),
        _about("next_command", show="code", texts="process.next", width=144),
        _about("closed_at", show="instant", width=150, hide_below=1600),
    ),
    actions=(Action(name="review", icon="refresh-cw", press="contingency.review_alerts", on_row=False),),
    refreshed_by=("case_alert", "case_step", "sales_order"),
)  # fmt: skip
SCREENS = (choice_list, alert_list)
PLACES = (
    Place(name="choices", screen="contingency.choice_list", group="serve", order=87, shelf="more"),
    Place(name="alerts", screen="contingency.alert_list", group="serve", order=86, shelf="more"),
)


def _of_an_order(row: Any) -> Phrase | None:
    return None if row is not None and row.subject_table == sales.DOCUMENT else NOT_NOW


_WAYS = Action(name="ways", text="contingency.find_ways", icon="shield-check", press="contingency.find_ways")
SLOTS = (
    SlotFill(
        "sales.order_page",
        "actions",
        replace(_WAYS, key="order_id", allowed_by="contingency.order_ways", shortcut="Ctrl+B"),
    ),
    SlotFill(
        "process.failure_list",
        "actions",
        replace(_WAYS, given={"order_id": "subject_id"}, enabled=_of_an_order, shortcut="Ctrl+B"),
    ),
)
