"""What screens and scripts ask of the company."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, case, func, literal, select, type_coerce, union_all
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import TypeDecorator

from retaguarda.kernel.nested import NestedRow, nested, nested_values
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen import Note, Phrase
from retaguarda.modules.company import api, rules

_P, _B, _D, _R = api.person, api.branch, api.department, api.role
_E = api.branch_exception
_BOSS = api.person.alias("boss")
_FURTHER = api.branch.alias("further")


class StoredCodes(TypeDecorator[tuple[str, ...]]):
    """Codes kept as JSON text, read as a tuple."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value or "[]"))


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """The company."""

    id: str
    version: int
    name: str
    tax_id: str | None
    zone: str
    country: str
    language: str
    currency: str
    sample: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who logs in, with roles, place, department and boss."""

    id: str
    version: int
    login: str
    name: str
    email: str | None
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    branch_id: str
    branch_name: str
    branches: tuple[str, ...]
    department: str | None
    department_name: str | None
    boss_id: str | None
    boss_name: str | None
    language: str
    all_branches: bool
    locked: bool
    archived: bool
    status: str
    allowed: tuple[str, ...] = ()

    @property
    def roles_shown(self) -> str:
        """The names of the roles, one after the other."""
        return ", ".join(self.role_names)


@dataclass(frozen=True, slots=True)
class LogInRow:
    """Somebody who may log in, as the log-in screen shows them."""

    id: str
    login: str
    name: str
    department: str | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with what the company changed about it, and how many people hold it."""

    id: str
    version: int
    code: str
    name: str
    ready_made: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    discount_rate_max: Decimal
    people: int
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch with its week and the days that differ."""

    id: str
    version: int
    code: str
    name: str
    state: str | None
    city: str | None
    address: str | None
    phone: str | None
    monday: str
    tuesday: str
    wednesday: str
    thursday: str
    friday: str
    saturday: str
    sunday: str
    exceptions: tuple[NestedRow, ...]
    archived: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department and how many people are in it."""

    id: str
    version: int
    code: str
    name: str
    people: int
    archived: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as it stands: `value_code` is the text of a choice, empty for figures."""

    id: str
    version: int
    code: str
    value: str
    standard: str
    changed: bool
    value_code: str
    allowed: tuple[str, ...] = ()

    @property
    def answer(self) -> Note:
        """The value in words: a choice by its text, a figure with its unit."""
        if self.value_code:
            return Note(Phrase(self.value_code))
        return Note(Phrase(f"company.setting.{self.code}.value", {"n": int(self.value)}))


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A suggestion: name and the small line under it."""

    id: str
    name: str
    sub: str


def _person_allowed(row: PersonRow) -> tuple[str, ...]:
    if row.archived:
        return ("company.restore_person",)
    lock = "company.unlock_person" if row.locked else "company.lock_person"
    return ("company.revise_person", "company.set_password", lock, "company.archive_person")


def _role_allowed(row: RoleRow) -> tuple[str, ...]:
    return ("company.revise_role",)


def _branch_allowed(row: BranchRow) -> tuple[str, ...]:
    return ("company.revise_branch",)


def _department_allowed(row: DepartmentRow) -> tuple[str, ...]:
    return () if row.archived else ("company.revise_department",)


def _company_allowed(row: CompanyRow) -> tuple[str, ...]:
    return ("company.revise_company",)


def _setting_allowed(row: SettingRow) -> tuple[str, ...]:
    return ("company.change_setting",)


def _named(names: tuple[str, ...], table: FromClause) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in names]


the_company = Query(
    "company.company",
    CompanyRow,
    select(
        *_named(("id", "version", "name", "tax_id", "zone", "country", "language", "currency", "sample"), api.company)
    ),
    permission="company.read",
    key=api.company.c.id,
    order="name",
    allowed=_company_allowed,
)

_HOLDS = (
    api.person_role.c.person_id == _P.c.id,
    api.person_role.c.active.is_(True),
    _R.c.id == api.person_role.c.role_id,
)
_WORKS_ALSO = (
    api.person_branch.c.person_id == _P.c.id,
    api.person_branch.c.active.is_(True),
    _FURTHER.c.id == api.person_branch.c.branch_id,
)
_STATUS = case(
    (_P.c.archived.is_(True), "archived"),
    (_P.c.locked.is_(True), "locked"),
    (_P.c.verifier.is_(None), "no_password"),
    else_="active",
)

