"""Reports over several modules: the cash that is to come, the promises that were kept; and all reports saved."""

from __future__ import annotations

from retaguarda.kernel.module import Handled, Job, Module
from retaguarda.modules.reports import commands, jobs, queries, screens
from retaguarda.modules.reports.model import READ, ReportRun, ReportSchedule, SavedReport, SavedReportRole

READ_CASH, READ_PROMISES = queries.cash.READ, queries.kept.READ
_LEADS = (READ_CASH, READ_PROMISES)
BUILD, SAVE, SCHEDULE = commands.BUILD, commands.SAVE, commands.SCHEDULE
_SAVED, _SCHEDULES = ("reports.saved", "id"), ("reports.schedules", "id")
_READERS = (
    "sales",
    "commercial",
    "relations",
    "stock",
    "finance",
    "picking",
    "shipping",
    "delivery",
    "analyst",
    "marketing",
    "hr",
    "accounting",
    "legal",
    "it",
)
"""Who reads at least one report."""
_GRANTS = {
    "commercial": (READ_PROMISES,),
    "relations": (READ_PROMISES,),
    "shipping": (READ_PROMISES,),
    "finance": (READ_CASH,),
    "accounting": (READ_CASH,),
    "analyst": _LEADS,
}

MODULE = Module(
    name="reports",
    needs=("company", "party", "accounting", "billing", "purchasing", "sales"),
    models=(SavedReport, SavedReportRole, ReportSchedule, ReportRun),
    commands=(
        Handled(commands.SaveReport, commands.save_report, rows=_SAVED, undo="reports.archive_saved"),
        Handled(commands.ReviseSaved, commands.revise_saved, rows=_SAVED, permission=SAVE),
        Handled(commands.ArchiveSaved, commands.archive_saved, permission=SAVE),
        Handled(commands.BuildReport, commands.build_report, rows=_SAVED, undo="reports.archive_saved"),
        Handled(commands.ReviseBuilt, commands.revise_built, rows=_SAVED, permission=BUILD),
        Handled(commands.ScheduleReport, commands.schedule_report, rows=_SCHEDULES, undo="reports.end_schedule"),
        Handled(commands.EndSchedule, commands.end_schedule, permission=SCHEDULE),
        Handled(commands.RunSchedule, commands.run_schedule, rows=_SCHEDULES, permission=SCHEDULE),
        Handled(commands.NoteRun, commands.note_run),
    ),
    # Looked for every minute, because a time of the day is promised.
    jobs=(Job("reports.job.scheduled", 60, jobs.write_due, (commands.WRITE,)),),
    failures=(commands.FAILURE,),
    queries=queries.ALL,
    screens=screens.SCREENS,
    places=screens.PLACES,
    permissions=_LEADS,
    slots=screens.SLOTS,
    grants={role: (*_GRANTS.get(role, ()), READ, SAVE, BUILD, SCHEDULE) for role in _READERS},
    guards={"uq_saved_report_owner_id_name": "reports.name_taken"},
)
