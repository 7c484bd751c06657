"""What the shop owed when it began with the program: suppliers' titles of before, without an invoice entered here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Key, Rights, Versioned, instant, ref, text
from retaguarda.kernel.model import amount as amount_column
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.purchasing import rules
from retaguarda.modules.purchasing.model.payables import READ_PAYABLES

_FIXED = ("branch_id", "supplier_id", "number", "issued_on", "due_on", "amount")
_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIXED)
_STANDS = sql_text(f"state = '{rules.STANDS}'")


class OpeningPayable(Versioned, Base):
    """One title that a supplier was owed already, with the number its own paper has; its payable has the same key. It
    stands, or was taken back whole, and nothing else of it changes."""

    __tablename__ = "opening_payable"
    __searched__ = True
    __rights__ = Rights(read=READ_PAYABLES, rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("opening_payable"),
        Trigger(
            "opening_payable_stays",
            "before update",
            (Refuse("purchasing.opening.posted", f"OLD.state <> '{rules.STANDS}' OR {_CHANGED}"),),
        ),
    )
    branch_id: Mapped[str] = ref("branch", index=False)
    supplier_id: Mapped[str] = ref("party", index=False)
    number: Mapped[str] = text(40)
    issued_on: Mapped[dt.date] = mapped_column()
    due_on: Mapped[dt.date] = mapped_column()
    amount: Mapped[Decimal] = amount_column()
    note: Mapped[str] = text(200)
    state: Mapped[str] = text(8)
    reason: Mapped[str] = text(200)
    person_id: Mapped[str | None] = mapped_column(Key())
    at: Mapped[dt.datetime] = instant()
    folded: Mapped[str] = text(400)
    __table_args__ = (
        Index(
            "uq_opening_payable_supplier_id_number",
            "supplier_id",
            "number",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        CheckConstraint(f"state IN ('{rules.STANDS}', '{rules.REVERSED}')", name="opening_payable_state"),
        CheckConstraint("amount > 0 AND number <> '' AND due_on >= issued_on", name="opening_payable_amount"),
        CheckConstraint(f"(state = '{rules.REVERSED}') = (reason <> '')", name="opening_payable_reason"),
    )
