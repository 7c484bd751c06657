"""Reports that are written by themselves: with the rights of whose schedule it is, once for all that was missed, once
for each time; what failed is told until it is mended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from retaguarda.app.headless import Office
from retaguarda.app.jobs import JobsRun
from retaguarda.kernel.clock import FixedClock
from tests.helpers.by_itself import by_itself
from tests.helpers.company import acting, refused
from tests.helpers.tampering import without_triggers
from tests.modules.reports.planted import sold
from tests.modules.reports.saved import saved, scheduled

NAME = "reports.job.scheduled"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's data folder of their own."""
    monkeypatch.setenv("RETAGUARDA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _later(office: Office, step: dt.timedelta) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.move(step)


def _runs(office: Office, key: str) -> list[Any]:
    return list(office.show("reports.schedule_runs", {"schedule_id": key}, "at").rows)


def _sum(path: str) -> Decimal:
    """The net amount in the totals of a workbook."""
    *_, last = load_workbook(path).active.iter_rows(values_only=True)
    return Decimal(str(last[-1]))


def test_each_is_written_with_the_rights_of_its_owner_and_missed_ones_once(office: Office, home: Path) -> None:
    first = str(office.actor.branch_id)
    second = office.do("company.add_branch", code="2", name="Rio").value["id"]
    office.do("company.add_person", login="rio", name="Rio", roles=["analyst"], branch_id=second)
    who = office.do("party.add_party", name="Padaria Estrela", customer=True).value["id"]
    with without_triggers(office) as connection:
        for branch, amount in ((first, Decimal(70)), (second, Decimal(8))):
            sold(connection, branch, who, dt.date(2026, 10, 5), amount)
    report = saved(office, "Vendas: mês / filial", roles=["analyst"])
    mine = scheduled(office, saved_id=report, kind="xlsx")
    with acting(office, "rio"):
        theirs = scheduled(office, saved_id=report, kind="xlsx")
    with by_itself(office, NAME) as jobs:
        assert jobs.run() == JobsRun(done=1)
        assert _runs(office, mine) == [], "it is not due before its time"
        _later(office, 3 * DAY)
        assert jobs.run() == JobsRun(done=1)
        _later(office, dt.timedelta(minutes=2))
        assert jobs.run() == JobsRun(done=1)
        (run,) = _runs(office, mine)
        assert (run.outcome, run.times, run.station) == ("done", 3, "main")
        assert _sum(run.path) == 78
        with acting(office, "rio"):
            (other,) = _runs(office, theirs)
            assert _runs(office, mine) == []
        assert _sum(other.path) == 8
        assert {Path(run.path), Path(other.path)} == set((home / "reports").iterdir())
        assert office.one("reports.schedules", mine).next_at == office.now().replace(hour=10, minute=0) + DAY
        _later(office, DAY)
        jobs.run()
    assert [one.times for one in _runs(office, mine)] == [3, 1]


def test_what_failed_is_told_until_it_is_mended(office: Office, home: Path) -> None:
    key = scheduled(office)
    home.mkdir()
    (home / "reports").write_text("in the way", encoding="utf-8")
    office.do("reports.run_schedule", schedule_id=key)
    with by_itself(office, NAME) as jobs:
        jobs.run()
        (run,) = _runs(office, key)
        assert (run.outcome, run.error, run.path) == ("failed", "shell.file_not_written", "")
        assert run.answer.sub is not None
        (failure,) = office.show("process.failures").rows
        assert (failure.code, failure.subject_id) == ("reports.schedule_failed", key)
        assert failure.text_params["name"] == "Vendas do mês"
        assert failure.text_params["cause"][0]["code"] == "shell.file_not_written"
        (home / "reports").unlink()
        _later(office, dt.timedelta(minutes=2))
        office.do("reports.run_schedule", schedule_id=key)
        jobs.run()
        assert [one.outcome for one in _runs(office, key)] == ["failed", "done"]
        assert office.show("process.failures").rows == ()
        assert Path(_runs(office, key)[1].path).read_bytes().startswith(b"%PDF")
        # Who may log in no more writes nothing, and what is shared with them no longer is not theirs to write.
        report = office.show("reports.schedules").rows[0].saved_id
        office.do("reports.revise_saved", saved_id=report, name="Geral", roles=["sales"])
        with acting(office, "sales"):
            other = scheduled(office, saved_id=report)
            person = office.actor.person_id
            office.do("reports.run_schedule", schedule_id=other)
        office.do("company.lock_person", person_id=person)
        _later(office, dt.timedelta(minutes=2))
        jobs.run()
        office.do("company.unlock_person", person_id=person)
        office.do("reports.revise_saved", saved_id=report, name="Geral", roles=[])
        with acting(office, "sales"):
            office.do("reports.run_schedule", schedule_id=other)
            _later(office, dt.timedelta(minutes=2))
            jobs.run()
            assert [one.error for one in _runs(office, other)] == ["company.person_gone", "kernel.missing"]
    office.do("reports.archive_saved", saved_id=report)


def test_a_time_is_noted_once_and_not_before_it_comes(office: Office) -> None:
    key = scheduled(office)
    due = office.one("reports.schedules", key).next_at
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("reports.note_run", schedule_id=key, due_at=due.isoformat())
    with refused(office, "kernel.missing"):
        office.do("reports.note_run", schedule_id=key, due_at=due.isoformat())
    _later(office, DAY)
    office.do("reports.note_run", schedule_id=key, due_at=due.isoformat(), path="a.pdf")
    with refused(office, "kernel.missing"):
        office.do("reports.note_run", schedule_id=key, due_at=due.isoformat(), path="b.pdf")
    assert [(run.path, run.outcome) for run in _runs(office, key)] == [("a.pdf", "done")]
