"""Two records of one product side by side, and the list of such merges."""

from __future__ import annotations

from dataclasses import replace

from retaguarda.kernel.screen import Action, Column, FormScreen, Level, ListScreen, PageScreen, Tab, TablePanel
from retaguarda.kernel.screen.parts import DO_IT
from retaguarda.modules.catalog import commands
from retaguarda.modules.catalog.screens.records import LABELS, TABLES

_field, _column = LABELS.field, LABELS.column
_MERGE_STATES: dict[str, Level] = {"proposed": "warn", "merged": "ok", "undone": "", "dropped": ""}
_SIDES: dict[str, Level] = {"kept": "ok", "merged": "info", "both": ""}

_UNMERGE = Action(
    name="unmerge", icon="undo-2", press="catalog.unmerge_products", key="merge_id", asks="catalog.ask.unmerge"
)
PROPOSE_FORM = FormScreen(
    name="catalog.propose_form",
    icon="git-merge",
    command=commands.ProposeMerge,
    fields=(_field("other_id", width=2, suggestions="catalog.product_choices", help="catalog.field.other_id.help"),),
    actions=(replace(DO_IT, text="catalog.propose_form.do", then="open", opens="catalog.merge_page"),),
)
MERGE_PAGE = PageScreen(
    name="catalog.merge_page",
    icon="git-merge",
    load="catalog.merges",
    record_title="name",
    pills=(_column("state", show="pill", texts="catalog.merge_state", levels=_MERGE_STATES),),
    context=(_column("merged_at", show="instant"),),
    panels=(
        TablePanel(
            name="values",
            icon="columns-3",
            query="catalog.merge_values",
            where={"merge_id": "id"},
            sort="position",
            columns=(
                Column(field="field", show="name", texts="catalog.merged_field", width=170),
                Column(field="kept", title="catalog.side.kept", show_by="shown_as"),
                Column(field="merged", title="catalog.side.merged", show_by="shown_as"),
                Column(field="side", show="pill", texts="catalog.side", levels=_SIDES, width=150),
            ),
            actions=(
                Action(
                    name="swap",
                    icon="arrow-left-right",
                    press="catalog.choose_value",
                    given={"merge_id": "merge_id", "field": "field", "side": "other_side"},
                ),
            ),
        ),
    ),
    actions=(
        Action(
            name="merge",
            icon="git-merge",
            press="catalog.merge_products",
            key="merge_id",
            primary=True,
            shortcut="F10",
            asks="catalog.ask.merge",
        ),
        Action(name="drop", icon="x", press="catalog.drop_merge", key="merge_id"),
        _UNMERGE,
    ),
    refreshed_by=("product_merge", "product_substitute", *TABLES),
)
MERGE_LIST = ListScreen(
    name="catalog.merge_list",
    icon="git-merge",
    query="catalog.merges",
    sort="kept_name",
    columns=(
        _column("kept_name", show="name", sub="kept_code", sub_show="code", sortable=True),
        _column("merged_name", show="name", sub="merged_code", sub_show="code", sortable=True),
        _column("merged_at", show="instant", width=170),
        _column("state", show="pill", width=120, texts="catalog.merge_state", levels=_MERGE_STATES),
    ),
    tabs=(
        Tab(name="proposed", where={"state": "proposed"}),
        Tab(name="merged", where={"state": "merged"}),
        Tab(name="all", counted=False),
    ),
    opens="catalog.merge_page",
    refreshed_by=("product_merge", "product"),
    actions=(_UNMERGE,),
)

MERGING = (PROPOSE_FORM, MERGE_PAGE, MERGE_LIST)
