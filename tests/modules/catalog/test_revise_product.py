"""Revising a product: codes follow, search follows, stock loses no fraction."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.catalog.goods import GTIN, add_product


def revise(office: Office, key: str, **more: Any) -> Any:
    payload = {"product_id": key, "code": "A4-75", "name": "Papel A4 75 g", "unit_code": "UN", **more}
    return office.do(("catalog.revise_product", payload))


def test_name_unit_and_notes_change(office: Office) -> None:
    key = add_product(office, gtin=GTIN, note="velho")
    (row,) = revise(office, key, name="Papel sulfite", unit_code="kg", tax_code="T2", version=1).rows
    assert (row.name, row.unit_code, row.tax_code, row.note, row.version) == ("Papel sulfite", "KG", "T2", None, 2)
    assert [r.id for r in office.show("catalog.products", {"search": "sulfite 7891"}).rows] == [key]
    assert office.show("catalog.products", {"search": "A4 75 g"}).rows == ()


def test_the_code_it_had_may_go_to_another(office: Office) -> None:
    key = add_product(office)
    revise(office, key, code="sulf-75")
    assert office.show("catalog.products_to_sell", {"code": "A4-75"}).rows == ()
    assert office.show("catalog.products_to_sell", {"code": "SULF-75"}).rows[0].id == key
    other = add_product(office, "A4-75", "Outro")
    assert office.show("catalog.products_to_sell", {"code": "A4-75"}).rows[0].id == other
    with refused(office, "catalog.code_taken"):
        revise(office, key)


def test_its_own_bar_code_becomes_the_main_code(office: Office) -> None:
    key = add_product(office, gtin=GTIN)
    assert revise(office, key, code=GTIN).rows[0].code == GTIN
    assert [c.code for c in office.show("catalog.codes", {"active": True}).rows] == [GTIN]


def test_what_cannot_be_is_refused(office: Office) -> None:
    key = add_product(office, unit_code="KG")
    with refused(office, "catalog.unit_coarser"):
        revise(office, key, unit_code="UN")
    with refused(office, "catalog.unknown_unit"):
        revise(office, key, unit_code="XX")
    with refused(office, "kernel.missing"):
        revise(office, new_id())
    revise(office, key, unit_code="KG", version=1)
    with refused(office, "kernel.stale"):
        revise(office, key, unit_code="KG", version=1)
