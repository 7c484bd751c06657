"""Taking a merge of products back: exactly what it did, and nothing that somebody did since."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.catalog.goods import GTIN, OTHER_GTIN, add_product
from tests.modules.catalog.twins import said, twins


def test_what_was_changed_since_stays_and_is_said(office: Office) -> None:
    two = twins(office)
    before = said(office, two.other)
    key = two.merge("name")
    office.do("catalog.revise_product", product_id=two.kept, code="A4-75", name="Papel novo", unit_code="UN", note="Ok")
    office.do("catalog.retire_code", product_id=two.kept, code=OTHER_GTIN)
    office.do("catalog.add_substitute", product_id=two.kept, substitute_id=two.substitute, position=7)
    office.do("purchasing.set_reorder_point", product_id=two.kept, minimum_quantity="8", maximum_quantity="9")
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("catalog.unmerge_products", merge_id=key)
    with refused(office, "kernel.stale"):
        office.do("catalog.unmerge_products", merge_id=key, version=1)
    outcome = office.do("catalog.unmerge_products", merge_id=key)
    assert [one.code for one in outcome.warnings] == ["catalog.unmerged_but_changed"]
    kept, other = said(office, two.kept), said(office, two.other)
    assert (kept["name"], kept["note"], kept["codes"], kept["substitutes"]) == (
        "Papel novo", "Ok", sorted(["A4-75", GTIN]), ["A4-90"],
    )  # fmt: skip
    assert (kept["suppliers"], kept["points"]) == ([], [Decimal(8)])
    # The code that was taken from the kept product is nobody's; the rest is the other's again.
    assert {**other, "gtin": OTHER_GTIN, "codes": sorted([*other["codes"], OTHER_GTIN])} == before
    assert office.check() == []
    with refused(office, "catalog.unmerge_products.not_merged"):
        office.do("catalog.unmerge_products", merge_id=key)


def test_without_its_own_code_it_does_not_stand_by_itself(office: Office) -> None:
    two = twins(office)
    key = two.merge()
    office.do("catalog.retire_code", product_id=two.kept, code="PAPEL")
    third = add_product(office, "PAPEL", "Papel de seda")
    with refused(office, "catalog.restore_product.code_taken"):
        office.do("catalog.unmerge_products", merge_id=key)
    office.do("catalog.revise_product", product_id=third, code="SEDA", name="Papel de seda", unit_code="UN")
    office.do("catalog.unmerge_products", merge_id=key)
    assert said(office, two.other)["codes"] == sorted(["PAPEL", OTHER_GTIN])
    assert office.check() == []
