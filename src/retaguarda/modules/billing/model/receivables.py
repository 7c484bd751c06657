"""What customers owe: the balance of every instalment, what settles it, how the money came, the customers' credit.

A *settlement* is the one head of all that settles: payment, refund, credit note, write-off, renegotiation, the reversal
of one of these, and the annulment of an opening receivable. Its rows come before it, under a deferred foreign key; the
head, with its number, is written last and its trigger adds them up. Balances are moved by triggers alone, and their
CHECKs are the guard: nothing is paid over what is due, nothing credited over what was billed, no credit spent twice.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, amount, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Run, Trigger, never_deleted
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.model.parts import of_the_head, one_of

READ = Rights(read="billing.read")
_POSTED = Refuse("billing.settlement.posted", "EXISTS (SELECT 1 FROM settlement WHERE id = NEW.settlement_id)")


def _sum(column: str, table: str) -> str:
    return f"(SELECT COALESCE(SUM({column}), 0) FROM {table} WHERE settlement_id = NEW.id)"


def _differs(column: str, table: str, source: str = "") -> str:
    return f"NEW.{column} <> {_sum(source or column, table)}"


_ENTRIES_DIFFER = " OR ".join(
    _differs(f"{part}_amount", "receivable_entry") for part in ("principal", "interest", "fine", "discount")
)
_VALUE_DIFFERS = (
    f"NEW.kind = 'credit_note' AND {_differs('value_amount', 'credit_note_line', 'net_amount')} "
    f"OR NEW.kind = 'renegotiation' AND {_differs('value_amount', 'instalment', 'amount')} "
    "OR NEW.kind IN ('write_off', 'annulment') AND NEW.value_amount <> NEW.principal_amount "
    "OR NEW.kind IN ('payment', 'refund') AND NEW.value_amount <> 0"
)
# Records that were merged are one customer; what is reversed was its debt when it was settled.
_ANOTHERS_DEBT = (
    "EXISTS (SELECT 1 FROM receivable_entry e JOIN receivable r ON r.id = e.receivable_id "
    "JOIN party p ON p.id = r.party_id JOIN party q ON q.id = NEW.party_id WHERE e.settlement_id = NEW.id "
    "AND coalesce(p.merged_into_id, p.id) <> coalesce(q.merged_into_id, q.id) "
    "AND NOT (NEW.kind = 'reversal' AND EXISTS (SELECT 1 FROM receivable_entry b "
    "WHERE b.settlement_id = NEW.reverses_id AND b.receivable_id = e.receivable_id)))"
)
# What an annulment takes back is what was owed when the program began, and all of it.
_NO_OPENING = (
    "NEW.kind = 'annulment' AND EXISTS (SELECT 1 FROM receivable_entry e JOIN instalment i ON i.id = e.receivable_id "
    "WHERE e.settlement_id = NEW.id AND (i.opening_id IS NULL OR i.amount <> e.principal_amount))"
)
_NOT_THE_REVERSAL = (
    "NEW.kind = 'reversal' AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.id = NEW.reverses_id "
    f"AND {one_of('s.kind', rules.REVERSIBLE)} AND s.party_id = NEW.party_id "
    + "".join(
        f"AND s.{column}_amount = -NEW.{column}_amount "
        for column in ("money", "value", "principal", "interest", "fine", "discount", "credit")
    )
    + ")"
)


class Receivable(Base):
    """What is still due of one instalment (same key): triggers of the ledgers keep it, nothing else writes here."""

    __tablename__ = "receivable"
    __rights__ = Rights(read="billing.read", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("receivable"),)
    id: Mapped[str] = ref("instalment", primary_key=True, index=False)
    party_id: Mapped[str] = ref("party", index=False)
    branch_id: Mapped[str] = ref("branch", index=False)
    due_on: Mapped[dt.date] = mapped_column()
    free_until: Mapped[dt.date] = mapped_column()
    due_amount: Mapped[Decimal] = amount()
    settled_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        CheckConstraint("settled_amount BETWEEN 0 AND due_amount", name="receivable_settled"),
        Index("ix_receivable_party_id", "party_id", "due_on"),
        # What a customer owes is asked at every confirmation, and most of what it was billed is paid.
        Index(
            "ix_receivable_owed",
            "party_id",
            "due_on",
            sqlite_where=sql_text("settled_amount < due_amount"),
            postgresql_where=sql_text("settled_amount < due_amount"),
        ),
        Index(
            "ix_receivable_open",
            "due_on",
            sqlite_where=sql_text("settled_amount < due_amount"),
            postgresql_where=sql_text("settled_amount < due_amount"),
        ),
    )


class Settlement(Appended, Base):
    """The head of what settles receivables. What comes in (`money`, and `value`: goods taken back, new instalments, a
    loss) is what it settles: principal with interest and fine less discount, and what is kept as the customer's credit.
    """

    __tablename__ = "settlement"
    __rights__ = Rights(read="billing.read", rows="branch")
    __ledger__ = Ledger(lock=("branch_id", "id"))
    __numbers__ = Numbers("billing.settlement", by="kind")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "settlement_totals",
            "before insert",
            (
                Refuse("billing.settlement.entries_differ", _ENTRIES_DIFFER),
                Refuse("billing.settlement.money_differs", _differs("money_amount", "settlement_money", "amount")),
                Refuse(
                    "billing.settlement.credit_differs", _differs("credit_amount", "customer_credit_entry", "amount")
                ),
                Refuse("billing.settlement.value_differs", _VALUE_DIFFERS),
                Refuse("billing.settlement.other_party", _ANOTHERS_DEBT),
                Refuse("billing.settlement.not_the_reversal", _NOT_THE_REVERSAL),
                Refuse("billing.settlement.no_opening", _NO_OPENING),
            ),
        ),
    )
    kind: Mapped[str] = text(13)
    branch_id: Mapped[str] = ref("branch", index=False)
    device: Mapped[str] = text(40)
    number: Mapped[int] = mapped_column(BigInteger)
    party_id: Mapped[str] = ref("party")
    occurred_on: Mapped[dt.date] = mapped_column()
    money_amount: Mapped[Decimal] = amount()
    value_amount: Mapped[Decimal] = amount()
    principal_amount: Mapped[Decimal] = amount()
    interest_amount: Mapped[Decimal] = amount()
    fine_amount: Mapped[Decimal] = amount()
    discount_amount: Mapped[Decimal] = amount()
    credit_amount: Mapped[Decimal] = amount()
    invoice_id: Mapped[str | None] = ref("invoice")
    reverses_id: Mapped[str | None] = ref("settlement", index=False, unique=True)
    person_id: Mapped[str | None] = mapped_column(Key())
    reason: Mapped[str] = text(200)
    __table_args__ = (
        UniqueConstraint("branch_id", "device", "kind", "number"),
        UniqueConstraint("id", "command_id"),
        CheckConstraint(one_of("kind", rules.SETTLEMENTS), name="settlement_kind"),
        CheckConstraint("number > 0", name="settlement_number"),
        CheckConstraint(
            "money_amount + value_amount = principal_amount + interest_amount + fine_amount - discount_amount "
            "+ credit_amount",
            name="settlement_balanced",
        ),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="settlement_reverses"),
        CheckConstraint("(kind = 'credit_note') = (invoice_id IS NOT NULL)", name="settlement_invoice"),
        CheckConstraint(
            "kind NOT IN ('write_off', 'credit_note', 'reversal', 'annulment') OR reason <> ''",
            name="settlement_reason",
        ),
        CheckConstraint(
            "kind = 'reversal' OR (value_amount >= 0 AND interest_amount >= 0 AND fine_amount >= 0 "
            "AND discount_amount >= 0)",
            name="settlement_signs",
        ),
        Index("ix_settlement_occurred_on", "branch_id", "occurred_on"),
    )


class ReceivableEntry(Appended, Base):
    """What one settlement takes off one receivable, with the interest and fine paid on it and the discount granted.

    `occurred_on` is the day that counts for interest; a reversal carries the day of what it reverses.
    """

    __tablename__ = "receivable_entry"
    __rights__ = READ
    __ledger__ = Ledger(lock=("receivable_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("receivable_entry_before_head", "before insert", (_POSTED,)),
        Trigger(
            "receivable_entry_settles",
            "after insert",
            (
                Run(
                    "UPDATE receivable SET settled_amount = settled_amount + NEW.principal_amount "
                    "WHERE id = NEW.receivable_id"
                ),
            ),
        ),
    )
    receivable_id: Mapped[str] = ref("receivable")
    settlement_id: Mapped[str] = mapped_column(Key())
    occurred_on: Mapped[dt.date] = mapped_column()
    principal_amount: Mapped[Decimal] = amount()
    interest_amount: Mapped[Decimal] = amount()
    fine_amount: Mapped[Decimal] = amount()
    discount_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        of_the_head("settlement"),
        UniqueConstraint("settlement_id", "receivable_id"),
        Index("ix_receivable_entry_head", "settlement_id", "command_id"),
    )


class SettlementMoney(Appended, Base):
    """How money came (above zero) or went back: by which method, into which account, through which open till."""

    __tablename__ = "settlement_money"
    __rights__ = READ
    __ledger__ = Ledger(lock=("money_account_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("settlement_money_before_head", "before insert", (_POSTED,)),
        Trigger(
            "settlement_money_in_till",
            "after insert",
            (
                Run(
                    "UPDATE till_balance SET cash_amount = cash_amount + NEW.amount "
                    "WHERE session_id = NEW.till_session_id"
                ),
            ),
            when="NEW.till_session_id IS NOT NULL AND NEW.method = 'cash'",
        ),
    )
    settlement_id: Mapped[str] = mapped_column(Key())
    position: Mapped[int] = mapped_column()
    method: Mapped[str] = text(10)
    money_account_id: Mapped[str] = ref("money_account")
    amount: Mapped[Decimal] = amount()
    bank_reference: Mapped[str | None] = text(80)
    till_session_id: Mapped[str | None] = ref("till_session")
    __table_args__ = (
        of_the_head("settlement"),
        UniqueConstraint("settlement_id", "position"),
        Index("ix_settlement_money_head", "settlement_id", "command_id"),
        CheckConstraint(one_of("method", rules.METHODS), name="settlement_money_method"),
        CheckConstraint("amount <> 0", name="settlement_money_amount"),
    )


class CustomerCredit(Base):
    """What a customer has paid or been credited beyond what it owes; kept by the ledger's trigger."""

    __tablename__ = "customer_credit"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("customer_credit"),)
    party_id: Mapped[str] = ref("party", primary_key=True, index=False)
    amount: Mapped[Decimal] = amount(server_default="0")
    __table_args__ = (CheckConstraint("amount >= 0", name="customer_credit_amount"),)


