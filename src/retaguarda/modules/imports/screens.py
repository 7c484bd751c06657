"""What was imported: the batches, and one of them with all that was strange about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.screen import Action, Column, ImportScreen, Level, ListScreen, PageScreen, Place, Tab, TablePanel
from retaguarda.kernel.screen.labels import Labels
from retaguarda.modules.imports import rules

_LABELS = Labels("imports")
STATE_LEVELS: Mapping[str, Level] = {rules.OPEN: "info", rules.DONE: "ok", rules.UNDONE: ""}
ROW_LEVELS: Mapping[str, Level] = {rules.RECORDED: "ok", rules.REFUSED: "warn", rules.UNREADABLE: "bad"}
_STATE = _LABELS.column("state", show="pill", width=130, texts="imports.batch_state", levels=STATE_LEVELS)


def _whole(name: str, **more: Any) -> Column:
    return _LABELS.column(name, show="whole", width=110, **more)


_UNDO = Action(
    name="undo",
    text="imports.undo_batch",
    icon="undo-2",
    press="imports.undo_batch",
    key="batch_id",
    danger=True,
    asks="imports.ask.undo_batch",
)
wizard = ImportScreen(
    name="imports.wizard",
    icon="upload",
    permission="imports.open_batch",
    undo="imports.undo_batch",
    key="batch_id",
    takes_back=rules.TAKEN_BACK,
    actions=(
        Action(name="go_on", icon="arrow-right", does="go_on", shortcut="Return", primary=True, on_row=False),
        Action(name="back", icon="arrow-left", does="back", shortcut="Alt+Left", on_row=False),
        Action(name="choose_file", icon="upload", does="choose_file", shortcut="Ctrl+O", on_row=False),
        Action(name="save_refused", icon="file-down", does="save_refused", shortcut="Ctrl+E", on_row=False),
        Action(name="undo", text="imports.undo_batch", icon="undo-2", does="undo", on_row=False, danger=True),
    ),
)
_BRING = Action(
    name="bring", icon="upload", opens="imports.wizard", shortcut="Ctrl+N", primary=True, on_row=False
)  # fmt: skip
batch_list = ListScreen(
    name="imports.batch_list",
    icon="download",
    query="imports.batches",
    sort="-started_at",
    search="",
    opens="imports.batch_page",
    tabs=(
        Tab(name="all"),
        Tab(name="open", where={"state": rules.OPEN}),
        Tab(name="undone", where={"state": rules.UNDONE}),
    ),
    columns=(
        _LABELS.column("profile", show="name", sub="folder"),
        _STATE,
        _whole("recorded"),
        _whole("left_out"),
        _whole("findings"),
        _LABELS.column("started_at", show="instant", width=160, sortable=True),
        _LABELS.column("ended_at", show="instant", width=160, hide_below=1300),
        _LABELS.column("who", width=140, hide_below=1200),
    ),
    actions=(_BRING, _UNDO),
    refreshed_by=("import_batch", "import_row"),
)
batch_page = PageScreen(
    name="imports.batch_page",
    icon="download",
    load="imports.batches",
    record_title="profile",
    pills=(_STATE,),
    context=(
        _LABELS.column("folder"),
        _LABELS.column("who"),
        _LABELS.column("started_at", show="instant"),
        _LABELS.column("ended_at", show="instant"),
    ),
    panels=(
        TablePanel(
            name="findings",
            query="imports.findings",
            where={"batch_id": "id"},
            sort="place",
            limit=1000,
            columns=(
                _LABELS.column("place", show="whole", width=80),
                _LABELS.column("outside_key", show="name", width=260),
                _LABELS.column(
                    "state", "row_state", show="pill", width=120, texts="imports.row_state", levels=ROW_LEVELS
                ),
                _LABELS.column("found_at", "field", width=180),
                _LABELS.column("value", width=200, hide_below=1200),
                _LABELS.column("note", "reason", show="answer"),
            ),
        ),
    ),
    actions=(_UNDO,),
    refreshed_by=("import_batch", "import_row"),
)
SCREENS = (batch_list, batch_page, wizard)
PLACES = (
    Place(name="imports", screen="imports.batch_list", group="manage", order=85, shelf="more"),
    Place(name="wizard", screen="imports.wizard", group="manage", order=86, shelf="more"),
)
