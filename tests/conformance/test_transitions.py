"""Transitions are data: every state is known, every state but the first is reached, every verb has its command, and
what a row allows is exactly what the table says."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import CheckConstraint

from retaguarda.app.compose import MODULES, registry
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import Module, models_of

Table = Mapping[tuple[str, str], str]


def tables() -> Iterator[tuple[Module, ModuleType, Table]]:
    for module in MODULES:
        try:
            rules = importlib.import_module(f"retaguarda.modules.{module.name}.rules")
        except ModuleNotFoundError:
            continue
        if hasattr(rules, "TRANSITIONS"):
            yield module, rules, rules.TRANSITIONS


TABLES = list(tables())
each_table = pytest.mark.parametrize(("module", "rules", "table"), TABLES, ids=[m.name for m, _, _ in TABLES])

ENDLESS = {"accounting": "a month of the books that was closed may be opened again"}
"""Modules whose records never come to an end, by decision."""


def test_there_are_transitions() -> None:
    assert {module.name for module, _, _ in TABLES} >= {"sales", "delivery"}


@each_table
def test_every_state_is_known_and_reached(module: Module, rules: Any, table: Table) -> None:
    known = {*rules.STATES, getattr(rules, "NONE", rules.STATES[0])}
    assert {state for state, _ in table} | set(table.values()) <= known
    first = getattr(rules, "NONE", rules.STATES[0])
    reached = {first}
    while more := {to for (was, _), to in table.items() if was in reached} - reached:
        reached |= more
    assert set(rules.STATES) <= reached
    ends = set(rules.STATES) - {was for was, _ in table}
    assert bool(ends) == (module.name not in ENDLESS)


@each_table
def test_the_database_knows_the_same_states(module: Module, rules: Any, table: Table) -> None:
    checks = [
        str(constraint.sqltext)
        for model in models_of([module]).values()
        for constraint in table_of(model).constraints
        if isinstance(constraint, CheckConstraint)
    ]
    assert any(all(f"'{state}'" in check for state in rules.STATES) for check in checks)


@each_table
def test_every_verb_is_a_command(module: Module, rules: Any, table: Table) -> None:
    commands = {name.split(".")[1].split("_")[0] for name in registry().commands}
    by_events = {"close"}  # another module says that the goods were handed over
    assert {verb for _, verb in table} - by_events <= commands
