"""Timed work: once for each interval by whichever client comes first, once after a pause, again after a death midway,
never two at a time; a job that fails is tried again and seen."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.app.jobs import Jobs, JobsRun, LeasedDoor
from retaguarda.kernel import job
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Forbidden, Refusal
from retaguarda.kernel.lanes import Cancelled, Token, current_token
from retaguarda.kernel.module import Job
from retaguarda.kernel.text import LANGUAGES, Texts
from tests.helpers.apart import APART
from tests.helpers.company import open_as

HOUR = 3600
NAME = "billing.job.recurring"


@contextlib.contextmanager
def desk(office: Office, run: Callable[[Any], object], *permissions: str) -> Iterator[Jobs]:
    """The jobs of a client of this office, with one job alone."""
    beside = office.beside(SYSTEM)
    jobs = Jobs(beside)
    jobs.jobs = {NAME: Job(NAME, HOUR, run, permissions)}
    try:
        yield jobs
    finally:
        beside.leave()


def later(office: Office, seconds: float) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.move(dt.timedelta(seconds=seconds))


def standing(office: Office) -> Any:
    return next(row for row in office.show("company.jobs").rows if row.name == NAME)


def due_in(office: Office) -> float:
    row = next(row for row in office.reads().all(job.ALL) if row.name == NAME)
    return float((row.due_at - office.now()).total_seconds())


def runs(office: Office) -> list[str]:
    rows = office.show("company.job_runs", {"name": NAME}, sort="number").rows
    return [row.outcome for row in rows]


def add_department(name: str) -> Callable[[Any], object]:
    return lambda door: door.do(("company.add_department", {"name": name}))


ADDS = "company.add_department"


def test_every_job_has_a_row_a_text_and_rights_that_there_are(office: Office) -> None:
    assert {row.name for row in office.show("company.jobs").rows} == set(office.registry.jobs)
    for found in office.registry.jobs.values():
        assert set(found.permissions) <= set(office.registry.permissions())
        assert all(Texts(language).has(found.name) for language in LANGUAGES)


def test_a_job_runs_once_for_each_interval_and_once_after_a_pause(office: Office) -> None:
    came: list[int] = []
    with desk(office, lambda _door: came.append(1)) as one, desk(office, lambda _door: came.append(2)) as two:
        assert (one.run(), two.run(), one.run()) == (JobsRun(done=1), JobsRun(), JobsRun())
        later(office, HOUR - 1)
        assert two.run() == JobsRun()
        later(office, 1)
        assert (two.run(), one.run()) == (JobsRun(done=1), JobsRun())
        later(office, 100 * HOUR)
        assert (one.run(), one.run(), two.run()) == (JobsRun(done=1), JobsRun(), JobsRun())
    assert came == [1, 2, 1]
    assert (standing(office).outcome, due_in(office)) == ("done", HOUR)
    assert runs(office) == ["done"] * 3


def test_it_runs_at_the_computer_that_it_runs_on_whoever_has_logged_in_there(office: Office) -> None:
    office.station = "Balcão 9"
    assert office.actor.station == "main"
    with desk(office, lambda _door: None) as jobs:
        assert jobs.run() == JobsRun(done=1)
    assert office.show("company.job_runs", {"name": NAME}).rows[0].station == "Balcão 9"


def test_it_acts_as_the_program_with_its_own_rights_alone(office: Office) -> None:
    with desk(office, add_department("Manutenção"), ADDS) as jobs:
        assert jobs.run() == JobsRun(done=1)
    assert "Manutenção" in {row.name for row in office.show("company.departments").rows}
    written = office.show("company.job_runs", {"name": NAME}).rows[0]
    assert (written.did, written.refused, written.station) == (1, 0, "main")
    with desk(office, add_department("Outro"), "company.read") as jobs:
        later(office, HOUR)
        assert jobs.run() == JobsRun(failed=1)
    assert standing(office).error == "kernel.forbidden"


def test_a_failing_job_is_tried_again_sooner_and_is_told_until_it_succeeds(office: Office) -> None:
    def fails(_door: Any) -> None:
        raise Forbidden("billing.issue_recurring")

    waits = []
    with desk(office, fails) as jobs:
        for _ in range(job.TOLD_AFTER):
            assert jobs.run() == JobsRun(failed=1)
            assert jobs.run() == JobsRun()
            waits.append(due_in(office))
            later(office, waits[-1])
    assert waits == [60.0, 120.0, 240.0]
    row = standing(office)
    assert (row.state, row.failures, row.error) == ("failed", 3, "kernel.forbidden")
    for language in LANGUAGES:
        texts = Texts(language, strict=True)
        note = row.answer
        assert note.level == "bad"
        assert "billing.issue_recurring" in texts.say(note.sub.code, **note.sub.params)
    failure = office.show("process.failures", {"code": job.FAILURE}).rows[0]
    said = Texts("pt_BR", strict=True).say(failure.code, **failure.text_params)
    assert said.startswith("O trabalho automático “Faturar contratos vencidos” falhou 3 vezes")
    with desk(office, lambda _door: None) as jobs:
        assert jobs.run() == JobsRun(done=1)
    assert office.show("process.failures", {"code": job.FAILURE}).rows == ()
    assert standing(office).failures == 0
    assert runs(office) == ["failed"] * 3 + ["done"]


def test_a_defect_is_told_by_its_run_and_raised(office: Office) -> None:
    def breaks(_door: Any) -> None:
        raise ZeroDivisionError

    with desk(office, breaks) as jobs, pytest.raises(ZeroDivisionError):
        jobs.run()
    assert (standing(office).error, standing(office).outcome) == ("kernel.job_defect", "failed")


def test_who_is_told_to_stop_leaves_the_job_as_due_as_it_was(office: Office) -> None:
    token = Token()

    def stopped(door: Any) -> None:
        door.show("company.jobs")
        token.cancel()
        door.show("company.jobs")

    marker = current_token.set(token)
    try:
        with desk(office, stopped, "company.read_jobs") as jobs, pytest.raises(Cancelled):
            jobs.run()
    finally:
        current_token.reset(marker)
    with desk(office, lambda _door: None) as jobs:
        assert jobs.run() == JobsRun(done=1)
    assert runs(office) == ["stopped", "done"]


def test_who_works_long_keeps_the_lease_and_who_lost_it_stops(office: Office) -> None:
    did: list[str] = []

    with desk(office, lambda _door: did.append("second")) as second:

        def slow(door: Any) -> None:
            for _ in range(4):
                later(office, job.LEASE_S * 0.6)
                door.show("company.jobs")
                assert second.run() == JobsRun()
            later(office, job.LEASE_S * 1.5)  # the computer slept
            assert second.run() == JobsRun(done=1)
            door.show("company.jobs")
            did.append("never")

        with desk(office, slow, "company.read_jobs") as first:
            assert first.run() == JobsRun(lost=1)
    assert did == ["second"]
    assert runs(office) == ["lost", "done"]


def test_of_many_clients_at_once_one_runs_it(office: Office, company_url: str) -> None:
    rounds, clients = 5, 4
    under_way, most, came = [0], [0], [0]
    ready = threading.Barrier(clients)
    lock = threading.Lock()

    def once(door: Any) -> None:
        with lock:
            under_way[0] += 1
            came[0] += 1
            most[0] = max(most[0], under_way[0])
        door.do(("company.add_department", {"name": f"Setor {came[0]}"}))
        with lock:
            under_way[0] -= 1

    faults: list[BaseException] = []

    def client() -> None:
        own = open_as(company_url)
        own.clock = own.bus.clock = office.clock
        try:
            with desk(own, once, ADDS) as jobs:
                for _ in range(rounds):
                    ready.wait(30)
                    jobs.run()
                    if ready.wait(30) == 0:
                        later(office, HOUR)
        except BaseException as fault:
            faults.append(fault)
            ready.abort()
            raise
        finally:
            own.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, came[0], most[0], runs(office)) == ([], rounds, 1, ["done"] * rounds)


def killed_midway(url: str, told: Connection) -> None:
    """A client whose job says that it is midway and goes no further."""

    def dies(door: Any) -> None:
        door.do(("company.add_department", {"name": "Antes"}))
        told.send("midway")
        time.sleep(60)

    jobs = Jobs(open_as(url).beside(SYSTEM))
    jobs.jobs = {NAME: Job(NAME, HOUR, dies, (ADDS,))}
    jobs.run()


def test_what_is_killed_midway_is_done_by_another_when_its_lease_is_over(office: Office, company_url: str) -> None:
    ours, theirs = APART.Pipe()
    killed = APART.Process(target=killed_midway, args=(company_url, theirs))
    killed.start()
    theirs.close()
    try:
        with ours:
            assert ours.recv() == "midway"
        assert killed.is_alive()
    finally:
        killed.kill()
        killed.join(30)

    def goes_on(door: Any) -> None:
        there = {row.name for row in door.show("company.departments").rows}
        for name in ("Antes", "Depois"):
            if name not in there:
                door.do(("company.add_department", {"name": name}))

    with desk(office, goes_on, ADDS, "company.read") as jobs:
        assert jobs.run() == JobsRun()
        assert standing(office).state == "running"
        later(office, job.LEASE_S + 1)
        assert jobs.run() == JobsRun(done=1)
    names = [row.name for row in office.show("company.departments").rows]
    assert [names.count(name) for name in ("Antes", "Depois")] == [1, 1]
    assert runs(office) == ["lost", "done"]


def test_what_a_job_is_refused_is_counted_and_the_last_runs_are_kept(office: Office) -> None:
    def refused(door: Any) -> None:
        with pytest.raises(Refusal):
            door.do(("company.add_department", {"name": ""}))

    with desk(office, refused, ADDS) as jobs:
        for _ in range(job.KEPT + 3):
            assert jobs.run() == JobsRun(done=1)
            later(office, HOUR)
    rows = office.show("company.job_runs", {"name": NAME}, sort="number").rows
    assert [row.number for row in rows] == list(range(4, job.KEPT + 4))
    assert rows[-1].refused == 1
    note = standing(office).answer
    assert (note.level, note.sub.params) == ("warn", {"n": 1})


def test_where_jobs_do_not_run_alone_only_what_was_asked_for_does(office: Office) -> None:
    came: list[int] = []
    with desk(office, lambda _door: came.append(1)) as jobs:
        assert jobs.run(alone=False) == JobsRun()
        assert (standing(office).state, standing(office).due_at) == ("off", None)
        office.do("company.run_job", job_id=standing(office).id)
        assert standing(office).state == "asked"
        assert (jobs.run(alone=False), jobs.run(alone=False)) == (JobsRun(done=1), JobsRun())
    assert came == [1]


def test_the_door_of_a_job_prints_and_reads_like_any_other(office: Office) -> None:
    run = job.Run(standing(office).id, NAME, HOUR, "0" * 32, 1, 0)
    door = LeasedDoor(office, run)
    assert door.one("company.jobs", run.job_id).name == NAME
    assert (door.person, door.today()) == (office.person, office.today())


def test_a_later_program_brings_its_jobs_and_their_intervals(office: Office) -> None:
    with desk(office, lambda _door: None) as jobs:
        jobs.jobs = {NAME: Job(NAME, 60, lambda _door: None, ()), "sales.new": Job("sales.new", 5, lambda _d: None, ())}
        jobs.enter()
        jobs.enter()
    rows = {row.name: row.every_s for row in office.show("company.jobs").rows}
    assert (rows[NAME], rows["sales.new"]) == (60, 5)
