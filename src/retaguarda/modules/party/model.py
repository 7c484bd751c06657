"""Tables of the parties: the root, its roles, its addresses and contacts.

Names, numbers and addresses are personal data; documents keep their own copy of what they printed.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Rights, Versioned, amount, instant, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.party import rules


def _one_of(column: str, options: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(option) for option in options)})"


_DEEP = Refuse(
    "party.merged_into_merged",
    "NEW.merged_into_id IS NOT NULL AND EXISTS (SELECT 1 FROM party AS p WHERE p.merged_into_id = NEW.id "
    "OR (p.id = NEW.merged_into_id AND p.merged_into_id IS NOT NULL))",
)


class Party(Versioned, Base):
    """Somebody the company deals with. Its version guards the whole record: roles, addresses and contacts too.

    A record that was merged refers to the one that stands for both; that one is never merged itself.
    """

    __tablename__ = "party"
    __searched__ = True
    __rights__ = Rights(read="party.read")
    __personal__: ClassVar[frozenset[str]] = frozenset(
        {"name", "legal_name", "tax_id", "tax_id_shown", "name_key", "folded", "notes"}
    )
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("party_merged_flat_new", "before insert", (_DEEP,)),
        Trigger("party_merged_flat_changed", "before update", (_DEEP,)),
    )
    kind: Mapped[str] = text(8)
    name: Mapped[str] = text(120)
    legal_name: Mapped[str | None] = text(160)
    tax_id: Mapped[str | None] = text(40, index=True)
    tax_id_kind: Mapped[str | None] = text(10)
    tax_id_shown: Mapped[str | None] = text(40)
    name_key: Mapped[str] = text(160, index=True)
    folded: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    archived: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[str | None] = ref("party")
    __table_args__ = (
        CheckConstraint("merged_into_id IS NULL OR archived", name="party_merged_archived"),
        CheckConstraint(_one_of("kind", rules.KINDS), name="party_kind"),
        CheckConstraint("(tax_id IS NULL) = (tax_id_shown IS NULL)", name="party_tax_id_shown"),
    )


class Customer(Versioned, Base):
    """A party that buys. Without `credit_limit` there is none; a blocked customer buys nothing until unblocked."""

    __tablename__ = "customer"
    __rights__ = Rights(read="party.read")
    party_id: Mapped[str] = ref("party", unique=True, index=False)
    active: Mapped[bool] = mapped_column(default=True)
    credit_limit_amount: Mapped[Decimal | None] = amount()
    blocked: Mapped[bool] = mapped_column(default=False)
    block_reason: Mapped[str | None] = text(200)
    __table_args__ = (
        CheckConstraint("NOT blocked OR block_reason IS NOT NULL", name="customer_block_has_reason"),
        CheckConstraint("credit_limit_amount >= 0", name="customer_credit_limit"),
    )


class Supplier(Versioned, Base):
    """A party that is bought from."""

    __tablename__ = "supplier"
    __rights__ = Rights(read="party.read")
    party_id: Mapped[str] = ref("party", unique=True, index=False)
    active: Mapped[bool] = mapped_column(default=True)


class Carrier(Versioned, Base):
    """A party that takes goods to others."""

    __tablename__ = "carrier"
    __rights__ = Rights(read="party.read")
    party_id: Mapped[str] = ref("party", unique=True, index=False)
    active: Mapped[bool] = mapped_column(default=True)


class Employee(Versioned, Base):
    """A party that works here; contracts and hours belong to personnel."""

    __tablename__ = "employee"
    __rights__ = Rights(read="party.read")
    party_id: Mapped[str] = ref("party", unique=True, index=False)
    active: Mapped[bool] = mapped_column(default=True)


class PartyAddress(Versioned, Base):
    """An address of a party. Position 1 is the one that lists show; one that was taken out is archived."""

    __tablename__ = "party_address"
    __rights__ = Rights(read="party.read")
    __personal__: ClassVar[frozenset[str]] = frozenset({"street", "number", "complement", "district", "postcode"})
    party_id: Mapped[str] = ref("party", index=False)
    position: Mapped[int] = mapped_column()
    purpose: Mapped[str] = text(10)
    street: Mapped[str] = text(120)
    number: Mapped[str] = text(20)
    complement: Mapped[str] = text(80)
    district: Mapped[str] = text(80)
    city: Mapped[str] = text(80)
    state: Mapped[str] = text(3)
    postcode: Mapped[str] = text(12)
    country: Mapped[str] = text(2)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        CheckConstraint(_one_of("purpose", rules.ADDRESS_PURPOSES), name="party_address_purpose"),
        Index("ix_party_address_party_id", "party_id", "position"),
    )


class PartyContact(Versioned, Base):
    """Whom to call or write to at a party, and what for."""

    __tablename__ = "party_contact"
    __rights__ = Rights(read="party.read")
    __personal__: ClassVar[frozenset[str]] = frozenset({"name", "email", "phone"})
    party_id: Mapped[str] = ref("party", index=False)
    position: Mapped[int] = mapped_column()
    purpose: Mapped[str] = text(10)
    name: Mapped[str] = text(80)
    email: Mapped[str] = text(120)
    phone: Mapped[str] = text(30)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        CheckConstraint(_one_of("purpose", rules.CONTACT_PURPOSES), name="party_contact_purpose"),
        Index("ix_party_contact_party_id", "party_id", "position"),
    )


class PartyMerge(Versioned, Base):
    """Two records of one party: put side by side, merged, taken apart. `taken` are the fields whose values come from
    the merged one, `said` is what merging changed, so that it can be taken back."""

    __tablename__ = "party_merge"
    __rights__ = Rights(read="party.read")
    __personal__: ClassVar[frozenset[str]] = frozenset({"said"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("party_merge"),)
    kept_id: Mapped[str] = ref("party")
    merged_id: Mapped[str] = ref("party", index=False)
    state: Mapped[str] = text(10)
    taken: Mapped[str] = text(80)
    said: Mapped[str] = mapped_column(Text, default="{}")
    merged_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        CheckConstraint(_one_of("state", rules.MERGE_STATES), name="party_merge_state"),
        CheckConstraint("kept_id <> merged_id", name="party_merge_other"),
        CheckConstraint("state IN ('proposed', 'dropped') OR merged_at IS NOT NULL", name="party_merge_merged_at"),
        Index(
            "uq_party_merge_merged_id",
            "merged_id",
            unique=True,
            sqlite_where=sql_text("state = 'merged'"),
            postgresql_where=sql_text("state = 'merged'"),
        ),
    )
