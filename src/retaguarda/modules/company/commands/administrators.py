"""The people who may do everything: only they deal with each other, and one of them must always be able to log in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.model import Role

HOLDERS = Statement(
    select(
        api.person.c.id,
        api.role.c.added,
        api.role.c.removed,
        api.person.c.verifier,
        api.person.c.locked,
        api.person.c.archived,
    )
    .select_from(api.person)
    .join(api.person_role, (api.person_role.c.person_id == api.person.c.id) & api.person_role.c.active.is_(True))
    .join(api.role, api.role.c.id == api.person_role.c.role_id)
    .where(api.role.c.added.contains(f'"{rules.EVERYTHING}"', autoescape=True))
)


def _holders(unit: Unit) -> list[Any]:
    return [row for row in unit.all(HOLDERS) if rules.is_everything(row.added, row.removed)]


def demand_administrator(unit: Unit, field: str) -> None:
    """Refuses to give or change the right to everything unless the actor has it."""
    if not unit.actor.may(rules.EVERYTHING):
        raise Refusal("company.only_administrators", field=field)


def respect_administrator(unit: Unit, person_id: str) -> bool:
    """Whether the person is an administrator; refuses then unless the actor is one too."""
    found = any(row.id == person_id for row in _holders(unit))
    if found:
        demand_administrator(unit, "person_id")
    return found


def keep_an_administrator(unit: Unit, *, touched: str = "") -> None:
    """Refuses when nobody who may do everything could log in any more.

    Two people who take each other's rights away at the same moment meet at the administrator's role (unless `touched`
    says that the command writes it already): the second one is told that it was too late.
    """
    if touched != rules.OWNER:
        owner = next(row for row in unit.all(api.ALL_ROLES) if row.code == rules.OWNER)
        unit.revise(Role, owner, name=owner.name)
    if not any(row.verifier and not row.locked and not row.archived for row in _holders(unit)):
        raise Refusal("company.last_administrator")
