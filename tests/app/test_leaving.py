"""The program left by itself: with what code, whatever keeps it from opening, and never waiting for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retaguarda.app import cli
from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel import schema
from retaguarda.kernel.stores import open_store
from tests.helpers import company
from tests.helpers.apart import APART

DONE, REFUSED, TROUBLE = 0, 2, 3


def run(url: str, home: Path, *more: str) -> int:
    """The exit code of the window that leaves once it is painted, in a program of its own."""
    home.mkdir(mode=0o700, exist_ok=True)
    program = APART.Process(target=window, args=(home, "run", "--db", url, "--exit-after-paint", *more))
    program.start()
    program.join(60)
    said = (home / "said").read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert program.exitcode is not None, said
    return program.exitcode


def window(home: Path, *arguments: str) -> None:
    os.environ.clear()
    os.environ.update(environment(home))
    with (home / "said").open("w", encoding="utf-8") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
        sys.exit(cli.main(arguments))


def environment(home: Path) -> dict[str, str]:
    return {"PATH": "", "QT_QPA_PLATFORM": "offscreen", "RETAGUARDA_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}


def test_a_program_started_from_nothing_leaves_with_its_code(file: Path, tmp_path: Path) -> None:
    """What the other tests do in a fork, as a shell does it: with nothing loaded."""
    code = "import sys; from retaguarda.app.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "run", "--db", f"sqlite:///{file}", "--exit-after-paint", "--as", "nobody"]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == REFUSED, done.stderr


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
