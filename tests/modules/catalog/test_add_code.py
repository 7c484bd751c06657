"""Further codes: each finds one product."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.modules.catalog import api
from tests.helpers.company import refused
from tests.modules.catalog.goods import GTIN, OTHER_GTIN, add_product


def test_several_gtins_and_own_codes_find_it(office: Office) -> None:
    key = add_product(office, gtin=GTIN)
    office.do("catalog.add_code", product_id=key, code=OTHER_GTIN, version=1)
    (row,) = office.do("catalog.add_code", product_id=key, code="papel-vermelho", kind="own").rows
    assert row.version == 3
    for code in (GTIN, OTHER_GTIN, "PAPEL-VERMELHO", "A4-75"):
        assert [r.id for r in office.show("catalog.products_to_sell", {"code": code}).rows] == [key], code
    assert api.product_by_code(office.reads(), OTHER_GTIN) == key
    assert api.product_by_code(office.reads(), "nada") is None
    assert len(office.show("catalog.products", {"search": "789600"}).rows) == 1


def test_a_code_of_another_a_wrong_one_and_a_double_are_refused(office: Office) -> None:
    key, other = add_product(office, gtin=GTIN), add_product(office, "B", "Outro")
    with refused(office, "catalog.code_taken"):
        office.do("catalog.add_code", product_id=other, code=GTIN)
    with refused(office, "catalog.code_there"):
        office.do("catalog.add_code", product_id=key, code=GTIN)
    with refused(office, "gtin.check_digit"):
        office.do("catalog.add_code", product_id=key, code="7896004000854")
    with refused(office, "kernel.missing"):
        office.do("catalog.add_code", product_id=new_id(), code=OTHER_GTIN)
    with refused(office, "kernel.stale"):
        office.do("catalog.add_code", product_id=key, code=OTHER_GTIN, version=7)


def test_the_database_lets_no_code_belong_to_two(office: Office) -> None:
    add_product(office, gtin=GTIN)
    row = {"id": new_id(), "version": 1, "command_id": new_id(), "kind": "gtin", "code": GTIN, "active": True}
    other = add_product(office, "B", "Outro")
    with pytest.raises(IntegrityError), office.store.engine.begin() as connection:
        connection.execute(insert(api.product_code).values(product_id=other, **row))