class CustomerCreditEntry(Appended, Base):
    """Credit that a customer gained (above zero) or used (below)."""

    __tablename__ = "customer_credit_entry"
    __rights__ = READ
    __ledger__ = Ledger(lock=("party_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("customer_credit_entry_before_head", "before insert", (_POSTED,)),
        Trigger(
            "customer_credit_entry_counts",
            "after insert",
            (
                Run("INSERT INTO customer_credit (party_id) VALUES (NEW.party_id) ON CONFLICT DO NOTHING"),
                Run("UPDATE customer_credit SET amount = amount + NEW.amount WHERE party_id = NEW.party_id"),
            ),
        ),
    )
    party_id: Mapped[str] = ref("party")
    settlement_id: Mapped[str] = mapped_column(Key())
    amount: Mapped[Decimal] = amount()
    __table_args__ = (
        of_the_head("settlement"),
        Index("ix_customer_credit_entry_head", "settlement_id", "command_id"),
        CheckConstraint("amount <> 0", name="customer_credit_entry_amount"),
    )


class CreditedLine(Base):
    """How much of a billed line has been credited; kept by the ledger's trigger, never more than was billed."""

    __tablename__ = "credited_line"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("credited_line"),)
    invoice_line_id: Mapped[str] = ref("invoice_line", primary_key=True, index=False)
    billed_quantity: Mapped[Decimal] = quantity()
    billed_amount: Mapped[Decimal] = amount()
    credited_quantity: Mapped[Decimal] = quantity()
    credited_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        CheckConstraint(
            "credited_quantity BETWEEN 0 AND billed_quantity AND credited_amount BETWEEN 0 AND billed_amount",
            name="credited_line_credited",
        ),
    )


