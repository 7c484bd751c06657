"""Reports as the tests build them, over orders of two branches that were written past the commands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from tests.helpers.company import MONDAY
from tests.helpers.tampering import without_triggers
from tests.modules.reports.planted import ordered

BY_CUSTOMER: dict[str, Any] = {
    "source": "sales.order_list",
    "columns": ["number", "customer_name", "total_amount"],
    "by": [{"field": "customer_name"}, {"field": "promised_on", "grain": "month"}],
    "totals": [
        {"how": "sum", "field": "total_amount"},
        {"how": "count", "field": ""},
        {"how": "average", "field": "total_amount"},
    ],
    "chart": "bars",
    "largest": True,
}
ORDERS = (
    ("Padaria Estrela", "Matriz", 0, "70.10"),
    ("Padaria Estrela", "Matriz", 1, "0.05"),
    ("Padaria Estrela", "Matriz", 40, "1000000.33"),
    ("Padaria Estrela", "Rio", 2, "8.00"),
    ("Mercado Sul", "Matriz", 0, "99.99"),
    ("Mercado Sul", "Rio", 41, "0.01"),
    ("Mercado Sul", "Rio", 400, "12345.67"),
)
"""Customer, branch, how many days from today it is promised for, amount."""
LATE = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
"""Half past eleven at night of Monday in São Paulo: the hour of every order of the list, the first one's apart."""


def built(office: Office, name: str = "Por cliente", **more: Any) -> str:
    """A report of whoever acts, of the orders by customer and month; its key."""
    return str(office.do("reports.build_report", **{"name": name, **BY_CUSTOMER, **more}).value["id"])


def two_branches(office: Office) -> None:
    """The orders, and an analyst of the second branch."""
    branches = {"Matriz": str(office.actor.branch_id)}
    branches["Rio"] = office.do("company.add_branch", code="2", name="Rio").value["id"]
    office.do("company.add_person", login="rio", name="Rio", roles=["analyst"], branch_id=branches["Rio"])
    names = dict.fromkeys(name for name, *_ in ORDERS)
    customers = {name: office.do("party.add_party", name=name, customer=True).value["id"] for name in names}
    with without_triggers(office) as connection:
        for number, (who, place, days, amount) in enumerate(ORDERS, 1):
            day = MONDAY.date() + dt.timedelta(days=days)
            at = LATE if number > 1 else LATE + dt.timedelta(hours=1)
            ordered(connection, branches[place], customers[who], number, day, Decimal(amount), ordered_at=at)
