"""Substitutes stand in order."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.modules.catalog import api
from tests.helpers.company import refused
from tests.modules.catalog.goods import add_product


def order(office: Office, key: str) -> list[str]:
    return [s.code for s in api.substitutes(office.reads(), [key]).get(key, ())]


def test_the_lowest_position_comes_first(office: Office) -> None:
    key = add_product(office)
    keys = [add_product(office, code, code) for code in "ABC"]
    for other in keys:
        office.do("catalog.add_substitute", product_id=key, substitute_id=other)
    assert order(office, key) == ["A", "B", "C"]
    office.do("catalog.add_substitute", product_id=key, substitute_id=keys[0], position=9)
    assert order(office, key) == ["B", "C", "A"]
    office.do("catalog.archive_product", product_id=keys[1])
    assert order(office, key) == ["C", "A"]
    rows = office.show("catalog.substitutes", {"product_id": key}).rows
    assert [(r.position, r.code) for r in rows] == [(2, "B"), (3, "C"), (9, "A")]


def test_not_itself_and_not_another_kind(office: Office) -> None:
    key = add_product(office)
    service = add_product(office, "S", "Serviço", kind="service")
    with refused(office, "catalog.add_substitute.itself"):
        office.do("catalog.add_substitute", product_id=key, substitute_id=key)
    with refused(office, "catalog.add_substitute.other_kind"):
        office.do("catalog.add_substitute", product_id=key, substitute_id=service)
    with refused(office, "kernel.missing"):
        office.do("catalog.add_substitute", product_id=key, substitute_id=new_id())
