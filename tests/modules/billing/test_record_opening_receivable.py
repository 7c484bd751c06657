"""What customers owed before the program: recorded once, booked, charged and received like any other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from retaguarda.modules.billing import api
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing

ISSUED, DUE = dt.date(2026, 1, 5), dt.date(2026, 2, 5)


def opened(billing: Billing, **more: Any) -> str:
    """A title of the customer over 300 that is due long since, unless more is said."""
    said = {"party_id": billing.customer, "number": "1234/2", "amount": "300.00", "note": "cheque devolvido"}
    days = {"issued_on": ISSUED.isoformat(), "due_on": DUE.isoformat()}
    return str(billing.do("record_opening_receivable", **{**said, **days, **more})["id"])


def booked(billing: Billing, role: str) -> Decimal:
    """The balance of the account with this role, debits above zero."""
    (found,) = [row.account_id for row in billing.office.show("accounting.roles", {"role": role}).rows]
    lines = billing.office.show("accounting.entry_lines", {"account_id": found}, limit=500).rows
    return sum((line.amount for line in lines), Decimal(0))


def test_it_is_owed_like_any_other(billing: Billing) -> None:
    office = billing.office
    before = booked(billing, "receivable"), booked(billing, "opening")
    with acting(office, "accounting"):
        key = opened(billing)
    assert (booked(billing, "receivable") - before[0], booked(billing, "opening") - before[1]) == (
        Decimal(300),
        Decimal(-300),
    )
    (owed,) = billing.owed()
    assert (owed.id, owed.name, owed.document, owed.number, owed.invoice_id) == (
        key,
        "1234/2",
        "opening",
        "1234/2",
        None,
    )
    assert (owed.state, owed.open_amount, owed.due_on) == ("overdue", 300, DUE)
    assert owed.extra_amount > 0
    assert [row.id for row in office.show("billing.receivables", where={"search": "1234/2"}).rows] == [key]
    assert api.open_receivable(office.reads(), billing.customer) == 300
    (aged,) = office.show("billing.ageing").rows
    assert (aged.id, aged.open_amount) == (billing.customer, 300)
    (line,) = office.show("billing.statement", {"party_id": billing.customer}).rows
    assert (line.kind, line.number, line.occurred_on, line.amount, line.balance) == (
        "opening", "1234/2", ISSUED, 300, 300,
    )  # fmt: skip
    paid = billing.pay("100.00", parts=[{"receivable_id": key}])
    (settled,) = office.show("billing.settled", {"settlement_id": paid["id"]}).rows
    assert settled.document == "1234/2"
    assert settled.interest_amount + settled.fine_amount > 0
    (row,) = office.show("billing.openings").rows
    assert (row.number, row.state, row.note, row.amount) == ("1234/2", "open", "cheque devolvido", 300)
    assert row.open_amount == 300 - settled.principal_amount
    assert row.allowed == ()
    (due,) = office.show("reports.cash_due", {"kind": "in"}).rows
    assert (due.number, due.leads_to, due.opens) == ("1234/2", billing.customer, "billing.account_page")
    assert office.check() == []


def test_the_number_of_a_customer_comes_once(billing: Billing) -> None:
    opened(billing)
    with refused(billing.office, "billing.opening_twice"):
        opened(billing, amount="1.00")
    other = billing.office.do("party.add_party", name="Bar do Zé", customer=True).value["id"]
    assert opened(billing, party_id=other)
    raw = "INSERT INTO opening_receivable SELECT * FROM opening_receivable WHERE number = '1234/2'"
    assert refused_by_database(billing.office, raw)
    assert refused_by_database(billing.office, "UPDATE opening_receivable SET amount = 1") == "billing.opening.posted"


def test_values(billing: Billing) -> None:
    office, tomorrow = billing.office, (billing.office.today() + dt.timedelta(days=1)).isoformat()
    with refused(office, "billing.issued_to_come"):
        opened(billing, issued_on=tomorrow, due_on=tomorrow)
    with refused(office, "billing.due_before_issue"):
        opened(billing, due_on="2026-01-04")
    with refused(office, "kernel.not_above"):
        opened(billing, amount="0")
    with refused(office, "kernel.missing"):
        opened(billing, party_id="0" * 32)
    supplier = office.do("party.add_party", name="Aços Lima", supplier=True).value["id"]
    with refused(office, "party.not_a_customer"):
        opened(billing, party_id=supplier)
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        opened(billing)
    office.do("party.block_customer", party_id=billing.customer, reason="deve há meses")
    assert opened(billing)
