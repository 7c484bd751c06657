"""The public door of the company: who logs in, what a person may do, what the company is, its settings."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import Type, hash_secret
from sqlalchemy import ColumnElement, Integer, bindparam, cast, exists, func, or_, select

from retaguarda.kernel import reference
from retaguarda.kernel.calendar import DayException, WorkingCalendar, country_holidays
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.holiday import with_rules
from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.nested import nested
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Actor, Unit
from retaguarda.modules.company import rules
from retaguarda.modules.company.model import (
    Branch,
    BranchException,
    Company,
    Department,
    Person,
    PersonBranch,
    PersonRole,
    Role,
    SavedView,
    Setting,
)
from retaguarda.modules.company.ports import PermissionNames

company = table_of(Company)
branch = table_of(Branch)
department = table_of(Department)
person = table_of(Person)
role = table_of(Role)
person_role = table_of(PersonRole)
saved_view = table_of(SavedView)
person_branch = table_of(PersonBranch)
branch_exception = table_of(BranchException)
setting_table = table_of(Setting)
Attempts = rules.Attempts

THE_COMPANY = Statement(select(company))
_PERSON_BY_KEY = Statement(select(person).where(person.c.id == bindparam("person_id", type_=person.c.id.type)))
PERSON_BY_LOGIN = Statement(select(person).where(person.c.login == bindparam("login")))
ROLES_OF = Statement(
    select(role)
    .join(person_role, person_role.c.role_id == role.c.id)
    .where(person_role.c.person_id == bindparam("person_id", type_=person.c.id.type), person_role.c.active)
)
BRANCHES_OF = Statement(
    select(person_branch.c.branch_id).where(
        person_branch.c.person_id == bindparam("person_id", type_=person.c.id.type), person_branch.c.active
    )
)
SETTING = Statement(select(setting_table).where(setting_table.c.code == bindparam("code")))
ALL_SETTINGS = Statement(select(setting_table.c.code, setting_table.c.value))
Grants = Mapping[str, frozenset[str]]


ISSUER = (
    company.c.name.label("company_name"),
    company.c.tax_id.label("company_tax_id"),
    branch.c.address.label("branch_address"),
    branch.c.city.label("branch_city"),
    branch.c.state.label("branch_state"),
    branch.c.phone.label("branch_phone"),
)
"""What the row of a paper selects first to be an `Issuer`."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a paper, as `kernel.document.branch_head` writes it."""

    company_name: str
    company_tax_id: str | None
    branch_address: str | None
    branch_city: str | None
    branch_state: str | None
    branch_phone: str | None


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What the rest of the program needs to know of the company."""

    id: str
    name: str
    tax_id: str | None
    zone: str
    country: str
    language: str
    currency: str
    sample: bool


def the_company(reads: Reads) -> CompanyFacts | None:
    """The company of this database, None before it was created."""
    row = reads.one(THE_COMPANY)
    if row is None:
        return None
    return CompanyFacts(
        row.id, row.name, row.tax_id, row.zone, row.country, row.language, row.currency, bool(row.sample)
    )


def verifier_of(password: str, salt_hex: str) -> str:
    """The argon2id verifier of a password; the salt is the id of the row, so that a command gives the same again."""
    hasher = PasswordHasher()
    return hash_secret(
        password.encode(),
        bytes.fromhex(salt_hex),
        time_cost=hasher.time_cost,
        memory_cost=hasher.memory_cost,
        parallelism=hasher.parallelism,
        hash_len=hasher.hash_len,
        type=Type.ID,
    ).decode()


def log_in(
    reads: Reads,
    grants: Grants,
    login: str,
    password: str,
    station: str = "main",
    *,
    attempts: rules.Attempts,
    now: dt.datetime,
    field: str = "password",
) -> Actor:
    """The actor behind login and password. The refusal never says which of the two was wrong.

    After several wrong passwords in a row it refuses even the right one until the wait in `attempts` is over.
    """
    name = login.strip().lower()
    wait = attempts.wait(name, now)
    if wait:
        raise Refusal("company.log_in_waits", field=field, seconds=math.ceil(wait.total_seconds()))
    row = reads.one(PERSON_BY_LOGIN, login=name)
    # A login that does not exist costs as much time as one that does.
    right = is_password(row.verifier if row is not None and row.verifier else _nobody(), password)
    if row is None or not right or row.locked or row.archived:
        attempts.failed(name, now)
        raise Refusal("company.log_in_refused", field=field)
    attempts.succeeded(name)
    return _actor(reads, grants, row, station)


def credential(unit: Unit, login: str, password: str, *, field: str) -> Actor:
    """The person who proves with log-in and password to stand beside the actor; refused and counted as any log-in."""
    attempts = unit.kept.setdefault(Attempts, Attempts())
    grants = unit.port(PermissionNames).grants  # type: ignore[type-abstract]
    return log_in(unit, grants, login, password, unit.actor.station, attempts=attempts, now=unit.now, field=field)


def is_password(verifier: str, password: str) -> bool:
    """Whether the password is the one behind the verifier."""
    try:
        return PasswordHasher().verify(verifier, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return verifier_of("nobody has this password", "00" * 16)


def actor_without_password(reads: Reads, grants: Grants, login: str, station: str = "main") -> Actor:
    """The actor of a login in a sample company, where no password is asked; refused everywhere else."""
    facts = the_company(reads)
    row = reads.one(PERSON_BY_LOGIN, login=login.strip().lower())
    if facts is None or not facts.sample:
        raise Refusal("company.password_needed", field="password")
    if row is None or row.locked or row.archived:
        raise Refusal("company.unknown_person", field="as", login=login)
    return _actor(reads, grants, row, station)


def actor_of(reads: Reads, grants: Grants, person_id: str, station: str) -> Actor:
    """The actor for work in a person's name, with the rights they have now; refuses who may not log in any more."""
    row = reads.one(_PERSON_BY_KEY, person_id=person_id)
    if row is None or row.locked or row.archived:
        raise Refusal("company.person_gone", name="" if row is None else row.name)
    return _actor(reads, grants, row, station)


