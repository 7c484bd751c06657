"""Tables of the company: one company, its branches and departments, people, roles, settings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Rights, Versioned, rate, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger

_BOSSES_OF_NEW = (
    "WITH RECURSIVE above(id) AS (SELECT NEW.boss_id UNION SELECT p.boss_id FROM person p "
    "JOIN above a ON p.id = a.id WHERE p.boss_id IS NOT NULL) SELECT id FROM above"
)


class Company(Versioned, Base):
    """The one company of this database."""

    __tablename__ = "company"
    __rights__ = Rights(read="company.read")
    single: Mapped[int] = mapped_column(default=1, unique=True)
    name: Mapped[str] = text(120)
    tax_id: Mapped[str | None] = text(20)
    zone: Mapped[str] = text(60)
    country: Mapped[str] = text(2)
    language: Mapped[str] = text(8)
    currency: Mapped[str] = text(3)
    sample: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (CheckConstraint("single = 1", name="one_company"),)


class Branch(Versioned, Base):
    """A place of the company, with its own number series, calendar and stock.

    `monday` to `sunday` hold working hours as text (`08:00-12:00 13:00-18:00`, lunch is the gap); empty is closed.
    """

    __tablename__ = "branch"
    __rights__ = Rights(read="company.read", rows="branch")
    code: Mapped[str] = text(10, unique=True)
    name: Mapped[str] = text(80)
    state: Mapped[str | None] = text(2)
    city: Mapped[str | None] = text(80)
    address: Mapped[str | None] = text(160)
    phone: Mapped[str | None] = text(30)
    monday: Mapped[str] = text(60)
    tuesday: Mapped[str] = text(60)
    wednesday: Mapped[str] = text(60)
    thursday: Mapped[str] = text(60)
    friday: Mapped[str] = text(60)
    saturday: Mapped[str] = text(60)
    sunday: Mapped[str] = text(60)
    folded: Mapped[str] = mapped_column(Text)
    archived: Mapped[bool] = mapped_column(default=False)


class BranchException(Versioned, Base):
    """One day on which a branch differs from its week: a local holiday, stocktaking, a half day."""

    __tablename__ = "branch_exception"
    __rights__ = Rights(read="company.read", rows="branch")
    branch_id: Mapped[str] = ref("branch", index=False)
    day: Mapped[dt.date] = mapped_column()
    name: Mapped[str] = text(80)
    hours: Mapped[str] = text(60)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (UniqueConstraint("branch_id", "day"),)


class Department(Versioned, Base):
    """Who owns steps of a flow; a department is data, a new one gets a queue with no code."""

    __tablename__ = "department"
    __rights__ = Rights(read="company.read")
    code: Mapped[str] = text(40, unique=True)
    name: Mapped[str] = text(80)
    folded: Mapped[str] = mapped_column(Text)
    archived: Mapped[bool] = mapped_column(default=False)


class Person(Versioned, Base):
    """Somebody who logs in. The verifier is argon2id; the password is nowhere."""

    __tablename__ = "person"
    __rights__ = Rights(read="company.read_people", columns={"verifier": "*"})
    __personal__: ClassVar[frozenset[str]] = frozenset({"name", "email", "folded"})
    __secret__: ClassVar[frozenset[str]] = frozenset({"verifier"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "person_boss_circle",
            "before update",
            (Refuse("company.boss_circle_guard", f"NEW.id IN ({_BOSSES_OF_NEW})"),),
            when="NEW.boss_id IS NOT NULL",
        ),
    )
    login: Mapped[str] = text(40, unique=True)
    name: Mapped[str] = text(80)
    email: Mapped[str | None] = text(120)
    folded: Mapped[str] = mapped_column(Text)
    verifier: Mapped[str | None] = mapped_column(Text)
    branch_id: Mapped[str] = ref("branch")
    department_id: Mapped[str | None] = ref("department")
    boss_id: Mapped[str | None] = ref("person")
    language: Mapped[str] = text(8)
    all_branches: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (CheckConstraint("boss_id <> id", name="person_not_own_boss"),)


class Role(Versioned, Base):
    """A set of permissions: ready-made (`code` is one the modules grant to) or the company's own.

    `gives` are the codes of roles that those who hold this one may give to others without holding them.
    """

    __tablename__ = "role"
    __rights__ = Rights(read="company.read_people")
    code: Mapped[str] = text(40, unique=True)
    name: Mapped[str] = text(80)
    ready_made: Mapped[bool] = mapped_column(default=False)
    added: Mapped[str] = mapped_column(Text)
    removed: Mapped[str] = mapped_column(Text)
    gives: Mapped[str] = mapped_column(Text)
    discount_rate_max: Mapped[Decimal] = rate()


class PersonRole(Versioned, Base):
    """A role a person holds, or held (`active` false)."""

    __tablename__ = "person_role"
    __rights__ = Rights(read="company.read_people")
    person_id: Mapped[str] = ref("person")
    role_id: Mapped[str] = ref("role")
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (UniqueConstraint("person_id", "role_id"),)


class PersonBranch(Versioned, Base):
    """A further branch whose rows a person sees and works on."""

    __tablename__ = "person_branch"
    __rights__ = Rights(read="company.read_people")
    person_id: Mapped[str] = ref("person")
    branch_id: Mapped[str] = ref("branch")
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (UniqueConstraint("person_id", "branch_id"),)


class SavedView(Versioned, Base):
    """A list as a person likes to see it, under a name: `look` is JSON, understood by the list alone. With a role, all
    who hold it may see the list so."""

    __tablename__ = "saved_view"
    __rights__ = Rights(read="company.read", rows="own")
    person_id: Mapped[str] = ref("person")
    screen: Mapped[str] = text(80)
    name: Mapped[str] = text(60)
    look: Mapped[str] = mapped_column(Text)
    role_id: Mapped[str | None] = ref("role")
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (UniqueConstraint("person_id", "screen", "name"),)


class Setting(Versioned, Base):
    """One setting of the company; its meaning and default are declared in code, only what differs is stored."""

    __tablename__ = "setting"
    __rights__ = Rights(read="company.read")
    code: Mapped[str] = text(80, unique=True)
    value: Mapped[str] = mapped_column(Text)
