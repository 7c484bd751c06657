"""The board of the data steward, and the lists of what the rules find."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.screen import Action, BoardScreen, Column, Level, ListScreen, Phrase, Place, Tab, TablePanel

_LEVELS: dict[str, Level] = {"bad": "bad", "warn": "warn", "info": "info"}
_LISTS = {"product": "package-x", "party": "user-x"}
_TABLES = {
    "product": ("product", "product_code", "product_price", "supplier_price", "kit_part", "sales_order"),
    "party": ("party", "party_address", "party_contact", "customer", "supplier"),
}


def _unless_alike(row: Any) -> Phrase | None:
    return None if row.other_id else Phrase("steward.reason.not_alike")


def _merge(about: str) -> Action:
    """Puts the record of a finding beside the one that it is alike; `about` is a subject, `product` or `party`."""
    module = "catalog" if about == "product" else about
    return Action(
        name="merge",
        icon="git-merge",
        press=f"{module}.propose_merge",
        given={f"{about}_id": "record_id", "other_id": "other_id"},
        enabled=_unless_alike,
        then="open",
        opens=f"{module}.merge_page",
    )


def _list(about: str, icon: str) -> ListScreen:
    name = f"steward.{about}_list"
    return ListScreen(
        name=name,
        icon=icon,
        query=f"steward.{about}_findings",
        sort="name",
        columns=(
            Column(field="name", show="name", sub="sub", sortable=True),
            Column(field="rule", show="words", texts="steward.rule", width=300),
            Column(field="detail", show="text", width=220),
            Column(field="since", show="day", width=110, hide_below=1200),
            Column(field="level", title="steward.stops", show="pill", texts="steward.level", levels=_LEVELS, width=140),
        ),
        tabs=(
            Tab(name="all", counted=False),
            *(Tab(name=level, where={"level": level}) for level in _LEVELS),
        ),
        opens_key="record_id",
        opens="catalog.product_page" if about == "product" else "party.customer_page",
        refreshed_by=_TABLES[about],
        actions=(_merge(about),),
    )


PRODUCT_LIST, PARTY_LIST = (_list(about, icon) for about, icon in _LISTS.items())
_LED_TO = (PRODUCT_LIST.name, PARTY_LIST.name)

BOARD = BoardScreen(
    name="steward.board",
    icon="id-card",
    permission="steward.read",
    panels=(
        TablePanel(
            name="rules",
            icon="list-checks",
            query="steward.rules",
            always={"records >": 0},
            limit=100,
            sort="position",
            columns=(
                Column(field="said", show="answer"),
                Column(field="level", show="pill", texts="steward.level", levels=_LEVELS, width=150),
                Column(field="records", show="whole", width=90),
            ),
            opens=PRODUCT_LIST.name,
            opens_too=(PARTY_LIST.name,),
        ),
        TablePanel(
            name="uses",
            icon="gauge",
            query="steward.uses",
            place="side",
            limit=100,
            sort="position",
            columns=(
                Column(field="use", show="name", texts="steward.use"),
                Column(field="about", show="words", texts="steward.about", width=90),
                Column(field="records", show="whole", width=80),
                Column(field="stopped", show="whole", width=80),
                Column(field="score_rate", show="rate", width=80),
            ),
            opens=PRODUCT_LIST.name,
            opens_too=(PARTY_LIST.name,),
        ),
    ),
    refreshed_by=(*_TABLES["product"], *_TABLES["party"], "setting"),
)

SCREENS = (BOARD, PRODUCT_LIST, PARTY_LIST)
PLACES = (Place(name="data_quality", screen="steward.board", group="manage", order=76, shelf="more"),)
