"""Reports that are written by themselves: the dialog that says when, the list of schedules, their runs."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, ListScreen, Tab
from retaguarda.kernel.screen.labels import Labels
from retaguarda.modules.reports import commands, rules

_LABELS = Labels("reports")
_TABLES = ("report_schedule", "report_run", "saved_report")
_KIND = _LABELS.column("kind", show="code", width=80, texts="reports.file", hide_below=1200)
SCHEDULE_FORM = FormScreen(
    name="reports.schedule_form",
    icon="calendar-clock",
    command=commands.ScheduleReport,
    fields=(
        _LABELS.field("every"),
        _LABELS.field("at"),
        _LABELS.field("weekdays", width=2, options=rules.WEEKDAYS, texts="reports.weekday"),
        _LABELS.field("month_day"),
        _LABELS.field("kind"),
    ),
)
SCHEDULE_LIST = ListScreen(
    name="reports.schedule_list",
    icon="calendar-clock",
    query="reports.schedules",
    sort="next_at",
    columns=(
        _LABELS.column("name", show="name", sortable=True),
        _LABELS.column("every", show="code", width=110, texts="reports.every"),
        _LABELS.column("days", show="codes", width=150, texts="reports.weekday", hide_below=1300),
        _LABELS.column("month_days", show="whole", width=90, hide_below=1300),
        _LABELS.column("at", width=80),
        _KIND,
        _LABELS.column("next_at", show="instant", width=150, sortable=True),
        _LABELS.column("answer", show="answer", width=340),
    ),
    actions=(
        Action(
            name="run",
            text="reports.run_schedule",
            icon="play",
            press="reports.run_schedule",
            key="schedule_id",
            shortcut="F6",
        ),
        Action(
            name="end",
            text="reports.end_schedule",
            icon="archive",
            press="reports.end_schedule",
            key="schedule_id",
            danger=True,
            asks="reports.ask.end_schedule",
        ),
        Action(name="runs", text="reports.runs", icon="history", opens="reports.run_list", on_row=False),
    ),
    refreshed_by=_TABLES,
)
RUN_LIST = ListScreen(
    name="reports.run_list",
    icon="history",
    query="reports.schedule_runs",
    sort="-at",
    tabs=(Tab(name="all"), Tab(name="failed", where={"outcome": rules.FAILED})),
    columns=(
        _LABELS.column("at", "ran_at", show="instant", width=150, sortable=True),
        _LABELS.column("name", show="name", sortable=True),
        _LABELS.column("due_at", show="instant", width=150, sortable=True, hide_below=1200),
        _LABELS.column("times", show="whole", width=110, hide_below=1200),
        _LABELS.column("answer", show="answer", width=420),
    ),
    refreshed_by=_TABLES,
)

SCHEDULED = (SCHEDULE_FORM, SCHEDULE_LIST, RUN_LIST)
