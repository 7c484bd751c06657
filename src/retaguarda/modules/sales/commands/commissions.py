"""Rules of commission: who earns what share, of what is sold or of what is received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Missing
from retaguarda.kernel.kinds import Choice, Rate, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.model import CommissionRule

_C = api.commission_rule.c
PERSON = Statement(select(company.person.c.id).where(company.person.c.id == bindparam("key", type_=Key())))
OF_PERSON = Statement(select(api.commission_rule).where(_C.active, _C.person_id == bindparam("key", type_=Key())))
OF_ROLE = Statement(select(api.commission_rule).where(_C.active, _C.role_id == bindparam("key", type_=Key())))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCommission(Command):
    """Says what a person, or whoever has a role, earns from now on: a share of what is sold, or of what is received.

    A rule that stood before ends; what was earned by it stays.
    """

    person_id: Annotated[str, Ref("person")] | None = None
    role: Annotated[str, Text(40)] = ""
    basis: Annotated[str, Choice(rules.BASES, "sales.basis")] = rules.ON_SALE
    rate: Annotated[Decimal, Rate()]


def set_commission(unit: Unit, command: SetCommission) -> Mapping[str, Any]:
    if (command.person_id is None) == (not command.role):
        raise Invalid(Fault("person_id", "sales.commission_for_one"))
    if command.rate <= 0:
        raise Invalid(Fault("rate", "kernel.not_above", {"above": "0"}))
    role_id = _role(unit, command.role) if command.role else None
    if command.person_id is not None and unit.one(PERSON, key=command.person_id) is None:
        raise Missing("person", command.person_id, field="person_id")
    statement, key = (OF_ROLE, role_id) if role_id else (OF_PERSON, command.person_id)
    standing = unit.one(statement, key=key)
    if standing is not None:
        unit.revise(CommissionRule, standing, active=False)
    made = unit.add(
        CommissionRule, person_id=command.person_id, role_id=role_id, basis=command.basis, rate=command.rate
    )
    return {"id": made, "version": 1}


def _role(unit: Unit, code: str) -> str:
    found = next((row.id for row in unit.all(company.ALL_ROLES) if row.code == code), None)
    if found is None:
        raise Missing("role", code, field="role")
    return str(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCommission(Command):
    """Ends a rule of commission: nothing more is earned by it."""

    rule_id: Annotated[str, Ref("commission_rule")]
    version: Annotated[int, Version()] | None = None


def end_commission(unit: Unit, command: EndCommission) -> Mapping[str, Any]:
    row = unit.get(CommissionRule, command.rule_id, field="rule_id")
    unit.fresh(row, command.version, "commission_rule")
    unit.revise(CommissionRule, row, active=False)
    return {"id": row.id, "version": row.version + 1}
