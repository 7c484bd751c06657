"""Where the company's money lies, and the ledger of how it moved; its triggers keep the balance that guards it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, amount, ref, text
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted

READ_MONEY = Rights(read="accounting.read_money", rows="branch")
_SOME_REFERENCE = sql_text("bank_reference IS NOT NULL")


class MoneyAccount(Versioned, Base):
    """A bank account, a cash box or a till, with its own account in the chart."""

    __tablename__ = "money_account"
    __rights__ = READ_MONEY
    name: Mapped[str] = text(80)
    kind: Mapped[str] = text(4)
    account_id: Mapped[str] = ref("account", index=False, unique=True)
    branch_id: Mapped[str] = ref("branch")
    station: Mapped[str | None] = text(40)
    bank_code: Mapped[str | None] = text(10)
    bank_agency: Mapped[str | None] = text(20)
    bank_number: Mapped[str | None] = text(30)
    archived: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("kind IN ('bank', 'cash', 'till')", name="money_account_kind"),
        CheckConstraint("(kind = 'till') = (station IS NOT NULL)", name="money_account_station"),
    )
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "money_account_starts",
            "after insert",
            (Run("INSERT INTO money_balance (money_account_id, kind, balance) VALUES (NEW.id, NEW.kind, 0)"),),
        ),
        Trigger(
            "money_account_stays",
            "before update",
            (Refuse("kernel.append_only"),),
            when="NEW.kind <> OLD.kind OR NEW.account_id <> OLD.account_id",
        ),
    )


class MoneyBalance(Base):
    """What there is in a money account, kept by the triggers: a bank may owe, cash and till hold nothing below zero."""

    __tablename__ = "money_balance"
    __rights__ = Rights(read="accounting.read_money")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("money_balance"),)
    money_account_id: Mapped[str] = mapped_column(Key(), ForeignKey("money_account.id"), primary_key=True)
    kind: Mapped[str] = text(4)
    balance: Mapped[Decimal] = amount()
    __table_args__ = (CheckConstraint("kind = 'bank' OR balance >= 0", name="money_balance_floor"),)


class MoneyMovement(Appended, Base):
    """Money came in (above zero) or went out (below), for a document; a bank's own reference never comes twice."""

    __tablename__ = "money_movement"
    __rights__ = Rights(read="accounting.read_money")
    __ledger__ = Ledger(lock=("money_account_id", "source_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "money_movement_moves",
            "after insert",
            (
                Run(
                    "UPDATE money_balance SET balance = balance + NEW.amount "
                    "WHERE money_account_id = NEW.money_account_id"
                ),
            ),
        ),
    )
    money_account_id: Mapped[str] = ref("money_account", index=False)
    kind: Mapped[str] = text(12)
    amount: Mapped[Decimal] = amount()
    occurred_on: Mapped[dt.date] = mapped_column()
    source_table: Mapped[str] = text(40)
    source_id: Mapped[str] = mapped_column(Key(), index=True)
    bank_reference: Mapped[str | None] = text(80)
    memo: Mapped[str | None] = text(200)
    __table_args__ = (
        CheckConstraint("amount <> 0", name="money_movement_amount"),
        CheckConstraint("source_table <> '' AND bank_reference <> ''", name="money_movement_source"),
        CheckConstraint(
            "kind IN ('opening', 'received', 'paid', 'refunded', 'transferred', 'supplied', 'withdrawn', 'difference', "
            "'reversed')",
            name="money_movement_kind",
        ),
        Index("ix_money_movement_account", "money_account_id", "occurred_on"),
        Index(
            "uq_money_movement_money_account_id_bank_reference",
            "money_account_id",
            "bank_reference",
            unique=True,
            sqlite_where=_SOME_REFERENCE,
            postgresql_where=_SOME_REFERENCE,
        ),
    )
