"""`retaguarda work`: what waits is carried out with no window open, until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import retaguarda
from retaguarda.app import work
from retaguarda.app.compose import registry
from retaguarda.app.front import OfficeFront
from retaguarda.app.headless import Office
from retaguarda.app.jobs import Jobs, JobsRun
from retaguarda.app.work import Round, Work, Worked, keep_working
from retaguarda.kernel.errors import Offline
from tests.helpers import company
from tests.helpers.terminal import DONE, Terminal


@pytest.fixture
def own(sqlite_template: Path, tmp_path: Path) -> str:
    """A company that is no sample: what is to be done by itself is done."""
    url = company.copy_sqlite(sqlite_template, tmp_path / "own.db")
    office = company.open_as(url)
    office.do("company.set_password", person_id=office.actor.person_id, password=company.PASSWORD)
    with office.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE company SET sample = 0")
    office.close()
    return url


def test_once_does_what_is_due_and_leaves(own: str, capsys: pytest.CaptureFixture[str], monkeypatch, tmp_path) -> None:
    secret = tmp_path / "password"
    secret.write_text(company.PASSWORD, encoding="utf-8")
    monkeypatch.setenv("RETAGUARDA_PASSWORD_FILE", str(secret))
    terminal = Terminal(own, capsys)
    jobs = len(registry().jobs)
    said = terminal.call("work", "--once", "--as", "ana")
    assert (said.code, said.said["jobs_done"], said.said["jobs_failed"]) == (DONE, jobs, 0)
    assert terminal.call("work", "--once", "--as", "ana").said["jobs_done"] == 0
    rows = terminal.show("company.jobs")
    assert {(row["state"], row["outcome"]) for row in rows} == {("waiting", "done")}
    assert terminal.call("list").said["jobs"] == sorted(row["name"] for row in rows)
    assert terminal.call("work", "--seconds", "0.3", "--as", "ana").code == DONE


def test_an_open_window_works_before_anybody_logs_in(own: str) -> None:
    front = OfficeFront(own, None, "pt_BR")
    try:
        assert [change.table for change in front.work()] == ["timed_job", "job_run"]
        assert front.work() == ()
    finally:
        front.close()
    office = retaguarda.open_office(own, "ana", company.PASSWORD)
    try:
        assert {row.outcome for row in office.show("company.jobs").rows} == {"done"}
        assert office.check() == []
    finally:
        office.close()


def test_in_a_sample_company_nothing_runs_by_itself(office: Office) -> None:
    at_work = Work(office)
    try:
        assert at_work.round() == work.NOTHING
    finally:
        at_work.close()
    assert {row.outcome for row in office.show("company.jobs").rows} == {None}


def test_a_defect_ends_its_round_and_no_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[Round | Exception] = [ZeroDivisionError(), Round(Worked(0, 0, 0, 0), JobsRun(done=1)), work.NOTHING]

    def run(_self: Jobs, *, alone: bool) -> JobsRun:
        assert not alone
        found = rounds.pop(0)
        if isinstance(found, Exception):
            raise found
        return found.jobs

    monkeypatch.setattr(Jobs, "run", run)
    tally, faults = keep_working(office, once=True, seconds=None)
    assert (tally["jobs_done"], [type(fault) for fault in faults], rounds) == (1, [ZeroDivisionError], [])
    rounds[:] = [Offline("kernel.database_gone"), work.NOTHING]
    assert len(keep_working(office, once=True, seconds=None)[1]) == 1
    assert len(rounds) == 1


def test_the_system_stops_it_between_two_steps(own: str, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(company.PASSWORD, encoding="utf-8")
    started = subprocess.Popen(
        [sys.executable, "-m", "retaguarda.app.cli", "work", "--as", "ana", "--json", "--db", own],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "RETAGUARDA_PASSWORD_FILE": str(secret)},
    )
    office = retaguarda.open_office(own, "ana", company.PASSWORD)
    try:
        for _ in range(600):
            rows = office.show("company.jobs").rows
            if all(row.outcome == "done" for row in rows):
                break
            time.sleep(0.1)
        started.send_signal(signal.SIGTERM)
        out, _ = started.communicate(timeout=30)
    finally:
        started.kill()
        started.wait()
        office.close()
    assert started.returncode == DONE
    assert json.loads(out)["jobs_done"] == len(registry().jobs)
