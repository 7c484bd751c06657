"""A counter to sell at: the test company with twenty products that have bar codes, stock, and two customers."""

from __future__ import annotations

from dataclasses import dataclass

from retaguarda.app.headless import Office
from retaguarda.kernel.gtin import gtin_check_digit

STOCK = 500


@dataclass(frozen=True)
class Ware:
    """A product as the counter knows it."""

    id: str
    gtin: str
    code: str
    name: str


def gtin_of(number: int) -> str:
    """The bar code of a product, numbered from 0."""
    body = f"789000{number:06}"
    return body + gtin_check_digit(body)


def furnish(office: Office) -> list[Ware]:
    """Twenty products of 500 pieces each, and the customers Padaria and Escola."""
    wares = []
    for n in range(20):
        gtin = gtin_of(n)
        values = {"code": f"C-{n:02}", "name": f"Produto {n:02}", "gtin": gtin, "price": f"{n + 1}.50"}
        key = office.do(("catalog.add_product", values)).value["id"]
        wares.append(Ware(key, gtin, values["code"], values["name"]))
    office.do(("inventory.receive_stock", {"lines": [{"product_id": w.id, "quantity": str(STOCK)} for w in wares]}))
    for name in ("Padaria Três Irmãos", "Escola Monteiro Lobato"):
        office.do(("party.add_party", {"name": name, "kind": "person", "customer": True}))
    return wares
