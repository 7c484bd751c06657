"""The public door of the company: who logs in, what a person may do, what the company is, its settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import Type, hash_secret
from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.model import table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Actor
from retaguarda.modules.company import rules
from retaguarda.modules.company.model import (
    Branch,
    Company,
    Department,
    Person,
    PersonBranch,
    PersonRole,
    Role,
    Setting,
)

company = table_of(Company)
branch = table_of(Branch)
department = table_of(Department)
person = table_of(Person)
_role, _person_role, _person_branch, _setting = map(table_of, (Role, PersonRole, PersonBranch, Setting))

THE_COMPANY = Statement(select(company))
PERSON_BY_LOGIN = Statement(select(person).where(person.c.login == bindparam("login")))
ROLES_OF = Statement(
    select(_role)
    .join(_person_role, _person_role.c.role_id == _role.c.id)
    .where(_person_role.c.person_id == bindparam("person_id", type_=person.c.id.type), _person_role.c.active)
)
BRANCHES_OF = Statement(
    select(_person_branch.c.branch_id).where(
        _person_branch.c.person_id == bindparam("person_id", type_=person.c.id.type), _person_branch.c.active
    )
)
SETTING = Statement(select(_setting).where(_setting.c.code == bindparam("code")))
Grants = Mapping[str, frozenset[str]]


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


def log_in(reads: Reads, grants: Grants, login: str, password: str, station: str = "main") -> Actor:
    """The actor behind login and password. The refusal never says which of the two was wrong."""
    row = reads.one(PERSON_BY_LOGIN, login=login.strip().lower())
    try:
        # A login that does not exist costs as much time as one that does.
        stored = row.verifier if row is not None and row.verifier else _nobody()
        PasswordHasher().verify(stored, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        raise Refusal("company.log_in_refused", field="password") from None
    if row is None or row.locked or row.archived:
        raise Refusal("company.log_in_refused", field="password")
    return _actor(reads, grants, row, station)


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


def _actor(reads: Reads, grants: Grants, row: Any, station: str) -> Actor:
    permissions: frozenset[str] = frozenset()
    discount = Decimal(0)
    roles = reads.all(ROLES_OF, person_id=row.id)
    for role in roles:
        granted = grants.get(role.code, frozenset())
        permissions |= rules.effective(granted, tuple(json.loads(role.added)), tuple(json.loads(role.removed)))
        discount = max(discount, role.discount_rate_max)
    branches = frozenset([row.branch_id, *(b.branch_id for b in reads.all(BRANCHES_OF, person_id=row.id))])
    return Actor(
        person_id=row.id,
        name=row.name,
        permissions=permissions,
        branch_id=row.branch_id,
        branch_ids=branches,
        limits={"discount_rate": discount, "roles": tuple(sorted(r.code for r in roles))},
        language=row.language,
        station=station,
        all_branches=bool(row.all_branches),
    )


def setting(reads: Reads, code: str, default: str) -> str:
    """The company's value of a setting, or its default."""
    row = reads.one(SETTING, code=code)
    return default if row is None else str(row.value)


ALL_ROLES = Statement(select(_role).order_by(_role.c.code))
FIRST_BRANCH = Statement(select(branch).where(branch.c.code == "1"))
DEPARTMENT_BY_CODE = Statement(select(department).where(department.c.code == bindparam("code")))


def first_branch(reads: Reads) -> Any:
    """The company's first branch (code 1)."""
    row = reads.one(FIRST_BRANCH)
    assert row is not None, "a company has a branch"
    return row


def department_id(reads: Reads, code: str | None) -> str | None:
    """The key of the department with this code; refuses an unknown one."""
    if code is None:
        return None
    row = reads.one(DEPARTMENT_BY_CODE, code=code)
    if row is None:
        raise Invalid(Fault("department", "company.unknown_department", {"department": code}))
    return str(row.id)
