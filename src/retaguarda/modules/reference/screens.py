"""The tables, the codes in them, an edition with what it changes, and putting it in force."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.reference import DROPPED, WAITING
from retaguarda.kernel.screen import (
    Action,
    Column,
    FactsPanel,
    Filter,
    FormScreen,
    Level,
    ListScreen,
    PageScreen,
    Phrase,
    Place,
    TablePanel,
)
from retaguarda.kernel.screen.labels import Labels
from retaguarda.modules.reference import commands

TABLES = ("reference_edition", "reference_in_force")
_LABELS = Labels("reference")
_column, _field = _LABELS.column, _LABELS.field
_STATES: dict[str, Level] = {"fresh": "ok", "old": "warn", "lacking": "info"}
_STANDINGS: dict[str, Level] = {WAITING: "warn", "in_force": "ok", "before": "", DROPPED: ""}
_STANDING = _column("standing", show="pill", width=150, texts="reference.standing", levels=_STANDINGS)
_TABLE = _column("table_name", "table", show="words", texts="reference.table", width=150)
_LOAD = Action(name="load", icon="upload", opens="imports.wizard", shortcut="Ctrl+N", primary=True, on_row=False)
_WAITING = Action(
    name="waiting",
    icon="badge-check",
    opens="reference.edition_page",
    key="edition_id",
    given={"edition_id": "waiting_id"},
    shortcut="F10",
    enabled=lambda row: None if row.waiting_id else Phrase("reference.reason.none_waits"),
)
_CODE, _NAME = _column("code", show="code", width=110, sortable=True), _column("name", show="name", sortable=True)
_WITHIN, _NOTE = _column("within", width=150), _column("note", width=360)


def _if_it_waits(row: Any) -> Phrase | None:
    return None if row.standing == WAITING else Phrase("reference.reason.not_waiting")


def _if_it_was(row: Any) -> Phrase | None:
    return None if row.standing == "before" else Phrase("reference.reason.not_before")


_OF_A_TABLE = (
    _LOAD,
    _WAITING,
    Action(name="codes", icon="list", opens="reference.code_list", given={"table_name": "id"}),
    Action(
        name="revert",
        icon="undo-2",
        press="reference.revert_table",
        given={"table": "id"},
        asks="reference.ask.revert_table",
    ),
)
TABLE_LIST = ListScreen(
    name="reference.table_list",
    icon="globe",
    query="reference.tables",
    sort="position",
    search="",
    columns=(
        _column("said", "table", show="answer"),
        _column("state", show="pill", width=150, texts="reference.state", levels=_STATES),
        _column("label", width=170),
        _column("dated_on", show="day", width=110),
        _column("age_days", show="whole", width=110),
        _column("rows", show="whole", width=80),
        _column("since", show="instant", width=150, hide_below=1300),
    ),
    opens="reference.table_page",
    actions=_OF_A_TABLE,
    refreshed_by=TABLES,
)
TABLE_PAGE = PageScreen(
    name="reference.table_page",
    icon="globe",
    load="reference.tables",
    record_title="title",
    pills=(_column("state", show="pill", texts="reference.state", levels=_STATES),),
    context=(_column("source"),),
    panels=(
        TablePanel(
            name="codes",
            query="reference.codes",
            where={"table_name": "id"},
            sort="code",
            limit=500,
            columns=(_CODE, _NAME, _WITHIN, _NOTE),
        ),
        TablePanel(
            name="editions",
            query="reference.editions",
            where={"table_name": "id"},
            limit=100,
            columns=(
                _column("label", show="name", sub="source"),
                _STANDING,
                _column("dated_on", show="day", width=110),
                _column("rows", show="whole", width=80),
                _column("loaded_at", show="instant", width=150),
                _column("who", width=140),
            ),
            opens="reference.edition_page",
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                _column("label"),
                _column("dated_on", show="day"),
                _column("age_days", show="whole"),
                _column("days_max", show="whole"),
                _column("rows", show="whole"),
                _column("since", show="instant"),
            ),
        ),
    ),
    actions=_OF_A_TABLE,
    refreshed_by=TABLES,
)
CODE_LIST = ListScreen(
    name="reference.code_list",
    icon="list",
    query="reference.codes",
    sort="code",
    columns=(_TABLE, _CODE, _NAME, _WITHIN, _NOTE),
    filters=(
        Filter(
            key="table_name",
            title="reference.field.table",
            options=("bank", "municipality", "state", "holiday", "unit"),
            texts="reference.table",
            show="words",
        ),
    ),
    refreshed_by=TABLES,
)


def _changes(change: str, *columns: Column) -> TablePanel:
    return TablePanel(
        name=change,
        query="reference.edition_changes",
        where={"edition_id": "id"},
        always={"change": change},
        sort="code",
        limit=500,
        columns=(_CODE, _NAME, *columns, _WITHIN),
    )


EDITION_PAGE = PageScreen(
    name="reference.edition_page",
    icon="globe",
    load="reference.editions",
    record_title="title",
    pills=(_STANDING,),
    context=(_column("source"), _column("file"), _column("who"), _column("loaded_at", show="instant")),
    panels=(
        _changes("new", _NOTE),
        _changes("changed", _column("was", width=260)),
        _changes("gone", _NOTE),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                _TABLE,
                _column("label"),
                _column("dated_on", show="day"),
                _column("rows", show="whole"),
                _column("since", show="instant"),
                _column("seal", "checksum", show="code"),
            ),
        ),
    ),
    actions=(
        Action(
            name="put_in_force",
            icon="badge-check",
            opens="reference.put_form",
            key="edition_id",
            shortcut="F10",
            primary=True,
            enabled=_if_it_waits,
        ),
        Action(
            name="back_in_force",
            icon="undo-2",
            press="reference.put_in_force",
            key="edition_id",
            enabled=_if_it_was,
            asks="reference.ask.back_in_force",
        ),
        Action(
            name="drop",
            icon="x",
            press="reference.drop_edition",
            key="edition_id",
            danger=True,
            asks="reference.ask.drop_edition",
        ),
    ),
    refreshed_by=TABLES,
)
PUT_FORM = FormScreen(
    name="reference.put_form",
    icon="badge-check",
    command=commands.PutInForce,
    fields=(
        _field("label", help="reference.field.label.help"),
        _field("dated_on", help="reference.field.dated_on.help"),
        _field("source", width=2, help="reference.field.source.help"),
    ),
)
SCREENS = (TABLE_LIST, TABLE_PAGE, CODE_LIST, EDITION_PAGE, PUT_FORM)
PLACES = (Place(name="tables", screen="reference.table_list", group="manage", order=77, shelf="more"),)
