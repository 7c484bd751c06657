"""A restored product is on sale again."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import refused
from tests.modules.catalog.goods import GTIN, add_product


def test_it_is_found_again(office: Office) -> None:
    key = add_product(office, gtin=GTIN, price="5")
    with refused(office, "catalog.restore_product.not_archived"):
        office.do("catalog.restore_product", product_id=key)
    office.do("catalog.archive_product", product_id=key)
    assert office.do("catalog.restore_product", product_id=key, version=2).rows[0].version == 3
    assert office.show("catalog.products_to_sell", {"code": GTIN}).rows[0].price == 5
    with refused(office, "kernel.stale"):
        office.do("catalog.restore_product", product_id=key, version=1)
