"""People who log in: who they are, what they may do, where they work, whom they report to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Codes, Flag, Ref, Secret, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.commands.administrators import keep_an_administrator, respect_administrator
from retaguarda.modules.company.commands.giving import (
    demand_all_branches,
    demand_branches,
    demand_other_person,
    demand_roles,
)
from retaguarda.modules.company.model import Branch, Person, PersonBranch, PersonRole

_KEY = api.person.c.id.type
CHAIN = Statement(select(api.person.c.id, api.person.c.name, api.person.c.boss_id))
BRANCHES = Statement(select(api.branch))
ROLE_ROWS = Statement(select(api.person_role).where(api.person_role.c.person_id == bindparam("person_id", type_=_KEY)))
BRANCH_ROWS = Statement(
    select(api.person_branch).where(api.person_branch.c.person_id == bindparam("person_id", type_=_KEY))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord(Command):
    """What is known about a person; adding and revising send all of it."""

    login: Annotated[str, Text(40)]
    name: Annotated[str, Text(80)]
    roles: Annotated[tuple[str, ...], Codes()] = ()
    email: Annotated[str, Text(120)] | None = None
    branch_id: Annotated[str, Ref("branch")] | None = None
    branches: Annotated[tuple[str, ...], Codes()] = ()
    department: Annotated[str, Text(40)] | None = None
    boss_id: Annotated[str, Ref("person")] | None = None
    language: Annotated[str, Choice(rules.LANGUAGES, texts="company.language")] = "pt_BR"
    all_branches: Annotated[bool, Flag()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(PersonRecord):
    """Adds somebody who logs in, with roles, department and boss; without a password they cannot log in yet."""

    password: Annotated[str, Secret(least=8)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisePerson(PersonRecord):
    """Changes who a person is and what they may do; the whole record is sent, with the version it was read at.

    New roles hold from the next log-in.
    """

    person_id: Annotated[str, Ref("person")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A person's values as they are stored, with the roles by key and the keys of further branches."""

    values: dict[str, Any]
    roles: Mapping[str, Any]
    branch_ids: tuple[str, ...]


def add_person(unit: Unit, command: AddPerson) -> Mapping[str, Any]:
    person_id = unit.new_id()
    read = _read(unit, command, person_id)
    demand_roles(unit, read.roles.values(), "roles")
    _demand_reach(unit, read)
    verifier = api.verifier_of(command.password, person_id) if command.password else None
    unit.add(Person, id=person_id, verifier=verifier, **read.values)
    unit.add_all(PersonRole, [{"person_id": person_id, "role_id": r} for r in read.roles])
    unit.add_all(PersonBranch, [{"person_id": person_id, "branch_id": b} for b in read.branch_ids])
    return {"id": person_id, "version": 1}


def revise_person(unit: Unit, command: RevisePerson) -> Mapping[str, Any]:
    row = unit.get(Person, command.person_id, field="person_id")
    unit.fresh(row, command.version, "person")
    administrator = respect_administrator(unit, row.id)
    read = _read(unit, command, row.id)
    roles, branches = unit.all(ROLE_ROWS, person_id=row.id), unit.all(BRANCH_ROWS, person_id=row.id)
    _demand_change(unit, row, roles, branches, read)
    _refuse_circle(unit, row.id, read.values)
    _revise_held(unit, PersonRole, "role_id", roles, row.id, tuple(read.roles))
    _revise_held(unit, PersonBranch, "branch_id", branches, row.id, read.branch_ids)
    unit.revise(Person, row, **read.values)
    if administrator:
        keep_an_administrator(unit)
    return {"id": row.id, "version": row.version + 1}


def _read(unit: Unit, command: PersonRecord, person_id: str) -> _Read:
    faults: list[Fault] = []
    roles = {r.code: r for r in unit.all(api.ALL_ROLES)}
    branches = {b.code: b.id for b in unit.all(BRANCHES)}
    faults += _unknown("roles", "role", command.roles, tuple(roles))
    faults += _unknown("branches", "branch", command.branches, tuple(branches))
    login = command.login.lower()
    if not rules.is_login(login):
        faults.append(Fault("login", "company.bad_login", {"login": command.login}))
    twin = unit.one(api.PERSON_BY_LOGIN, login=login)
    if twin is not None and twin.id != person_id:
        faults.append(Fault("login", "company.login_taken", {"login": command.login}))
    if faults:
        raise Invalid(*faults)
    branch_id = command.branch_id or unit.actor.branch_id or api.first_branch(unit).id
    unit.get(Branch, branch_id, field="branch_id")
    if command.boss_id is not None:
        boss = unit.get(Person, command.boss_id, field="boss_id")
        if boss.archived:
            raise Refusal("company.archived", field="boss_id", name=boss.name)
    values = {
        "login": login,
        "name": command.name,
        "email": command.email,
        "folded": fold(f"{command.name} {login} {command.email or ''}"),
        "branch_id": branch_id,
        "department_id": api.department_id(unit, command.department),
        "boss_id": command.boss_id,
        "language": command.language,
        "all_branches": command.all_branches,
    }
    held = {roles[r].id: roles[r] for r in command.roles}
    return _Read(values, held, tuple(dict.fromkeys(branches[b] for b in command.branches)))


def _demand_reach(unit: Unit, read: _Read, already: Sequence[str] = (), *, all_already: bool = False) -> None:
    """Refuses branches that are new to the person and not the actor's to give."""
    for field, wanted in (("branch_id", (read.values["branch_id"],)), ("branches", read.branch_ids)):
        demand_branches(unit, [branch_id for branch_id in wanted if branch_id not in already], field)
    demand_all_branches(unit, read.values["all_branches"] and not all_already, "all_branches")


def _demand_change(unit: Unit, person: Any, roles: Sequence[Any], branches: Sequence[Any], read: _Read) -> None:
    """Refuses a change of rights that is not the actor's to make; what stays as it is needs no right."""
    held = {row.role_id for row in roles if row.active}
    works = {person.branch_id, *(row.branch_id for row in branches if row.active)}
    changed = held.symmetric_difference(read.roles)
    reach = {read.values["branch_id"], *read.branch_ids}
    if changed or reach - works or (read.values["all_branches"] and not person.all_branches):
        demand_other_person(unit, person)
    if changed:
        demand_roles(unit, [role for role in unit.all(api.ALL_ROLES) if role.id in changed], "roles")
    _demand_reach(unit, read, tuple(works), all_already=bool(person.all_branches))


def _unknown(field: str, what: str, codes: Sequence[str], known: Sequence[str]) -> list[Fault]:
    return [
        Fault(field, f"company.unknown_{what}", {what: code, "known": ", ".join(sorted(known))})
        for code in codes
        if code not in known
    ][:1]


def _refuse_circle(unit: Unit, person_id: str, values: Mapping[str, Any]) -> None:
    people = {p.id: p for p in unit.all(CHAIN)}
    round_trip = rules.circle(person_id, values["boss_id"], {p.id: p.boss_id for p in people.values()})
    if round_trip:
        names = [values["name"] if p == person_id else people[p].name for p in round_trip]
        raise Invalid(Fault("boss_id", "company.boss_circle", {"circle": " → ".join(names)}))


def _revise_held(
    unit: Unit, model: type[Any], column: str, there: Sequence[Any], person_id: str, wanted: Sequence[str]
) -> None:
    known = {getattr(row, column): row for row in there}
    changed = [(row, {"active": key in wanted}) for key, row in known.items() if bool(row.active) != (key in wanted)]
    unit.revise_all(model, changed)
    unit.add_all(model, [{"person_id": person_id, column: key} for key in wanted if key not in known])
