"""Merging products: codes, suppliers, substitutes and reorder points follow; what is left of the other refuses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.helpers.guards import refused_by_database
from tests.modules.catalog.goods import GTIN, OTHER_GTIN, add_product
from tests.modules.catalog.twins import Twins, said, twins
from tests.modules.party.records import add_customer


def test_two_records_are_one_product_and_two_again(office: Office) -> None:
    two = twins(office)
    before = [said(office, key) for key in (two.kept, two.other, two.substitute)]
    key = two.merge("name")
    kept, other, substitute = (said(office, key) for key in (two.kept, two.other, two.substitute))
    assert (kept["name"], kept["code"], kept["note"], kept["tax_code"], kept["price"]) == (
        "Papel A4 75 G", "A4-75", "Branco", "4802", Decimal(30),
    )  # fmt: skip
    assert kept["codes"] == sorted(["A4-75", "PAPEL", GTIN, OTHER_GTIN])
    assert (kept["substitutes"], kept["suppliers"], kept["points"]) == (["A4-90"], [Decimal(21)], [Decimal(5)])
    assert (other["archived"], other["merged_into"], other["codes"], other["points"]) == (True, "Papel A4 75 G", [], [])
    assert substitute["substitutes"] == ["PAPEL", "A4-75"]

    # What is scanned or typed finds the one that is left.
    for code in ("PAPEL", OTHER_GTIN):
        assert [row.id for row in office.show("catalog.products_to_sell", {"code": code}).rows] == [two.kept]
    assert [row.id for row in office.show("catalog.product_choices", {"search": "papel"}).rows if row.code != "A4-90"] \
        == [two.kept]  # fmt: skip
    for name, values in (
        ("restore_product", {}), ("set_price", {"price": "1"}), ("add_code", {"code": "X"}),
        ("revise_product", {"code": "PAPEL", "name": "X", "unit_code": "UN"}),
        ("add_substitute", {"substitute_id": two.substitute}),
    ):  # fmt: skip
        with refused(office, "catalog.merged"):
            office.do((f"catalog.{name}", {"product_id": two.other, **values}))
    with refused(office, "catalog.merge.not_proposed"):
        office.do("catalog.merge_products", merge_id=key)
    assert office.check() == []

    office.do("catalog.unmerge_products", merge_id=key)
    assert [said(office, key) for key in (two.kept, two.other, two.substitute)] == before
    assert [row.id for row in office.show("catalog.products_to_sell", {"code": OTHER_GTIN}).rows] == [two.other]
    assert office.check() == []
    two.merge()
    assert office.check() == []


def _stocked(two: Twins) -> None:
    two.office.do("inventory.receive_stock", lines=[{"product_id": two.other, "quantity": "1"}])


def _expected(two: Twins) -> None:
    two.office.do("inventory.expect_stock", product_id=two.other, quantity="1", expected_on="2026-11-30")


def _kit(two: Twins) -> None:
    kit = add_product(two.office, "KIT", "Kit")
    two.office.do("inventory.set_kit", product_id=kit, parts=[{"component_id": two.other, "quantity": "1"}])


def _ordered(two: Twins) -> None:
    line = {"product_id": two.other, "quantity": "1", "unit_price": "9"}
    two.office.do("sales.create_quotation", customer_id=add_customer(two.office), lines=[line])


def _bought(two: Twins) -> None:
    line = {"product_id": two.other, "quantity": "1", "unit_price": "4"}
    two.office.do("purchasing.create_order", supplier_id=two.supplier, lines=[line])


def _asked_for(two: Twins) -> None:
    two.office.do("purchasing.request_goods", product_id=two.other, quantity="1", reason="Acabou")


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_what_is_left_of_the_other_refuses(office: Office) -> None:
    two = twins(office)
    key = two.propose()
    ways: list[tuple[Callable[[Twins], None], str]] = [
        (_ordered, "sales.merged.open_order"),
        (_asked_for, "purchasing.merged.open_requisition"),
        (_bought, "purchasing.merged.open_order"),
        (_kit, "inventory.merged.kit"),
        (_expected, "inventory.merged.expected"),
        (_stocked, "inventory.merged.stock"),
    ]
    # Lower modules are asked first, and of what is left the goods themselves: each of these stands before the others.
    for leave, code in ways:
        leave(two)
        with refused(office, code):
            office.do("catalog.merge_products", merge_id=key)


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_a_count_and_a_contract_refuse(office: Office) -> None:
    two = twins(office)
    key = two.propose()
    _stocked(two)
    sheet = office.do("inventory.open_count", product_id=two.other).value["id"]
    gone = [{"product_id": two.other, "quantity": "1"}]
    office.do("inventory.write_off_stock", lines=gone, reason="Molhou")
    with refused(office, "inventory.merged.count"):
        office.do("catalog.merge_products", merge_id=key)
    office.do("inventory.cancel_count", sheet_id=sheet)
    office.do("catalog.merge_products", merge_id=key)

    one, other = (add_product(office, code, "Limpeza", kind="service") for code in ("L1", "L2"))
    office.do(
        "billing.add_recurring", name="Limpeza do mês", party_id=add_customer(office), starts_on="2026-12-01",
        lines=[{"product_id": other, "unit_price": "90"}],
    )  # fmt: skip
    key = office.do("catalog.propose_merge", product_id=one, other_id=other).value["id"]
    with refused(office, "billing.merged.contract"):
        office.do("catalog.merge_products", merge_id=key)


def test_rights_versions_and_the_database(office: Office) -> None:
    two = twins(office)
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        two.propose()
    with acting(office, "commercial"):
        key = two.propose()
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("catalog.merge_products", merge_id=key)
    with refused(office, "kernel.stale"):
        office.do("catalog.merge_products", merge_id=key, version=7)
    office.do("catalog.archive_product", product_id=two.other)
    with refused(office, "catalog.merge.archived"):
        office.do("catalog.merge_products", merge_id=key)
    office.do("catalog.restore_product", product_id=two.other)
    office.do("catalog.revise_product", product_id=two.other, code="PAPEL", name="Papel", unit_code="KG")
    with refused(office, "catalog.merge.other_unit"):
        office.do("catalog.merge_products", merge_id=key)


def test_a_chain_stays_flat(office: Office) -> None:
    two = twins(office)
    first = two.merge()
    third = add_product(office, "A4", "Papel A4")
    key = office.do("catalog.propose_merge", product_id=third, other_id=two.kept).value["id"]
    office.do("catalog.merge_products", merge_id=key)
    assert {said(office, one)["merged_into"] for one in (two.kept, two.other)} == {"Papel A4"}
    assert [row.id for row in office.show("catalog.products_to_sell", {"code": "PAPEL"}).rows] == [third]
    with refused(office, "catalog.unmerge_products.kept_is_merged"):
        office.do("catalog.unmerge_products", merge_id=first)
    for sql in (
        f"UPDATE product SET merged_into_id = '{two.kept}', archived = (1 = 1) WHERE id = '{third}'",
        f"UPDATE product SET merged_into_id = '{two.other}' WHERE id = '{two.kept}'",
    ):
        assert refused_by_database(office, sql) == "catalog.merged_into_merged"
    office.do("catalog.unmerge_products", merge_id=key)
    assert [said(office, one)["merged_into"] for one in (two.kept, two.other)] == [None, "Papel A4 75 g"]
    office.do("catalog.unmerge_products", merge_id=first)
    assert said(office, two.other)["codes"] == sorted(["PAPEL", OTHER_GTIN])
    assert office.check() == []


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_from_a_finding_to_one_product_by_keys(office: Office) -> None:
    two = twins(office)
    desk = Desk(office, book())
    desk.open("steward.product_list", rule="catalog.same_name")
    assert {row.record_id for row in desk.list.rows} == {two.kept, two.other}
    desk.list.choose(next(n for n, row in enumerate(desk.list.rows) if row.record_id == two.kept))
    desk.press("merge")
    assert desk.state.screen.name == "catalog.merge_page"
    page, panel = desk.page, desk.page.panels["values"]
    rows: dict[str, Any] = {row.field: row for row in panel.rows or ()}
    assert {name: (row.kept, row.merged, row.side) for name, row in rows.items()} == {
        "name": ("Papel A4 75 g", "Papel A4 75 G", "kept"), "code": ("A4-75", "PAPEL", "kept"),
        "price": (Decimal(30), None, "kept"), "tax_code": (None, "4802", "merged"),
        "note": (None, "Branco", "merged"), "codes": ("2", "2", "both"), "substitutes": ("0", "1", "both"),
    }  # fmt: skip
    page.choose("values", list(rows).index("note"))
    desk.call(lambda: page.press_in("values", "swap"))
    desk.press("merge")
    desk.answer("go")
    assert (said(office, two.other)["merged_into"], said(office, two.kept)["note"]) == ("Papel A4 75 g", None)
    desk.press("unmerge")
    desk.answer("go")
    assert said(office, two.other)["merged_into"] is None
    desk.open("catalog.product_page", two.kept)
    desk.press("merge")
    desk.set(other_id="A4-90")
    desk.press("save_close")
    assert desk.state.screen.name == "catalog.merge_page"
