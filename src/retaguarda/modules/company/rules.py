"""Pure rules of the company: the ready-made roles, and that nobody reports to themselves in a circle."""

from __future__ import annotations

from collections.abc import Mapping

OWNER = "administrator"
ROLES: tuple[str, ...] = (
    "sales",
    "commercial",
    "relations",
    "stock",
    "finance",
    "picking",
    "shipping",
    "delivery",
    OWNER,
    "analyst",
    "marketing",
    "hr",
    "accounting",
    "legal",
    "it",
)
"""The ready-made roles (DOMAIN, Roles); their words are texts `company.role.<code>`."""

DEPARTMENTS: tuple[str, ...] = ("sales", "stock", "finance", "picking", "shipping", "delivery", "management")
"""The departments a new company starts with; their words are texts `company.department.<code>`."""

DISCOUNT_LIMITS: Mapping[str, str] = {
    "sales": "0.05",
    "relations": "0.05",
    "commercial": "0.15",
    OWNER: "1",
}
"""How much discount a line may carry by role, as a share; the highest of a person's roles counts."""


def effective(granted: frozenset[str], added: tuple[str, ...], removed: tuple[str, ...]) -> frozenset[str]:
    """A role's permissions: what the modules grant it, plus and minus what this company changed."""
    return (granted | frozenset(added)) - frozenset(removed)


def makes_circle(person_id: str, boss_id: str | None, boss_of: Mapping[str, str | None]) -> bool:
    """Whether `person_id` reporting to `boss_id` would close a circle."""
    seen = {person_id}
    while boss_id is not None:
        if boss_id in seen:
            return True
        seen.add(boss_id)
        boss_id = boss_of.get(boss_id)
    return False
