"""Drafts: durable, one person's own, gone after 30 days, whole after a kill at any moment."""

from __future__ import annotations

import datetime as dt
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.draft import Drafts
from retaguarda.kernel.errors import Device

NOON = dt.datetime(2026, 11, 21, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def drafts(tmp_path, clock) -> Drafts:
    return Drafts(tmp_path / "drafts", clock)


def test_a_draft_is_kept_found_replaced_and_dropped(drafts):
    assert drafts.find("ana", "sales.order_entry") is None
    drafts.keep("ana", "sales.order_entry", "", {"fields": {"note": ["Olá", "Olá"]}})
    drafts.keep("ana", "sales.order_entry", "", {"fields": {"note": ["Olá!", "Olá!"]}})
    drafts.keep("ana", "sales.order_entry", "abc", {"fields": {}})
    found = drafts.find("ana", "sales.order_entry")
    assert found is not None
    assert found.snapshot == {"fields": {"note": ["Olá!", "Olá!"]}}
    assert found.saved_at == NOON
    assert {draft.record for draft in drafts.all_of("ana")} == {"", "abc"}
    drafts.drop("ana", "sales.order_entry")
    drafts.drop("ana", "sales.order_entry")
    assert drafts.find("ana", "sales.order_entry") is None


def test_only_its_owner_sees_a_draft(drafts, tmp_path):
    drafts.keep("ana", "a.b", "", {"x": 1})
    assert drafts.find("rui", "a.b") is None
    assert drafts.all_of("rui") == ()
    file = next((tmp_path / "drafts").iterdir())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "drafts").stat().st_mode) == 0o700


def test_drafts_are_removed_after_thirty_days(drafts, clock, tmp_path):
    drafts.keep("ana", "a.b", "", {})
    clock.move(dt.timedelta(days=20))
    drafts.keep("ana", "a.c", "", {})
    assert [draft.screen for draft in drafts.all_of("ana")] == ["a.c", "a.b"]
    clock.move(dt.timedelta(days=11))
    assert [draft.screen for draft in drafts.all_of("ana")] == ["a.c"]
    assert len(list((tmp_path / "drafts").iterdir())) == 1


def test_a_damaged_file_is_no_draft(drafts, tmp_path):
    drafts.keep("ana", "a.b", "", {"x": 1})
    next((tmp_path / "drafts").iterdir()).write_text('{"person": "ana"')
    assert drafts.find("ana", "a.b") is None
    assert drafts.all_of("ana") == ()


def test_a_disk_that_refuses_says_so_and_leaves_the_older_draft(tmp_path, clock):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Device) as wrong:
        Drafts(blocked, clock).keep("ana", "a.b", "", {})
    assert wrong.value.code == "kernel.draft_not_kept"


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_kill_at_any_moment_leaves_a_whole_draft(tmp_path, drafts):
    code = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from retaguarda.kernel.clock import SystemClock
        from retaguarda.kernel.draft import Drafts
        drafts = Drafts(Path(sys.argv[1]), SystemClock())
        n = 0
        while True:
            n += 1
            drafts.keep("ana", "a.b", "", {"n": n, "text": "x" * 20000})
            sys.stdout.write(f"{n}\\n")
            sys.stdout.flush()
        """
    )
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "kill")], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            for _ in range(7):
                acknowledged = int(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            for line in child.stdout:
                acknowledged = int(line) if line.endswith("\n") else acknowledged
        found = Drafts(Path(tmp_path / "kill"), FixedClock(dt.datetime.now(dt.UTC))).find("ana", "a.b")
        assert found is not None
        assert found.snapshot["n"] >= acknowledged
        assert len(found.snapshot["text"]) == 20000
