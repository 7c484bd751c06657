"""An archived product is no longer offered, and keeps its codes."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import refused
from tests.modules.catalog.goods import GTIN, add_product


def test_it_is_offered_nowhere(office: Office) -> None:
    key = add_product(office, gtin=GTIN)
    (row,) = office.do("catalog.archive_product", product_id=key, version=1).rows
    assert (row.archived, row.allowed) == (True, ("catalog.restore_product",))
    for query, where in (
        ("catalog.products_to_sell", {"code": GTIN}),
        ("catalog.products_to_find", {"search": "papel"}),
        ("catalog.product_choices", {"search": "papel"}),
    ):
        assert office.show(query, where).rows == ()
    with refused(office, "catalog.code_taken"):
        add_product(office, "OUTRO", gtin=GTIN)
    with refused(office, "catalog.archive_product.archived"):
        office.do("catalog.archive_product", product_id=key)
    with refused(office, "kernel.stale"):
        office.do("catalog.archive_product", product_id=key, version=1)
