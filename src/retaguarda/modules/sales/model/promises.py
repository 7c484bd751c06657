"""The ledger of promises with their consents and what became of them: what was promised never changes, a change is a
further row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, amount, price, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.model.parts import one_of, written_later


class PromiseConsent(Appended, Base):
    """The customer agreed to a later day: who, by which channel, what was shown to them, what they said."""

    __tablename__ = "promise_consent"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id",))
    __personal__: ClassVar[frozenset[str]] = frozenset({"given_by", "note"})
    order_id: Mapped[str] = ref("sales_order")
    promised_on: Mapped[dt.date] = mapped_column()
    given_by: Mapped[str] = text(120)
    channel: Mapped[str] = text(10)
    shown: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (CheckConstraint(one_of("channel", rules.CHANNELS), name="promise_consent_channel"),)


_CONSENTED = (
    "EXISTS (SELECT 1 FROM promise_consent c WHERE c.id = NEW.consent_id AND c.order_id = NEW.order_id "
    "AND c.promised_on >= NEW.promised_on)"
)


class Promise(Appended, Base):
    """What a customer was promised for one line. The highest `turn` counts; a later day needs a consent."""

    __tablename__ = "promise"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id", "line_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "promise_turns",
            "before insert",
            (
                Refuse(
                    "sales.promise_turn",
                    "NEW.turn <> 1 + (SELECT COUNT(*) FROM promise WHERE line_id = NEW.line_id)",
                ),
                Refuse(
                    "sales.later_without_consent",
                    "EXISTS (SELECT 1 FROM promise p WHERE p.line_id = NEW.line_id AND p.turn = NEW.turn - 1 "
                    f"AND p.promised_on < NEW.promised_on) AND NOT {_CONSENTED}",
                ),
            ),
        ),
    )
    order_id: Mapped[str] = written_later("sales_order")
    line_id: Mapped[str] = written_later("sales_order_line", index=False)
    turn: Mapped[int] = mapped_column()
    quantity: Mapped[Decimal] = quantity()
    unit_price: Mapped[Decimal] = price()
    net_amount: Mapped[Decimal] = amount()
    promised_on: Mapped[dt.date] = mapped_column(index=True)
    place: Mapped[str] = text(10)
    channel: Mapped[str] = text(10)
    person_id: Mapped[str | None] = mapped_column(Key())
    customer_id: Mapped[str] = ref("party", index=False)
    consent_id: Mapped[str | None] = ref("promise_consent", index=False)
    __table_args__ = (
        UniqueConstraint("line_id", "turn"),
        CheckConstraint("quantity >= 0 AND turn > 0", name="promise_quantity"),
    )


_KEPT = (
    "SELECT NEW.delivered_on <= p.promised_on AND p.quantity <= COALESCE((SELECT l.quantity FROM sales_order_line l "
    "WHERE l.id = p.line_id AND l.active), 0) FROM promise p WHERE p.id = NEW.promise_id"
)
"""In time, and all of it: what stands on the order is what was handed over."""


class PromiseResult(Appended, Base):
    """What became of a promise: handed over on which day, kept or broken."""

    __tablename__ = "promise_result"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id", "promise_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "promise_result_judged",
            "before insert",
            (
                Refuse(
                    "sales.result_differs",
                    f"NEW.kept <> ({_KEPT})",
                ),
            ),
        ),
    )
    order_id: Mapped[str] = ref("sales_order")
    promise_id: Mapped[str] = ref("promise", index=False, unique=True)
    line_id: Mapped[str] = mapped_column(Key())
    delivered_on: Mapped[dt.date] = mapped_column(index=True)
    kept: Mapped[bool] = mapped_column()
