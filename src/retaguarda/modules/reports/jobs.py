"""Timed work: the reports that are due are written, each with the rights of the person whose schedule it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from retaguarda.kernel.errors import Problem, Refusal

MOST = 2000
"""How long what is told of a failure may be."""

if TYPE_CHECKING:
    from retaguarda.kernel.screen.door import JobDoor


def write_due(door: JobDoor) -> None:
    """Writes every report that is due, and notes what came of it. What was missed while the program was closed is made
    up for once: the figures of those days are not to be had any more. Whoever is cut off between file and note writes
    the same file again."""
    for row in door.show("reports.schedules_due", limit=1000).rows:
        note = {"schedule_id": row.id, "due_at": row.next_at.isoformat()}
        try:
            # The same file for the same time, of whichever schedule: never one in place of another.
            mark = f"{row.next_at:%Y-%m-%d %H%M} {row.id[-6:]}"
            path = door.write_report(row.person_id, row.saved_id, row.kind, mark)
        except Problem as problem:
            told = json.dumps(problem.params, default=str)
            note |= {"error": problem.code, "params": told if len(told) <= MOST else "{}"}
        else:
            note |= {"path": str(path)}
        try:
            door.do(("reports.note_run", {**note, "station": door.station}))
        except Refusal:
            # It was ended, or put off, in the meantime.
            continue
