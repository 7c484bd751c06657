"""Which codes the program raises or warns of, found by reading its source: every string literal that stands as the
code of a refusal, fault, trouble or warning, in a guard of a manifest, or in a trigger."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.house.tree import Source, sources

CODE = re.compile(r"[a-z][a-z_]*(?:\.[a-z0-9_]+)+\Z")
REFUSALS = ("Refusal", "NeedsConsent", "Shortfall", "Trouble", "Offline", "Busy", "External", "Device", "ValueFault")
ALWAYS_KNOWN = frozenset({"known", "field"})
BY_THEMSELVES = {
    "kernel.invalid": {"faults"},
    "kernel.forbidden": {"permission"},
    "kernel.missing": {"what", "key"},
    "kernel.stale": {"what", "key", "fresh"},
    "kernel.guard": {"guard"},
    "kernel.read_only": {"detail"},
    "kernel.database_gone": {"detail"},
    "kernel.busy": {"detail"},
    "kernel.damaged": {"detail"},
    "kernel.disk_full": {"detail"},
    "kernel.disk_fault": {"detail"},
    "kernel.not_a_company": {"detail"},
}
"""What the classes of `kernel.errors`, the bus and the stores raise under codes they hold in tables."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A code, where it stands, which parameters its text may use (None: not to be read from the source), and whether
    it is only a warning, that needs no action."""

    code: str
    place: str
    params: frozenset[str] | None
    warning: bool = False


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(node: ast.expr) -> Iterator[str]:
    """The codes an argument may be: a literal, or either side of a conditional."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = [word.arg for word in call.keywords]
    return None if None in names else frozenset(str(n) for n in names) - {"subject", "cause_key", "remedies"}


def _keys(node: ast.expr | None) -> frozenset[str] | None:
    if node is None:
        return frozenset()
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        return frozenset(str(key.value) for key in node.keys if isinstance(key, ast.Constant))
    return None


def _of_call(call: ast.Call, place: str) -> Iterator[Raised]:
    name, args = _called(call.func), call.args
    if name in REFUSALS and args:
        yield from (Raised(code, place, _keywords(call)) for code in _literals(args[0]))
    elif name == "Fault" and len(args) > 1:
        params = _keys(args[2] if len(args) > 2 else None)
        yield from (Raised(code, place, params) for code in _literals(args[1]))
    elif name == "Refuse" and args:
        yield from (Raised(code, place, frozenset({"guard"})) for code in _literals(args[0]))
    elif name in ("warn", "Warned") and args:
        yield from (Raised(code, place, None, warning=True) for code in _literals(args[0]))


def raised_in(source: Source) -> Iterator[Raised]:
    """Codes in one file. A function called `…fault…` returns codes."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, source.at(node))
        elif isinstance(node, ast.keyword) and node.arg == "guards" and isinstance(node.value, ast.Dict):
            for value in node.value.values:
                # What the handler says itself, with parameters, where it was not overtaken.
                yield from (Raised(code, source.at(value), None) for code in _literals(value))
        elif isinstance(node, ast.FunctionDef) and "fault" in node.name:
            for part in ast.walk(node):
                if isinstance(part, ast.Return) and part.value is not None:
                    yield from (Raised(code, source.at(part), None) for code in _literals(part.value))


def raised() -> list[Raised]:
    """Every code that the program raises or warns of, as often as it stands in the source."""
    found = [Raised(code, "kernel", frozenset(params)) for code, params in BY_THEMSELVES.items()]
    return found + [one for source in sources("src") for one in raised_in(source)]
