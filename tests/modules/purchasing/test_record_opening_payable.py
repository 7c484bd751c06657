"""What suppliers were owed before the program: recorded once, booked, paid like any other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.modules.purchasing import api
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

ISSUED, DUE = dt.date(2026, 1, 5), dt.date(2026, 2, 5)


def supplier(office: Office, name: str = "Aços Lima") -> str:
    """A supplier that the shop owes."""
    return str(office.do("party.add_party", name=name, supplier=True).value["id"])


def opened(office: Office, supplier_id: str, **more: Any) -> str:
    """A title of the supplier over 300 that is due long since, unless more is said."""
    said = {"supplier_id": supplier_id, "number": "1234/2", "amount": "300.00", "note": "boleto perdido"}
    days = {"issued_on": ISSUED.isoformat(), "due_on": DUE.isoformat()}
    return str(office.do(("purchasing.record_opening_payable", {**said, **days, **more})).value["id"])


def booked(office: Office, role: str) -> Decimal:
    """The balance of the account with this role, debits above zero."""
    (found,) = [row.account_id for row in office.show("accounting.roles", {"role": role}).rows]
    lines = office.show("accounting.entry_lines", {"account_id": found}, limit=500).rows
    return sum((line.amount for line in lines), Decimal(0))


def test_it_is_owed_like_any_other(office: Office) -> None:
    who = supplier(office)
    bank = office.do("accounting.add_money_account", name="Banco", kind="bank", opening_amount="900").value["id"]
    before = booked(office, "payable"), booked(office, "opening")
    with acting(office, "accounting"):
        key = opened(office, who)
    assert (booked(office, "payable") - before[0], booked(office, "opening") - before[1]) == (
        Decimal(-300),
        Decimal(300),
    )
    (owed,) = office.show("purchasing.payables").rows
    assert (owed.id, owed.number, owed.age, owed.open_amount, owed.due_on) == (key, "1234/2", "overdue", 300, DUE)
    assert (owed.opens, owed.document_id) == ("purchasing.opening_page", key)
    assert api.owed_to(office.reads(), who) == 300
    (due,) = office.show("reports.cash_due", {"kind": "out"}).rows
    assert (due.number, due.leads_to, due.opens, due.out_amount) == ("1234/2", key, "purchasing.opening_page", 300)
    office.do("purchasing.pay_payables", parts=[{"payable_id": key, "amount": "120"}], money_account_id=bank)
    (row,) = office.show("purchasing.openings").rows
    assert (row.number, row.state, row.note, row.amount, row.open_amount) == (
        "1234/2",
        "open",
        "boleto perdido",
        300,
        180,
    )
    assert row.allowed == ("purchasing.pay_payables",)
    kinds = [entry.kind for entry in office.show("purchasing.payable_entries", {"payable_id": key}, "at").rows]
    assert kinds == ["opened", "paid"]
    assert office.check() == []


def test_a_document_is_owed_once(office: Office) -> None:
    who = supplier(office)
    opened(office, who)
    with refused(office, "purchasing.opening_twice"):
        opened(office, who, amount="1.00")
    expense = {"supplier_id": who, "supplier_number": "1234/2", "other_amount": "300.00"}
    with refused(office, "purchasing.opening_twice"):
        office.do(("purchasing.record_invoice", expense))
    office.do(("purchasing.record_invoice", {**expense, "supplier_number": "77"}))
    with refused(office, "purchasing.invoice_twice"):
        opened(office, who, number="77")
    assert opened(office, supplier(office, "Outra"))
    raw = "INSERT INTO opening_payable SELECT * FROM opening_payable WHERE number = '1234/2'"
    assert refused_by_database(office, raw)
    assert refused_by_database(office, "UPDATE opening_payable SET amount = 1") == "purchasing.opening.posted"


def test_values(office: Office) -> None:
    who, tomorrow = supplier(office), (office.today() + dt.timedelta(days=1)).isoformat()
    with refused(office, "purchasing.day_to_come"):
        opened(office, who, issued_on=tomorrow, due_on=tomorrow)
    with refused(office, "purchasing.due_before_issue"):
        opened(office, who, due_on="2026-01-04")
    with refused(office, "kernel.not_above"):
        opened(office, who, amount="0")
    with refused(office, "kernel.missing"):
        opened(office, "0" * 32)
    customer = office.do("party.add_party", name="Bar do Zé", customer=True).value["id"]
    with refused(office, "party.not_a_supplier"):
        opened(office, customer)
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        opened(office, who)
