"""A substitute is taken off the list, and may come back."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import refused
from tests.modules.catalog.goods import add_product
from tests.modules.catalog.test_add_substitute import order


def test_off_and_back_at_the_end(office: Office) -> None:
    key = add_product(office)
    keys = [add_product(office, code, code) for code in "AB"]
    for other in keys:
        office.do("catalog.add_substitute", product_id=key, substitute_id=other)
    office.do("catalog.remove_substitute", product_id=key, substitute_id=keys[0])
    assert order(office, key) == ["B"]
    with refused(office, "catalog.remove_substitute.not_there"):
        office.do("catalog.remove_substitute", product_id=key, substitute_id=keys[0])
    office.do("catalog.add_substitute", product_id=key, substitute_id=keys[0])
    assert order(office, key) == ["B", "A"]
