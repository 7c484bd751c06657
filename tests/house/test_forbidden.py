"""What the source never says: print, hidden clocks and dice, silent SQL, star imports, imports in functions, catching
everything. Some of it ruff says too; here no comment beside the line can silence it."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.house.lazy_imports import LAZY
from tests.house.tree import Source, existing, sources

PRINTERS = ("src/retaguarda/app/cli",)
CLOCKS = ("src/retaguarda/kernel/clock.py", "src/retaguarda/kernel/ids.py")
CATCHERS = (
    "src/retaguarda/kernel/bus",
    "src/retaguarda/kernel/lanes",
    "src/retaguarda/shell/crash",
    "src/retaguarda/modules/contingency/api",
)
# Upper case anywhere, or after its verb in any case: "Try again or ignore" stays allowed in a text.
SILENT_SQL = re.compile(
    r"(?<!CREATE )\bOR (?:IGNORE|REPLACE|FAIL)\b"
    r"|\bREPLACE INTO\b"
    r"|(?i:\b(?:insert|update)\s+or\s+(?:ignore|replace|fail)\b)"
)
CLOCK_CALLS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
DICE = {"random", "secrets"}
UUIDS = {"uuid1", "uuid4"}

Rule = Callable[[Source], Iterator[str]]


def _dotted(node: ast.expr) -> tuple[str, ...]:
    """`datetime.datetime.now` as its parts; empty for anything that is not a plain dotted name."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return (*before, node.attr) if before else ()
    return ()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        start = "." * node.level + (node.module or "")
        return [start] if node.level or start != "retaguarda" else [f"{start}.{alias.name}" for alias in node.names]
    return []


