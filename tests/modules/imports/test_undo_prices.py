"""Imports of prices and codes are taken back in any order: what they replaced holds again, what people said stands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from retaguarda.app.headless import Office
from retaguarda.modules.catalog import api
from tests.modules.imports.test_wizard import bring

TODAY, LATER = dt.date(2026, 11, 23), dt.date(2026, 12, 1)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def shop(office: Office) -> Office:
    """Three products at ten, the last of them without a price, and a supplier who asks four for the first."""
    keys = [
        office.do("catalog.add_product", code=code, name=f"Produto {code}", **price).value["id"]
        for code, price in (("P1", {"price": "10"}), ("P2", {"price": "10"}), ("P3", {}))
    ]
    supplier = office.do("party.add_party", name="Aços Lima", supplier=True).value["id"]
    office.do("purchasing.set_supplier_price", supplier_id=supplier, product_id=keys[0], unit_price="4")
    return office


def come(office: Office, folder: Path, kind: str, rows: str, name: str) -> str:
    """The batch of a file that came in whole under the mapping of that name."""
    desk, state = bring(office, folder, kind, rows)
    state.set_name(name)
    desk.press("go_on")
    desk.press("go_on")
    assert state.came.left_out == 0, state.checked.findings
    return str(state.came.batch)


def undo(office: Office, batch: str) -> None:
    """Takes it back; all that is proved holds."""
    office.do("imports.undo_batch", batch_id=batch)
    assert office.check() == []


def prices(office: Office, day: dt.date = TODAY) -> list[Decimal | int | None]:
    """What each product costs on a day."""
    keys = [row.id for row in office.show("catalog.products", {}, "code").rows]
    found = api.price_on(office.reads(), keys, day)
    return [found[key].price if key in found else None for key in keys]


HEAD = "sku;preço novo;vigência\n"


def test_the_prices_of_before_hold_again_in_any_order(shop: Office, tmp_path: Path) -> None:
    assert prices(shop) == [10, 10, None]
    first = come(shop, tmp_path, "catalog.prices", f"{HEAD}P1;11,00;\nP2;11,00;12/01/2026\nP3;11,00;01/01/2026\n", "um")
    second = come(shop, tmp_path, "catalog.prices", f"{HEAD}P1;12,00;\nP2;12,00;12/10/2026\nP3;12,00;\n", "dois")
    assert (prices(shop), prices(shop, LATER)) == ([12, 10, 12], [12, 11, 12])
    undo(shop, first)
    assert (prices(shop), prices(shop, LATER)) == ([12, 10, 12], [12, 10, 12])
    undo(shop, second)
    assert (prices(shop), prices(shop, dt.date(2027, 1, 1))) == ([10, 10, None], [10, 10, None])
    # The same files may come again; the last one is taken back first now, and what a person has said since stands.
    first = come(shop, tmp_path, "catalog.prices", f"{HEAD}P1;11,00;\nP2;11,00;12/01/2026\nP3;11,00;01/01/2026\n", "um")
    second = come(shop, tmp_path, "catalog.prices", f"{HEAD}P1;12,00;\nP2;12,00;12/10/2026\nP3;12,00;\n", "dois")
    (own,) = (row.id for row in shop.show("catalog.products", {"code": "P2"}).rows)
    shop.do("catalog.set_price", product_id=own, price="99", valid_from="2026-12-05")
    undo(shop, second)
    assert (prices(shop), prices(shop, LATER)) == ([11, 10, 11], [11, 11, 11])
    undo(shop, first)
    assert (prices(shop), prices(shop, LATER)) == ([10, 10, None], [10, 10, None])
    assert prices(shop, dt.date(2026, 12, 20))[1] == 99


def test_a_price_set_since_for_an_earlier_day_holds_on_over_the_days_that_are_left(
    shop: Office, tmp_path: Path
) -> None:
    batch = come(shop, tmp_path, "catalog.prices", f"{HEAD}P3;11,00;12/10/2026\n", "um")
    (key,) = (row.id for row in shop.show("catalog.products", {"code": "P3"}).rows)
    shop.do("catalog.set_price", product_id=key, price="9", valid_from="2026-12-01")
    undo(shop, batch)
    assert [prices(shop, day)[2] for day in (TODAY, LATER, dt.date(2027, 1, 1))] == [None, 9, 9]


def test_what_was_asked_on_a_day_that_has_passed_stays_told(shop: Office, tmp_path: Path) -> None:
    batch = come(shop, tmp_path, "catalog.prices", f"{HEAD}P1;11,00;\nP3;11,00;01/01/2026\n", "um")
    shop.clock.move(ONE_DAY)  # type: ignore[attr-defined]
    undo(shop, batch)
    assert prices(shop) == [11, 10, 11]
    assert prices(shop, TODAY + ONE_DAY) == [10, 10, None]


def test_bar_codes_find_nothing_any_more_and_suppliers_ask_what_they_did(shop: Office, tmp_path: Path) -> None:
    codes = "sku;ean\nP1;7891234567895\nP1;7891000315507\nP2;4006381333931\n"
    batch = come(shop, tmp_path, "catalog.barcodes", codes, "codigos")
    mine = shop.show("catalog.products", {"code": "P2"}).rows[0]
    shop.do(
        "catalog.revise_product", product_id=mine.id, code="4006381333931", name=mine.name, unit_code=mine.unit_code
    )
    undo(shop, batch)
    found = {row.code: row.gtin for row in shop.show("catalog.products").rows}
    assert found == {"P1": None, "4006381333931": "4006381333931", "P3": None}
    assert shop.show("catalog.products", {"search": "7891000315507"}).rows == ()
    again = come(shop, tmp_path, "catalog.barcodes", codes.replace("\nP2;4006381333931", ""), "codigos")
    assert shop.show("catalog.products", {"code": "P1"}).rows[0].gtin == "7891000315507"
    undo(shop, again)
    rows = "item;fornecedor;sku;custo;prazo;data\n1;Aços Lima;P1;5,50;7;\n2;Aços Lima;Produto P2;3,00;7;\n"
    batch = come(shop, tmp_path, "purchasing.supplier_prices", rows, "fornecedor")
    current = {"state": "current"}
    assert sorted(row.unit_price for row in shop.show("purchasing.supplier_prices", current).rows) == [
        3,
        Decimal("5.5"),
    ]
    undo(shop, batch)
    assert [row.unit_price for row in shop.show("purchasing.supplier_prices", current).rows] == [4]
