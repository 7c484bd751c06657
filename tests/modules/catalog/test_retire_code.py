"""A retired code finds nothing and may be given to another product."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import refused
from tests.modules.catalog.goods import GTIN, add_product


def test_it_goes_to_another(office: Office) -> None:
    key, other = add_product(office, gtin=GTIN), add_product(office, "B", "Outro")
    office.do("catalog.retire_code", product_id=key, code=GTIN, version=1)
    assert office.show("catalog.products_to_sell", {"code": GTIN}).rows == ()
    assert office.show("catalog.products", {"search": GTIN}).rows == ()
    office.do("catalog.add_code", product_id=other, code=GTIN)
    assert office.show("catalog.products_to_sell", {"code": GTIN}).rows[0].id == other
    office.do("catalog.retire_code", product_id=other, code=GTIN)
    office.do("catalog.add_code", product_id=key, code=GTIN)


def test_the_main_code_and_an_unknown_one_stay(office: Office) -> None:
    key = add_product(office, gtin=GTIN)
    with refused(office, "catalog.retire_code.main"):
        office.do("catalog.retire_code", product_id=key, code="a4-75")
    with refused(office, "catalog.code_not_there"):
        office.do("catalog.retire_code", product_id=key, code="XYZ")
    with refused(office, "kernel.stale"):
        office.do("catalog.retire_code", product_id=key, code=GTIN, version=9)
