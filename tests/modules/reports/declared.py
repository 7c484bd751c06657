"""What the tests over all modules ask of the reports: who may save them, who sees their places, a run of a schedule."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.modules.reports.saved import scheduled

RIGHTS = """
reports.save_report      S C R E F P X D A N M H T J I
reports.revise_saved     S C R E F P X D A N M H T J I
reports.archive_saved    S C R E F P X D A N M H T J I
reports.build_report     S C R E F P X D A N M H T J I
reports.revise_built     S C R E F P X D A N M H T J I
reports.schedule_report  S C R E F P X D A N M H T J I
reports.end_schedule     S C R E F P X D A N M H T J I
reports.run_schedule     S C R E F P X D A N M H T J I
reports.note_run         . . . . . . . . A . . . . . .
"""
PLACES = """
promise_report  . C R . . . X . A N . . . . .
cash_report     . . . . F . . . A N . . T . .
builder         S C R E F P X D A N M H T J I
saved           S C R E F P X D A N M H T J I
"""


def tell(office: Office) -> None:
    """A schedule that ran."""
    key = scheduled(office)
    office.do("reports.run_schedule", schedule_id=key)
    office.do("reports.note_run", schedule_id=key, due_at=office.now().isoformat(), path="a.pdf")
