"""Every code that a person may come to read has its words in both languages, and a test that raises it."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from retaguarda.app.compose import book, registry
from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import CURRENCIES, LANGUAGES, Texts
from retaguarda.kernel.text.catalogue import read_catalogue
from retaguarda.modules.company import rules
from tests.helpers.codes_raised import ALWAYS_KNOWN, Raised, raised
from tests.helpers.screen_codes import codes_of_place, codes_of_screen
from tests.house.tree import sources

each_language = pytest.mark.parametrize("language", LANGUAGES)


@functools.cache
def found() -> tuple[Raised, ...]:
    codes = raised()
    assert len(codes) > 150, "the reader of the source has gone blind"
    declared = [Raised(code, f"the manifest of {m.name}", None) for m in registry().modules for code in m.failures]
    return (*codes, *declared)


@each_language
def test_every_refusal_and_trouble_says_cause_and_action(language: str) -> None:
    texts = Texts(language)
    lacking = {}
    for one in found():
        entry = texts.entry(one.code)
        if entry is None or (entry.action is None and not one.warning):
            lacking[one.code] = one.place
    assert lacking == {}


@each_language
def test_every_permission_and_every_module_that_has_one_is_called_something(language: str) -> None:
    rights = registry().permissions()
    codes = {*rights, *(f"{right.partition('.')[0]}.module" for right in rights)}
    assert sorted(code for code in codes if not Texts(language).has(code)) == []


@each_language
def test_every_text_of_a_refusal_uses_only_what_it_is_given(language: str) -> None:
    texts = Texts(language)
    faults = []
    for one in found():
        entry = texts.entry(one.code)
        if entry is None or one.params is None:
            continue
        unknown = {name for name, _ in entry.places()} - one.params - ALWAYS_KNOWN
        if unknown:
            faults.append(f"{one.place}: {one.code} is not given {', '.join(sorted(unknown))}")
    assert faults == []


def test_every_refusal_and_trouble_has_a_test_that_raises_it() -> None:
    tested = "\n".join(source.text for source in sources("tests") if not source.path.startswith("tests/conformance"))
    untested = {one.code: one.place for one in found() if f'"{one.code}"' not in tested}
    assert untested == {}


@each_language
def test_every_code_of_a_screen_has_a_text(language: str) -> None:
    texts = Texts(language)
    lacking = [code for screen in book() for code in codes_of_screen(book(), screen) if not texts.has(code)]
    lacking += [code for place in book().places for code in codes_of_place(book(), place) if not texts.has(code)]
    assert sorted(set(lacking)) == []


@each_language
def test_every_command_has_its_name_and_help(language: str) -> None:
    texts = Texts(language)
    codes = list(registry().commands)
    if language != "en":  # English help is the docstring
        codes += [f"help.{name}" for name in registry().commands]
    assert [code for code in codes if not texts.has(code)] == []


@each_language
def test_every_document_is_called_something(language: str) -> None:
    """The print centre says the kind: its printer and paper are remembered for it."""
    codes = [f"{name}.kind" for name in registry().documents]
    assert len(codes) > 15
    assert [code for code in codes if not Texts(language).has(code)] == []


@each_language
def test_every_role_and_department_has_its_name(language: str) -> None:
    texts = Texts(language)
    codes = [f"company.role.{code}" for code in rules.ROLES]
    codes += [f"company.department.{code}" for code in rules.DEPARTMENTS]
    assert [code for code in codes if not texts.has(code)] == []


@each_language
def test_every_step_of_a_flow_says_its_purpose_what_it_takes_and_gives(language: str) -> None:
    texts = Texts(language)
    assert [code for code in _step_codes() if not texts.has(code)] == []


def _step_codes() -> Iterator[str]:
    for module in registry().modules:
        for flow in module.flows:
            for step in flow.steps:
                code = f"{module.name}.step.{flow.name}.{step.name}"
                yield from (code, f"{code}.purpose", f"{code}.input", f"{code}.output")


def test_no_help_is_about_a_command_that_is_gone() -> None:
    known = {f"help.{name}" for name in registry().commands}
    for language in LANGUAGES:
        paths = find_resource("resources", "i18n").glob(f"*.{language}.toml")
        helps = [code for path in paths for code in read_catalogue(path) if code.startswith("help.")]
        strangers = [code for code in helps if code not in known]
        assert len(helps) == len(set(helps)), "a command has its help twice"
        assert [code for code in strangers if code.count(".") == 2] == []


@each_language
def test_no_text_names_a_currency(language: str) -> None:
    """It is the company's: an amount that stands alone says it, a heading never does."""
    said = {
        code: form
        for path in find_resource("resources", "i18n").glob(f"*.{language}.toml")
        for code, entry in read_catalogue(path).items()
        for form in (*entry.text.values(), *(entry.action or {}).values())
        if any(symbol in form for symbol in (*CURRENCIES, *CURRENCIES.values()))
    }
    assert said == {}
