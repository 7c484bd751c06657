"""Double entry: an entry is its head, its lines and, written last, its posting, which proves the lines.

A debit is above zero, a credit below; the lines of an entry sum to nothing. The head points at its posting by a
deferred foreign key, so that an entry without one cannot be committed; the posting's trigger refuses lines that do
not balance, a closed period and accounts that nothing is posted to. Nothing of it changes: corrections reverse.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, amount, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger

READ = Rights(read="accounting.read")
_LINES = "FROM entry_line WHERE entry_id = NEW.entry_id"
_HEAD = "FROM entry e JOIN period p ON {period} WHERE e.id = NEW.entry_id AND"


def _partial(name: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows in which the last of `columns` says something."""
    where = sql_text(f"{columns[-1]} IS NOT NULL")
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


class Period(Versioned, Base):
    """A month of the books. Months close in order: a closed one closes everything before it, and the last closed one
    is the only one that may be opened again.

    An entry refers to its period, so a closing waits for the entries under way: `state` stands in a unique constraint
    with the key, which makes PostgreSQL lock the row against new references while it changes.
    """

    __tablename__ = "period"
    __rights__ = READ
    starts_on: Mapped[dt.date] = mapped_column(unique=True)
    ends_on: Mapped[dt.date] = mapped_column()
    state: Mapped[str] = text(6, default="open")
    __table_args__ = (
        UniqueConstraint("id", "state"),
        CheckConstraint("state IN ('open', 'closed')", name="period_state"),
        CheckConstraint("starts_on <= ends_on", name="period_days"),
    )
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "period_closes_in_order",
            "before update",
            (
                Refuse(
                    "accounting.earlier_open",
                    "EXISTS (SELECT 1 FROM period WHERE starts_on < NEW.starts_on AND state = 'open')",
                ),
            ),
            when="NEW.state = 'closed' AND OLD.state = 'open'",
        ),
        Trigger(
            "period_opens_in_order",
            "before update",
            (
                Refuse(
                    "accounting.later_closed",
                    "EXISTS (SELECT 1 FROM period WHERE starts_on > NEW.starts_on AND state = 'closed')",
                ),
            ),
            when="NEW.state = 'open' AND OLD.state = 'closed'",
        ),
        Trigger(
            "period_keeps_its_days",
            "before update",
            (Refuse("kernel.append_only"),),
            when="NEW.starts_on <> OLD.starts_on OR NEW.ends_on <> OLD.ends_on",
        ),
    )


class PeriodChange(Appended, Base):
    """A month was closed or opened again: why, and what was in it then (lines and their debits)."""

    __tablename__ = "period_change"
    __rights__ = READ
    __ledger__ = Ledger(lock=("period_id", "edition"))
    period_id: Mapped[str] = ref("period", index=False)
    edition: Mapped[int] = mapped_column()
    state: Mapped[str] = text(6)
    reason: Mapped[str | None] = text(200)
    line_count: Mapped[int] = mapped_column()
    debit_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        UniqueConstraint("period_id", "edition"),
        CheckConstraint("state IN ('open', 'closed')", name="period_change_state"),
    )


