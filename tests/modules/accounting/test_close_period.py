"""Closing months."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

from sqlalchemy import create_engine, insert, make_url, select, update

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.modules.accounting import api
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger

SEPTEMBER, OCTOBER = dt.date(2026, 9, 10), dt.date(2026, 10, 10)


def month(ledger: Ledger, day: dt.date) -> Any:
    """The row of the month of a day."""
    return ledger.office.show("accounting.periods", {"starts_on": day.replace(day=1)}).rows[0]


def close(ledger: Ledger, day: dt.date, **more: Any) -> Any:
    asked = {"period_id": month(ledger, day).id, **more}
    return ledger.office.do(("accounting.close_period", asked)).rows[0]


def test_it_says_what_is_in_it_and_takes_nothing_more(ledger: Ledger) -> None:
    ledger.note("12.50", OCTOBER)
    row = close(ledger, OCTOBER)
    assert (row.state, row.line_count, row.debit_amount) == ("closed", 2, Decimal("12.50"))
    assert (row.person_name, row.allowed) == ("Ana Prado", ("accounting.reopen_period",))
    with refused(ledger.office, "accounting.period_closed") as caught:
        ledger.book("inventory.shipped", cost="1", occurred_on=OCTOBER)
    assert caught[0].params["month"] == dt.date(2026, 10, 1)
    assert ledger.office.check() == []


def test_months_close_in_their_order(ledger: Ledger) -> None:
    for day in (SEPTEMBER, OCTOBER):
        ledger.note("1", day)
    with refused(ledger.office, "accounting.close_earlier_first") as caught:
        close(ledger, OCTOBER)
    assert caught[0].params["earlier"] == dt.date(2026, 9, 1)
    close(ledger, SEPTEMBER)
    close(ledger, OCTOBER)


def test_a_month_that_is_not_over_stays_open(ledger: Ledger) -> None:
    ledger.note("1")
    with refused(ledger.office, "accounting.month_not_over"):
        close(ledger, dt.date(2026, 11, 1))


def test_it_is_closed_once_and_by_who_has_seen_it(ledger: Ledger) -> None:
    ledger.note("1", OCTOBER)
    with refused(ledger.office, "kernel.stale"):
        close(ledger, OCTOBER, version=5)
    close(ledger, OCTOBER, version=1)
    with refused(ledger.office, "accounting.already_closed"):
        close(ledger, OCTOBER)


def test_an_entry_under_way_is_waited_for_and_counted(ledger: Ledger) -> None:
    """On PostgreSQL somebody's entry is not committed yet when the month is closed. SQLite lets one write at a time."""
    entry = ledger.note("1", OCTOBER)
    if ledger.office.store.name == "sqlite":
        assert close(ledger, OCTOBER).line_count == 2
        return
    engine = create_engine(make_url(ledger.office.store.url).set(drivername="postgresql+psycopg"))
    closing = threading.Thread(target=lambda: closed.append(close(ledger, OCTOBER)))
    closed: list[Any] = []
    try:
        with engine.begin() as other:
            head = dict(other.execute(select(api.entry).where(api.entry.c.id == entry)).mappings().one())
            lines = other.execute(select(api.entry_line).where(api.entry_line.c.entry_id == entry)).mappings().all()
            proof = dict(other.execute(select(api.posting)).mappings().one())
            key = new_id()
            other.execute(insert(api.entry).values(**{**head, "id": key, "posting_id": key}))
            for line in lines:
                other.execute(insert(api.entry_line).values(**{**line, "id": new_id(), "entry_id": key}))
            other.execute(insert(api.posting).values(**{**proof, "id": new_id(), "entry_id": key}))
            closing.start()
            closing.join(0.5)
            assert closing.is_alive(), "the closing waits for the entry"
        closing.join(10)
        assert [row.line_count for row in closed] == [4]
    finally:
        engine.dispose()
    assert ledger.office.check() == []


def test_a_booking_that_meets_a_closing_under_way_is_refused_when_it_is_done(ledger: Ledger) -> None:
    ledger.book("inventory.shipped", cost="1", occurred_on=OCTOBER)
    if ledger.office.store.name == "sqlite":
        close(ledger, OCTOBER)
        with refused(ledger.office, "accounting.period_closed"):
            ledger.book("inventory.shipped", cost="1", occurred_on=OCTOBER)
        return
    engine = create_engine(make_url(ledger.office.store.url).set(drivername="postgresql+psycopg"))
    said: list[str] = []

    def booking() -> None:
        try:
            ledger.book("inventory.shipped", cost="2", occurred_on=OCTOBER)
        except Refusal as refusal:
            said.append(refusal.code)

    late = threading.Thread(target=booking)
    try:
        with engine.begin() as other:
            other.execute(update(api.period).values(state="closed"))
            late.start()
            late.join(0.5)
            assert late.is_alive(), "the booking waits for the closing"
        late.join(10)
    finally:
        engine.dispose()
    assert said == ["accounting.period_closed"]
    assert len(ledger.office.show("accounting.entries").rows) == 1
