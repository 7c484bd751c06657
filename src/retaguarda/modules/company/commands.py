"""What changes the company: creating it, its people, their roles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import available_timezones

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Codes, Flag, Ref, Secret, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.events import CompanyCreated
from retaguarda.modules.company.model import Branch, Company, Department, Person, PersonRole, Role

WEEK = json.dumps(
    {str(day): [["08:00", "12:00"], ["13:00", "18:00"]] for day in range(5)} | {"5": [["08:00", "12:00"]]}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCompany(Command):
    """Creates the company, its first branch, the ready-made roles and departments, and the person who administers it."""

    name: Annotated[str, Text(120)]
    admin_name: Annotated[str, Text(80)]
    admin_login: Annotated[str, Text(40)]
    admin_password: Annotated[str, Secret(least=8)]
    tax_id: Annotated[str, Text(20)] | None = None
    country: Annotated[str, Choice(("BR", "US", "PT"))] = "BR"
    language: Annotated[str, Choice(("pt_BR", "en"))] = "pt_BR"
    currency: Annotated[str, Choice(("BRL", "USD", "EUR"))] = "BRL"
    zone: Annotated[str, Text(60)] = "America/Sao_Paulo"
    branch_name: Annotated[str, Text(80)] = "Matriz"
    branch_state: Annotated[str, Text(2)] | None = None
    sample: Annotated[bool, Flag()] = False


def create_company(unit: Unit, command: CreateCompany) -> Mapping[str, Any]:
    if api.the_company(unit) is not None:
        raise Refusal("company.create_company.exists")
    if command.zone not in available_timezones():
        raise Invalid(Fault("zone", "company.unknown_zone", {"zone": command.zone}))
    company_id = unit.add(
        Company,
        name=command.name,
        tax_id=command.tax_id,
        zone=command.zone,
        country=command.country,
        language=command.language,
        currency=command.currency,
        sample=command.sample,
    )
    branch_id = unit.add(
        Branch, code="1", name=command.branch_name, state=command.branch_state, week=WEEK, extra_holidays="[]"
    )
    departments = unit.add_all(Department, [{"code": c, "name": ""} for c in rules.DEPARTMENTS])
    roles = dict(
        zip(
            rules.ROLES,
            unit.add_all(
                Role,
                [
                    {
                        "code": code,
                        "name": "",
                        "ready_made": True,
                        "added": '["*"]' if code == rules.OWNER else "[]",
                        "removed": "[]",
                        "discount_rate_max": Decimal(rules.DISCOUNT_LIMITS.get(code, "0")),
                    }
                    for code in rules.ROLES
                ],
            ),
            strict=True,
        )
    )
    admin_id = unit.new_id()
    unit.add(
        Person,
        id=admin_id,
        login=command.admin_login.lower(),
        name=command.admin_name,
        verifier=api.verifier_of(command.admin_password, admin_id),
        branch_id=branch_id,
        department_id=departments[rules.DEPARTMENTS.index("management")],
        language=command.language,
        all_branches=True,
    )
    unit.add(PersonRole, person_id=admin_id, role_id=roles[rules.OWNER])
    unit.emit(CompanyCreated(company_id, branch_id, command.country, command.language))
    return {"id": company_id, "branch_id": branch_id, "person_id": admin_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(Command):
    """Adds somebody who logs in, with roles, department and boss; without a password they cannot log in yet."""

    login: Annotated[str, Text(40)]
    name: Annotated[str, Text(80)]
    roles: Annotated[tuple[str, ...], Codes()] = ()
    password: Annotated[str, Secret(least=8)] | None = None
    email: Annotated[str, Text(120)] | None = None
    branch_id: Annotated[str, Ref("branch")] | None = None
    department: Annotated[str, Text(40)] | None = None
    boss_id: Annotated[str, Ref("person")] | None = None
    language: Annotated[str, Choice(("pt_BR", "en"))] = "pt_BR"
    all_branches: Annotated[bool, Flag()] = False


def add_person(unit: Unit, command: AddPerson) -> Mapping[str, Any]:
    roles = {r.code: r.id for r in unit.all(api.ALL_ROLES)}
    unknown = [r for r in command.roles if r not in roles]
    if unknown:
        raise Invalid(Fault("roles", "company.unknown_role", {"role": unknown[0], "known": ", ".join(sorted(roles))}))
    if unit.one(api.PERSON_BY_LOGIN, login=command.login.lower()) is not None:
        raise Invalid(Fault("login", "company.login_taken", {"login": command.login}))
    branch_id = command.branch_id or api.first_branch(unit).id
    unit.get(Branch, branch_id, field="branch_id")
    department_id = api.department_id(unit, command.department)
    if command.boss_id is not None:
        unit.get(Person, command.boss_id, field="boss_id")
    person_id = unit.new_id()
    unit.add(
        Person,
        id=person_id,
        login=command.login.lower(),
        name=command.name,
        email=command.email,
        verifier=api.verifier_of(command.password, person_id) if command.password else None,
        branch_id=branch_id,
        department_id=department_id,
        boss_id=command.boss_id,
        language=command.language,
        all_branches=command.all_branches,
    )
    unit.add_all(PersonRole, [{"person_id": person_id, "role_id": roles[r]} for r in dict.fromkeys(command.roles)])
    return {"id": person_id, "version": 1}
