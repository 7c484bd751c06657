"""The list of what was chosen when something failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from retaguarda.kernel.screen import Action, Column, Level, ListScreen, Phrase, Place, SlotFill, Tab
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.modules.sales import api as sales

_CAME: Mapping[str, Level] = {"open": "info", "kept": "ok", "broken": "bad"}


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
SCREENS = (choice_list,)
PLACES = (Place(name="choices", screen="contingency.choice_list", group="serve", order=87, shelf="more"),)


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
