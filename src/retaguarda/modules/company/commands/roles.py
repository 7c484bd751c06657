"""Roles: what the people who hold them may do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Codes, Rate, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.commands.administrators import demand_administrator, keep_an_administrator
from retaguarda.modules.company.model import Role
from retaguarda.modules.company.ports import PermissionNames


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRole(Command):
    """Adds a role of the company's own, with the permissions and the discount limit of those who hold it."""

    name: Annotated[str, Text(80)]
    code: Annotated[str, Text(40)] = ""
    added: Annotated[tuple[str, ...], Codes()] = ()
    discount_rate_max: Annotated[Decimal, Rate()] = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseRole(Command):
    """Changes what a role may do: permissions given beyond those it comes with, permissions taken away, and the
    highest discount. It holds for each person from their next log-in."""

    role_id: Annotated[str, Ref("role")]
    version: Annotated[int, Version()] | None = None
    name: Annotated[str, Text(80)]
    added: Annotated[tuple[str, ...], Codes()] = ()
    removed: Annotated[tuple[str, ...], Codes()] = ()
    discount_rate_max: Annotated[Decimal, Rate()] = Decimal(0)


def add_role(unit: Unit, command: AddRole) -> Mapping[str, Any]:
    code = command.code or rules.code_of(command.name)
    field = "code" if command.code else "name"
    faults = _permission_faults(unit, added=command.added)
    if not rules.is_code(code):
        faults.append(Fault(field, "company.bad_code", {"code": command.code}))
    elif any(row.code == code for row in unit.all(api.ALL_ROLES)):
        faults.append(Fault(field, "company.role_code_taken", {"code": code}))
    if faults:
        raise Invalid(*faults)
    if rules.EVERYTHING in command.added:
        demand_administrator(unit, "added")
    role_id = unit.add(
        Role,
        code=code,
        name=command.name,
        added=_stored(command.added),
        removed="[]",
        discount_rate_max=command.discount_rate_max,
    )
    return {"id": role_id, "version": 1, "code": code}


def revise_role(unit: Unit, command: ReviseRole) -> Mapping[str, Any]:
    row = unit.get(Role, command.role_id, field="role_id")
    unit.fresh(row, command.version, "role")
    faults = _permission_faults(unit, added=command.added, removed=command.removed)
    if faults:
        raise Invalid(*faults)
    was = rules.is_everything(row.added, row.removed)
    added, removed = _stored(command.added), _stored(command.removed)
    if was or rules.is_everything(added, removed):
        demand_administrator(unit, "added")
    unit.revise(
        Role,
        row,
        name=command.name,
        added=added,
        removed=removed,
        discount_rate_max=command.discount_rate_max,
    )
    if was and not rules.is_everything(added, removed):
        keep_an_administrator(unit, touched=row.code)
    return {"id": row.id, "version": row.version + 1}


def _stored(codes: tuple[str, ...]) -> str:
    return json.dumps(sorted(set(codes)))


def _permission_faults(unit: Unit, **given: tuple[str, ...]) -> list[Fault]:
    known = {*unit.port(PermissionNames).permissions(), rules.EVERYTHING}  # type: ignore[type-abstract]
    return [
        Fault(field, "company.unknown_permission", {"permission": code})
        for field, codes in given.items()
        for code in codes
        if code not in known
    ]
