"""The program left by itself: with what code, whatever keeps it from opening, and never waiting for ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel import schema
from retaguarda.kernel.stores import open_store
from tests.helpers import company

DONE, REFUSED, TROUBLE = 0, 2, 3


def run(url: str, home: Path, *more: str) -> int:
    """The exit code of the window that leaves once it is painted."""
    code = "import sys; from retaguarda.app.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "run", "--db", url, "--exit-after-paint", *more]
    folders = {"RETAGUARDA_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    environment = {"PATH": "", "QT_QPA_PLATFORM": "offscreen", **folders}
    home.mkdir(mode=0o700, exist_ok=True)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "company.db"
    company.copy_sqlite(sqlite_template, path)
    return path


def newer(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    try:
        schema.set_mark(store, "module.party", "9")
    finally:
        store.close()


FAULTS: dict[str, Callable[[Path], object]] = {
    "newer": newer,
    "damaged": lambda path: path.write_bytes(b"Dear Sir or Madam, " * 400),
    "no company": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_is_painted_and_left_with_three(file: Path, tmp_path: Path, fault: str) -> None:
    FAULTS[fault](file)
    assert run(f"sqlite:///{file}", tmp_path / "home") == TROUBLE


def test_a_company_that_is_open_in_another_window(file: Path, tmp_path: Path) -> None:
    lock = WindowLock(file)
    try:
        assert run(f"sqlite:///{file}", tmp_path / "home", "--as", "ana") == TROUBLE
    finally:
        lock.release()
    assert run(f"sqlite:///{file}", tmp_path / "home", "--as", "ana") == DONE


def test_a_server_that_is_gone(tmp_path: Path) -> None:
    assert run("postgresql://nobody@127.0.0.1:1/nothing", tmp_path / "home") == TROUBLE


def test_what_is_refused_is_left_with_two(file: Path, tmp_path: Path) -> None:
    assert run(f"sqlite:///{file}", tmp_path / "home", "--as", "nobody") == REFUSED
    assert run("postgresql://ana:segredo@127.0.0.1/shop", tmp_path / "home") == REFUSED


def test_the_log_in_is_where_it_leaves_with_nobody_named(file: Path, tmp_path: Path) -> None:
    assert run(f"sqlite:///{file}", tmp_path / "home") == DONE
