"""Every command by the script door with everything a person, a script or an enemy may send: a refusal that names field
and cause, says what to do, and changes nothing; never a defect."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from retaguarda.app.compose import MODULES, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.command import Command, FieldSpec, Part, fields_of
from retaguarda.kernel.errors import Invalid, Missing, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.kinds import Choice, Codes, Number, Ref, Text, Version, Whole
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import Handled, models_of
from retaguarda.kernel.text import LANGUAGES, Texts
from tests.helpers import company
from tests.helpers.fingerprint import changed, fingerprint
from tests.helpers.payloads import fitting, worked_example, wrong

COMMANDS = tuple(registry().commands.values())
each_command = pytest.mark.parametrize("handled", COMMANDS, ids=lambda h: h.name)
on_one_engine = pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
"""For what is refused before any database is asked."""
MAY_CHANGE = {"command_journal", "failure"}
"""What a refusal may leave behind: its journal row, and the failure of a shortfall."""
MOST_TRIES = 25


WORDS = tuple(Texts(language, strict=True) for language in LANGUAGES)


def told(refusal: Refusal) -> None:
    """Cause and action are there in both languages, with all that they name."""
    codes = [(f.code, f.params) for f in refusal.faults] if isinstance(refusal, Invalid) else []
    for code, params in codes or [(refusal.code, refusal.params)]:
        for texts in WORDS:
            assert texts.cause(code, **params)
            assert texts.action(code, **params)


def refusal_of(office: Office, name: str, payload: Any) -> Refusal:
    try:
        outcome = office.do((name, payload))
    except Refusal as refusal:
        told(refusal)
        return refusal
    raise AssertionError(f"{name} took {str(payload)[:300]} and gave {outcome.value}")


# -- values that no field takes


@on_one_engine
@each_command
def test_a_wrong_value_is_refused_by_its_field(empty: Office, handled: Handled) -> None:
    before = fingerprint(empty)
    right = worked_example(handled.command)
    for spec in fields_of(handled.command):
        for value in wrong(spec):
            refusal = refusal_of(empty, handled.name, {**right, spec.name: value})
            assert isinstance(refusal, Invalid), f"{spec.name}={value!r:.80}: {refusal.code}"
            fields = {fault.field.split(".")[0] for fault in refusal.faults}
            assert fields == {spec.name}, f"{spec.name}={value!r:.80} refused as {fields}"
    assert changed(before, fingerprint(empty)) == set()


@on_one_engine
@each_command
def test_a_wrong_payload_is_refused(empty: Office, handled: Handled) -> None:
    before = fingerprint(empty)
    required = {spec.name for spec in fields_of(handled.command) if spec.required}
    payloads: list[Any] = [{"nonsense": 1}, {"": None, "\x00": 1}, {"command_id": new_id(), "__class__": "x"}]
    if required:
        payloads.append({})
    for payload in payloads:
        refusal = refusal_of(empty, handled.name, payload)
        assert isinstance(refusal, Invalid)
        assert {f.field for f in refusal.faults} == set(payload) | required
    assert changed(before, fingerprint(empty)) == set()


@pytest.mark.parametrize("name", ["sales.nonsense", "", "nonsense", "sales.", "../x", "a" * 10_000])
def test_a_command_that_nobody_has_is_refused(empty: Office, name: str) -> None:
    assert isinstance(refusal_of(empty, name, {}), Missing)


# -- values that look right and belong to nothing


def _refs(command: type[Command | Part]) -> Iterator[tuple[str, str]]:
    """Names and tables of the required fields that refer to something."""
    for spec in fields_of(command):
        if isinstance(spec.kind, Ref) and spec.required:
            yield spec.name, spec.kind.table
        if spec.part is not None and spec.least_rows:
            yield from _refs(spec.part)


REFERRING = tuple(handled for handled in COMMANDS if any(_refs(handled.command)))


@pytest.mark.parametrize("handled", REFERRING, ids=lambda h: h.name)
def test_keys_of_nothing_are_refused(barren: Office, handled: Handled) -> None:
    """All commands share one company: what is refused changes nothing in it, which every one of them proves."""
    before = fingerprint(barren)
    for full in (True, False):
        payload = worked_example(handled.command, full=full)
        refusal = refusal_of(barren, handled.name, payload)
        assert refusal.code != "kernel.guard", refusal.params
        assert changed(before, fingerprint(barren)) <= MAY_CHANGE


# -- right keys with values at the edge, stale versions, people of another branch


class Records:
    """Keys of what stands in a company, by table."""

    def __init__(self, office: Office) -> None:
        self.by_table: dict[str, list[str]] = {}
        with office.store.engine.connect() as connection:
            for name, model in models_of(MODULES).items():
                if "id" in table_of(model).c:
                    ids = connection.execute(select(table_of(model).c.id).limit(400)).scalars()
                    self.by_table[name] = [str(key).replace("-", "") for key in ids]

    def some(self, table: str, turn: int) -> str:
        """One of the keys, another one each turn."""
        found = self.by_table.get(table) or [new_id()]
        return found[turn * 7 % len(found)]

    def payload(self, command: type[Command | Part], turn: int, edge: bool = False) -> dict[str, Any]:
        """A payload whose keys exist; at the `edge` its other values are the largest a field takes."""
        out: dict[str, Any] = {}
        for spec in fields_of(command):
            if isinstance(spec.kind, Version):
                continue
            if spec.part is not None:
                rows = 2 if turn % 2 else max(1, spec.least_rows)
                out[spec.name] = [self.payload(spec.part, turn + n, edge) for n in range(rows)]
            elif isinstance(spec.kind, Ref):
                out[spec.name] = self.some(spec.kind.table, turn)
            elif spec.required or (turn + len(spec.name)) % 2:
                out[spec.name] = _edge(spec) if edge else worked_example(command)[spec.name]
        return out


@pytest.fixture(scope="module")
def stranger(sample_copy: Office, records: Records) -> str:
    """Somebody who may do everything, at another branch, which came after the records."""
    branch = sample_copy.do("company.add_branch", code="9", name="Filial Norte").value["id"]
    sample_copy.do("company.add_person", login="stranger", name="X", roles=["administrator"], branch_id=branch)
    return "stranger"


def _edge(spec: FieldSpec) -> Any:
    kind = spec.kind
    if isinstance(kind, Text):
        return ("\U0001f6d2'\"%_\\;" * kind.most)[: kind.most]
    if isinstance(kind, Number):
        return format(kind.most, "f")
    if isinstance(kind, Whole):
        return kind.most
    if isinstance(kind, Choice):
        return kind.options[-1]
    if isinstance(kind, Codes):
        return ["x" * 80] * kind.most
    assert kind is not None
    return fitting(kind)


@pytest.fixture(scope="module")
def records(sample_copy: Office) -> Records:
    return Records(sample_copy)


@each_command
@pytest.mark.parametrize("edge", [False, True], ids=["plain", "edge"])
def test_real_keys_with_any_values_end_in_an_outcome_or_a_refusal(
    sample_copy: Office, records: Records, handled: Handled, edge: bool
) -> None:
    before = fingerprint(sample_copy)
    for turn in range(6):
        try:
            sample_copy.do((handled.name, records.payload(handled.command, turn, edge)))
        except Refusal as refusal:
            told(refusal)
            assert changed(before, fingerprint(sample_copy)) <= MAY_CHANGE, refusal.code
        else:
            before = fingerprint(sample_copy)


VERSIONED = tuple(h for h in COMMANDS if any(isinstance(spec.kind, Version) for spec in fields_of(h.command)))


@pytest.mark.parametrize("handled", VERSIONED, ids=lambda h: h.name)
def test_a_stale_version_is_refused(sample_copy: Office, records: Records, handled: Handled) -> None:
    before = fingerprint(sample_copy)
    for turn in range(4):
        payload = {**records.payload(handled.command, turn), "version": 999_999}
        refusal = refusal_of(sample_copy, handled.name, payload)
        assert refusal.code != "kernel.guard"
        assert changed(before, fingerprint(sample_copy)) <= MAY_CHANGE


@functools.cache
def kept_to_a_branch() -> frozenset[str]:
    """Tables whose rows belong to one branch: they say so, or hang on a table that does."""
    tables = {name: table_of(model) for name, model in models_of(MODULES).items()}
    found = {n for n, m in models_of(MODULES).items() if m.__rights__.rows == "branch" and n != "branch"}
    while True:
        more = {n for n, t in tables.items() if any(k.column.table.name in found for k in t.foreign_keys)} - found
        if not more:
            return frozenset(found)
        found |= more


BOUND = tuple(
    handled
    for handled in COMMANDS
    if any(isinstance(s.kind, Ref) and s.kind.table in kept_to_a_branch() for s in fields_of(handled.command))
)


@pytest.mark.parametrize("handled", BOUND, ids=lambda h: h.name)
def test_people_of_another_branch_change_nothing_here(
    sample_copy: Office, records: Records, stranger: str, handled: Handled
) -> None:
    with company.acting(sample_copy, stranger):
        for turn in range(MOST_TRIES):
            payload: Mapping[str, Any] = records.payload(handled.command, turn)
            refusal_of(sample_copy, handled.name, payload)
