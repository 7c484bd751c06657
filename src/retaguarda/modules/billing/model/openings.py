"""What customers owed when the company began with the program: titles of before, without an invoice of ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Key, Rights, Versioned, amount, instant, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.model.parts import one_of

_FIXED = ("branch_id", "party_id", "number", "issued_on", "due_on", "amount")
_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIXED)
_STANDS = sql_text(f"state = '{rules.STANDS}'")


class OpeningReceivable(Versioned, Base):
    """One title that a customer owed already, with the number its own paper has; its instalment and receivable have
    the same key. It stands, or was taken back whole, and nothing else of it changes."""

    __tablename__ = "opening_receivable"
    __searched__ = True
    __rights__ = Rights(read="billing.read", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("opening_receivable"),
        Trigger(
            "opening_receivable_stays",
            "before update",
            (Refuse("billing.opening.posted", f"OLD.state <> '{rules.STANDS}' OR {_CHANGED}"),),
        ),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    party_id: Mapped[str] = ref("party", index=False)
    number: Mapped[str] = text(40)
    issued_on: Mapped[dt.date] = mapped_column()
    due_on: Mapped[dt.date] = mapped_column()
    amount: Mapped[Decimal] = amount()
    note: Mapped[str] = text(200)
    state: Mapped[str] = text(8)
    person_id: Mapped[str | None] = mapped_column(Key())
    at: Mapped[dt.datetime] = instant()
    folded: Mapped[str] = text(400)
    __table_args__ = (
        Index(
            "uq_opening_receivable_party_id_number",
            "party_id",
            "number",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        CheckConstraint(one_of("state", rules.OPENING_STATES), name="opening_receivable_state"),
        CheckConstraint("amount > 0 AND number <> '' AND due_on >= issued_on", name="opening_receivable_amount"),
    )
