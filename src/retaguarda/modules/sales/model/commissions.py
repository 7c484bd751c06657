"""Commissions: what a seller earns by which rule, as data, and the ledger of what was earned and taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, amount, rate, ref, text
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.model.parts import one_of

READ = Rights(read="sales.read_commissions")


def _one_standing(column: str) -> Index:
    where = sql_text(f"active AND {column} IS NOT NULL")
    return Index(f"uq_commission_rule_{column}", column, unique=True, sqlite_where=where, postgresql_where=where)


class CommissionRule(Versioned, Base):
    """What somebody earns: a person, or whoever has a role; the person's own rule goes before that of the role."""

    __tablename__ = "commission_rule"
    __rights__ = READ
    person_id: Mapped[str | None] = ref("person", index=False)
    role_id: Mapped[str | None] = ref("role", index=False)
    basis: Mapped[str] = text(8)
    rate: Mapped[Decimal] = rate()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        _one_standing("person_id"),
        _one_standing("role_id"),
        CheckConstraint("(person_id IS NULL) <> (role_id IS NULL)", name="commission_rule_whose"),
        CheckConstraint(one_of("basis", rules.BASES), name="commission_rule_basis"),
        CheckConstraint("rate > 0 AND rate <= 1000000", name="commission_rule_rate"),
    )


class CommissionEntry(Appended, Base):
    """Earned by a sale or a payment, or taken back by a return: the share of `base_amount` at the rule's rate."""

    __tablename__ = "commission_entry"
    __rights__ = READ
    __ledger__ = Ledger(lock=("order_id", "source_id"))
    seller_id: Mapped[str] = ref("person")
    order_id: Mapped[str] = ref("sales_order")
    basis: Mapped[str] = text(8)
    source_table: Mapped[str] = text(20)
    source_id: Mapped[str] = mapped_column(Key())
    base_amount: Mapped[Decimal] = amount()
    rate: Mapped[Decimal] = rate()
    commission_amount: Mapped[Decimal] = amount()
    on_day: Mapped[dt.date] = mapped_column(index=True)
    __table_args__ = (
        Index("uq_commission_entry_source_id_order_id", "source_id", "order_id", unique=True),
        CheckConstraint(one_of("basis", rules.BASES), name="commission_entry_basis"),
        CheckConstraint("(base_amount < 0) = (commission_amount < 0) OR commission_amount = 0",
                        name="commission_entry_sign"),
    )  # fmt: skip