def _actor(reads: Reads, grants: Grants, row: Any, station: str) -> Actor:
    permissions: frozenset[str] = frozenset()
    discount = Decimal(0)
    gives: set[str] = set()
    roles = reads.all(ROLES_OF, person_id=row.id)
    for held in roles:
        granted = grants.get(held.code, frozenset())
        permissions |= rules.effective(granted, tuple(json.loads(held.added)), tuple(json.loads(held.removed)))
        discount = max(discount, held.discount_rate_max)
        gives.update(json.loads(held.gives))
    branches = frozenset([row.branch_id, *(b.branch_id for b in reads.all(BRANCHES_OF, person_id=row.id))])
    return Actor(
        person_id=row.id,
        name=row.name,
        permissions=permissions,
        branch_id=row.branch_id,
        branch_ids=branches,
        limits={
            "discount_rate": discount,
            "roles": tuple(sorted(r.code for r in roles)),
            "gives": tuple(sorted(gives)),
        },
        language=row.language,
        station=station,
        all_branches=bool(row.all_branches),
    )


def setting(reads: Reads, code: str) -> str:
    """The company's value of a setting declared in `rules.SETTINGS`, or its default."""
    return settings(reads)[code]


def figure(code: str) -> ColumnElement[int]:
    """A setting that is a whole number, inside a select."""
    said = select(setting_table.c.value).where(setting_table.c.code == code).scalar_subquery()
    return cast(func.coalesce(said, standard(code)), Integer)


def standard(code: str) -> str:
    """What a setting is until the company says otherwise."""
    return rules.SETTINGS[code].default


def settings(reads: Reads) -> dict[str, str]:
    """Every setting's value, in one read; inside a command they are read once."""
    memo: dict[Any, Any] = getattr(reads, "memo", {})
    found: dict[str, str] | None = memo.get(ALL_SETTINGS)
    if found is None:
        stored = {row.code: str(row.value) for row in reads.all(ALL_SETTINGS)}
        found = memo[ALL_SETTINGS] = {code: stored.get(code, spec.default) for code, spec in rules.SETTINGS.items()}
    return found


OWN_VIEW = Statement(
    select(saved_view).where(
        saved_view.c.person_id == bindparam("person_id", type_=Key()),
        saved_view.c.screen == bindparam("screen"),
        saved_view.c.name == bindparam("name"),
    )
)
ALL_ROLES = Statement(select(role).order_by(role.c.code))
FIRST_BRANCH = Statement(select(branch).where(branch.c.code == "1"))
BRANCHES = Statement(select(branch).order_by(branch.c.code))
DEPARTMENT_BY_CODE = Statement(select(department).where(department.c.code == bindparam("code")))


