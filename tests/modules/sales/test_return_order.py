"""Delivered goods come back: into stock or held, credited or paid back, never more than went out."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from retaguarda.app.compose import book
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.screen import ListScreen
from retaguarda.kernel.text import Texts
from retaguarda.modules.sales import api
from retaguarda.shell.translate import Words
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.modules.sales.test_sell_at_counter import balances, ready, sell

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

MORE = "sales.returned_more_than_went_out"


@pytest.fixture
def counter(shop: Shop) -> Shop:
    return ready(shop)


def delivered(shop: Shop, *asked: tuple[int, str]) -> str:
    key = shop.order(*asked)
    shop.do("invoice_order", key)
    for step in ("pick", "ship"):
        shop.office.do(f"delivery.{step}_order", order_id=key)
    shop.office.do("delivery.deliver_order", order_id=key, receiver_name="João")
    return key


def back(shop: Shop, key: str, *quantities: str, **more: Any) -> Any:
    lines = shop.office.show("sales.order_lines", {"order_id": key}, "position").rows
    asked = [
        {"line_id": line.id, "quantity": q, **more.pop("line", {})} for line, q in zip(lines, quantities, strict=False)
    ]
    return shop.office.do(("sales.return_order", {"order_id": key, "lines": asked, "reason": "defect", **more})).value


def test_good_pieces_are_on_sale_again_and_credited(counter: Shop) -> None:
    office, key = counter.office, delivered(counter, (0, "4"), (3, "1"))
    assert counter.stock(0).free == 6
    done = back(counter, key, "1", note="Tampa quebrada")
    assert (done["number"], done["amount"], done["rest"]) == (1, "10.00", "0.00")
    assert (counter.stock(0).free, counter.stock(0).held) == (7, 0)
    (credit,) = office.show("sales.customer_credit", {"id": counter.customer}).rows
    assert credit.owed_amount == 80
    (row,) = office.show("sales.returns").rows
    assert (row.order_number, row.reason, row.note, row.refund) == (1, "defect", "Tampa quebrada", "balance")
    assert office.check() == []


def test_what_came_back_takes_its_sale_and_its_cost_with_it(counter: Shop) -> None:
    """On the day of its credit note, on the product, customer, seller and place of its sale."""
    office, sold = counter.office, {"since": counter.office.today(), "until": counter.office.today()}
    for product, cost in zip(counter.products, ("6.00", "5.00"), strict=False):
        office.do(("inventory.adjust_cost", {"product_id": product, "unit_cost": cost, "reason": "inventário"}))
    key = delivered(counter, (0, "4"), (1, "2"))
    invoice = office.show("billing.invoices", {"source_id": key}).rows[0].id
    assert isinstance(office.clock, FixedClock)
    office.clock.move(dt.timedelta(days=1))
    back(counter, key, "3")
    line = office.show("billing.invoice_lines", {"invoice_id": invoice}, "position").rows[1].id
    mended = {"lines": [{"invoice_line_id": line, "quantity": "1"}], "reason": "preço errado"}
    office.do(("billing.credit_invoice", {"invoice_id": invoice, **mended}))
    first, second = sorted(office.show("sales.margin_by_product").rows, key=lambda row: row.code)
    assert (first.net_amount, first.cost_amount, first.margin_amount) == (10, 6, 4)
    assert second.cost_amount == 10, "no goods came back for a price that was mended"
    lines = office.show("sales.sold", {"product_id": second.id}, "counted_on").rows
    assert [(row.kind, row.quantity) for row in lines] == [("sale", 2), ("credit", -1)]
    assert sum(row.net_amount for row in lines) == second.net_amount
    (whole,) = office.show("sales.sold_by_period", {"grain": "month"}).rows
    (before,) = office.show("sales.sold_by_period", sold).rows
    assert before.sold_amount == before.net_amount == whole.sold_amount > whole.net_amount > 0
    for cut in ("customer", "seller", "place", "product"):
        (*rest,) = office.show(f"sales.sold_by_{cut}").rows
        assert sum(row.credited_amount for row in rest) == whole.credited_amount == whole.sold_amount - whole.net_amount
    back(counter, key, "1")
    assert [
        (row.net_amount, row.cost_amount) for row in office.show("sales.margin_by_product").rows if row.id == first.id
    ] == [(0, 0)]
    assert office.check() == []


def test_the_credit_note_says_the_reason_in_the_language_of_its_reader(counter: Shop) -> None:
    office, key = counter.office, delivered(counter, (0, "4"))
    note = back(counter, key, "1")["credit_note_id"]
    assert office.one("billing.settlements", note).reason == "sales.return_reason.defect"
    screen = book().screen("billing.settlement_list")
    assert isinstance(screen, ListScreen)
    column = next(c for c in screen.columns if c.sub == "reason")
    for language, said in (("pt_BR", "Defeito"), ("en", "Defect")):
        words = Words(Texts(language))
        assert words.value("sales.return_reason.defect", column.sub_show) == said
        paper = PdfReader(io.BytesIO(office.print_document("billing.credit_note", {"settlement_id": note}, language)))
        assert said in paper.pages[0].extract_text()


def test_its_form_begins_with_what_is_still_out(counter: Shop) -> None:
    key = delivered(counter, (0, "4"), (1, "3"))
    back(counter, key, "4", "1")
    desk = Desk(counter.office, book())
    desk.open("sales.return_form", key)
    assert [line["quantity"].value for line in desk.form.lines["lines"].filled] == [2]
    assert [line["quantity"].raw for line in desk.open("sales.exchange_form", key).lines["returned"].filled] == ["2"]


def test_damaged_pieces_are_held_back(counter: Shop) -> None:
    key = delivered(counter, (0, "4"))
    back(counter, key, "3", line={"condition": "damaged"})
    assert (counter.stock(0).on_hand, counter.stock(0).held, counter.stock(0).free) == (9, 3, 6)


def test_money_back_leaves_the_till_and_needs_the_right(counter: Shop) -> None:
    office, key = counter.office, delivered(counter, (0, "4"))
    invoice = office.show("billing.invoices", {"source_id": key}).rows[0].id
    office.do("billing.receive_payment", invoice_id=invoice, amount="40")
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        back(counter, key, "1", refund="money")
    assert balances(counter)["till"] == 90
    done = back(counter, key, "1", refund="money")
    assert done["rest"] == "10.00"
    assert balances(counter)["till"] == 80
    back(counter, key, "1")
    assert office.check() == []


def test_never_more_than_went_out(counter: Shop) -> None:
    office, key = counter.office, delivered(counter, (0, "4"), (1, "1"))
    back(counter, key, "3")
    with refused(office, "sales.returned_over_delivered") as caught:
        back(counter, key, "2", "1")
    assert caught[0].params["faults"][0]["params"]["left"] == 1
    lines = office.show("sales.order_lines", {"order_id": key}, "position").rows
    twice = [{"line_id": lines[1].id, "quantity": "1", "condition": c} for c in ("good", "damaged")]
    with refused(office, "sales.returned_over_delivered"):
        office.do(("sales.return_order", {"order_id": key, "lines": twice, "reason": "other"}))
    with refused(office, "sales.unknown_line"):
        office.do(
            (
                "sales.return_order",
                {"order_id": key, "lines": [{"line_id": "0" * 32, "quantity": "1"}], "reason": "other"},
            )
        )
    open_order = counter.order((2, "1"))
    with refused(office, "sales.return_order.not_invoiced"):
        back(counter, open_order, "1")
    counter.do("invoice_order", open_order)
    with refused(office, "sales.returned_over_delivered"):
        back(counter, open_order, "1")


def test_raw_sql_does_not_return_more_either(counter: Shop) -> None:
    office, key = counter.office, delivered(counter, (0, "4"))
    line = office.show("sales.order_lines", {"order_id": key}).rows[0]
    row = {"id": new_id(), "at": office.now(), "command_id": new_id(), "return_id": new_id(), "order_id": key}
    row |= {"line_id": line.id, "product_id": line.product_id, "quantity": Decimal(5), "condition": "good"}
    with (
        pytest.raises(DBAPIError, match=re.escape(MORE)),
        office.store.engine.begin() as connection,
    ):
        connection.execute(insert(api.sales_return_line).values(**row))


def test_a_buyer_without_a_name_keeps_no_credit(counter: Shop) -> None:
    key = sell(counter, (0, "2"))["id"]
    with refused(counter.office, "sales.return_order.nobody_to_credit"):
        back(counter, key, "1")
    back(counter, key, "1", refund="money")
    assert balances(counter)["till"] == 60
    assert counter.office.check() == []


def test_what_came_back_undelivered_has_not_gone_out_twice(counter: Shop) -> None:
    office, key = counter.office, counter.order((0, "4"))
    counter.do("invoice_order", key)
    for step in ("pick", "ship"):
        office.do(f"delivery.{step}_order", order_id=key)
    office.do("delivery.return_shipment", order_id=key, reason="cliente viajou")
    assert isinstance(office.clock, FixedClock)
    office.clock.move(dt.timedelta(minutes=5))
    for step in ("pick", "ship"):
        office.do(f"delivery.{step}_order", order_id=key)
    office.do("delivery.deliver_order", order_id=key, receiver_name="João")
    assert [Decimal(line["quantity"]) for line in office.one("sales.return_draft", key).lines] == [Decimal(4)]
    with refused(office, "sales.returned_over_delivered") as caught:
        back(counter, key, "5")
    assert caught[0].params["faults"][0]["params"]["left"] == 4
    back(counter, key, "3")
    assert [Decimal(line["quantity"]) for line in office.one("sales.return_draft", key).lines] == [Decimal(1)]
    line = office.show("sales.order_lines", {"order_id": key}).rows[0]
    row = {"id": new_id(), "at": office.now(), "command_id": new_id(), "return_id": new_id(), "order_id": key}
    row |= {"line_id": line.id, "product_id": line.product_id, "quantity": Decimal(2), "condition": "good"}
    with pytest.raises(DBAPIError, match=re.escape(MORE)), office.store.engine.begin() as connection:
        connection.execute(insert(api.sales_return_line).values(**row))
    assert office.check() == []
