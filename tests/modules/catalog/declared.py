"""What the tests over all modules ask of merging products: who may, and that a merged record has no code in use."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.tampering import Break, Change

RIGHTS = """
catalog.choose_value      . C . . . . . . A N . . . . .
catalog.drop_merge        . C . . . . . . A N . . . . .
catalog.merge_products    . C . . . . . . A N . . . . .
catalog.propose_merge     . C . . . . . . A N . . . . .
catalog.unmerge_products  . C . . . . . . A N . . . . .
"""


def tell(office: Office) -> None:
    """A product that was on record twice, merged."""
    kept, other = (office.do("catalog.add_product", code=c, name="Lápis").value["id"] for c in ("LAPIS", "DUPLO"))
    key = office.do("catalog.propose_merge", product_id=kept, other_id=other).value["id"]
    office.do("catalog.merge_products", merge_id=key)


def breaks() -> list[Break]:
    """A code that still finds the merged record."""
    freed = Change("product_code", {"active": True, "code": "SOLTO"}, {"code": "DUPLO", "active": False})
    return [Break("catalog.merged_codes", [freed], lambda row: str(row["product_id"]))]
