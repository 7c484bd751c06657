"""Periods are billed once each, by hand or by the timed run, however often it comes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from retaguarda.app.jobs import JobsRun
from retaguarda.kernel.clock import FixedClock
from retaguarda.modules.billing.jobs import issue_due
from tests.helpers.by_itself import by_itself
from tests.helpers.company import refused
from tests.modules.billing.contracts import contract

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_period_is_billed_once(billing: Billing) -> None:
    key = contract(billing, payment_terms="10")
    today = billing.office.today()
    done = billing.do("issue_recurring", recurring_id=key)
    invoice = billing.office.one("billing.invoices", done["invoice_id"])
    assert (invoice.total_amount, invoice.source_table) == (Decimal("150.00"), "recurring_period")
    with refused(billing.office, "billing.period_to_come"):
        billing.do("issue_recurring", recurring_id=key)
    with refused(billing.office, "billing.period_billed"):
        billing.do("issue_recurring", recurring_id=key, period_on=today.isoformat())
    periods = billing.office.show("billing.recurring_periods", {"recurring_id": key}).rows
    assert [(p.period_on, p.invoice_number) for p in periods] == [(today, done["number"])]
    assert billing.office.check() == []


def test_the_run_bills_all_that_is_due_and_twice_is_once(billing: Billing) -> None:
    first, second = contract(billing), contract(billing, name="Outro", every_months=2)
    billing.later(31)
    with by_itself(billing.office, "billing.job.recurring") as jobs:
        assert jobs.run() == JobsRun(done=1)
    for _ in range(2):
        issue_due(billing.office)
    assert [billing.office.one("billing.recurring", key).billed for key in (first, second)] == [2, 1]
    assert len(billing.office.show("billing.invoices").rows) == 3
    assert billing.office.check() == []


def test_a_month_without_the_day_takes_its_last(billing: Billing) -> None:
    clock = billing.office.clock
    assert isinstance(clock, FixedClock)
    clock.at = dt.datetime(2027, 1, 31, 12, tzinfo=dt.UTC)
    key = contract(billing)
    for expected in ("2027-01-31", "2027-02-28", "2027-03-31"):
        assert billing.office.one("billing.recurring", key).next_on.isoformat() == expected
        clock.at = dt.datetime.fromisoformat(f"{expected}T12:00:00+00:00")
        billing.do("issue_recurring", recurring_id=key)


def test_past_its_last_day_and_for_a_blocked_customer_nothing_is_billed(billing: Billing) -> None:
    today = billing.office.today()
    key = contract(billing, ends_on=(today + dt.timedelta(days=10)).isoformat())
    billing.office.do("party.block_customer", party_id=billing.customer, reason="não paga")
    with refused(billing.office, "party.blocked"):
        billing.do("issue_recurring", recurring_id=key)
    issue_due(billing.office)
    assert billing.office.show("billing.invoices").rows == ()
    billing.office.do("party.unblock_customer", party_id=billing.customer)
    billing.do("issue_recurring", recurring_id=key)
    billing.later(40)
    with refused(billing.office, "billing.recurring_ended"):
        billing.do("issue_recurring", recurring_id=key)
