"""A counter to sell at: the test company with twenty products that have bar codes, stock, and two customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.gtin import gtin_check_digit
from retaguarda.kernel.screen import Door, ScreenBook
from retaguarda.shell.login_view import Base, LoginPerson
from tests.helpers import company

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


class OfficeFront:
    """An office as the window opens it, with Ana logged in already."""

    def __init__(self, url: str) -> None:
        self.office = company.open_as(url)
        self.book: ScreenBook = book()
        facts = self.office.facts()
        self.company, self.place = facts.name, ""
        self.zone: dt.tzinfo = ZoneInfo(self.office.zone())
        self.people: Sequence[LoginPerson] = ()
        self.base: Base = "local"
        self.last_backup: dt.datetime | None = None
        self.logged_in = True

    @property
    def door(self) -> Door:
        return self.office

    def log_in(self, login: str, password: str) -> None:
        self.office.log_in(login, password)

    def close(self) -> None:
        self.office.close()
