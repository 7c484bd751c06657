"""The catalogue: parameters by written kind, plural, refusals, what is missing; and the files themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import LANGUAGES, MissingText, Texts
from retaguarda.kernel.text.catalogue import WRITTEN_KINDS, Entry, read_catalogue

NBSP = "\u00a0"
PT = """
"shop.hello" = "Olá, {name}!"
"shop.short" = { cause = "Faltam {missing:quantity} de {product}.", action = "Escolha outra data." }
"shop.found" = { zero = "nenhum pedido", one = "{n} pedido", other = "{n:number} pedidos" }
"shop.due" = "{total:amount} até {due_on:day}, pago {paid_at:instant}"
"shop.state" = "Situação: {state:code}"
"shop.back" = "Voltou: {reason:words}."
"shop.state.held" = "retido"
"""
EN = """
"shop.hello" = "Hello, {name}!"
"shop.short" = { cause = "{missing:quantity} of {product} missing.", action = "Choose another date." }
"shop.found" = { one = "{n} order", other = "{n:number} orders" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.pt_BR.toml").write_text(PT, encoding="utf-8")
    (tmp_path / "shop.en.toml").write_text(EN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def pt(folder: Path) -> Texts:
    return Texts("pt_BR", zone=ZoneInfo("America/Sao_Paulo"), strict=True, folder=folder)


def test_each_language_says_its_own(pt: Texts, folder: Path) -> None:
    assert pt.say("shop.hello", name="Ana") == "Olá, Ana!"
    assert Texts("en", folder=folder).say("shop.hello", name="Ana") == "Hello, Ana!"


@pytest.mark.parametrize("missing", [Decimal("3.5000"), "3.5000"])
def test_a_refusal_reads_the_same_typed_and_from_json(pt: Texts, missing: object) -> None:
    assert pt.cause("shop.short", missing=missing, product="Café") == "Faltam 3,5 de Café."
    assert pt.action("shop.short") == "Escolha outra data."
    assert pt.say("shop.short", missing=missing, product="Café") == "Faltam 3,5 de Café. Escolha outra data."
    assert pt.action("shop.hello") == ""


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "nenhum pedido"), (1, "1 pedido"), (2, "2 pedidos"), ("1200", "1.200 pedidos")]
)
def test_plural(pt: Texts, n: object, expected: str) -> None:
    assert pt.say("shop.found", n=n) == expected


def test_english_zero_is_plural(folder: Path) -> None:
    assert Texts("en", folder=folder).say("shop.found", n=0) == "0 orders"


def test_values_are_written_by_their_kind(pt: Texts) -> None:
    at = dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC)
    expected = f"R${NBSP}1.234,50 até qua 25/11, pago 25/11/2026 12:00"
    assert pt.say("shop.due", total="1234.5", due_on="2026-11-25", paid_at=at.isoformat()) == expected
    assert pt.say("shop.due", total=Decimal("1234.5"), due_on=dt.date(2026, 11, 25), paid_at=at) == expected


@pytest.mark.parametrize(
    ("said", "inside", "alone"),
    [
        ("Caixa amassada.", "Caixa amassada", "Caixa amassada."),
        ("shop.state.held", "retido", "retido"),
        ("shop.unknown", "shop.unknown", "shop.unknown"),
        ("../shop.state", "../shop.state", "../shop.state"),
        ("a" * 300, "a" * 300, "a" * 300),
    ],
)
def test_words_are_as_typed_and_a_code_in_their_place_is_said(pt: Texts, said: str, inside: str, alone: str) -> None:
    assert pt.say("shop.back", reason=said) == f"Voltou: {inside}."
    assert pt.words(said) == alone


def test_a_parameter_can_be_a_code(pt: Texts) -> None:
    assert pt.say("shop.state", state="shop.state.held") == "Situação: retido"


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (Decimal("2.50"), "", "2,5"),
        (2026, "", "2026"),
        (2026, "number", "2.026"),
        (dt.date(2026, 1, 2), "", "02/01/2026"),
        (dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC), "", "02/01/2026 00:00"),
        (dt.time(9, 5), "", "09:05"),
        (dt.timedelta(hours=2), "", f"2{NBSP}h"),
        (True, "", "sim"),
        (None, "amount", "—"),
        (["a", "b"], "", "a, b"),
        (["1.5", "2"], "quantity", "1,5; 2"),
        ("0.05", "percent", "5%"),
        ("0.0475", "price", f"R${NBSP}0,0475"),
        ("2026-01-02", "long_day", "sex, 2 de janeiro"),
        ("2026-01-02T15:00:00+00:00", "time", "12:00"),
        (7200, "duration", f"2{NBSP}h"),
        (7200, "age", f"há 2{NBSP}h"),
        ("x", "unheard_of", "x"),
    ],
)
def test_write(pt: Texts, value: object, kind: str, expected: str) -> None:
    assert pt.write(value, kind) == expected


def test_what_is_missing_fails_in_tests_and_shows_its_code_in_production(pt: Texts, folder: Path) -> None:
    shown = Texts("pt_BR", folder=folder)
    assert not pt.has("shop.nothing")
    assert not pt.has("other.nothing")
    for ask in (pt.say, pt.cause, pt.action):
        with pytest.raises(MissingText):
            ask("shop.nothing")
    assert shown.say("shop.nothing") == shown.cause("shop.nothing") == shown.action("shop.nothing") == "shop.nothing"
    with pytest.raises(MissingText, match="needs name"):
        pt.say("shop.hello")
    with pytest.raises(MissingText, match="needs n"):
        pt.say("shop.found")
    assert shown.say("shop.hello") == "Olá, —!"


@pytest.mark.parametrize("wrong", ["3", '{ one = "a" }', '{ cause = "a" }', '{ one = "a", other = "b", many = "c" }'])
def test_an_entry_of_unknown_form_is_named(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "shop.en.toml"
    file.write_text(f'"shop.code" = {wrong}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"shop\.en\.toml: shop\.code"):
        read_catalogue(file)


I18N = find_resource("resources", "i18n")
MODULES = sorted({path.name.partition(".")[0] for path in I18N.glob("*.toml")})


def test_the_help_of_a_command_stands_in_the_file_of_its_module_and_nowhere_else(folder: Path) -> None:
    (folder / "loans.en.toml").write_text('"help.loans.lend" = "Lends."', encoding="utf-8")
    (folder / "help.en.toml").write_text('"help.shop.buy" = "Buys."', encoding="utf-8")
    texts = Texts("en", folder=folder)
    assert texts.say("help.loans.lend") == "Lends."
    assert not texts.has("help.shop.buy")
    assert "help" not in MODULES


@pytest.mark.parametrize("module", MODULES)
def test_both_languages_say_the_same_codes_with_the_same_parameters(module: str) -> None:
    pt, en = (read_catalogue(I18N / f"{module}.{language}.toml") for language in LANGUAGES)
    assert pt.keys() == en.keys()
    for code, entry in pt.items():
        assert code.startswith((f"{module}.", f"help.{module}.")), f"{code} belongs in another file"
        assert _shape(entry) == _shape(en[code]), f"{code} differs between the languages"
        for form in _forms_of(entry) + _forms_of(en[code]):
            assert form == form.strip() != "", f"{code} is empty or has outer spaces"
        assert {kind for _, kind in entry.places()} <= WRITTEN_KINDS | {""}, f"{code} has an unknown written kind"


def _shape(entry: Entry) -> tuple[bool, set[tuple[str, str]]]:
    return entry.action is None, entry.places()


def _forms_of(entry: Entry) -> list[str]:
    return [*entry.text.values(), *(entry.action or {}).values()]
