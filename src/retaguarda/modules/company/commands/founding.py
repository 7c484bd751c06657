"""The company's beginning and what is said of it afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import available_timezones

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Flag, Ref, Secret, Text, Version
from retaguarda.kernel.text import CURRENCIES, Texts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.commands.places import state_faults
from retaguarda.modules.company.events import CompanyCreated
from retaguarda.modules.company.model import Branch, Company, Department, Person, PersonRole, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCompany(Command):
    """Creates the company, its first branch, the ready-made roles and departments, and who administers it."""

    name: Annotated[str, Text(120)]
    admin_name: Annotated[str, Text(80)]
    admin_login: Annotated[str, Text(40)]
    admin_password: Annotated[str, Secret(least=8)]
    tax_id: Annotated[str, Text(20)] | None = None
    country: Annotated[str, Choice(("BR", "US", "PT"), texts="company.country")] = "BR"
    language: Annotated[str, Choice(rules.LANGUAGES, texts="company.language")] = "pt_BR"
    currency: Annotated[str, Choice(tuple(CURRENCIES), texts="company.currency")] = "BRL"
    zone: Annotated[str, Text(60)] = "America/Sao_Paulo"
    branch_name: Annotated[str, Text(80)] = "Matriz"
    branch_state: Annotated[str, Text(2)] | None = None
    sample: Annotated[bool, Flag()] = False


def create_company(unit: Unit, command: CreateCompany) -> Mapping[str, Any]:
    if api.the_company(unit) is not None:
        raise Refusal("company.create_company.exists")
    faults = zone_faults(command.zone) + state_faults(command.country, command.branch_state, field="branch_state")
    if not rules.is_login(command.admin_login.lower()):
        faults.append(Fault("admin_login", "company.bad_login", {"login": command.admin_login}))
    if faults:
        raise Invalid(*faults)
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
    week = dict.fromkeys(rules.WEEKDAYS[:5], rules.OFFICE_HOURS)
    week |= {"saturday": rules.SATURDAY_HOURS, "sunday": ""}
    branch_id = unit.add(
        Branch,
        code="1",
        name=command.branch_name,
        state=(command.branch_state or "").upper() or None,
        folded=fold(f"{command.branch_name} 1"),
        **week,
    )
    said = Texts(command.language)
    names = {code: said.say(f"company.department.{code}") for code in rules.DEPARTMENTS}
    departments = unit.add_all(
        Department, [{"code": code, "name": name, "folded": fold(f"{name} {code}")} for code, name in names.items()]
    )
    roles = dict(zip(rules.ROLES, unit.add_all(Role, [_ready_made(code, said) for code in rules.ROLES]), strict=True))
    admin_id = unit.new_id()
    unit.add(
        Person,
        id=admin_id,
        login=command.admin_login.lower(),
        name=command.admin_name,
        folded=fold(f"{command.admin_name} {command.admin_login}"),
        verifier=api.verifier_of(command.admin_password, admin_id),
        branch_id=branch_id,
        department_id=departments[rules.DEPARTMENTS.index("management")],
        language=command.language,
        all_branches=True,
    )
    unit.add(PersonRole, person_id=admin_id, role_id=roles[rules.OWNER])
    unit.emit(CompanyCreated(company_id, branch_id, command.country, command.language))
    return {"id": company_id, "branch_id": branch_id, "person_id": admin_id}


def _ready_made(code: str, said: Texts) -> dict[str, Any]:
    return {
        "code": code,
        "name": said.say(f"company.role.{code}"),
        "ready_made": True,
        "added": f'["{rules.EVERYTHING}"]' if code == rules.OWNER else "[]",
        "removed": "[]",
        "gives": json.dumps(sorted(rules.GIVES.get(code, ()))),
        "discount_rate_max": Decimal(rules.DISCOUNT_LIMITS.get(code, "0")),
    }


def zone_faults(zone: str) -> list[Fault]:
    """What is wrong with the name of a time zone."""
    return [] if zone in available_timezones() else [Fault("zone", "company.unknown_zone", {"zone": zone})]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseCompany(Command):
    """Changes the company's name, tax identity, time zone and language; country and currency stay."""

    company_id: Annotated[str, Ref("company")]
    version: Annotated[int, Version()] | None = None
    name: Annotated[str, Text(120)]
    tax_id: Annotated[str, Text(20)] | None = None
    zone: Annotated[str, Text(60)]
    language: Annotated[str, Choice(rules.LANGUAGES, texts="company.language")]


def revise_company(unit: Unit, command: ReviseCompany) -> Mapping[str, Any]:
    row = unit.get(Company, command.company_id, field="company_id")
    unit.fresh(row, command.version, "company")
    faults = zone_faults(command.zone)
    if faults:
        raise Invalid(*faults)
    unit.revise(Company, row, name=command.name, tax_id=command.tax_id, zone=command.zone, language=command.language)
    return {"id": row.id, "version": row.version + 1}
