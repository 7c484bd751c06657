"""The papers of a station on its disk: kept whole, found again after a kill, removed when they are old."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.durable import write_durably
from retaguarda.kernel.errors import Device
from retaguarda.kernel.ids import new_id
from retaguarda.shell.printing.choices import PrintChoice, PrintChoices
from retaguarda.shell.printing.jobs import Job, Jobs, JobState, Try
from retaguarda.shell.printing.ports import Size

NOW = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def job(state: JobState = "ready", at: dt.datetime = NOW, company: str = "Silva") -> Job:
    return Job(
        id=new_id(), company=company, kind="billing.invoice", title="Fatura 75", person_id="ana", person="Ana Prado",
        made_at=at, changed_at=at, pages=1, size=Size(210, 297), state=state, choice=PrintChoice("HP", "A4", 2),
    )  # fmt: skip


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path / "papers", FixedClock(NOW))


def test_a_paper_is_kept_beside_its_pdf_and_found_again(jobs: Jobs, tmp_path: Path):
    kept = job("failed")
    tried = Try(at=NOW, person="Ana Prado", printer="HP", code="shell.printer_gone", params={"printer": "HP"})
    assert jobs.add(replace(kept, tries=(tried,)), b"%PDF")
    (found,) = Jobs(tmp_path / "papers", FixedClock(NOW)).read("Silva")
    assert found == replace(kept, tries=(tried,))
    assert jobs.pdf(found) == b"%PDF"
    assert jobs.path(found).name.startswith("20261128-120000-billing-invoice-")
    assert found.cause == tried


def test_the_newest_stands_first_and_other_companies_stay_out(jobs: Jobs):
    for hour in range(3):
        jobs.add(job("printed", NOW - dt.timedelta(hours=hour)), b"%PDF")
    jobs.add(job("printed", company="Souza"), b"%PDF")
    found = jobs.read("Silva")
    assert [one.made_at for one in found] == sorted((one.made_at for one in found), reverse=True)
    assert {one.company for one in found} == {"Silva"}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("ready", "put_away", ""),
        ("waiting", "failed", "shell.print_unsent"),
        ("sending", "failed", "shell.print_interrupted"),
        ("failed", "failed", ""),
        ("printed", "printed", ""),
        ("put_away", "put_away", ""),
    ],
)
def test_what_a_kill_leaves(jobs: Jobs, before: JobState, after: JobState, code: str):
    jobs.add(job(before), b"%PDF")
    (found,) = jobs.read("Silva")
    assert found.state == after
    assert [one.code for one in found.tries] == ([code] if code else [])


def test_a_turn_that_comes_late_changes_nothing(jobs: Jobs):
    first = job("waiting")
    jobs.add(first, b"%PDF")
    jobs.keep(replace(first, state="printed", turn=3))
    jobs.keep(replace(first, state="sending", turn=2))
    (found,) = jobs.read("Silva")
    assert (found.state, found.turn) == ("printed", 3)


@pytest.mark.parametrize(("state", "kept"), [("printed", False), ("put_away", False), ("failed", True)])
def test_what_is_finished_is_removed_after_thirty_days_and_what_waits_is_not(jobs: Jobs, state: JobState, kept: bool):
    jobs.add(job(state, NOW - dt.timedelta(days=31)), b"%PDF")
    jobs.add(job("printed", NOW - dt.timedelta(days=29)), b"%PDF")
    found = jobs.read("Silva")
    assert len(found) == 1 + kept
    assert len(list(jobs.path(job()).parent.iterdir())) == 2 * (1 + kept)


def test_a_full_disk_keeps_a_paper_in_memory(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("retaguarda.shell.printing.jobs.write_durably", full)
    held = job()
    assert not jobs.add(held, b"%PDF held")
    assert jobs.pdf(held) == b"%PDF held"
    with pytest.raises(Device) as refused:
        jobs.keep(held)
    assert refused.value.code == "shell.paper_not_kept"


def test_a_paper_whose_file_is_gone_is_named(jobs: Jobs):
    gone = job()
    jobs.add(gone, b"%PDF")
    jobs.path(gone).unlink()
    with pytest.raises(Device) as refused:
        jobs.pdf(gone)
    assert refused.value.code == "shell.pdf_gone"


def test_strange_files_in_the_folder_are_left_alone(jobs: Jobs, tmp_path: Path):
    jobs.add(job(), b"%PDF")
    (tmp_path / "papers" / "20260101-note.json").write_text("{]")
    assert len(jobs.read("Silva")) == 1
    assert (tmp_path / "papers" / "20260101-note.json").exists()


def test_a_write_that_fails_leaves_the_file_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "deep" / "file"
    write_durably(target, b"one")
    monkeypatch.setattr("os.fsync", lambda _file: (_ for _ in ()).throw(OSError(5, "I/O error")))
    with pytest.raises(OSError, match="I/O error"):
        write_durably(target, b"two")
    assert target.read_bytes() == b"one"
    assert list(target.parent.iterdir()) == [target]


def test_choices_are_written_when_they_change():
    written: list[dict[str, PrintChoice]] = []
    choices = PrintChoices({"a": PrintChoice("HP")}, written.append)
    choices.remember("a", PrintChoice("HP"))
    assert written == []
    choices.remember("b", PrintChoice("Zebra", "100 × 150", 2, asks=False))
    assert written == [{"a": PrintChoice("HP"), "b": PrintChoice("Zebra", "100 × 150", 2, asks=False)}]
    assert choices.of("b") == PrintChoice("Zebra", "100 × 150", 2, asks=False)
    choices.forget("b")
    assert choices.of("b") is None
    assert written[-1] == {"a": PrintChoice("HP")}
