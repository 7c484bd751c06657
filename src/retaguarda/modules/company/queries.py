"""What screens and scripts ask of the company."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who logs in."""

    id: str
    version: int
    login: str
    name: str
    branch_id: str
    branch_name: str
    locked: bool
    archived: bool
    allowed: tuple[str, ...] = ()


people = Query(
    "company.people",
    PersonRow,
    select(
        api.person.c.id,
        api.person.c.version,
        api.person.c.login,
        api.person.c.name,
        api.person.c.branch_id,
        api.branch.c.name.label("branch_name"),
        api.person.c.locked,
        api.person.c.archived,
    ).join(api.branch, api.branch.c.id == api.person.c.branch_id),
    permission="company.read_people",
    key=api.person.c.id,
    order="name",
)