def first_branch(reads: Reads) -> Any:
    """The company's first branch (code 1)."""
    row = reads.one(FIRST_BRANCH)
    assert row is not None, "a company has a branch"
    return row


def branches(reads: Reads) -> list[Any]:
    """Every branch of the company."""
    return reads.all(BRANCHES)


def reachable_branch(unit: Unit, branch_id: str, field: str = "branch_id") -> Any:
    """The branch, if it exists and the actor works there; refuses any other."""
    row = unit.get(Branch, branch_id, field=field)
    if not unit.actor.all_branches and branch_id not in unit.actor.branch_ids:
        raise Refusal("company.other_branch", field=field, branch=row.name)
    return row


def branch_of(unit: Unit, branch_id: str | None) -> str:
    """The branch a new record belongs to: the named one, else the actor's; refuses a branch that is not theirs."""
    if branch_id is None:
        return unit.actor.branch_id or str(first_branch(unit).id)
    return str(reachable_branch(unit, branch_id).id)


def department_id(reads: Reads, code: str | None) -> str | None:
    """The key of the department with this code; refuses an unknown one."""
    return str(department_named(reads, code).id) if code else None


def department_named(reads: Reads, code: str, field: str = "department") -> Any:
    """The department with this code; refuses an unknown one."""
    row = reads.one(DEPARTMENT_BY_CODE, code=code)
    if row is None:
        raise Invalid(Fault(field, "company.unknown_department", {"department": code}))
    return row


CALENDAR_OF = Statement(
    select(
        *(branch.c[day] for day in rules.WEEKDAYS),
        branch.c.state,
        company.c.zone,
        company.c.country,
        company.c.language,
        branch.c.city,
        nested(
            [reference.row.c.code, reference.row.c.name, reference.row.c.within],
            reference.is_in_force(reference.HOLIDAY),
            reference.lies_in(branch.c.state),
            order="code",
        ).label("holidays"),
        nested(
            [branch_exception.c.day, branch_exception.c.name, branch_exception.c.hours],
            branch_exception.c.branch_id == branch.c.id,
            branch_exception.c.archived.is_(False),
            order="day",
        ).label("exceptions"),
    )
    .select_from(branch.join(company, company.c.single == 1))
    .where(branch.c.id == bindparam("branch_id", type_=branch.c.id.type))
)


def calendar_of(reads: Reads, branch_id: str) -> WorkingCalendar:
    """When the branch works: its week, the holidays of country, state and city by law and by table, its exceptions.

    One statement; inside a command the calendar is read once. `Missing` when there is no such branch.
    """
    memo: dict[Any, Any] = getattr(reads, "memo", {})
    found = memo.get(("calendar", branch_id))
    if found is None:
        row = reads.one(CALENDAR_OF, branch_id=branch_id)
        if row is None:
            raise Missing("branch", branch_id)
        found = memo["calendar", branch_id] = _calendar(
            row.zone,
            (row.country, row.state or None, row.language),
            tuple(getattr(row, day) for day in rules.WEEKDAYS),
            tuple((e["day"], e["name"], e["hours"]) for e in row.exceptions),
            tuple((h["code"], h["name"]) for h in row.holidays if reference.is_of_city(h["within"], row.city)),
        )
    calendar: WorkingCalendar = found
    return calendar


@lru_cache(maxsize=64)
def _calendar(
    zone: str,
    place: tuple[str, str | None, str],
    week: tuple[str, ...],
    exceptions: tuple[tuple[dt.date, str, str], ...],
    holidays: tuple[tuple[str, str], ...],
) -> WorkingCalendar:
    # Kept by its values: a calendar knows the working spans of the days it was asked about, thousands in a replay.
    return WorkingCalendar(
        zone=ZoneInfo(zone),
        week={number: rules.read_hours(hours) for number, hours in enumerate(week)},
        holiday_name=with_rules(country_holidays(*place), holidays),
        exceptions={day: DayException(name, rules.read_hours(hours)) for day, name, hours in exceptions},
    )


def sees(branch_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The row rule by branch for sums, which the door cannot narrow from outside."""
    me, also, asking = person.alias("asking"), person_branch.alias("asking_branch"), bindparam("person_id", type_=Key())
    return or_(
        exists(select(me.c.id).where(me.c.id == asking, or_(me.c.all_branches, me.c.branch_id == branch_id))),
        exists(select(also.c.id).where(also.c.person_id == asking, also.c.active, also.c.branch_id == branch_id)),
    )
