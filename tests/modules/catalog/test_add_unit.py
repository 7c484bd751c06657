"""Units: a new company has the common ones, named in its language."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import refused
from tests.modules.catalog.goods import add_product


def test_the_common_ones_are_there(office: Office) -> None:
    found = {r.code: (r.name, r.decimals) for r in office.show("catalog.units").rows}
    assert (found["UN"], found["KG"], len(found)) == (("Unidade", 0), ("Quilograma", 3), 12)


def test_a_further_one_is_used_at_once(office: Office) -> None:
    office.do("catalog.add_unit", code="dz", name="Dúzia")
    assert [r.id for r in office.show("catalog.unit_choices", {"search": "dz"}).rows] == ["DZ"]
    assert office.one("catalog.products", add_product(office, unit_code="DZ")).unit_code == "DZ"
    with refused(office, "catalog.unit_taken"):
        office.do("catalog.add_unit", code="un", name="Outra")
    with refused(office, "kernel.too_large"):
        office.do("catalog.add_unit", code="X", name="X", decimals=5)
