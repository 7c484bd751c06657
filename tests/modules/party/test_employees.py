"""Where colleagues live is for those who keep their records; what else a party is, for everybody who works with it."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Missing
from tests.helpers.company import acting
from tests.modules.party.records import ADDRESS


def test_who_is_only_employed_is_not_shown_to_who_does_not_keep_employees(office: Office) -> None:
    with acting(office, "hr"):
        values = {"name": "Caio Reis", "kind": "person", "addresses": [ADDRESS]}
        employed = office.do(("party.add_party", {**values, "employee": True})).value["id"]
        buys = office.do(("party.add_party", {**values, "name": "Bia", "employee": True, "customer": True})).value["id"]
    for login in ("hr", "ana"):
        with acting(office, login):
            assert {row.id for row in office.show("party.parties").rows} >= {employed, buys}
            assert office.one("party.parties", employed).addresses[0]["street"] == "Rua das Flores"
    for login in ("delivery", "picking", "sales", "finance", "marketing", "it"):
        with acting(office, login):
            page = office.show("party.parties", count=True)
            assert ([row.id for row in page.rows], page.count) == ([buys], 1)
            assert office.show("party.parties", {"search": "caio"}).rows == ()
            assert office.show("party.parties", {"id": employed}).rows == ()
            with pytest.raises(Missing):
                office.one("party.parties", employed)
            assert office.one("party.parties", buys).name == "Bia"
