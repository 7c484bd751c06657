"""The size law: a file is at most 400 lines, a function 60, a class 20 methods. Complexity (12) is ruff's C901."""

import ast
import tomllib

from tests.house.tree import ROOT, Source, existing, sources

FILE_LINES = 400
FUNCTION_LINES = 60
CLASS_METHODS = 20
COMPLEXITY = 12


def size_faults(source: Source) -> list[str]:
    """Every file, function and class of the source that is too large."""
    faults = []
    lines = source.text.count("\n")
    if lines > FILE_LINES:
        faults.append(f"{source.path}: {lines} lines; make it a folder with one file for each aggregate")
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                faults.append(f"{source.at(node)}: {node.name} has {length} lines")
        elif isinstance(node, ast.ClassDef):
            methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}
            if len(methods) > CLASS_METHODS:
                faults.append(f"{source.at(node)}: {node.name} has {len(methods)} methods")
    return faults


def test_every_file_keeps_the_size_law() -> None:
    found = sources(*existing("src", "tests", "bench", "build"))
    assert {"src", "tests"} <= {source.path.split("/")[0] for source in found}
    assert [fault for source in found for fault in size_faults(source)] == []


def test_ruff_holds_the_complexity() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "C90" in lint["select"]
    assert lint["mccabe"]["max-complexity"] == COMPLEXITY
    assert not any(rule.startswith("C90") for rules in lint["per-file-ignores"].values() for rule in rules)
    # An ignore beside the line would get round it.
    silencer = "noqa: " + "C901"
    assert [source.path for source in sources(*existing("src", "tests", "bench")) if silencer in source.text] == []


def test_a_long_file_is_caught() -> None:
    assert size_faults(Source("long.py", "x = 1\n" * FILE_LINES)) == []
    assert len(size_faults(Source("long.py", "x = 1\n" * (FILE_LINES + 1)))) == 1


def test_a_long_function_is_caught() -> None:
    def function(lines: int) -> Source:
        return Source("f.py", "def f():\n" + "    x = 1\n" * (lines - 1))

    assert size_faults(function(FUNCTION_LINES)) == []
    assert size_faults(function(FUNCTION_LINES + 1)) == ["f.py:1: f has 61 lines"]


def test_a_class_with_too_many_methods_is_caught() -> None:
    def methods(count: int) -> Source:
        return Source("c.py", "class C:\n" + "".join(f"    def m{number}(self): ...\n" for number in range(count)))

    assert size_faults(methods(CLASS_METHODS)) == []
    assert size_faults(methods(CLASS_METHODS + 1)) == ["c.py:1: C has 21 methods"]
