"""Who may import what, where import-linter's contracts cannot say it: a module is entered by api, events and ports
only, it knows no module that the composition root lists after it, and each heavy package has one home."""

import ast
import functools
from collections.abc import Iterable, Sequence

import grimp
import pytest

from tests.house.tree import ROOT

PUBLIC = {"api", "events", "ports"}
Edge = tuple[str, str]


@functools.cache
def edges() -> tuple[Edge, ...]:
    graph = grimp.build_graph("retaguarda", include_external_packages=True, cache_dir=None)
    assert "retaguarda.kernel" in graph.modules
    return tuple(
        (importer, imported)
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    )


def door_faults(found: Iterable[Edge]) -> list[str]:
    """Imports that enter another module by anything but its public door; `app` may read manifests."""
    faults = []
    for importer, imported in found:
        source, target = importer.split("."), imported.split(".")
        if target[:2] != ["retaguarda", "modules"] or len(target) < 3:
            continue
        own = source[:3] == target[:3]
        composition = source[1:2] == ["app"] and target[3:] == ["module"]
        public = len(target) == 4 and target[3] in PUBLIC
        if not (own or composition or public):
            faults.append(f"{importer} -> {imported}")
    return faults


@functools.cache
def listed() -> tuple[str, ...]:
    """The modules in the order of the one list in `app/compose.py`, low to high, read without running it."""
    tree = ast.parse((ROOT / "src/retaguarda/app/compose.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name: (node.module or "").split(".")[2]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("retaguarda.modules.")
        for alias in node.names
    }
    lists = [node.value for node in tree.body if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == LIST]
    assert isinstance(lists[0], ast.Tuple)
    return tuple(imported[name.id] for name in lists[0].elts if isinstance(name, ast.Name) and name.id in imported)


LIST = "MODULES"


def order_faults(found: Iterable[Edge], modules: Sequence[str]) -> list[str]:
    """Imports of a module that stands after the importer in the list, or of one that the list does not name."""
    faults = []
    for importer, imported in found:
        source, target = importer.split("."), imported.split(".")
        between = source[:2] == target[:2] == ["retaguarda", "modules"] and len(source) > 2 and len(target) > 2
        if not between or source[2] == target[2]:
            continue
        if not {source[2], target[2]} <= set(modules) or modules.index(target[2]) > modules.index(source[2]):
            faults.append(f"{importer} -> {imported}: the list in app/compose.py has it the other way round")
    return faults


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _is_widgets(module: str) -> bool:
    parts = module.split(".")
    return parts[1:2] == ["modules"] and parts[3:4] == ["widgets"]


def home_faults(found: Iterable[Edge]) -> list[str]:
    """Heavy packages imported outside their home, and widgets that know more than Qt and the kernel."""
    faults = []
    for importer, imported in found:
        package = imported.split(".")[0]
        at_home = {
            "PySide6": _is_in(importer, "retaguarda.shell") or _is_widgets(importer),
            "reportlab": _is_in(importer, "retaguarda.kernel.document"),
            "sqlalchemy": not _is_in(importer, "retaguarda.shell"),
            "psycopg": _is_in(importer, "retaguarda.kernel"),
        }
        if not at_home.get(package, True):
            faults.append(f"{importer} -> {imported}")
        beside = _is_in(imported, "retaguarda.kernel") or _is_in(imported, ".".join(importer.split(".")[:4]))
        if _is_widgets(importer) and package == "retaguarda" and not beside:
            faults.append(f"{importer} -> {imported}: widgets know Qt and the kernel only")
    return faults


def test_modules_are_entered_by_their_doors() -> None:
    assert door_faults(edges()) == []


def test_modules_know_only_those_listed_before_them() -> None:
    assert listed()[0] == "company"
    assert order_faults(edges(), listed()) == []


def test_every_module_is_listed() -> None:
    folders = {path.parent.name for path in (ROOT / "src/retaguarda/modules").glob("*/__init__.py")}
    assert set(listed()) == folders, "a module without a place in the list would be judged by nobody"


@pytest.mark.parametrize(
    "planted",
    [
        ("retaguarda.modules.party.commands", "retaguarda.modules.sales.api"),
        ("retaguarda.modules.astrology.api", "retaguarda.modules.party.api"),
        ("retaguarda.modules.sales.api", "retaguarda.modules.astrology.events"),
    ],
)
def test_a_planted_way_up_is_caught(planted: Edge) -> None:
    assert len(order_faults([planted], ("company", "party", "sales"))) == 1


def test_ways_down_are_open() -> None:
    down = [("retaguarda.modules.sales.api", "retaguarda.modules.party.api"), ("retaguarda.app.compose", "os")]
    assert order_faults(down, ("company", "party", "sales")) == []


def test_heavy_packages_stay_at_home() -> None:
    assert any(imported == "sqlalchemy" for _, imported in edges())
    assert home_faults(edges()) == []


@pytest.mark.parametrize(
    "planted",
    [
        ("retaguarda.modules.sales.commands", "retaguarda.modules.inventory.model"),
        ("retaguarda.modules.sales.api", "retaguarda.modules.party"),
        ("retaguarda.packs.br.boleto", "retaguarda.modules.billing.queries"),
        ("retaguarda.app.compose", "retaguarda.modules.sales.commands"),
        ("retaguarda.modules.sales.module", "retaguarda.modules.party.module"),
    ],
)
def test_a_planted_back_door_is_caught(planted: Edge) -> None:
    assert len(door_faults([planted])) == 1


def test_front_doors_are_open() -> None:
    assert not door_faults(
        [
            ("retaguarda.modules.sales.commands", "retaguarda.modules.inventory.api"),
            ("retaguarda.modules.sales.commands", "retaguarda.modules.sales.model"),
            ("retaguarda.app.compose", "retaguarda.modules.sales.module"),
            ("retaguarda.packs.br.taxes", "retaguarda.modules.billing.ports"),
        ]
    )


@pytest.mark.parametrize(
    "planted",
    [
        ("retaguarda.kernel.screen", "PySide6"),
        ("retaguarda.app.main", "PySide6"),
        ("retaguarda.modules.sales.documents", "reportlab"),
        ("retaguarda.shell.window", "sqlalchemy"),
        ("retaguarda.modules.sales.queries", "psycopg"),
        ("retaguarda.modules.sales.widgets", "retaguarda.shell.theme"),
        ("retaguarda.modules.sales.widgets", "retaguarda.modules.sales.queries"),
    ],
)
def test_a_planted_stranger_is_caught(planted: Edge) -> None:
    assert len(home_faults([planted])) == 1


def test_residents_pass() -> None:
    assert not home_faults(
        [
            ("retaguarda.shell.window", "PySide6"),
            ("retaguarda.modules.sales.widgets", "PySide6"),
            ("retaguarda.modules.sales.widgets", "retaguarda.kernel.money"),
            ("retaguarda.modules.sales.widgets.line", "retaguarda.modules.sales.widgets.parts"),
            ("retaguarda.kernel.document.paint", "reportlab"),
            ("retaguarda.kernel.bus", "sqlalchemy"),
        ]
    )
