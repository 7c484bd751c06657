"""An opening payable that was recorded wrongly is taken back, unless something was built on it."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.modules.purchasing import api
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.modules.purchasing.test_record_opening_payable import booked, opened, supplier


def test_nothing_is_owed_by_it_any_more(office: Office) -> None:
    who, before = supplier(office), booked(office, "payable")
    key = opened(office, who)
    with acting(office, "accounting"):
        office.do("purchasing.reverse_opening_payable", payable_id=key, reason="era de outra loja")
    assert (booked(office, "payable"), api.owed_to(office.reads(), who)) == (before, Decimal(0))
    (row,) = office.show("purchasing.openings").rows
    assert (row.state, row.open_amount, row.reason, row.allowed) == ("reversed", 0, "era de outra loja", ())
    with refused(office, "purchasing.opening_reversed"):
        office.do("purchasing.reverse_opening_payable", payable_id=key, reason="de novo")
    with refused(office, "kernel.missing"):
        office.do("purchasing.reverse_opening_payable", payable_id="0" * 32, reason="de novo")
    assert opened(office, who) != key
    assert office.check() == []


def test_what_was_built_on_it_is_named(office: Office) -> None:
    who, bank = supplier(office), office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    key = opened(office, who)
    pay = {"parts": [{"payable_id": key, "amount": "50"}], "money_account_id": bank}
    paid = office.do(("purchasing.pay_payables", pay)).value
    reverse = ("purchasing.reverse_opening_payable", {"payable_id": key, "reason": "era de outra loja"})
    with refused(office, "purchasing.opening_built_on") as said:
        office.do(reverse)
    assert said[0].params == {"number": "1234/2", "kind": "purchasing.settled_by.paid", "by": paid["number"]}
    office.do("purchasing.reverse_payment", payment_id=paid["id"], reason="conta errada")
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        office.do(reverse)
    office.do(reverse)
    opened(office, who)
    sheet = office.do("catalog.add_product", code="F-1", name="Folha", price="2").value["id"]
    office.do("purchasing.set_supplier_price", supplier_id=who, product_id=sheet, unit_price="1.00")
    lines = [{"product_id": sheet, "quantity": "10"}]
    order = office.do("purchasing.place_order", supplier_id=who, lines=lines).value["id"]
    office.do("purchasing.receive_order", order_id=order)
    office.do("purchasing.record_invoice", order_id=order, supplier_number="NF 1")
    back = [{"product_id": sheet, "quantity": "4"}]
    office.do("purchasing.return_goods", order_id=order, lines=back, reason="rasgadas")
    (row,) = office.show("purchasing.openings", {"state": "open"}).rows
    assert row.open_amount == 296
    with refused(office, "purchasing.opening_built_on") as said:
        office.do("purchasing.reverse_opening_payable", payable_id=row.id, reason="era de outra loja")
    assert said[0].params["kind"] == "purchasing.settled_by.returned"
    assert office.check() == []


def test_it_is_recorded_and_taken_back_in_the_window(office: Office) -> None:
    desk = Desk(office, book())
    supplier(office)
    desk.open("purchasing.opening_list")
    desk.press("new")
    desk.set(supplier_id="Aços", number="9", amount="10,00", issued_on="05/01/2026", due_on="04/01/2026")
    desk.press("save_close")
    desk.expect_fault("due_on", "purchasing.due_before_issue")
    desk.set(due_on="05/02/2026")
    desk.press("save_close")
    (row,) = desk.list.rows
    assert (row.number, row.state, row.open_amount) == ("9", "open", 10)
    desk.press("reverse")
    desk.set(reason="era de outra loja")
    desk.press("save_close")
    assert [row.state for row in office.show("purchasing.openings").rows] == ["reversed"]