class Entry(Appended, Base):
    """The head of an entry: when, where, by which rule, for which document and party."""

    __tablename__ = "entry"
    __rights__ = Rights(read="accounting.read", rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "id"))
    posting_id: Mapped[str] = mapped_column(
        Key(), ForeignKey("posting.entry_id", deferrable=True, initially="DEFERRED", use_alter=True), index=True
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    period_id: Mapped[str] = ref("period", index=False)
    occurred_on: Mapped[dt.date] = mapped_column()
    rule: Mapped[str] = text(60)
    source_table: Mapped[str] = text(40)
    source_id: Mapped[str] = mapped_column(Key(), index=True)
    source_number: Mapped[str | None] = text(40)
    party_id: Mapped[str | None] = ref("party", index=False)
    reverses_id: Mapped[str | None] = ref("entry", index=False)
    memo: Mapped[str | None] = text(200)
    __table_args__ = (
        # Else an entry could point at another's posting.
        CheckConstraint("posting_id = id", name="entry_posting"),
        CheckConstraint("reverses_id <> id", name="entry_reverses"),
        CheckConstraint("source_table <> ''", name="entry_source"),
        Index("ix_entry_occurred_on", "occurred_on", "id"),
        _partial("ix_entry_party_id", "party_id"),
        _partial("uq_entry_reverses_id", "reverses_id", unique=True),
    )


class EntryLine(Appended, Base):
    """One side of an entry: a debit above zero, a credit below. The day is the entry's, for the account's ledger."""

    __tablename__ = "entry_line"
    __rights__ = READ
    __ledger__ = Ledger(lock=("entry_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "entry_line_before_posting",
            "before insert",
            (Refuse("accounting.entry.posted", "EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.entry_id)"),),
        ),
        # A line of another transaction that did not see the posting yet.
        Trigger(
            "entry_line_balances",
            "after insert",
            (
                Refuse(
                    "accounting.entry.unbalanced",
                    f"(SELECT SUM(amount) {_LINES}) <> 0 OR (SELECT COUNT(*) {_LINES}) <> "
                    "(SELECT line_count FROM posting WHERE entry_id = NEW.entry_id)",
                ),
            ),
            only="postgresql",
            deferred=True,
        ),
    )
    entry_id: Mapped[str] = ref("entry", index=False)
    position: Mapped[int] = mapped_column()
    account_id: Mapped[str] = ref("account", index=False)
    occurred_on: Mapped[dt.date] = mapped_column()
    amount: Mapped[Decimal] = amount()
    cost_centre_id: Mapped[str | None] = ref("cost_centre", index=False)
    memo: Mapped[str | None] = text(120)
    __table_args__ = (
        UniqueConstraint("entry_id", "position"),
        CheckConstraint("amount <> 0", name="entry_line_amount"),
        # What balances are made of stands in it whole.
        Index("ix_entry_line_account_id", "account_id", "occurred_on", "cost_centre_id", "amount"),
    )


class Posting(Appended, Base):
    """The proof of an entry, written last: so many lines, and together they are nothing."""

    __tablename__ = "posting"
    __rights__ = READ
    __ledger__ = Ledger(lock=("entry_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "posting_proves",
            "before insert",
            (
                Refuse(
                    "accounting.entry.unbalanced",
                    f"COALESCE((SELECT SUM(amount) {_LINES}), 1) <> 0 OR (SELECT COUNT(*) {_LINES}) <> NEW.line_count",
                ),
                Refuse(
                    "accounting.entry.wrong_day",
                    f"EXISTS (SELECT 1 {_HEAD.format(period='p.id = e.period_id')} (e.occurred_on < p.starts_on "
                    "OR e.occurred_on > p.ends_on OR EXISTS (SELECT 1 FROM entry_line l "
                    "WHERE l.entry_id = e.id AND l.occurred_on <> e.occurred_on)))",
                ),
                # A closed month closes every day before it too.
                Refuse(
                    "accounting.entry.period_closed",
                    f"EXISTS (SELECT 1 {_HEAD.format(period='p.ends_on >= e.occurred_on')} p.state = 'closed')",
                ),
                Refuse(
                    "accounting.entry.not_postable",
                    "EXISTS (SELECT 1 FROM entry_line l JOIN account a ON a.id = l.account_id "
                    "WHERE l.entry_id = NEW.entry_id AND (a.archived OR NOT a.postable))",
                ),
            ),
        ),
    )
    entry_id: Mapped[str] = ref("entry", index=False, unique=True)
    line_count: Mapped[int] = mapped_column()
    __table_args__ = (CheckConstraint("line_count >= 2", name="posting_line_count"),)
