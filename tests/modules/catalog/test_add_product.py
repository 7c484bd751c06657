"""Adding products: codes belong to one product, the unit exists, the price holds from today."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from retaguarda.app.headless import Office
from retaguarda.modules.catalog import api
from tests.helpers.company import acting, refused
from tests.modules.catalog.goods import GTIN, add_product


def test_a_product_is_found_by_name_and_every_code(office: Office) -> None:
    key = add_product(office, "a4-75", "Papel São José", gtin=" 789 1000 100103 ", price="25.90", tax_code="T1")
    row = office.one("catalog.products", key)
    assert (row.code, row.gtin, row.unit_code, row.kind, row.tax_code) == ("A4-75", GTIN, "UN", "stock", "T1")
    assert (row.price, row.price_since) == (Decimal("25.90"), dt.date(2026, 11, 23))
    for code in (GTIN, "A4-75"):
        (found,) = office.show("catalog.products_to_sell", {"code": code}).rows
        assert (found.id, found.price, found.list_name, found.decimals) == (key, Decimal("25.90"), "Tabela padrão", 0)
    for typed in ("sao jose", "PAPEL", "7891000", "a4-"):
        assert [r.id for r in office.show("catalog.product_choices", {"search": typed}).rows] == [key], typed
        assert [r.id for r in office.show("catalog.products_to_find", {"search": typed}).rows] == [key], typed


def test_one_code_for_a_product_whose_own_code_is_its_bar_code(office: Office) -> None:
    key = add_product(office, GTIN, gtin=GTIN)
    assert [c.code for c in office.show("catalog.codes", {"product_id": key}).rows] == [GTIN]


def test_all_faults_are_told_at_once(office: Office) -> None:
    add_product(office, gtin=GTIN)
    with refused(office, "kernel.invalid") as caught:
        add_product(office, "a4-75", gtin=GTIN)
    assert [(f["field"], f["code"]) for f in caught[0].params["faults"]] == [
        ("code", "catalog.code_taken"),
        ("gtin", "catalog.code_taken"),
    ]
    assert caught[0].params["faults"][0]["params"]["product"] == "Papel A4 75 g"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"gtin": "7891000100104"}, "gtin.check_digit"),
        ({"gtin": "789"}, "gtin.length"),
        ({"gtin": "78910001ABCDE"}, "gtin.characters"),
        ({"unit_code": "ZZ"}, "catalog.unknown_unit"),
        ({"price": "-1"}, "kernel.too_small"),
        ({"price": "1.00001"}, "kernel.too_many_digits"),
        ({"price": 1.5}, "kernel.float_refused"),
        ({"kind": "kit"}, "kernel.not_a_choice"),
        ({"name": ""}, "kernel.required"),
        ({"name": "x" * 121}, "kernel.too_long"),
    ],
)
def test_wrong_values_are_refused(office: Office, more: dict[str, object], code: str) -> None:
    with refused(office, code):
        office.do(("catalog.add_product", {"code": "X", "name": "X", **more}))


def test_a_service_is_not_kept_in_stock(office: Office) -> None:
    key = add_product(office, "INST", "Instalação", kind="service", unit_code="h", price="80")
    facts = api.products(office.reads(), [key])[key]
    assert (facts.kept, facts.unit_code, facts.decimals) == (False, "H", 2)
    assert api.quantity_fault(facts, Decimal("1.25"), "quantity") is None
    fault = api.quantity_fault(facts, Decimal("1.255"), "quantity")
    assert fault is not None
    assert fault.code == "catalog.quantity_digits"


def test_sellers_add_no_products(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        add_product(office)
