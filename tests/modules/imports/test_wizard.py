"""The import of a file step by step, without a window: what is refused, what is found, what stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.app.import_desk import ImportDesk
from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.imports import profiles_named
from retaguarda.kernel.imports.mapping import mapped_in, proposed
from retaguarda.kernel.imports.port import Looked
from retaguarda.kernel.imports.source import Spelling
from retaguarda.kernel.screen.import_choices import name_for, preview
from retaguarda.kernel.text import Texts
from tests.helpers.company import contents, copy_sqlite, open_as
from tests.helpers.desk import Desk

US = {"encoding": "utf_8", "delimiter": "semicolon", "decimal": "comma", "dates": "mdy"}
KINDS = {kind.name: kind for kind in book().import_kinds(book().screen("imports.wizard"))}


def wizard(office: Office, folder: Path) -> tuple[Desk, Any]:
    texts = Texts(office.actor.language, zone=ZoneInfo(office.facts().zone))
    desk = Desk(office, book(), texts)
    desk.seat.importing = ImportDesk(office, folder / "profiles")
    return desk, desk.open("imports.wizard")


def bring(office: Office, folder: Path, kind: str, rows: str, **choices: str) -> tuple[Desk, Any]:
    """A file chosen and said how to read, as far as its columns."""
    path = folder / f"{kind.rpartition('.')[2]}.csv"
    path.write_text(rows, encoding="utf-8")
    desk, state = wizard(office, folder)
    desk.call(lambda: state.choose(kind=kind, path=str(path), **{**US, **choices}))
    desk.press("go_on")
    return desk, state


def test_one_of_five_columns_is_no_mapping(office: Office, tmp_path: Path) -> None:
    before = contents(office)
    desk, state = bring(office, tmp_path, "catalog.barcodes", "a;b;c;d;e\n1;2;3;4;5\n")
    assert state.columns == {}
    desk.call(lambda: state.set_column("code", "a"))
    desk.press("go_on")
    assert (state.step, state.faults["product_id"].code) == ("columns", "imports.wizard.field_lacks")
    desk, state = bring(office, tmp_path, "party.customers", "cliente;b;c;d;e\nBar do Zé;2;3;4;5\n")
    desk.press("go_on")
    assert (state.step, state.banner.text.code) == ("columns", "imports.wizard.one_column")
    assert state.banner.text.params == {"n": 5, "columns": "b, c, d, e"}
    assert contents(office) == before
    assert not (tmp_path / "profiles").exists()


def test_prices_of_products_that_are_here_by_american_days(office: Office, tmp_path: Path) -> None:
    office.do("catalog.add_product", code="A1", name="Martelo", price="10.00")
    rows = "preço novo;vigência;sku\n1.012,50;12/31/2026;A1\n1,00;31/12/2026;A1\n2,00;12/31/2026;ZZ\n"
    desk, state = bring(office, tmp_path, "catalog.prices", rows)
    assert state.columns == {"product_id": "sku", "price": "preço novo", "valid_from": "vigência"}
    before = contents(office)
    desk.press("go_on")
    assert contents(office) == before
    found = [(one.row, one.field, one.value, one.reason) for one in state.checked.findings]
    assert found == [(3, "vigência", "31/12/2026", "imports.not_day"), (4, "sku", "ZZ", "imports.not_found")]
    desk.press("go_on")
    assert (state.came.recorded, state.came.left_out, state.goes_back) == (1, 2, True)
    prices = {str(row.valid_from): str(row.price) for row in office.show("catalog.prices").rows}
    assert prices["2026-12-31"] == "1012.5000"
    desk, state = bring(office, tmp_path, "catalog.prices", rows)
    after = contents(office)
    desk.press("go_on")
    assert (state.checked.recorded, state.checked.known, state.checked.left_out) == (0, 1, 2)
    assert state.reason_of("go_on").code == "imports.wizard.nothing_comes"
    assert contents(office) == after
    assert office.check() == []


def test_of_two_rows_with_one_key_the_first_comes_in(office: Office, tmp_path: Path) -> None:
    rows = "sku;nome;un\nB1;Serra;UN\nB1;Serrote;UN\nB2;Lixa;XYZ\n"
    desk, state = bring(office, tmp_path, "catalog.products", rows)
    desk.press("go_on")
    assert [(one.row, one.reason) for one in state.checked.findings] == [
        (3, "imports.changed_since"), (4, "catalog.unknown_unit"),
    ]  # fmt: skip
    desk.press("go_on")
    assert [row.name for row in office.show("catalog.products", {"code": "B1"}).rows] == ["Serra"]
    office.do("catalog.add_unit", code="XYZ", name="Xis", decimals=0)
    desk, state = bring(office, tmp_path, "catalog.products", rows)
    desk.press("go_on")
    assert [(one.row, one.reason) for one in state.checked.findings] == [
        (3, "imports.refused_before"), (4, "imports.refused_before"),
    ]  # fmt: skip


@pytest.fixture
def here(sqlite_template: Path, tmp_path: Path) -> Iterator[Office]:
    office = open_as(copy_sqlite(sqlite_template, tmp_path / "company.db"))
    yield office
    office.close()


def test_what_is_chosen_is_kept_as_a_profile_and_taken_again(here: Office, tmp_path: Path) -> None:
    rows = "sku;nome\nC1;Serra\n"
    desk, state = bring(here, tmp_path, "catalog.products", rows)
    state.set_name("Meus Produtos!")
    desk.press("go_on")
    (kept,) = profiles_named("meus_produtos", tmp_path / "profiles")
    mapped = mapped_in(kept, tuple(KINDS.values()))
    assert mapped is not None
    assert (mapped.kind.name, dict(mapped.columns)) == ("catalog.products", {"code": "sku", "name": "nome"})
    desk, state = wizard(here, tmp_path)
    desk.call(lambda: state.take_saved("meus_produtos"))
    assert state.choice.kind == "catalog.products"
    assert {name: getattr(state.choice, name) for name in US} == US
    assert state.columns == {"code": "sku", "name": "nome"}
    desk, state = bring(here, tmp_path, "catalog.barcodes", "sku;ean\nC1;7891234567895\n")
    state.set_name("meus_produtos")
    desk.press("go_on")
    assert (state.step, state.faults["mapping"].code) == ("columns", "imports.wizard.name_taken")


def test_a_file_that_cannot_be_read_says_so_beside_its_field(here: Office, tmp_path: Path) -> None:
    desk, state = bring(here, tmp_path, "catalog.products", "\n")
    assert (state.step, state.faults["path"].code) == ("file", "imports.no_heading")
    desk.call(lambda: state.choose(path=str(tmp_path / "gone.csv")))
    assert state.faults["path"].code == "imports.file_missing"


def test_who_may_not_is_offered_nothing_and_let_do_nothing(here: Office, tmp_path: Path) -> None:
    _desk, state = bring(here, tmp_path, "catalog.products", "sku;nome\nC1;Serra\n")
    profile = state.mapped.profile()
    here.actor = replace(here.actor, permissions=frozenset({"imports.open_batch"}))
    assert Desk(here, book()).open("imports.wizard").kinds == ()
    with pytest.raises(Forbidden):
        ImportDesk(here, tmp_path).check(profile, tmp_path, 1)


def test_the_preview_says_what_is_understood_and_what_is_not() -> None:
    looked = Looked(
        heading=("sku", "preço", "vigência"), rows=((2, ("A1", "1.234,5", "2/3/2026")), (3, ("", "x"))), count=2
    )
    kind = KINDS["catalog.prices"]
    columns = {"product_id": "sku", "price": "preço", "valid_from": "vigência"}
    rows = preview(looked, kind, columns, Spelling(decimal=",", dates="mdy"))
    assert [[str(cell.value) for cell in cells] for _, cells in rows] == [["A1", "1234.5", "2026-02-03"], ["", "x"]]
    assert [cell.reason for cell in rows[1][1]] == ["", "imports.not_number"]


def test_headings_say_where_columns_go_in_both_languages() -> None:
    said = ("Descrição do item", "cod_barras", "SKU", "", "Unit price")
    assert proposed(said, KINDS["catalog.products"]) == {
        "code": "SKU", "gtin": "cod_barras", "name": "Descrição do item", "price": "Unit price",
    }  # fmt: skip
    assert name_for("Preços do depósito nº 2.csv") == "precos_do_deposito"
    assert name_for("2026!") == ""


def test_customers_with_their_address_and_the_kind_in_their_own_words(here: Office, tmp_path: Path) -> None:
    rows = "Cod;Nome fantasia;Tipo;CPF/CNPJ;Endereço;Nº;Município;UF;CEP;Celular\n" + (
        "7;Bar do Zé;PJ;;Rua das Flores;12;São Paulo;SP;01001-000;11987654321\n"
        "8;Maria Lima;Pessoa Física;529.982.247-25;;;;;;\n9;João;PX;;;;;;;\n"
    )
    desk, state = bring(here, tmp_path, "party.customers", rows)
    assert state.mapped.key == "Cod"
    desk.press("go_on")
    assert [(one.row, one.field, one.reason) for one in state.checked.findings if one.row in state.checked.out] == [
        (4, "Tipo", "imports.unknown_code")
    ]
    desk.press("go_on")
    found = {row.name: row for row in here.show("party.customers").rows}
    assert (found["Bar do Zé"].kind, found["Bar do Zé"].city) == ("company", "São Paulo")
    assert (found["Maria Lima"].kind, bool(found["Maria Lima"].tax_id)) == ("person", True)
    assert "João" not in found
    desk.press("undo")
    desk.answer("go")
    assert state.undone
    assert not {"Bar do Zé", "Maria Lima"} & {
        row.name for row in here.show("party.customers", {"archived": False}).rows
    }


def test_suppliers_prices_find_the_supplier_by_name_and_the_product_by_code(here: Office, tmp_path: Path) -> None:
    here.do("party.add_party", name="Aços Lima", supplier=True)
    here.do("catalog.add_product", code="Q1", name="Chapa", price="10.00")
    rows = (
        "item;fornecedor;sku;custo;prazo;data\n1;Aços Lima;Q1;1.234,50;7;12/31/2026\n2;Ninguém;Q1;1,00;7;12/31/2026\n"
    )
    desk, state = bring(here, tmp_path, "purchasing.supplier_prices", rows)
    desk.press("go_on")
    assert [(one.row, one.field, one.reason) for one in state.checked.findings] == [
        (3, "fornecedor", "imports.not_found")
    ]
    desk.press("go_on")
    assert (state.came.recorded, state.goes_back) == (1, True)
    (price,) = here.show("purchasing.supplier_prices", limit=5).rows
    assert (str(price.unit_price), price.lead_days, str(price.valid_from)) == ("1234.5000", 7, "2026-12-31")
