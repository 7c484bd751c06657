"""The catalog's screens as a person uses them: a product from nothing to its page, its price, codes, substitutes."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from tests.helpers.desk import Desk
from tests.modules.catalog.goods import GTIN, OTHER_GTIN, add_product


def desk_of(office: Office) -> Desk:
    return Desk(office, book(), Texts("pt_BR", strict=True))


def test_a_new_product_and_its_page(office: Office) -> None:
    desk = desk_of(office)
    desk.open("catalog.product_list")
    desk.press("new")
    assert desk.form.fields["unit_code"].raw == "UN"
    desk.set(name="Papel A4", code="a4", gtin=GTIN, unit_code="KG", price="25,90")
    desk.press("save_close")
    assert [(r.code, r.price, r.unit_code) for r in desk.list.rows] == [("A4", Decimal("25.90"), "KG")]
    desk.open("catalog.product_page", desk.list.rows[0].id)
    panels = desk.page.panels
    assert [r.price for r in panels["prices"].rows or ()] == [Decimal("25.90")]
    assert {r.code for r in panels["codes"].rows or ()} == {"A4", GTIN}


def test_faults_stand_beside_their_fields(office: Office) -> None:
    add_product(office, gtin=GTIN)
    desk = desk_of(office)
    desk.open("catalog.product_form")
    desk.set(name="Outro", code="a4-75", gtin=GTIN)
    desk.press("save")
    desk.expect_fault("code", "catalog.code_taken")
    desk.expect_fault("gtin", "catalog.code_taken")


def test_a_product_is_revised(office: Office) -> None:
    key = add_product(office, gtin=GTIN, price="5")
    desk = desk_of(office)
    desk.open("catalog.product_list")
    desk.list.choose(0)
    desk.press("revise")
    assert (desk.form.fields["unit_code"].raw, desk.form.fields["code"].raw) == ("UN", "A4-75")
    desk.set(name="Papel sulfite")
    desk.press("save_close")
    row = office.one("catalog.products", key)
    assert (row.name, row.gtin, row.price) == ("Papel sulfite", GTIN, Decimal(5))


def test_price_code_and_substitute_from_the_page(office: Office) -> None:
    key = add_product(office, gtin=GTIN, price="5")
    other = add_product(office, "B-1", "Papel reciclado")
    desk = desk_of(office)
    page = desk.open("catalog.product_page", key)
    desk.press("price")
    assert desk.form.fields["product_id"].raw == "Papel A4 75 g"
    desk.set(price="6,50", valid_from="+3")
    desk.press("save_close")
    desk.press("code")
    desk.set(code=OTHER_GTIN)
    desk.press("save_close")
    desk.press("substitute")
    desk.set(substitute_id="reciclado")
    desk.press("save_close")
    panels = page.panels
    assert [r.price for r in panels["prices"].rows or ()] == [Decimal("6.50"), Decimal(5)]
    assert OTHER_GTIN in {r.code for r in panels["codes"].rows or ()}
    assert [r.substitute_id for r in panels["substitutes"].rows or ()] == [other]
    desk.press("archive")
    desk.answer("go")
    assert desk.reason("restore") is None
    assert desk.reason("archive") is not None
    assert office.one("catalog.products", key).archived


def test_units_and_tax_rates(office: Office) -> None:
    desk = desk_of(office)
    desk.open("catalog.unit_list")
    desk.press("new")
    desk.set(code="dz", name="Dúzia")
    desk.press("save_close")
    assert "DZ" in {r.code for r in desk.list.rows}
    desk.open("catalog.tax_rate_list")
    desk.press("new")
    desk.set(tax_code="t1", rate="18")
    desk.press("save_close")
    assert [(r.tax_code, r.rate) for r in desk.list.rows] == [("T1", Decimal("0.18"))]
