"""What was found about a row is said in the words of forms and files."""

from __future__ import annotations

import pytest

from retaguarda.app.compose import registry
from retaguarda.kernel.command import FieldSpec, fields_of
from retaguarda.kernel.imports.telling import FoundAt, reason_of
from retaguarda.kernel.text import Texts
from retaguarda.modules.imports.rules import TAKEN_BACK

SAID_BY_THE_PROGRAM = {"version", "accept"}
"""Fields that no file fills."""
PAST = "process.record_past_case"


@pytest.mark.parametrize(
    ("command", "field", "reason", "said"),
    [
        (PAST, "items.2.price", "kernel.too_large", "Itens 2: Preço"),
        (PAST, "steps.ship", "process.past.step_early", "Etapas: Expedir"),
        (PAST, "items", "process.past.no_items", "Itens"),
        (PAST, "items", "imports.not_number", "items"),
        (PAST, "nothing.1.of", "kernel.required", "nothing 1: of"),
        ("party.add_party", "addresses.1.state", "kernel.required", "Endereços 1: UF"),
        ("party.add_party", "", "party.no_role", ""),
    ],
)
def test_a_place_is_called_as_the_file_or_the_form_calls_it(command: str, field: str, reason: str, said: str) -> None:
    texts = Texts("pt_BR")
    assert FoundAt(command, field, reason).said(texts) == said
    assert texts.write(FoundAt(command, field, reason)) == said


def test_a_reason_begins_with_its_place() -> None:
    told = reason_of(Texts("en"), PAST, "steps.ship", "process.past.step_early", {})
    assert told == f"Steps: Ship: {Texts('en').say('process.past.step_early')}"


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("name", TAKEN_BACK)
def test_every_field_that_an_import_fills_is_called_something(name: str, language: str) -> None:
    texts, command = Texts(language), registry().commands[name].command

    def unsaid(specs: tuple[FieldSpec, ...], path: str) -> list[str]:
        found = []
        for spec in specs:
            place = f"{path}{spec.name}"
            called = FoundAt(name, place, "").said(texts).rpartition(": ")[2]
            if called == spec.name and spec.name not in SAID_BY_THE_PROGRAM:
                found.append(place)
            found += unsaid(fields_of(spec.part), f"{place}.1.") if spec.part else []
        return found

    assert unsaid(fields_of(command), "") == []
