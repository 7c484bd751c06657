"""People and roles, as screens and scripts ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, literal, select, type_coerce

from retaguarda.kernel.nested import StoredCodes, nested_values
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api
from retaguarda.modules.company.queries.rows import ChoiceRow, named

_P, _B, _D, _R = api.person, api.branch, api.department, api.role
_BOSS = api.person.alias("boss")
_FURTHER = api.branch.alias("further")


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
    gives: tuple[str, ...]
    discount_rate_max: Decimal
    people: int
    allowed: tuple[str, ...] = ()


def _person_allowed(row: PersonRow) -> tuple[str, ...]:
    if row.archived:
        return ("company.restore_person",)
    lock = "company.unlock_person" if row.locked else "company.lock_person"
    return ("company.revise_person", "company.set_password", lock, "company.archive_person")


def _role_allowed(row: RoleRow) -> tuple[str, ...]:
    return ("company.revise_role",)


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
        *named(("id", "version", "login", "name", "email"), _P),
        nested_values(_R.c.code, *_HOLDS).label("roles"),
        nested_values(_R.c.name, *_HOLDS).label("role_names"),
        _P.c.branch_id,
        _B.c.name.label("branch_name"),
        nested_values(_FURTHER.c.code, *_WORKS_ALSO).label("branches"),
        _D.c.code.label("department"),
        _D.c.name.label("department_name"),
        _P.c.boss_id,
        _BOSS.c.name.label("boss_name"),
        *named(("language", "all_branches", "locked", "archived"), _P),
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
        *named(("id", "version", "code", "name", "ready_made"), _R),
        type_coerce(_R.c.added, StoredCodes()).label("added"),
        type_coerce(_R.c.removed, StoredCodes()).label("removed"),
        type_coerce(_R.c.gives, StoredCodes()).label("gives"),
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

role_choices = Query(
    "company.role_choices",
    ChoiceRow,
    # A role is chosen by its code: people, roles and scripts know it by that.
    select(_R.c.code.label("id"), _R.c.name, literal("").label("sub")),
    permission="company.read",
    key=_R.c.code,
    order="name",
    search=func.lower(_R.c.name),
)
