"""One window per file: the second is told so, and whoever dies or leaves lets go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel.errors import Trouble
from tests.helpers.told import fault

HOLDS = """
import pathlib, sys
from retaguarda.app.platform_lock import WindowLock
lock = WindowLock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_window_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    database = tmp_path / "company.db"
    first = WindowLock(database)
    with fault(Trouble, "kernel.window_open"):
        WindowLock(database)
    WindowLock(tmp_path / "other.db").release()
    first.release()
    WindowLock(database).release()


def test_a_window_that_was_killed_lets_go(tmp_path: Path) -> None:
    database = tmp_path / "company.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with fault(Trouble, "kernel.window_open"):
            WindowLock(database)
        other.kill()
        other.wait()
        WindowLock(database).release()


def test_where_nothing_can_be_written_nothing_is_locked(tmp_path: Path) -> None:
    WindowLock(tmp_path / "no folder" / "company.db").release()
    assert list(tmp_path.iterdir()) == []
