"""Saved reports: the button on every report, the list that opens them, the dialog that names and shares one."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, ListScreen, Place, SlotFill, Tab
from retaguarda.kernel.screen.labels import Labels
from retaguarda.modules.reports import commands, rules

_LABELS = Labels("reports")
_TABLES = ("saved_report", "saved_report_role", "role", "person")
_FIELDS = (
    _LABELS.field("name", width=2),
    _LABELS.field("roles", width=2, choices="company.role_choices", help="reports.field.roles.help"),
)
SAVED_LIST = ListScreen(
    name="reports.saved_list",
    icon="star",
    query="reports.saved",
    sort="name",
    columns=(
        _LABELS.column("name", show="name", sortable=True),
        _LABELS.column("title", show="words", width=230),
        _LABELS.column("way", show="words", width=150, hide_below=1200),
        _LABELS.column("owner_name", width=160, sortable=True),
        _LABELS.column("shared", width=220),
    ),
    tabs=(Tab(name="all"), Tab(name="mine", where={"mine": True})),
    actions=(
        Action(name="build", text="reports.build", icon="plus", opens=rules.BUILDER, on_row=False, shortcut="Ctrl+N"),
        Action(
            name="schedule",
            text="reports.schedule",
            icon="calendar-clock",
            opens="reports.schedule_form",
            key="saved_id",
            shortcut="F6",
        ),
        Action(name="edit", text="reports.edit", icon="pencil", opens="reports.saved_form", shortcut="F2"),
        Action(
            name="archive",
            text="reports.archive_saved",
            icon="archive",
            press="reports.archive_saved",
            key="saved_id",
            danger=True,
            asks="reports.ask.archive_saved",
        ),
        Action(name="schedules", text="reports.schedules", icon="clock", opens="reports.schedule_list", on_row=False),
    ),
    refreshed_by=_TABLES,
)
SAVE_FORM = FormScreen(name="reports.save_form", icon="save", command=commands.SaveReport, fields=_FIELDS)
SAVED_FORM = FormScreen(
    name="reports.saved_form",
    icon="save",
    revise=commands.ReviseSaved,
    load="reports.saved",
    key="saved_id",
    fields=_FIELDS,
    refreshed_by=_TABLES,
)
REPORTS = (
    "sales.sales_report",
    "billing.receivable_report",
    "inventory.stock_report",
    "process.health_report",
    "reports.cash_report",
    "reports.promise_report",
)
"""Every report there is: each can be saved."""
_SAVE = Action(
    name="save_report", text="reports.save", icon="save", opens="reports.save_form", shortcut="Ctrl+S", on_row=False
)
SLOTS = tuple(SlotFill(name, "actions", _SAVE) for name in REPORTS)

SAVED = (SAVED_LIST, SAVE_FORM, SAVED_FORM)
PLACES = (Place(name="saved", screen="reports.saved_list", group="manage", order=26),)
