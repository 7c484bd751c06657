"""A person asks for timed work now; while it runs there is nothing to ask for."""

from __future__ import annotations

import datetime as dt

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.app.jobs import Jobs, JobsRun
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.module import Job
from tests.helpers.company import refused

NAME = "inventory.job.expired"


def test_what_is_asked_for_is_due_at_once(office: Office) -> None:
    beside = office.beside(SYSTEM)
    jobs = Jobs(beside)
    try:
        first = jobs.run()
        assert (first.done, first.failed) == (len(office.registry.jobs), 0)
        assert isinstance(office.clock, FixedClock)
        office.clock.move(dt.timedelta(seconds=30))
        key = next(row.id for row in office.show("company.jobs").rows if row.name == NAME)
        outcome = office.do("company.run_job", job_id=key)
        assert (outcome.rows[0].state, outcome.rows[0].due_at) == ("asked", office.now())
        assert [change.table for change in outcome.changes] == ["timed_job"]
        assert (jobs.run(), jobs.run()) == (JobsRun(done=1), JobsRun())
    finally:
        beside.leave()


def test_refusals(office: Office) -> None:
    with refused(office, "kernel.missing"):
        office.do("company.run_job", job_id=new_id())
    key = next(row.id for row in office.show("company.jobs").rows if row.name == NAME)

    def while_it_runs(_door: object) -> None:
        with refused(office, "kernel.job_running"):
            office.do("company.run_job", job_id=key)
        assert office.one("company.jobs", key).allowed == ()

    beside = office.beside(SYSTEM)
    jobs = Jobs(beside)
    jobs.jobs = {NAME: Job(NAME, 3600, while_it_runs, ())}
    try:
        assert jobs.run() == JobsRun(done=1)
    finally:
        beside.leave()
