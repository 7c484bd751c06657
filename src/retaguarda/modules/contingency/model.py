"""Which way was chosen when something failed; what early warning says of open cases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, amount, instant, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.contingency import rules


class RemedyChoice(Appended, Base):
    """A way that was taken for a failure: its commands, its place among the ways, day and cost it was taken for, and
    the order that goes on by it (None where none does yet)."""

    __tablename__ = "remedy_choice"
    __rights__ = Rights(read="process.read_failures")
    __ledger__ = Ledger(lock=("failure_id",))
    failure_id: Mapped[str] = ref("failure")
    order_id: Mapped[str | None] = ref("sales_order")
    kind: Mapped[str] = text(20)
    place: Mapped[int] = mapped_column()
    counted: Mapped[bool] = mapped_column()
    steps: Mapped[str] = mapped_column(Text)
    promised_on: Mapped[dt.date | None] = mapped_column()
    kept: Mapped[bool] = mapped_column()
    complete: Mapped[bool] = mapped_column()
    dearer_amount: Mapped[Decimal] = amount()
    extra_cost: Mapped[Decimal] = amount()
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in rules.KINDS)})", name="remedy_choice_kind"),
        CheckConstraint("place > 0", name="remedy_choice_place"),
        CheckConstraint("extra_cost >= 0", name="remedy_choice_cost"),
    )


_FIXED = ("case_id", "subject_id", "branch_id", "rule", "step", "since_at", "raised_at")


class CaseAlert(Versioned, Base):
    """What a rule of early warning says of a case: about which step, from when on; closed when its ground is gone."""

    __tablename__ = "case_alert"
    __rights__ = Rights(read="process.read_failures", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("case_alert"),
        Trigger(
            "case_alert_fixed",
            "before update",
            (
                Refuse("contingency.alert_is_fixed", " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _FIXED)),
                Refuse("contingency.alert_is_fixed", "OLD.state = 'closed'"),
            ),
        ),
    )
    case_id: Mapped[str] = ref("case_head")
    subject_id: Mapped[str] = mapped_column(Key())
    branch_id: Mapped[str] = ref("branch", index=False)
    rule: Mapped[str] = text(20)
    step: Mapped[str] = text(40)
    since_at: Mapped[dt.datetime] = instant()
    raised_at: Mapped[dt.datetime] = instant()
    state: Mapped[str] = text(8)
    closed_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        # Each rule speaks once of a case's step, whoever looks first.
        Index(
            "uq_case_alert_case_id_rule_step",
            "case_id",
            "rule",
            "step",
            unique=True,
            sqlite_where=sql_text("state = 'open'"),
            postgresql_where=sql_text("state = 'open'"),
        ),
        CheckConstraint(f"rule IN ({', '.join(repr(rule.name) for rule in rules.RULES)})", name="case_alert_rule"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="case_alert_state"),
    )