def prints(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and _dotted(node.func) in {("print",), ("pprint", "pprint")}:
            yield f"{source.at(node)}: print; return it, log it, or leave it to the command line"


def hidden_clocks_and_dice(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and _dotted(node.func)[-2:] in CLOCK_CALLS:
            yield f"{source.at(node)}: {'.'.join(_dotted(node.func))}; ask unit.clock or kernel.clock"
        if isinstance(node, ast.Attribute | ast.Name) and _dotted(node)[-1:] and _dotted(node)[-1] in UUIDS:
            yield f"{source.at(node)}: {_dotted(node)[-1]}; ask unit.new_id or kernel.ids"
        for name in _imported(node):
            if name.split(".")[0] in DICE:
                yield f"{source.at(node)}: imports {name}; replay must give the same result"
        if isinstance(node, ast.ImportFrom) and UUIDS & {alias.name for alias in node.names}:
            yield f"{source.at(node)}: imports a random id; ask unit.new_id or kernel.ids"


def silent_sql(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SILENT_SQL.search(node.value):
            yield f"{source.at(node)}: SQL that hides a conflict; let it fail and answer with a refusal"
        if isinstance(node, ast.keyword) and node.arg and node.arg.startswith("sqlite_on_conflict"):
            yield f"{source.path}:{node.value.lineno}: {node.arg} hides a conflict"


def star_imports(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield f"{source.at(node)}: star import"


def imports_in_functions(source: Source) -> Iterator[str]:
    for function in source.nodes:
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            for name in _imported(node):
                if not any(name == lazy or name.startswith(f"{lazy}.") for lazy in LAZY):
                    yield f"{source.at(node)}: {name} imported in a function; lazy_imports.py lists what may be"


def _passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether the handler cleans up and lets everything through: it ends with a bare raise and returns nowhere."""
    last = handler.body[-1]
    returns = any(isinstance(part, ast.Return) for statement in handler.body for part in ast.walk(statement))
    return isinstance(last, ast.Raise) and last.exc is None and not returns


def catching_everything(source: Source) -> Iterator[str]:
    for node in source.nodes:
        caught: list[ast.expr] = []
        if isinstance(node, ast.ExceptHandler) and not _passes_on(node):
            if node.type is None:
                yield f"{source.at(node)}: bare except"
            elif isinstance(node.type, ast.Tuple):
                caught = node.type.elts
            else:
                caught = [node.type]
        elif isinstance(node, ast.Call) and _dotted(node.func)[-1:] == ("suppress",):
            caught = node.args
        for kind in caught:
            if _dotted(kind)[-1:] in {("Exception",), ("BaseException",)}:
                yield f"{source.at(node)}: catches {_dotted(kind)[-1]}; only CATCHERS do"


# Rule -> where it does not hold.
RULES: dict[Rule, tuple[str, ...]] = {
    prints: PRINTERS,
    hidden_clocks_and_dice: CLOCKS,
    silent_sql: (),
    star_imports: (),
    imports_in_functions: (),
    catching_everything: CATCHERS,
}


def _stands_in(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith((f"{place}.py", f"{place}/")) for place in places)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    looked_at = [source for source in sources("src") if not _stands_in(source.path, RULES[rule])]
    assert any(source.path.startswith("src/retaguarda/kernel/") for source in looked_at)
    assert [fault for source in looked_at for fault in rule(source)] == []


def test_no_star_import_anywhere() -> None:
    assert [fault for source in sources(*existing("tests", "bench", "build")) for fault in star_imports(source)] == []


PLANTED: list[tuple[Rule, str]] = [
    (prints, "print('oi')"),
    (hidden_clocks_and_dice, "import datetime\nx = datetime.datetime.now(datetime.UTC)"),
    (hidden_clocks_and_dice, "from datetime import date\nx = date.today()"),
    (hidden_clocks_and_dice, "import time\nx = time.time()"),
    (hidden_clocks_and_dice, "import uuid\nx = uuid.uuid4()"),
    (hidden_clocks_and_dice, "from uuid import uuid4"),
    (hidden_clocks_and_dice, "from random import choice"),
    (silent_sql, "x = 'INSERT OR IGNORE INTO a VALUES (1)'"),
    (silent_sql, "x = insert(a).prefix_with('OR REPLACE')"),
    (silent_sql, "x = 'update or fail a set b = 1'"),
    (silent_sql, "x = f'REPLACE INTO {a} VALUES (1)'"),
    (silent_sql, "x = UniqueConstraint('a', sqlite_on_conflict='IGNORE')"),
    (star_imports, "from os import *"),
    (imports_in_functions, "def f():\n    import json"),
    (imports_in_functions, "def f():\n    from retaguarda import kernel"),
    (imports_in_functions, "def f():\n    from .other import thing"),
    (catching_everything, "try:\n    f()\nexcept:\n    g()"),
    (catching_everything, "try:\n    f()\nexcept Exception as error:\n    g()"),
    (catching_everything, "try:\n    f()\nexcept (OSError, BaseException):\n    g()"),
    (catching_everything, "def f():\n  try:\n    g()\n  except Exception:\n    if h(): return 1\n    raise"),
    (catching_everything, "with contextlib.suppress(Exception):\n    f()"),
]


@pytest.mark.parametrize(("rule", "planted"), PLANTED)
def test_what_is_planted_is_caught(rule: Rule, planted: str) -> None:
    assert len(list(rule(Source("planted.py", planted)))) >= 1


CLEAN = """
import time
from uuid import UUID
from datetime import datetime

START = time.perf_counter()
FUNCTION = "CREATE OR REPLACE FUNCTION f() RETURNS trigger"
TEXT = "Try again or ignore the alert; replace into the next box"


def paint(moment: datetime) -> str:
    from PySide6.QtGui import QPainter

    try:
        return moment.isoformat() + repr(QPainter)
    except (OSError, ValueError):
        return ""
    except BaseException:
        close()
        raise
"""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_clean_source_passes(rule: Rule) -> None:
    assert list(rule(Source("clean.py", CLEAN))) == []


def test_an_exempt_place_is_a_file_or_a_folder_of_that_name() -> None:
    assert _stands_in("src/retaguarda/app/cli.py", PRINTERS)
    assert _stands_in("src/retaguarda/app/cli/show.py", PRINTERS)
    assert not _stands_in("src/retaguarda/app/climate.py", PRINTERS)
