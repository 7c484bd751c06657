"""Imports taken back in any order: what a person has changed since stays, what was taken back may come again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.headless import Office
from retaguarda.kernel.imports import profiles_named
from tests.helpers.company import refused

PROFILES = """
file = "bens.csv"
[profiles.products]
command = "catalog.add_product"
key = "cod"
[profiles.products.fields]
code = "cod"
name = "nome"
gtin = "barras"
[profiles.discontinued]
command = "catalog.archive_product"
key = "cod"
leaves_out = { fora = ["n"] }
[profiles.discontinued.fields]
product_id = { column = "cod", brought_by = "loja.products" }
"""
CLIENTS = """
command = "party.add_party"
file = "clientes.csv"
key = "cod"
[fields]
name = "nome"
tax_id = "cnpj"
customer = { value = true }
"""
POINTS = """
command = "purchasing.set_reorder_point"
file = "pontos.csv"
key = "cod"
[fields]
product_id = { column = "cod", brought_by = "loja.products" }
minimum_quantity = { column = "de", as = "number" }
maximum_quantity = { column = "ate", as = "number" }
"""
GTIN = "7891000100103"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, profile in (("loja", PROFILES), ("clientes", CLIENTS), ("pontos", POINTS)):
        (tmp_path / f"{name}.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "bens.csv").write_text(f"cod,nome,barras,fora\n1,Vela,,n\n2,Sal,{GTIN},s\n", encoding="utf-8")
    (tmp_path / "clientes.csv").write_text("cod,nome,cnpj\n1,Alfa,11222333000181\n", encoding="utf-8")
    (tmp_path / "pontos.csv").write_text("cod,de,ate\n1,5,10\n2,6,12\n", encoding="utf-8")
    return tmp_path


def bring(office: Office, folder: Path, name: str) -> dict[str, Any]:
    """What came in, by profile: how many, and the batch."""
    told = importing.bring_all(office, name, profiles_named(name, folder), folder)
    return {one["profile"].rpartition(".")[2]: one for one in told.get("profiles", (told,))}


def products(office: Office) -> dict[str, bool]:
    """By code, whether it is on sale."""
    return {row.code: not row.archived for row in office.show("catalog.products").rows}


def found(office: Office, code: str) -> list[str]:
    """What is sold under a code."""
    return [row.name for row in office.show("catalog.products_to_sell", {"code": code}).rows]


def undo(office: Office, batch: str) -> None:
    office.do("imports.undo_batch", batch_id=batch)


@pytest.mark.parametrize("order", [("products", "discontinued"), ("discontinued", "products")])
def test_products_and_those_out_of_sale_are_taken_back_in_any_order(
    office: Office, folder: Path, order: tuple[str, ...]
) -> None:
    told = bring(office, folder, "loja")
    assert products(office) == {"1": True, "2": False}
    for name in order:
        undo(office, told[name]["batch"])
    assert products(office) == {"1": False, "2": False}
    assert office.check() == []
    again = bring(office, folder, "loja")
    assert [again[name]["recorded"] for name in ("products", "discontinued")] == [2, 1]
    assert again["products"]["products"] == 2
    assert sorted((row.code, row.archived) for row in office.show("catalog.products").rows) == [
        ("1", False), ("1", True), ("2", True), ("2", True),
    ]  # fmt: skip
    assert (found(office, "1"), found(office, "2")) == (["Vela"], [])
    assert office.check() == []


def test_what_a_person_has_put_away_since_stays_away(office: Office, folder: Path) -> None:
    told = bring(office, folder, "loja")
    key = next(row.id for row in office.show("catalog.products").rows if row.code == "2")
    office.do("catalog.restore_product", product_id=key)
    office.do("catalog.archive_product", product_id=key)
    undo(office, told["discontinued"]["batch"])
    assert products(office) == {"1": True, "2": False}


def test_those_out_of_sale_alone_come_back_with_their_codes(office: Office, folder: Path) -> None:
    told = bring(office, folder, "loja")
    undo(office, told["discontinued"]["batch"])
    assert products(office) == {"1": True, "2": True}
    assert (found(office, "2"), found(office, GTIN)) == (["Sal"], ["Sal"])


def test_a_product_that_was_taken_back_is_restored_with_its_code_if_it_is_free(office: Office, folder: Path) -> None:
    undo(office, bring(office, folder, "loja")["products"]["batch"])
    first, second = sorted(office.show("catalog.products").rows, key=lambda row: row.code)
    office.do("catalog.restore_product", product_id=first.id)
    assert (found(office, "1"), products(office)) == (["Vela"], {"1": True, "2": False})
    office.do("catalog.add_product", code="2", name="Outro")
    with refused(office, "catalog.restore_product.code_taken"):
        office.do("catalog.restore_product", product_id=second.id)
    assert found(office, "2") == ["Outro"]
    assert office.check() == []


def test_a_code_that_another_has_by_now_stays_with_it(office: Office, folder: Path) -> None:
    undo(office, bring(office, folder, "loja")["products"]["batch"])
    sal = next(row.id for row in office.show("catalog.products").rows if row.code == "2")
    office.do("catalog.add_product", code="9", name="Outro", gtin=GTIN)
    office.do("catalog.restore_product", product_id=sal)
    assert (found(office, "2"), found(office, GTIN)) == (["Sal"], ["Outro"])
    assert office.check() == []


def test_customers_taken_back_come_again_and_who_is_restored_beside_them_is_asked_about(
    office: Office, folder: Path
) -> None:
    undo(office, bring(office, folder, "clientes")["clientes"]["batch"])
    again = bring(office, folder, "clientes")["clientes"]
    assert (again["recorded"], again["customers"], again["findings"]) == (1, 1, [])
    first = next(row for row in office.show("party.parties", {"customer": True}).rows if row.archived)
    with refused(office, "party.same_tax_id"):
        office.do("party.restore_party", party_id=first.id)
    office.do("party.restore_party", accept=["party.same_tax_id"], party_id=first.id)
    assert [row.archived for row in office.show("party.parties", {"customer": True}).rows] == [False, False]


def points(office: Office) -> dict[str, tuple[int, int]]:
    """What is bought again, by code: from how many on, up to how many."""
    codes = {row.id: row.code for row in office.show("catalog.products").rows}
    return {
        codes[row.product_id]: (int(row.minimum_quantity), int(row.maximum_quantity))
        for row in office.show("purchasing.reorder_points").rows
        if row.active
    }


def test_a_reorder_point_is_again_as_it_was_before_its_import(office: Office, folder: Path) -> None:
    told = bring(office, folder, "loja")
    undo(office, told["discontinued"]["batch"])
    vela, sal = (row.id for row in office.show("catalog.products", sort="code").rows)
    office.do("purchasing.set_reorder_point", product_id=vela, minimum_quantity="1", maximum_quantity="2", lead_days=3)
    first = bring(office, folder, "pontos")["pontos"]["batch"]
    assert points(office) == {"1": (5, 10), "2": (6, 12)}
    undo(office, first)
    assert points(office) == {"1": (1, 2)}
    assert [row.lead_days for row in office.show("purchasing.reorder_points").rows if row.active] == [3]
    second = bring(office, folder, "pontos")["pontos"]["batch"]
    assert points(office) == {"1": (5, 10), "2": (6, 12)}
    office.do("purchasing.set_reorder_point", product_id=sal, minimum_quantity="7", maximum_quantity="8")
    undo(office, second)
    assert points(office) == {"1": (1, 2), "2": (7, 8)}
    assert office.check() == []
