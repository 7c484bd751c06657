"""What people do with reports: save them, share them, put them away, have them written by themselves."""

from retaguarda.modules.reports.commands.building import (
    BUILD,
    BuildReport,
    ReviseBuilt,
    build_report,
    revise_built,
)
from retaguarda.modules.reports.commands.saving import (
    SAVE,
    ArchiveSaved,
    AskedValue,
    ReviseSaved,
    SaveReport,
    archive_saved,
    revise_saved,
    save_report,
)
from retaguarda.modules.reports.commands.scheduling import (
    FAILURE,
    SCHEDULE,
    WRITE,
    EndSchedule,
    NoteRun,
    RunSchedule,
    ScheduleReport,
    end_schedule,
    note_run,
    run_schedule,
    schedule_report,
)

__all__ = [
    "BUILD",
    "FAILURE",
    "SAVE",
    "SCHEDULE",
    "WRITE",
    "ArchiveSaved",
    "AskedValue",
    "BuildReport",
    "EndSchedule",
    "NoteRun",
    "ReviseBuilt",
    "ReviseSaved",
    "RunSchedule",
    "SaveReport",
    "ScheduleReport",
    "archive_saved",
    "build_report",
    "end_schedule",
    "note_run",
    "revise_built",
    "revise_saved",
    "run_schedule",
    "save_report",
    "schedule_report",
]
