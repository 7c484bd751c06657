"""A test that did not run is a failed test where everything can be installed; elsewhere it says so and is left out."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SUITE = """
import pytest

def test_passes():
    assert True

@pytest.mark.skip(reason="no server here")
def test_left_out():
    assert False

@pytest.mark.windows
@pytest.mark.skipif(True, reason="another system")
def test_of_another_system():
    assert False

@pytest.mark.real_data
def test_without_its_data():
    pytest.skip("no data")

def test_warns():
    import warnings
    warnings.warn("old", DeprecationWarning)

def test_leaves_a_thread():
    import threading, time
    threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
"""


def must_run() -> bool:
    return os.environ.get("CI") == "true" or os.geteuid() == 0


def test_what_fails_a_run(tmp_path: Path) -> None:
    (tmp_path / "test_small.py").write_text(SUITE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:randomly", "-c"]
    command += [str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path / "test_small.py")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if must_run():
        assert "1 failed, 2 passed, 2 skipped, 2 errors" in done.stdout, done.stdout
        assert "not run" in done.stdout
    else:
        assert "1 failed, 2 passed, 3 skipped, 1 error" in done.stdout, done.stdout
    assert done.returncode == 1
