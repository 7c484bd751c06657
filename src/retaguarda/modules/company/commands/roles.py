"""Roles: what the people who hold them may do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Codes, Rate, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.commands.administrators import demand_administrator, keep_an_administrator
from retaguarda.modules.company.commands.giving import (
    demand_discount,
    demand_permissions,
    demand_roles,
    granted,
)
from retaguarda.modules.company.model import Role
from retaguarda.modules.company.ports import PermissionNames


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRole(Command):
    """Adds a role of the company's own, with the permissions and the discount limit of those who hold it, and the
    roles they may give to others. Nobody gives what they do not hold themselves."""

    name: Annotated[str, Text(80)]
    code: Annotated[str, Text(40)] = ""
    added: Annotated[tuple[str, ...], Codes()] = ()
    gives: Annotated[tuple[str, ...], Codes()] = ()
    discount_rate_max: Annotated[Decimal, Rate()] = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseRole(Command):
    """Changes what a role may do: permissions given beyond those it comes with, permissions taken away, the highest
    discount, and the roles it may give to others. It holds for each person from their next log-in."""

    role_id: Annotated[str, Ref("role")]
    version: Annotated[int, Version()] | None = None
    name: Annotated[str, Text(80)]
    added: Annotated[tuple[str, ...], Codes()] = ()
    removed: Annotated[tuple[str, ...], Codes()] = ()
    gives: Annotated[tuple[str, ...], Codes()] = ()
    discount_rate_max: Annotated[Decimal, Rate()] = Decimal(0)


def add_role(unit: Unit, command: AddRole) -> Mapping[str, Any]:
    code = command.code or rules.code_of(command.name)
    field = "code" if command.code else "name"
    known = {row.code: row for row in unit.all(api.ALL_ROLES)}
    faults = _permission_faults(unit, added=command.added) + _role_faults(command.gives, known)
    if not rules.is_code(code):
        faults.append(Fault(field, "company.bad_code", {"code": command.code}))
    elif code in known:
        faults.append(Fault(field, "company.role_code_taken", {"code": code}))
    if faults:
        raise Invalid(*faults)
    if rules.EVERYTHING in command.added:
        demand_administrator(unit, "added")
    demand_permissions(unit, command.added, "added")
    demand_discount(unit, command.discount_rate_max)
    demand_roles(unit, [known[given] for given in command.gives], "gives")
    role_id = unit.add(
        Role,
        code=code,
        name=command.name,
        added=_stored(command.added),
        removed="[]",
        gives=_stored(command.gives),
        discount_rate_max=command.discount_rate_max,
    )
    return {"id": role_id, "version": 1, "code": code}


def revise_role(unit: Unit, command: ReviseRole) -> Mapping[str, Any]:
    row = unit.get(Role, command.role_id, field="role_id")
    unit.fresh(row, command.version, "role")
    known = {known.code: known for known in unit.all(api.ALL_ROLES)}
    faults = _permission_faults(unit, added=command.added, removed=command.removed)
    faults += _role_faults(command.gives, known)
    if faults:
        raise Invalid(*faults)
    was = rules.is_everything(row.added, row.removed)
    added, removed = _stored(command.added), _stored(command.removed)
    if was or rules.is_everything(added, removed):
        demand_administrator(unit, "added")
    _demand_what_is_new(unit, row, command, known)
    unit.revise(
        Role,
        row,
        name=command.name,
        added=added,
        removed=removed,
        gives=_stored(command.gives),
        discount_rate_max=command.discount_rate_max,
    )
    if was and not rules.is_everything(added, removed):
        keep_an_administrator(unit, touched=row.code)
    return {"id": row.id, "version": row.version + 1}


def _demand_what_is_new(unit: Unit, row: Any, command: ReviseRole, known: Mapping[str, Any]) -> None:
    """Refuses what the role did not give before and is not the actor's to give."""
    comes_with = granted(unit, row.code)
    before = rules.effective(comes_with, tuple(json.loads(row.added)), tuple(json.loads(row.removed)))
    demand_permissions(unit, rules.effective(comes_with, command.added, command.removed) - before, "added")
    if command.discount_rate_max > row.discount_rate_max:
        demand_discount(unit, command.discount_rate_max)
    demand_roles(unit, [known[code] for code in command.gives if code not in json.loads(row.gives)], "gives")


def _stored(codes: tuple[str, ...]) -> str:
    return json.dumps(sorted(set(codes)))


def _role_faults(gives: Sequence[str], known: Mapping[str, Any]) -> list[Fault]:
    return [
        Fault("gives", "company.unknown_role", {"role": code, "known": ", ".join(sorted(known))})
        for code in gives
        if code not in known
    ]


def _permission_faults(unit: Unit, **given: tuple[str, ...]) -> list[Fault]:
    known = {*unit.port(PermissionNames).permissions(), rules.EVERYTHING}  # type: ignore[type-abstract]
    return [
        Fault(field, "company.unknown_permission", {"permission": code})
        for field, codes in given.items()
        for code in codes
        if code not in known
    ]
