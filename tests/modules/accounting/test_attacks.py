"""What somebody with a database tool tries: the books refuse it themselves, on both engines."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, make_url, select, update
from sqlalchemy.exc import DBAPIError

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import table_of
from retaguarda.modules.accounting import api
from retaguarda.modules.accounting.model import Account, Period
from tests.modules.accounting.ledger import Ledger

Row = dict[str, Any]


@contextlib.contextmanager
def tool(ledger: Ledger) -> Iterator[Connection]:
    """A database tool that keeps foreign keys, as ours does; one transaction, committed at the end."""
    address = make_url(ledger.office.store.url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys = on")
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            yield connection
    finally:
        engine.dispose()


class Forger:
    """Writes entries by hand into the tables."""

    def __init__(self, ledger: Ledger) -> None:
        self.entry_id = ledger.note("5")
        with ledger.office.store.engine.connect() as connection:
            self.head = dict(connection.execute(select(api.entry)).mappings().one())
            self.lines = [dict(row) for row in connection.execute(select(api.entry_line)).mappings()]
            self.posting = dict(connection.execute(select(api.posting)).mappings().one())

    def entry(self, **other: Any) -> Row:
        """A head like that of a true entry."""
        key = new_id()
        return {**self.head, "id": key, "posting_id": key, **other}

    def sides(self, entry_id: str, *amounts: int, **other: Any) -> list[Row]:
        """Lines of an entry, in cents."""
        return [
            {**self.lines[n % 2], "id": new_id(), "entry_id": entry_id, "position": n + 1, "amount": cents(a), **other}
            for n, a in enumerate(amounts)
        ]

    def proof(self, entry_id: str, line_count: int) -> Row:
        """A posting."""
        return {**self.posting, "id": new_id(), "entry_id": entry_id, "line_count": line_count}


def cents(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


@pytest.fixture
def forger(ledger: Ledger) -> Forger:
    return Forger(ledger)


def write(connection: Connection, entries: Sequence[Row], lines: Sequence[Row], postings: Sequence[Row]) -> None:
    for table, rows in ((api.entry, entries), (api.entry_line, lines), (api.posting, postings)):
        if rows:
            connection.execute(insert(table), list(rows))


def carry_out(ledger: Ledger, steps: Sequence[Any]) -> None:
    with tool(ledger) as connection:
        for step in steps:
            if callable(step):
                step(connection)
            else:
                connection.execute(step)


def attacked(ledger: Ledger, message: str, *steps: Any) -> None:
    """The steps, in one transaction, are refused, at the latest when they are committed."""
    with pytest.raises(DBAPIError) as refusal:
        carry_out(ledger, steps)
    assert message in str(refusal.value)
    assert ledger.office.check() == []


def test_a_true_entry_can_be_written_so_that_the_forgeries_fail_for_their_own_reasons(
    ledger: Ledger, forger: Forger
) -> None:
    head = forger.entry()
    with tool(ledger) as connection:
        write(connection, [head], forger.sides(head["id"], 7, -7), [forger.proof(head["id"], 2)])
    assert len(ledger.office.show("accounting.entries").rows) == 2
    assert ledger.office.check() == []


@pytest.mark.parametrize("amounts", [(7, -6), (7,), (), (7, -7, 1)])
def test_an_unbalanced_entry_is_not_posted(ledger: Ledger, forger: Forger, amounts: tuple[int, ...]) -> None:
    head = forger.entry()
    lines, proof = forger.sides(head["id"], *amounts), forger.proof(head["id"], max(len(amounts), 2))
    attacked(ledger, "accounting.entry.unbalanced", lambda c: write(c, [head], lines, [proof]))


def test_a_posting_counts_its_lines(ledger: Ledger, forger: Forger) -> None:
    head = forger.entry()
    attacked(
        ledger,
        "accounting.entry.unbalanced",
        lambda c: write(c, [head], forger.sides(head["id"], 7, -7), [forger.proof(head["id"], 3)]),
    )


def test_an_entry_without_posting_cannot_be_committed(ledger: Ledger, forger: Forger) -> None:
    head = forger.entry()
    attacked(ledger, foreign_key(ledger), lambda c: write(c, [head], forger.sides(head["id"], 7, -7), []))


def foreign_key(ledger: Ledger) -> str:
    return "FOREIGN KEY" if ledger.office.store.name == "sqlite" else "violates foreign key"


def test_an_entry_cannot_hide_behind_anothers_posting(ledger: Ledger, forger: Forger) -> None:
    head = forger.entry(posting_id=forger.entry_id)
    attacked(ledger, "ck_entry_posting", lambda c: write(c, [head], forger.sides(head["id"], 7), []))


def test_a_posted_entry_takes_no_line(ledger: Ledger, forger: Forger) -> None:
    lines = [{**line, "position": line["position"] + 2} for line in forger.sides(forger.entry_id, 7, -7)]
    attacked(ledger, "accounting.entry.posted", lambda c: write(c, [], lines, []))


@pytest.mark.parametrize("table", ["entry", "entry_line", "posting", "money_movement", "posting_rule_line"])
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_nothing_of_a_ledger_is_changed_or_deleted(ledger: Ledger, forger: Forger, table: str, verb: str) -> None:
    ledger.money("bank", opening_amount="5")
    rows = getattr(api, table)
    attacked(
        ledger,
        "kernel.append_only",
        update(rows).values(command_id=new_id()) if verb == "change" else rows.delete(),
    )


def test_nothing_is_posted_to_a_node_or_an_archived_account(ledger: Ledger, forger: Forger) -> None:
    head = forger.entry()
    node = ledger.account("1").id
    lines = forger.sides(head["id"], 7, -7, account_id=node)
    attacked(ledger, "accounting.entry.not_postable", lambda c: write(c, [head], lines, [forger.proof(head["id"], 2)]))


def test_a_closed_month_is_closed_for_the_tool_too(ledger: Ledger, forger: Forger) -> None:
    october = dt.date(2026, 10, 20)
    ledger.note("1", october)
    before = ledger.note("1", dt.date(2026, 9, 1))
    ledger.close(dt.date(2026, 9, 1))
    ledger.close(october)
    periods = {r.starts_on: r.id for r in ledger.within(lambda u: {"rows": u.all(api.PERIODS)})["rows"]}
    assert before
    head = forger.entry(occurred_on=october, period_id=periods[dt.date(2026, 10, 1)])
    lines = forger.sides(head["id"], 7, -7, occurred_on=october)
    attacked(ledger, "accounting.entry.period_closed", lambda c: write(c, [head], lines, [forger.proof(head["id"], 2)]))


def test_an_entry_lies_in_the_month_of_its_day_with_all_its_lines(ledger: Ledger, forger: Forger) -> None:
    early = forger.entry(occurred_on=dt.date(2026, 10, 20))
    lines = forger.sides(early["id"], 7, -7, occurred_on=dt.date(2026, 10, 20))
    attacked(ledger, "accounting.entry.wrong_day", lambda c: write(c, [early], lines, [forger.proof(early["id"], 2)]))
    head = forger.entry()
    lines = forger.sides(head["id"], 7, -7, occurred_on=dt.date(2026, 11, 1))
    attacked(ledger, "accounting.entry.wrong_day", lambda c: write(c, [head], lines, [forger.proof(head["id"], 2)]))


def test_an_entry_is_reversed_once(ledger: Ledger, forger: Forger) -> None:
    heads = [forger.entry(reverses_id=forger.entry_id) for _ in range(2)]
    lines = [line for head in heads for line in forger.sides(head["id"], -7, 7)]
    proofs = [forger.proof(head["id"], 2) for head in heads]
    attacked(ledger, "reverses_id", lambda c: write(c, heads, lines, proofs))


def test_an_account_with_entries_keeps_its_kind_and_stays_a_leaf(ledger: Ledger, forger: Forger) -> None:
    account, used = table_of(Account), forger.lines[0]["account_id"]
    for change in ({"kind": "revenue"}, {"postable": False}):
        attacked(ledger, "accounting.account_in_use", update(account).where(account.c.id == used).values(**change))


def test_months_close_and_open_in_their_order(ledger: Ledger, forger: Forger) -> None:
    for month in (9, 10):
        ledger.note("1", dt.date(2026, month, 2))
    period = table_of(Period)

    def turn(month: int, state: str) -> Any:
        return update(period).where(period.c.starts_on == dt.date(2026, month, 1)).values(state=state)

    attacked(ledger, "accounting.earlier_open", turn(10, "closed"))
    ledger.close(dt.date(2026, 9, 1))
    ledger.close(dt.date(2026, 10, 1))
    attacked(ledger, "accounting.later_closed", turn(9, "open"))
    attacked(ledger, "kernel.append_only", update(period).values(ends_on=dt.date(2026, 12, 31)))


def test_cash_is_not_taken_below_nothing_and_a_money_account_keeps_its_kind(ledger: Ledger, forger: Forger) -> None:
    cash = ledger.money("cash", opening_amount="5")
    attacked(
        ledger,
        "ck_money_balance_floor",
        update(api.money_balance).where(api.money_balance.c.money_account_id == cash).values(balance=cents(-1)),
    )
    attacked(ledger, "kernel.append_only", update(api.money_account_table).values(kind="bank"))
    attacked(ledger, "kernel.never_deleted", api.money_balance.delete())


@pytest.mark.parametrize("amounts", [(7,), (7, -7)])
def test_lines_that_did_not_see_the_posting_are_seen_when_they_are_committed(
    ledger: Ledger, forger: Forger, amounts: tuple[int, ...]
) -> None:
    """On PostgreSQL the trigger before the insert may have looked before the entry was committed: here it is off.
    On SQLite one transaction writes at a time, and nobody can have looked before."""
    lines = [{**line, "position": line["position"] + 2} for line in forger.sides(forger.entry_id, *amounts)]

    def blind(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE entry_line DISABLE TRIGGER entry_line_before_posting")
        write(connection, [], lines, [])

    posted = ledger.office.store.name == "sqlite"
    attacked(ledger, "accounting.entry.posted" if posted else "accounting.entry.unbalanced", blind)
