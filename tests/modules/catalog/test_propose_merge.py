"""Two records of one product side by side: what lacks in the kept one is proposed from the other."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.catalog.goods import add_product
from tests.modules.catalog.twins import said, twins


def test_what_lacks_is_proposed(office: Office) -> None:
    two = twins(office)
    before = [said(office, one) for one in (two.kept, two.other)]
    with acting(office, "analyst"):
        outcome = office.do("catalog.propose_merge", product_id=two.kept, other_id=two.other)
    assert outcome.rows[0].name == "A4-75 + PAPEL"
    rows = office.show("catalog.merge_values", {"merge_id": outcome.value["id"]}).rows
    assert {row.field: row.side for row in rows} == {
        "name": "kept", "code": "kept", "price": "kept", "tax_code": "merged", "note": "merged", "codes": "both",
        "substitutes": "both",
    }  # fmt: skip
    assert [said(office, one) for one in (two.kept, two.other)] == before


def test_refusals(office: Office) -> None:
    two = twins(office)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        two.propose()
    with refused(office, "catalog.propose_merge.itself"):
        office.do("catalog.propose_merge", product_id=two.kept, other_id=two.kept)
    service = add_product(office, "SERV", "Papel A4", kind="service")
    with refused(office, "catalog.merge.other_kind"):
        office.do("catalog.propose_merge", product_id=two.kept, other_id=service)
    box = add_product(office, "CAIXA", "Papel A4", unit_code="CX")
    with refused(office, "catalog.merge.other_unit"):
        office.do("catalog.propose_merge", product_id=two.kept, other_id=box)
    office.do("catalog.archive_product", product_id=two.substitute)
    with refused(office, "catalog.merge.archived"):
        office.do("catalog.propose_merge", product_id=two.kept, other_id=two.substitute)
    key = two.propose()
    with refused(office, "catalog.propose_merge.stands"):
        office.do("catalog.propose_merge", product_id=two.other, other_id=two.kept)
    office.do("catalog.merge_products", merge_id=key)
    with refused(office, "catalog.merged"):
        two.propose()
