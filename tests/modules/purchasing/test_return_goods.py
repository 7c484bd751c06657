"""Goods go back to their supplier: out of stock, credited where they were billed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def back(buying: Buying, key: str, *lines: tuple[str, str], **more: Any) -> Any:
    said = [{"product_id": product, "quantity": quantity} for product, quantity in lines]
    return buying.office.do(
        ("purchasing.return_goods", {"order_id": key, "lines": said, "reason": "veio com defeito", **more})
    ).value


def test_before_the_invoice_nothing_is_credited_and_less_is_billed(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key)
    with acting(buying.office, "stock"):
        done = back(buying, key, (buying.paper, "4"))
    assert (done["number"], done["credit"]) == (1, "0.00")
    assert buying.depot.stock(buying.paper)["on_hand"] == "6"
    buying.bill(key)
    assert buying.owed() == 120
    assert [(x.received, x.returned, x.invoiced) for x in buying.lines(key)] == [(10, 4, 6)]
    buying.clean()


def test_after_it_the_credit_lowers_what_is_owed_and_the_rest_is_used_in_a_payment(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), payment_terms="30/60")
    buying.receive(key)
    buying.bill(key)
    first, second = (row.id for row in buying.payables())
    bank = buying.bank()
    buying.pay(bank, (first, None), (second, "60"))
    done = back(buying, key, (buying.paper, "5"))
    assert done["credit"] == "100.00"
    rows = buying.payables(open=True)
    assert [(row.age, row.amount, row.open_amount) for row in rows] == [("credit", -60, -60)]
    assert (buying.owed(), buying.books("payable")) == (-60, 60)
    buying.clean()
    again = buying.order((buying.pen, "60"))
    buying.receive(again)
    buying.bill(again, "NF 2")
    owed = next(row.id for row in buying.payables(open=True) if row.amount > 0)
    assert buying.pay(bank, (owed, None), (rows[0].id, "50"))["money"] == "40.00"
    assert buying.owed() == -10
    buying.clean()


def test_who_was_waiting_for_them_loses_loudly(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key)
    waiting = buying.depot.reserve((buying.paper, "8"))
    done = back(buying, key, (buying.paper, "5"))
    assert done["broken"] == 1
    assert buying.broken() == [(waiting, "3", "receipt")]
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    buying.receive(key, {"product_id": buying.paper, "quantity": "6"})
    with refused(buying.office, "kernel.missing"):
        back(buying, new_id(), (buying.paper, "1"))
    with refused(buying.office, "purchasing.more_than_received"):
        back(buying, key, (buying.paper, "7"))
    with refused(buying.office, "purchasing.more_than_received"):
        back(buying, key, (buying.paper, "4"), (buying.paper, "3"))
    with refused(buying.office, "purchasing.not_of_this_order"):
        back(buying, key, (buying.ink, "1"))
    with refused(buying.office, "kernel.too_short"):
        back(buying, key, (buying.paper, "1"), reason="x")
    with acting(buying.office, "finance"), refused(buying.office, "kernel.forbidden"):
        back(buying, key, (buying.paper, "1"))
    buying.depot.count(buying.paper, "2")
    with refused(buying.office, "inventory.more_than_there"):
        back(buying, key, (buying.paper, "3"))
    with refused(buying.office, "inventory.unknown_location"):
        said = [{"product_id": buying.paper, "quantity": "1", "location_id": new_id()}]
        buying.office.do("purchasing.return_goods", order_id=key, lines=said, reason="veio com defeito")
    assert buying.depot.stock(buying.paper)["on_hand"] == f"{Decimal(2):f}"