people = Query(
    "company.people",
    PersonRow,
    select(
        *_named(("id", "version", "login", "name", "email"), _P),
        nested_values(_R.c.code, *_HOLDS).label("roles"),
        nested_values(_R.c.name, *_HOLDS).label("role_names"),
        _P.c.branch_id,
        _B.c.name.label("branch_name"),
        nested_values(_FURTHER.c.code, *_WORKS_ALSO).label("branches"),
        _D.c.code.label("department"),
        _D.c.name.label("department_name"),
        _P.c.boss_id,
        _BOSS.c.name.label("boss_name"),
        *_named(("language", "all_branches", "locked", "archived"), _P),
        _STATUS.label("status"),
    ).select_from(
        _P.join(_B, _B.c.id == _P.c.branch_id)
        .outerjoin(_D, _D.c.id == _P.c.department_id)
        .outerjoin(_BOSS, _BOSS.c.id == _P.c.boss_id)
    ),
    permission="company.read_people",
    key=_P.c.id,
    order="name",
    search=_P.c.folded,
    allowed=_person_allowed,
)

people_to_log_in = Query(
    "company.people_to_log_in",
    LogInRow,
    select(_P.c.id, _P.c.login, _P.c.name, _D.c.name.label("department"))
    .select_from(_P.outerjoin(_D, _D.c.id == _P.c.department_id))
    .where(_P.c.locked.is_(False), _P.c.archived.is_(False)),
    permission="",
    key=_P.c.id,
    order="name",
)

person_choices = Query(
    "company.person_choices",
    ChoiceRow,
    select(_P.c.id, _P.c.name, func.coalesce(_D.c.name, _P.c.login).label("sub"))
    .select_from(_P.outerjoin(_D, _D.c.id == _P.c.department_id))
    .where(_P.c.archived.is_(False)),
    permission="company.read",
    key=_P.c.id,
    order="name",
    search=_P.c.folded,
)

roles = Query(
    "company.roles",
    RoleRow,
    select(
        *_named(("id", "version", "code", "name", "ready_made"), _R),
        type_coerce(_R.c.added, StoredCodes()).label("added"),
        type_coerce(_R.c.removed, StoredCodes()).label("removed"),
        _R.c.discount_rate_max,
        select(func.count())
        .select_from(api.person_role.join(_P, _P.c.id == api.person_role.c.person_id))
        .where(api.person_role.c.role_id == _R.c.id, api.person_role.c.active.is_(True), _P.c.archived.is_(False))
        .scalar_subquery()
        .label("people"),
    ),
    permission="company.read_people",
    key=_R.c.id,
    order="name",
    allowed=_role_allowed,
)

branches = Query(
    "company.branches",
    BranchRow,
    select(
        *_named(("id", "version", "code", "name", "state", "city", "address", "phone", *rules.WEEKDAYS), _B),
        nested(
            _named(("day", "name", "hours"), _E), _E.c.branch_id == _B.c.id, _E.c.archived.is_(False), order="day"
        ).label("exceptions"),
        _B.c.archived,
    ),
    permission="company.read",
    key=_B.c.id,
    order="code",
    branch=_B.c.id,
    allowed=_branch_allowed,
)

branch_choices = Query(
    "company.branch_choices",
    ChoiceRow,
    select(_B.c.id, _B.c.name, func.coalesce(_B.c.city, _B.c.code).label("sub")).where(_B.c.archived.is_(False)),
    permission="company.read",
    key=_B.c.id,
    order="name",
    search=_B.c.folded,
    branch=_B.c.id,
)

departments = Query(
    "company.departments",
    DepartmentRow,
    select(
        *_named(("id", "version", "code", "name"), _D),
        select(func.count())
        .select_from(_P)
        .where(_P.c.department_id == _D.c.id, _P.c.archived.is_(False))
        .scalar_subquery()
        .label("people"),
        _D.c.archived,
    ),
    permission="company.read",
    key=_D.c.id,
    order="name",
    allowed=_department_allowed,
)

department_choices = Query(
    "company.department_choices",
    ChoiceRow,
    # A department is chosen by its code: flows and people know it by that.
    select(_D.c.code.label("id"), _D.c.name, _D.c.code.label("sub")).where(_D.c.archived.is_(False)),
    permission="company.read",
    key=_D.c.code,
    order="name",
    search=_D.c.folded,
)


def _declared() -> FromClause:
    """The settings the rules declare, as a table."""
    return union_all(
        *(
            select(
                literal(code, String).label("code"),
                literal(spec.default, String).label("standard"),
                literal(getattr(spec.kind, "texts", ""), String).label("texts"),
            )
            for code, spec in rules.SETTINGS.items()
        )
    ).subquery("declared")


def _settings() -> Query:
    declared, stored = _declared(), api.setting_table
    value = func.coalesce(stored.c.value, declared.c.standard, type_=String)
    return Query(
        "company.settings",
        SettingRow,
        select(
            declared.c.code.label("id"),
            func.coalesce(stored.c.version, 1).label("version"),
            declared.c.code,
            value.label("value"),
            declared.c.standard,
            (value != declared.c.standard).label("changed"),
            case((declared.c.texts != "", declared.c.texts.op("||")(".").op("||")(value)), else_="").label(
                "value_code"
            ),
        ).select_from(declared.outerjoin(stored, stored.c.code == declared.c.code)),
        permission="company.read",
        key=declared.c.code,
        order="code",
        allowed=_setting_allowed,
    )


settings = _settings()
