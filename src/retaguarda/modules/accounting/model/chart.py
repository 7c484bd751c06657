"""The chart of accounts, what its accounts are for, cost centres, and the posting rules as data."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Keyed, Ledger, Rights, Versioned, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted

READ = Rights(read="accounting.read")
KINDS = "kind IN ('asset', 'liability', 'equity', 'revenue', 'expense')"


class Books(Keyed, Base):
    """The company's books, one row: `edition` grows with every change of chart, rules and periods, so that what an
    office remembers of them is known to hold or not; whoever changes them waits here for whoever else does."""

    __tablename__ = "books"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("books"),
        Trigger("books_edition_grows", "before update", (Refuse("kernel.append_only", "NEW.edition <= OLD.edition"),)),
    )
    single: Mapped[int] = mapped_column(default=1, unique=True)
    edition: Mapped[int] = mapped_column(default=1)
    command_id: Mapped[str] = mapped_column(Key())
    __table_args__ = (CheckConstraint("single = 1", name="books_single"),)


class Account(Versioned, Base):
    """An account of the chart: a leaf that is posted to, or a node that sums what is below it."""

    __tablename__ = "account"
    __rights__ = READ
    code: Mapped[str] = text(30, unique=True)
    name: Mapped[str] = text(120)
    kind: Mapped[str] = text(10)
    parent_id: Mapped[str | None] = ref("account")
    postable: Mapped[bool] = mapped_column(default=True)
    archived: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint(KINDS, name="account_kind"),
        CheckConstraint("parent_id <> id", name="account_parent"),
    )
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "account_stays",
            "before update",
            (
                Refuse("accounting.account_in_use", "EXISTS (SELECT 1 FROM entry_line WHERE account_id = OLD.id)"),
                Refuse("accounting.account_in_use", "EXISTS (SELECT 1 FROM money_account WHERE account_id = OLD.id)"),
            ),
            when="NEW.kind <> OLD.kind OR (OLD.postable AND NOT NEW.postable)",
        ),
    )


class AccountRole(Versioned, Base):
    """What the program books to: `role` is known to the posting rules, the account is this company's."""

    __tablename__ = "account_role"
    __rights__ = READ
    role: Mapped[str] = text(40, unique=True)
    account_id: Mapped[str] = ref("account")


class CostCentre(Versioned, Base):
    """Where revenue and expense arise: a shop, a team, a project."""

    __tablename__ = "cost_centre"
    __rights__ = READ
    code: Mapped[str] = text(20, unique=True)
    name: Mapped[str] = text(80)
    archived: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text)


class PostingRule(Versioned, Base):
    """How something that happens is booked; its lines are those written under its present version."""

    __tablename__ = "posting_rule"
    __rights__ = READ
    rule: Mapped[str] = text(60, unique=True)
    folded: Mapped[str] = mapped_column(Text)


class PostingRuleLine(Appended, Base):
    """One line of one edition of a rule: the amount of this name goes to this side of the account of this role."""

    __tablename__ = "posting_rule_line"
    __rights__ = READ
    __ledger__ = Ledger(lock=("rule_id", "edition", "position"))
    rule_id: Mapped[str] = ref("posting_rule", index=False)
    edition: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column()
    amount: Mapped[str] = text(30)
    side: Mapped[str] = text(6)
    role: Mapped[str] = text(40)
    __table_args__ = (
        UniqueConstraint("rule_id", "edition", "position"),
        CheckConstraint("side IN ('debit', 'credit')", name="posting_rule_line_side"),
    )
