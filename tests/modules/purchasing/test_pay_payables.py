"""Paying suppliers: in part, several at once, with discount, interest and credits; never more than due."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def owing(buying: Buying, terms: str = "30/60", number: str = "NF 1") -> list[str]:
    """Two payables of 100.00; their keys."""
    key = buying.order((buying.paper, "10"), payment_terms=terms)
    buying.receive(key)
    invoice = buying.bill(key, number)["id"]
    return [row.id for row in buying.payables(invoice_id=invoice)]


def test_in_part_and_then_several_with_discount_and_interest(buying: Buying) -> None:
    first, second = owing(buying)
    bank = buying.bank()
    with acting(buying.office, "finance"):
        done = buying.pay(bank, (first, "30.50"), bank_reference="E1")
    assert (done["number"], done["money"]) == (1, "30.50")
    assert [row.open_amount for row in buying.payables()] == [Decimal("69.50"), 100]
    with acting(buying.office, "finance"):
        done = buying.pay(bank, (first, None), (second, "100"), discount_amount="4.50", interest_amount="1")
    assert done["money"] == "166.00"
    assert {row.age for row in buying.payables()} == {"settled"}
    row = buying.office.show("purchasing.payments", sort="-number").rows[0]
    assert (row.principal_amount, row.discount_amount, row.interest_amount, row.money_amount, row.account_name) == (
        Decimal("169.50"),
        Decimal("4.50"),
        1,
        166,
        "Banco",
    )
    (account,) = buying.office.show("accounting.money_accounts", {"name": "Banco"}).rows
    assert account.balance == 1000 - Decimal("196.50")
    assert (buying.books("payable"), buying.owed()) == (0, 0)
    assert (buying.books("discounts_received"), buying.books("interest_paid")) == (Decimal("-4.50"), 1)
    buying.clean()


def test_a_payment_made_yesterday_and_one_that_is_overdue(buying: Buying) -> None:
    first, _ = owing(buying, "1/30")
    buying.office.clock.move(dt.timedelta(days=2))  # type: ignore[attr-defined]
    assert buying.payables(id=first)[0].age == "overdue"
    buying.pay(buying.bank(), (first, None), paid_on="2026-11-24")
    assert buying.office.show("purchasing.payments").rows[0].paid_on.day == 24
    buying.clean()


def test_refusals(buying: Buying) -> None:
    first, second = owing(buying)
    bank = buying.bank()
    elsewhere = buying.bill(None, "X", supplier_id=buying.other, other_amount="10")["id"]
    (other,) = buying.payables(invoice_id=elsewhere)
    with refused(buying.office, "purchasing.more_than_due"):
        buying.pay(bank, (first, "100.01"))
    with refused(buying.office, "purchasing.payable_twice"):
        buying.pay(bank, (first, "50"), (first, "50"))
    with refused(buying.office, "purchasing.several_suppliers"):
        buying.pay(bank, (first, None), (other.id, None))
    with refused(buying.office, "purchasing.several_suppliers"):
        buying.pay(bank, (first, None), supplier_id=buying.other)
    with refused(buying.office, "purchasing.credits_exceed"):
        buying.pay(bank, (first, "10"), discount_amount="11")
    branch = buying.office.do("company.add_branch", code="2", name="Filial", state="SP").value["id"]
    far = buying.office.show("inventory.warehouses", {"branch_id": branch}).rows[0].id
    there = buying.order((buying.paper, "10"), warehouse_id=far)
    buying.receive(there)
    (apart,) = buying.payables(invoice_id=buying.bill(there, "NF 9")["id"])
    with refused(buying.office, "purchasing.several_branches"):
        buying.pay(bank, (first, None), (apart.id, None))
    buying.pay(bank, (apart.id, None))
    with refused(buying.office, "purchasing.day_to_come"):
        buying.pay(bank, (first, None), paid_on="2026-11-24")
    with refused(buying.office, "kernel.missing"):
        buying.pay(bank, (new_id(), None))
    with refused(buying.office, "kernel.missing"):
        buying.pay(new_id(), (first, None))
    with refused(buying.office, "kernel.too_few"):
        buying.pay(bank)
    cash = buying.office.show("accounting.money_accounts", {"kind": "cash"}).rows[0].id
    with refused(buying.office, "accounting.not_enough_money"):
        buying.pay(cash, (first, None))
    with acting(buying.office, "commercial"), refused(buying.office, "kernel.forbidden"):
        buying.pay(bank, (first, None))
    buying.pay(bank, (first, None), bank_reference="E1")
    with refused(buying.office, "purchasing.payable_settled"):
        buying.pay(bank, (first, None))
    with refused(buying.office, "accounting.reference_taken"):
        buying.pay(bank, (second, None), bank_reference="E1")
    assert buying.owed() == 100
    buying.clean()
