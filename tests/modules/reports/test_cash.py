"""The cash that is to come: what a row adds up and what it opens, in a company of a few dues."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.headless import Office
from tests.helpers.company import MONDAY
from tests.helpers.tampering import without_triggers
from tests.modules.reports.planted import to_come, to_pay


def test_where_nothing_is_overdue_the_first_row_opens_nothing(office: Office) -> None:
    """What is due today belongs to the next row alone."""
    today, branch = MONDAY.date(), str(office.actor.branch_id)
    who = office.do("party.add_party", name="Padaria Estrela", customer=True, supplier=True).value["id"]
    with without_triggers(office) as connection:
        to_come(connection, branch, who, today, Decimal(100))
        to_pay(connection, branch, who, today, Decimal(30))
    first, second = office.show("reports.cash_forecast").rows
    assert [(row.standing, row.in_amount, row.out_amount) for row in (first, second)] == [
        ("begin", 0, 0),
        ("coming", 100, 30),
    ]
    opened = [
        office.show("reports.cash_due", {"due_on >=": row.first_on, "due_on <=": row.last_on}).rows
        for row in (first, second)
    ]
    assert [sorted(one.kind for one in rows) for rows in opened] == [[], ["in", "out"]]
