"""A payment is taken back: the money returns, what it settled is owed again."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying
from tests.modules.purchasing.test_pay_payables import owing


def test_everything_stands_as_before(buying: Buying) -> None:
    first, second = owing(buying)
    bank = buying.bank()
    key = buying.pay(bank, (first, None), (second, "40"), discount_amount="1")["id"]
    with acting(buying.office, "finance"):
        (row,) = buying.office.do("purchasing.reverse_payment", payment_id=key, reason="conta errada").rows
    assert (row.reversed, row.allowed) == (True, ())
    assert [row.open_amount for row in buying.payables()] == [100, 100]
    assert (buying.books("payable"), buying.books("discounts_received")) == (-200, 0)
    (account,) = buying.office.show("accounting.money_accounts", {"name": "Banco"}).rows
    assert account.balance == 1000
    buying.clean()


def test_refusals(buying: Buying) -> None:
    first, _ = owing(buying)
    key = buying.pay(buying.bank(), (first, None))["id"]
    with refused(buying.office, "kernel.missing"):
        buying.office.do("purchasing.reverse_payment", payment_id=new_id(), reason="conta errada")
    with refused(buying.office, "kernel.too_short"):
        buying.office.do("purchasing.reverse_payment", payment_id=key, reason="x")
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.office.do("purchasing.reverse_payment", payment_id=key, reason="conta errada")
    buying.office.do("purchasing.reverse_payment", payment_id=key, reason="conta errada")
    with refused(buying.office, "purchasing.payment_reversed"):
        buying.office.do("purchasing.reverse_payment", payment_id=key, reason="conta errada")