class CreditNoteLine(Appended, Base):
    """What a credit note takes back of one billed line."""

    __tablename__ = "credit_note_line"
    __rights__ = READ
    __ledger__ = Ledger(lock=("invoice_line_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("credit_note_line_before_head", "before insert", (_POSTED,)),
        Trigger(
            "credit_note_line_counts",
            "after insert",
            (
                Run(
                    "INSERT INTO credited_line "
                    "(invoice_line_id, billed_quantity, billed_amount, credited_quantity, credited_amount) "
                    "SELECT id, quantity, net_amount, 0, 0 FROM invoice_line WHERE id = NEW.invoice_line_id "
                    "ON CONFLICT DO NOTHING"
                ),
                Run(
                    "UPDATE credited_line SET credited_quantity = credited_quantity + NEW.quantity, "
                    "credited_amount = credited_amount + NEW.net_amount WHERE invoice_line_id = NEW.invoice_line_id"
                ),
            ),
        ),
    )
    settlement_id: Mapped[str] = mapped_column(Key())
    invoice_line_id: Mapped[str] = ref("invoice_line")
    position: Mapped[int] = mapped_column()
    quantity: Mapped[Decimal] = quantity()
    net_amount: Mapped[Decimal] = amount()
    __table_args__ = (
        of_the_head("settlement"),
        UniqueConstraint("settlement_id", "invoice_line_id"),
        Index("ix_credit_note_line_head", "settlement_id", "command_id"),
        CheckConstraint("quantity > 0 AND net_amount >= 0", name="credit_note_line_quantity"),
    )
