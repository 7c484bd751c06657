"""A throw-away module, loans of tools, made by following docs/ARCHITECTURE.md alone: its diff touches only its own
folders, its texts, its tests and the one list in `app/compose.py`, and with it the house and every module conform.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.house.tree import ROOT

PATCH = ROOT / "tests" / "house" / "loans.patch"
COMPOSE = "src/retaguarda/app/compose.py"
OWN = ("src/retaguarda/modules/loans/", "ui/loans/", "resources/i18n/loans.", "tests/modules/loans/")
LISTED = ["+from retaguarda.modules.loans.module import MODULE as LOANS", "+    LOANS,"]
"""The one import and the one name by which the module enters the program."""

CHECKED = (
    # What bears the module's name, and its tables; then what is said about all modules together.
    "loans", "a_table and tool",
    "test_registry", "test_texts", "test_transitions", "test_schemas", "test_statements",
    "test_by_script", "test_the_table_speaks", "test_the_places_of", "test_each_proof", "test_every_proof_has",
    "test_every_ui_file", "test_a_screen_that_is_never", "test_no_ui_is_left",
    "test_doors", "test_forbidden", "test_names", "test_size_law", "test_text_catalogue",
)  # fmt: skip
"""On SQLite: that the other engine does the same is for the suite itself to say. What is left out is asked of each
command, query, screen, form and role apart, and here of those of the module only."""


def files() -> dict[str, list[str]]:
    """The files that the patch touches, with the lines it adds and takes away."""
    found: dict[str, list[str]] = {}
    for part in PATCH.read_text(encoding="utf-8").split("diff --git ")[1:]:
        head, _, body = part.partition("\n")
        names = re.fullmatch(r"a/(\S+) b/(\S+)", head)
        assert names, head
        assert names[1] == names[2], "a file is made or changed, never moved"
        lines = body.partition("\n@@")[2].splitlines()
        found[names[1]] = [line for line in lines if line.startswith(("+", "-"))]
    return found


@pytest.fixture
def patched(tmp_path: Path) -> Path:
    """A copy of what is under version control, with the module in it."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [name for name in filter(None, listing.split("\0")) if (ROOT / name).is_file()]
    for folder in {Path(name).parent for name in names}:
        (tmp_path / "house" / folder).mkdir(parents=True, exist_ok=True)
        # What was compiled from a file with its time and size need not be compiled again: a fifth of the inner run.
        with contextlib.suppress(FileNotFoundError):
            shutil.copytree(ROOT / folder / "__pycache__", tmp_path / "house" / folder / "__pycache__")
    for name in names:
        shutil.copy2(ROOT / name, tmp_path / "house" / name)
    house = tmp_path / "house"
    # A repository of its own: the house rules ask git for its files, and a patch is for the repository it stands in.
    subprocess.run(["git", "init", "-q"], cwd=house, check=True)
    done = subprocess.run(["git", "apply", str(PATCH)], cwd=house, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return house


def run(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python on the copy, as in a fresh terminal: nothing of this session reaches it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "RETAGUARDA", "COV"))}
    path = os.pathsep.join([str(house / "src"), str(house)])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=house,
        env={**kept, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_module_touches_its_own_and_the_one_list() -> None:
    touched = files()
    assert touched.pop(COMPOSE) == LISTED
    assert [name for name in touched if not name.startswith(OWN)] == []
    assert all(any(name.startswith(own) for name in touched) for own in OWN)
    assert all(line.startswith("+") for lines in touched.values() for line in lines), "only new files"


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_house_with_the_module_conforms(patched: Path) -> None:
    chosen = " or ".join(f"({one})" for one in CHECKED)
    where = ["tests/modules/loans", "tests/conformance", "tests/house", "tests/kernel/test_text_catalogue.py"]
    done = run(
        patched, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *where,
        f"--ignore={Path(__file__).relative_to(ROOT)}", "-k", f"({chosen}) and not (pg or postgresql)",
        "--junitxml=report.xml",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    cases = list(ElementTree.parse(patched / "report.xml").iter("testcase"))
    assert [case.get("name") for case in cases if case.find("skipped") is not None] == []
    own = {str(case.get("classname")) for case in cases if "loans" in f"{case.get('classname')} {case.get('name')}"}
    asked = {"registry", "queries", "screens", "forms", "views", "bad_input"}
    assert {f"tests.conformance.test_{name}" for name in asked} <= own
    assert {f"tests.modules.loans.test_{name}" for name in ("add_tool", "lend_tool", "take_back_tool", "proofs")} <= own
    assert sum("loans" in f"{case.get('classname')} {case.get('name')}" for case in cases) > 100


@pytest.mark.slow
def test_the_import_rules_hold_with_the_module(patched: Path) -> None:
    code = "from importlinter.cli import lint_imports_command as c; c()"
    done = run(patched, "-c", code, "--no-cache", "--no-logo")
    assert "0 broken" in done.stdout, done.stdout + done.stderr
