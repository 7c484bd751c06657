"""Tills: a session from its opening to its closing, what was put in and taken out, and what the closing found.

A session is one ledger row; whether it is open and what lies in the drawer is a balance that triggers keep. Closing
happens on the balance's row lock: whoever still writes into that till is either counted or refused.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Ledger, Numbers, Rights, amount, ref, text
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.model.parts import one_of

READ = Rights(read="billing.read_tills")
OPEN, CLOSED = "open", "closed"
_OPEN_ONLY = f"state = '{OPEN}'"
MOVES_TILLS = ("till_session", "settlement")
"""The documents whose money moves in and out of an open till: its own, and payments, each counted in its drawer."""


class TillSession(Appended, Base):
    """A till opened at a station by a person, with the money that lay in it then."""

    __tablename__ = "till_session"
    __rights__ = Rights(read="billing.read_tills", rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "money_account_id"))
    __numbers__ = Numbers("billing.till")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "till_session_opens",
            "after insert",
            (
                Run(
                    "INSERT INTO till_balance (session_id, branch_id, money_account_id, station, state, cash_amount) "
                    f"VALUES (NEW.id, NEW.branch_id, NEW.money_account_id, NEW.station, '{OPEN}', NEW.float_amount)"
                ),
            ),
        ),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    device: Mapped[str] = text(40)
    number: Mapped[int] = mapped_column(BigInteger)
    money_account_id: Mapped[str] = ref("money_account")
    station: Mapped[str] = text(60)
    person_id: Mapped[str] = ref("person")
    float_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        UniqueConstraint("branch_id", "device", "number"),
        CheckConstraint("number > 0 AND float_amount >= 0", name="till_session_float"),
    )


class TillBalance(Base):
    """Whether a session is open and the cash in its drawer. One open session for a drawer, one for a station."""

    __tablename__ = "till_balance"
    __rights__ = Rights(read="billing.read_tills", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("till_balance"),
        Trigger(
            "till_balance_stays_closed", "before update", (Refuse("billing.till_closed"),), when="OLD.state = 'closed'"
        ),
        # Money that moves for any other document would lie in the drawer without being counted, or be missed in it.
        Trigger(
            "till_is_moved_by_itself",
            "before insert",
            (
                Refuse(
                    "billing.till_in_use",
                    "EXISTS (SELECT 1 FROM till_balance WHERE money_account_id = NEW.money_account_id "
                    f"AND {_OPEN_ONLY})",
                ),
            ),
            when=f"NOT ({one_of('NEW.source_table', MOVES_TILLS)})",
            on="money_movement",
        ),
    )
    session_id: Mapped[str] = ref("till_session", primary_key=True, index=False)
    branch_id: Mapped[str] = ref("branch", index=False)
    money_account_id: Mapped[str] = ref("money_account", index=False)
    station: Mapped[str] = text(60)
    state: Mapped[str] = text(6)
    cash_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        CheckConstraint("cash_amount >= 0", name="till_balance_cash"),
        CheckConstraint(one_of("state", (OPEN, CLOSED)), name="till_balance_state"),
        Index(
            "uq_till_balance_money_account_id",
            "money_account_id",
            unique=True,
            sqlite_where=sql_text(_OPEN_ONLY),
            postgresql_where=sql_text(_OPEN_ONLY),
        ),
        Index(
            "uq_till_balance_branch_id_station",
            "branch_id",
            "station",
            unique=True,
            sqlite_where=sql_text(_OPEN_ONLY),
            postgresql_where=sql_text(_OPEN_ONLY),
        ),
    )


class TillEntry(Appended, Base):
    """Cash put into a till or taken out of it otherwise than by a customer; `other_account_id` is the other side."""

    __tablename__ = "till_entry"
    __rights__ = READ
    __ledger__ = Ledger(lock=("session_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "till_entry_counts",
            "after insert",
            (Run("UPDATE till_balance SET cash_amount = cash_amount + NEW.amount WHERE session_id = NEW.session_id"),),
        ),
    )
    session_id: Mapped[str] = ref("till_session")
    kind: Mapped[str] = text(10)
    amount: Mapped[Decimal] = amount()
    other_account_id: Mapped[str | None] = ref("money_account")
    person_id: Mapped[str | None] = ref("person")
    reason: Mapped[str] = text(200)
    __table_args__ = (
        CheckConstraint(one_of("kind", rules.TILL_ENTRIES), name="till_entry_kind"),
        CheckConstraint(
            "amount <> 0 AND (kind <> 'supply' OR amount > 0) "
            "AND (kind NOT IN ('withdrawal', 'emptied') OR amount < 0)",
            name="till_entry_amount",
        ),
        CheckConstraint("(kind = 'difference') = (other_account_id IS NULL)", name="till_entry_other_side"),
    )


class TillClosing(Appended, Base):
    """The closing of a session: what was counted, before anybody saw what was expected."""

    __tablename__ = "till_closing"
    __rights__ = READ
    __ledger__ = Ledger(lock=("session_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "till_closing_closes",
            "before insert",
            (
                # First the row lock: from here on the drawer stands still.
                Run("UPDATE till_balance SET state = 'closed' WHERE session_id = NEW.session_id"),
                Refuse(
                    "billing.till_moved",
                    "COALESCE((SELECT cash_amount FROM till_balance WHERE session_id = NEW.session_id), 1) <> 0",
                ),
                Refuse(
                    "billing.till_moved",
                    "NEW.difference_amount <> (SELECT COALESCE(SUM(amount), 0) FROM till_entry "
                    "WHERE session_id = NEW.session_id AND kind = 'difference') "
                    "OR NEW.counted_amount <> (SELECT COALESCE(-SUM(amount), 0) FROM till_entry "
                    "WHERE session_id = NEW.session_id AND kind = 'emptied')",
                ),
            ),
        ),
    )
    session_id: Mapped[str] = ref("till_session", index=False, unique=True)
    counted_amount: Mapped[Decimal] = amount()
    expected_amount: Mapped[Decimal] = amount()
    difference_amount: Mapped[Decimal] = amount()
    person_id: Mapped[str | None] = ref("person")
    reason: Mapped[str] = text(200)
    __table_args__ = (
        CheckConstraint(
            "counted_amount - expected_amount = difference_amount AND counted_amount >= 0 AND expected_amount >= 0",
            name="till_closing_amounts",
        ),
    )
