"""Entries: the list, one of them with its lines, and the forms by which they are made and reversed."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FactsPanel, FormScreen, LinesView, ListScreen, PageScreen, TablePanel
from retaguarda.modules.accounting import commands
from retaguarda.modules.accounting.screens.parts import ACCOUNT, BRANCH, CENTRE, column, field, new

_REVERSE = Action(name="reverse", icon="undo-2", opens="accounting.reverse_form", key="entry_id", danger=True)

ENTRY_LIST = ListScreen(
    name="accounting.entry_list",
    icon="book-open",
    query="accounting.entries",
    sort="-occurred_on",
    search="",
    opens="accounting.entry_page",
    columns=(
        column("occurred_on", show="day", width=110, sortable=True),
        column("rule", show="code", texts="accounting.rule", width=210),
        column("source_number", show="code", width=96),
        column("party_name", show="name"),
        column("memo", hide_below=1200),
        column("branch_name", width=120, hide_below=1500),
        column("total_amount", show="money", width=130),
    ),
    actions=(
        new("accounting.entry_form"),
        Action(name="opening", icon="file-plus", opens="accounting.opening_form", on_row=False),
        _REVERSE,
    ),
    refreshed_by=("entry",),
)
ENTRY_PAGE = PageScreen(
    name="accounting.entry_page",
    icon="book-open",
    load="accounting.entries",
    record_title="",
    pills=(column("rule", show="pill", texts="accounting.rule"),),
    context=(column("occurred_on", show="day"), column("party_name", show="name"), column("branch_name")),
    panels=(
        TablePanel(
            name="lines",
            query="accounting.entry_lines",
            where={"entry_id": "id"},
            sort="position",
            limit=1000,
            opens="accounting.account_page",
            opens_key="account_id",
            columns=(
                column("account_name", show="name", sub="account_code", sub_show="code"),
                column("cost_centre_name", width=136),
                column("memo", hide_below=1200),
                column("debit", show="money", width=110),
                column("credit", show="money", width=110),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("source_number", show="code"),
                column("total_amount", show="money"),
                column("at", show="instant"),
                column("person_name"),
                column("memo"),
            ),
        ),
    ),
    actions=(_REVERSE,),
    refreshed_by=("entry",),
)
ENTRY_FORM = FormScreen(
    name="accounting.entry_form",
    icon="book-open",
    command=commands.RecordEntry,
    fields=(
        field("memo", width=2),
        field("occurred_on", initial="d"),
        BRANCH,
        LinesView(
            name="lines",
            label="accounting.field.lines",
            columns=(
                ACCOUNT,
                field("debit", width=120),
                field("credit", width=120),
                CENTRE,
                field("memo", width=170),
            ),
        ),
    ),
)
OPENING_FORM = FormScreen(
    name="accounting.opening_form",
    icon="file-plus",
    command=commands.RecordOpening,
    fields=(
        field("occurred_on", initial="d"),
        BRANCH,
        field("memo", width=2),
        LinesView(
            name="lines",
            label="accounting.field.lines",
            columns=(ACCOUNT, field("debit", width=120), field("credit", width=120)),
        ),
    ),
)
REVERSE_FORM = FormScreen(
    name="accounting.reverse_form",
    icon="undo-2",
    command=commands.ReverseEntry,
    fields=(field("reason", width=2), field("occurred_on", initial="d")),
)
SCREENS = (ENTRY_LIST, ENTRY_PAGE, ENTRY_FORM, OPENING_FORM, REVERSE_FORM)
