"""Two records of one product for the tests of merging: the duplicate has codes, a supplier, substitutes, no stock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from retaguarda.app.headless import Office
from tests.modules.catalog.goods import GTIN, OTHER_GTIN, add_product
from tests.modules.party.records import add_customer


@dataclass
class Twins:
    """The record that is kept, the one that is merged into it, a substitute and a supplier of the other."""

    office: Office
    kept: str
    other: str
    substitute: str
    supplier: str

    def propose(self, *taken: str) -> str:
        """The two side by side, with the values of these fields from the other; the key of the merge."""
        key: str = self.office.do("catalog.propose_merge", product_id=self.kept, other_id=self.other).value["id"]
        for field in taken:
            self.office.do("catalog.choose_value", merge_id=key, field=field, side="merged")
        return key

    def merge(self, *taken: str) -> str:
        """Merges the two; the key of the merge."""
        key = self.propose(*taken)
        self.office.do("catalog.merge_products", merge_id=key)
        return key


def said(office: Office, product_id: str) -> dict[str, Any]:
    """Everything a person can know of a product, but its version."""
    row = office.one("catalog.products", product_id)
    found = {name: getattr(row, name) for name in type(row).__slots__ if name not in ("version", "allowed")}
    codes = office.show("catalog.codes", {"product_id": product_id, "active": True}).rows
    pairs = office.show("catalog.substitutes", {"product_id": product_id, "active": True}, sort="position").rows
    prices = office.show("purchasing.supplier_prices", {"product_id": product_id, "state": "current"}).rows
    points = office.show("purchasing.reorder_points", {"product_id": product_id, "active": True}).rows
    return found | {
        "codes": sorted(code.code for code in codes),
        "substitutes": [pair.code for pair in pairs],
        "suppliers": [price.unit_price for price in prices],
        "points": [point.minimum_quantity for point in points],
    }


def twins(office: Office) -> Twins:
    """A4-75 (a price, a bar code) and its duplicate PAPEL (a bar code, a note, a supplier, a substitute)."""
    kept = add_product(office, price="30", gtin=GTIN)
    other = add_product(office, "PAPEL", "Papel A4 75 G", gtin=OTHER_GTIN, note="Branco", tax_code="4802")
    substitute = add_product(office, "A4-90", "Papel A4 90 g")
    supplier = add_customer(office, "Papelaria Central", supplier=True)
    price = {"product_id": other, "supplier_id": supplier, "unit_price": "21"}
    office.do(("purchasing.set_supplier_price", price))
    office.do("catalog.add_substitute", product_id=other, substitute_id=substitute)
    office.do("catalog.add_substitute", product_id=substitute, substitute_id=other)
    office.do("purchasing.set_reorder_point", product_id=other, minimum_quantity="5", maximum_quantity="20")
    return Twins(office, kept, other, substitute, supplier)
