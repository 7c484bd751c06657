"""What every module owes by existing: names, rights, documentation, tests, manifests whose names meet."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

from retaguarda.app.compose import MODULES, book, registry
from retaguarda.kernel.command import Command, dump, fields_of, parse
from retaguarda.kernel.kinds import Secret
from retaguarda.kernel.model import Base, models, table_of
from retaguarda.kernel.module import Handled, Module, event_name, models_of
from retaguarda.kernel.screen.parts import Slot
from retaguarda.kernel.trigger import Refuse
from retaguarda.modules.company import rules
from tests.helpers.payloads import worked_example
from tests.house.tree import ROOT

COMMANDS = tuple(registry().commands.values())
each_command = pytest.mark.parametrize("handled", COMMANDS, ids=lambda h: h.name)
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda m: m.name)
ROW_RULES = {"all", "branch", "own", "department"}
NAME = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*\Z")


def test_names_are_unique_and_of_one_form() -> None:
    names = [*registry().commands, *registry().queries, *registry().screens, *registry().documents]
    assert [name for name in names if not NAME.match(name)] == []
    counted = Counter([*registry().commands, *registry().queries, *registry().documents])
    assert [name for name, n in counted.items() if n > 1] == []
    listeners = Counter(x.name for m in MODULES for x in m.listeners)
    assert [name for name, n in listeners.items() if n > 1] == []


@each_module
def test_a_module_names_only_what_is_its_own(module: Module) -> None:
    named = [h.name for h in module.commands] + [q.name for q in module.queries]
    named += [s.name for s in module.screens] + [d.name for d in module.documents] + list(module.permissions)
    named += list(module.failures) + [p.name for p in module.proofs]
    assert [name for name in named if name.split(".")[0] != module.name] == []


def test_every_place_has_an_icon_of_its_own() -> None:
    icons = Counter(book().screen(place.screen).icon for place in book().places)
    assert [icon for icon, n in icons.items() if n > 1 or not icon] == []


@each_module
def test_a_module_says_why_it_exists(module: Module) -> None:
    for handled in module.commands:
        owner = inspect.getmodule(handled.command)
        assert owner is not None
        assert owner.__doc__


def test_every_mapped_table_is_in_a_manifest() -> None:
    mine = {name for name, model in models().items() if model.__module__.startswith("retaguarda.")}
    assert mine == set(models_of(MODULES))


# -- tables

TABLES = tuple(models_of(MODULES).values())
each_table = pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__tablename__)


@each_table
def test_a_table_says_who_may_read_it(model: type[Base]) -> None:
    rights, columns = model.__rights__, set(table_of(model).c.keys())
    known = set(registry().permissions()) | {"*"}
    assert rights.read in known
    assert rights.rows in ROW_RULES
    assert set(rights.columns) <= columns
    assert set(rights.columns.values()) <= known
    assert model.__personal__ <= columns
    # What nobody reads is not copied either.
    assert {column for column, permission in rights.columns.items() if permission == "*"} == model.__secret__
    assert model.__doc__


@each_table
def test_a_table_has_named_checks_and_an_index_on_every_deferred_reference(model: type[Base]) -> None:
    table = table_of(model)
    assert [c for c in table.constraints if isinstance(c, CheckConstraint) and not c.name] == []
    led = {next(iter(i.columns.keys())) for i in table.indexes}
    led |= {c.columns.keys()[0] for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint)}
    keys = [c for c in table.constraints if isinstance(c, ForeignKeyConstraint) and c.deferrable]
    assert {key.columns.keys()[0] for key in keys} <= led
    # SQLite does not say which deferred key a COMMIT broke: the kernel finds table and column, and with them the name.
    assert [k.name for k in keys] == [f"fk_{table.name}_{k.columns.keys()[0]}" for k in keys]


@each_table
def test_a_record_that_changes_is_kept_in_the_audit(model: type[Base]) -> None:
    if "version" in table_of(model).c:
        assert model.__audit__
        assert "command_id" in table_of(model).c


@each_table
def test_a_table_with_numbers_has_each_of_them_once_in_its_series(model: type[Base]) -> None:
    numbers, table = model.__numbers__, table_of(model)
    if numbers is None:
        return
    series = [n for n in ("branch_id", "device", numbers.by) if n and (n != "device" or n in table.c)]
    unique = [{c.name for c in u.columns} for u in table.constraints if isinstance(u, UniqueConstraint)]
    assert {*series, "number"} in unique
    assert numbers.kind.split(".")[0] == model.__module__.split(".")[2]


def test_no_two_tables_carry_the_numbers_of_one_series() -> None:
    kinds = [m.__numbers__.kind for m in TABLES if m.__numbers__ is not None]
    assert [kind for kind, n in Counter(kinds).items() if n > 1] == []


# -- commands


@each_command
def test_a_command_has_help_permission_and_test(handled: Handled) -> None:
    assert handled.command.__doc__
    assert not handled.command.__doc__.startswith(f"{handled.command.__name__}(")
    assert (handled.permission or handled.name) in registry().permissions()
    module, name = handled.name.split(".")
    assert handled.handler.__name__ == name
    assert (ROOT / "tests" / "modules" / module / f"test_{name}.py").is_file()


@each_command
def test_a_command_is_a_frozen_dataclass_with_a_kind_on_every_field(handled: Handled) -> None:
    command: Any = handled.command
    assert issubclass(command, Command)
    assert command.__dataclass_params__.frozen
    assert hasattr(command, "__slots__")
    assert len(fields_of(command)) == len(command.__dataclass_fields__)


@each_command
@pytest.mark.parametrize("full", [True, False], ids=["full", "least"])
def test_a_command_goes_through_json_and_back(handled: Handled, full: bool) -> None:
    command = parse(handled.command, worked_example(handled.command, full=full))
    told = json.loads(json.dumps(dump(command)))
    for spec in fields_of(handled.command):
        if isinstance(spec.kind, Secret) and getattr(command, spec.name) is not None:
            assert told[spec.name] == "***"
            told[spec.name] = getattr(command, spec.name)
    assert parse(handled.command, told) == command


@each_command
def test_a_command_declares_its_undo(handled: Handled) -> None:
    assert handled.undo in {"none", "reversal", *registry().commands}


@each_command
def test_the_rows_of_an_outcome_come_from_a_query(handled: Handled) -> None:
    if handled.rows is not None:
        assert handled.rows[0] in registry().queries


# -- permissions, listeners, slots


def test_grants_name_permissions_and_roles_that_exist() -> None:
    assert set(registry().grants) <= set(rules.ROLES) - {rules.OWNER}
    known = set(registry().permissions())
    assert {role: names - known for role, names in registry().grants.items() if names - known} == {}


def test_every_command_may_be_sent_by_some_role_beside_the_administrator() -> None:
    granted = frozenset().union(*registry().grants.values())
    only = {h.name for h in COMMANDS if (h.permission or h.name) not in granted}
    assert only == ADMINISTRATORS_ONLY


ADMINISTRATORS_ONLY = {
    "accounting.open_books",
    "company.add_branch",
    "company.add_role",
    "company.create_company",
    "company.revise_branch",
    "company.revise_company",
    "company.revise_role",
    "reports.note_run",
}


def test_listeners_hear_events_that_somebody_declares() -> None:
    declared = {event_name(event) for module in MODULES for event in module.events}
    heard = {listener.event for module in MODULES for listener in module.listeners}
    assert heard <= declared


def test_guards_name_constraints_that_exist() -> None:
    names = {str(c.name) for model in TABLES for c in table_of(model).constraints if c.name}
    names |= {str(i.name) for model in TABLES for i in table_of(model).indexes}
    names |= {name for model in TABLES for name in _sqlite_names(model)}
    assert {guard for guard in registry().guards if guard not in names} == set()


def _sqlite_names(model: type[Base]) -> Iterator[str]:
    # SQLite names the columns of a broken unique constraint, never the constraint: the kernel joins them.
    table = table_of(model)
    for index in table.indexes:
        if index.unique:
            yield "uq_" + "_".join([table.name, *index.columns.keys()])
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield "uq_" + "_".join([table.name, *constraint.columns.keys()])


def test_unique_indexes_are_called_alike_on_both_engines() -> None:
    for model in TABLES:
        table = table_of(model)
        for index in table.indexes:
            if index.unique:
                assert index.name == "uq_" + "_".join([table.name, *index.columns.keys()]), index.name


def test_slots_fill_screens_that_exist_and_everyone_knows_who() -> None:
    filled = {fill.screen for fill in registry().slots}
    assert filled <= set(registry().screens)
    assert {fill.slot for fill in registry().slots} <= set(get_args(Slot))
    for screen in filled:
        assert book().fills_of(screen)


def test_places_lead_to_screens_and_are_called_differently() -> None:
    names = [place.name for place in registry().places]
    assert len(names) == len(set(names))
    assert {place.screen for place in registry().places} <= set(registry().screens)
    assert {place.badge for place in registry().places if place.badge} <= set(registry().queries)


def test_failures_of_steps_are_declared_by_their_modules() -> None:
    declared = {code for module in MODULES for code in module.failures}
    of_steps = {code for m in MODULES for flow in m.flows for step in flow.steps for code in step.failures}
    assert of_steps <= declared


def test_triggers_refuse_with_codes() -> None:
    for model in TABLES:
        for trigger in model.__triggers__:
            for step in trigger.steps:
                if isinstance(step, Refuse):
                    assert NAME.match(step.code) or step.code.count(".") == 2, step.code
