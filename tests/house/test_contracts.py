"""The import contracts of pyproject.toml bite: on a small tree built as the house is drawn they all hold, and one
planted import each breaks them. (`make check` runs them on the real tree.)"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

MODULE_FILES = ("module", "listeners", "screens", "commands", "queries", "api", "model", "rules", "events")

# What keeps every rule: app -> manifest -> screens -> commands -> lower api -> model -> rules.
FINE = {
    "app/compose": "import retaguarda.modules.sales.module\nimport retaguarda.shell.window",
    "modules/sales/module": "import retaguarda.modules.sales.screens\nimport retaguarda.modules.sales.queries",
    "modules/sales/screens": "import retaguarda.modules.sales.commands",
    "modules/sales/commands": "import retaguarda.modules.inventory.api\nimport retaguarda.modules.sales.model",
    "modules/inventory/api": "import retaguarda.modules.inventory.model",
    "modules/inventory/model": "import sqlalchemy\nimport retaguarda.modules.inventory.rules",
    "modules/sales/widgets": "import PySide6.QtWidgets",
    "shell/window": "import PySide6.QtWidgets\nimport retaguarda.kernel.screen",
    "kernel/bus": "import sqlalchemy\nimport retaguarda.kernel.money",
}

# Contract -> the imports that break it.
PLANTED = {
    "rings": {"kernel/bus": "import retaguarda.shell.window"},
    "packs": {"modules/sales/screens": "import PySide6.QtWidgets"},
    "nosql_shell": {"kernel/text": "import retaguarda.kernel.bus"},
    "order": {"modules/inventory/commands": "import retaguarda.modules.sales.api"},
    "inside": {"modules/sales/commands": "import retaguarda.modules.sales.queries"},
    "private": {"modules/sales/screens": "import retaguarda.modules.sales.model"},
    "acyclic": {"kernel/money": "import retaguarda.kernel.bus"},
    "nosql_declared": {"modules/sales/rules": "import sqlalchemy"},
}


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def small_tree(folder: Path) -> Path:
    """Two modules, a pack and every kernel file the contracts name; each file with its plain imports."""
    package = folder / "retaguarda"
    named = {str(name) for contract in contracts() for name in list_of(contract.get("source_modules", ()))}
    files = {name.removeprefix("retaguarda.").replace(".", "/") for name in named if name.count(".") > 1}
    files = {name for name in files if "*" not in name} | {"packs/br/ids", *FINE}
    files |= {f"modules/{module}/{file}" for module in ("sales", "inventory", "company") for file in MODULE_FILES}
    for name in sorted(files):
        path = package / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FINE.get(name, "") + "\n")
    for parent in [package, *(path for path in package.rglob("*") if path.is_dir())]:
        (parent / "__init__.py").touch()
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return package


def list_of(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def broken(folder: Path) -> set[str]:
    """The names of the contracts that do not hold on the tree in the folder."""
    # A fresh process: import-linter reads the package from the path, and ours is loaded here already.
    code = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as c; c()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)(?: \(.*\))?$", done.stdout, re.MULTILINE))
    assert len(verdicts) == len(contracts()), done.stdout + done.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return small_tree(tmp_path)


def test_the_house_as_drawn_keeps_every_contract(tree: Path) -> None:
    assert broken(tree.parent) == set()


def test_each_planted_import_breaks_its_contract(tree: Path) -> None:
    assert set(PLANTED) == {contract["id"] for contract in contracts()}
    for imports in PLANTED.values():
        for name, line in imports.items():
            with (tree / f"{name}.py").open("a") as file:
                file.write(line + "\n")
    assert broken(tree.parent) == {contract["name"] for contract in contracts()}


def test_a_stray_file_in_a_module_breaks_the_inside(tree: Path) -> None:
    (tree / "modules/sales/leftovers.py").touch()
    assert broken(tree.parent) == {"Inside every module"}
