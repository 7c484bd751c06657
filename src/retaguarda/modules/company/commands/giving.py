"""What somebody may hand on: nobody gives more than they hold, or lets in who holds more.

Hiring and doing the work are different duties, so a role may name further roles that those who hold it give and take
away (`role.gives`): people who hire give the roles of the trade without holding them, and none that moves money.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.commands.administrators import demand_administrator
from retaguarda.modules.company.model import Branch
from retaguarda.modules.company.ports import PermissionNames


def demand_roles(unit: Unit, roles: Iterable[Any], field: str) -> None:
    """Refuses to give or take away a role that is not the actor's to give."""
    strange = _strange(unit, roles, field)
    if strange:
        raise Refusal("company.role_not_yours_to_give", field=field, roles=strange)


def demand_access(unit: Unit, person: Any) -> None:
    """Refuses to let a person in (a password, unlocking, bringing back) who holds what the actor could not give:
    whoever sets the password could come in as that person."""
    strange = _strange(unit, unit.all(api.ROLES_OF, person_id=person.id), "person_id")
    if strange:
        raise Refusal("company.access_not_yours_to_give", field="person_id", name=person.name, roles=strange)
    further = [row.branch_id for row in unit.all(api.BRANCHES_OF, person_id=person.id)]
    demand_branches(unit, [person.branch_id, *further], "person_id")
    demand_all_branches(unit, person.all_branches, "person_id")


def demand_permissions(unit: Unit, gained: Iterable[str], field: str) -> None:
    """Refuses to give permissions that the actor does not hold."""
    strange = sorted(name for name in gained if not unit.actor.may(name))
    if strange:
        raise Refusal("company.permission_not_yours_to_give", field=field, permissions=strange)


def demand_discount(unit: Unit, rate: Decimal) -> None:
    """Refuses to give a higher discount than the actor's own."""
    own = unit.actor.limits.get("discount_rate", Decimal(0))
    if rate > own and not unit.actor.may(rules.EVERYTHING):
        raise Refusal("company.discount_not_yours_to_give", field="discount_rate_max", asked=rate, limit=own)


def demand_branches(unit: Unit, branch_ids: Iterable[str], field: str) -> None:
    """Refuses to give access to a branch that the actor does not work at."""
    if not unit.actor.all_branches:
        for branch_id in branch_ids:
            if branch_id not in unit.actor.branch_ids:
                raise Refusal("company.other_branch", field=field, branch=unit.get(Branch, branch_id).name)


def demand_all_branches(unit: Unit, wanted: bool, field: str) -> None:
    """Refuses to give access to every branch, those to come included, unless the actor has it."""
    if wanted and not unit.actor.all_branches:
        raise Refusal("company.all_branches_not_yours_to_give", field=field)


def demand_other_person(unit: Unit, person: Any) -> None:
    """Refuses to change one's own roles and branches, unless one may do everything anyway."""
    if person.id == unit.actor.person_id and not unit.actor.may(rules.EVERYTHING):
        raise Refusal("company.own_rights", field="person_id", name=person.name)


def granted(unit: Unit, role_code: str) -> frozenset[str]:
    """What the modules give a ready-made role."""
    return unit.port(PermissionNames).grants.get(role_code, frozenset())  # type: ignore[type-abstract]


def _strange(unit: Unit, roles: Iterable[Any], field: str) -> list[str]:
    """The names of the roles that are not the actor's to give; refuses at once where one gives everything."""
    found = list(roles)
    if any(rules.is_everything(role.added, role.removed) for role in found):
        demand_administrator(unit, field)
    return [role.name for role in found if not _may_give(unit, role)]


def _may_give(unit: Unit, role: Any) -> bool:
    actor = unit.actor
    gives = actor.limits.get("gives", ())
    if actor.may(rules.EVERYTHING) or role.code in gives:
        return True
    holds = rules.effective(granted(unit, role.code), *(tuple(json.loads(c)) for c in (role.added, role.removed)))
    within = role.discount_rate_max <= actor.limits.get("discount_rate", Decimal(0))
    return within and holds <= actor.permissions and set(json.loads(role.gives)) <= set(gives)
