"""Views of lists: a person's own and those of the roles they hold."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select

from retaguarda.kernel.model import Key
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api
from retaguarda.modules.company.queries.rows import named

_V, _R, _P = api.saved_view, api.role, api.person
_ME = bindparam("person_id", type_=Key())


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """A view of one list: whose, shared with which role (its name), and the list as it then looks (JSON)."""

    id: str
    version: int
    screen: str
    name: str
    look: str
    role_name: str | None
    person_name: str
    mine: bool
    allowed: tuple[str, ...] = ()


def _allowed(row: SavedViewRow) -> tuple[str, ...]:
    return ("company.archive_view",) if row.mine else ()


saved_views = Query(
    "company.saved_views",
    SavedViewRow,
    select(
        *named(("id", "version", "screen", "name", "look"), _V),
        _R.c.name.label("role_name"),
        _P.c.name.label("person_name"),
        (_V.c.person_id == _ME).label("mine"),
    )
    .select_from(_V.join(_P, _P.c.id == _V.c.person_id).outerjoin(_R, _R.c.id == _V.c.role_id))
    .where(
        _V.c.archived.is_(False),
        or_(
            _V.c.person_id == _ME,
            select(api.person_role.c.id)
            .where(
                api.person_role.c.person_id == _ME,
                api.person_role.c.role_id == _V.c.role_id,
                api.person_role.c.active.is_(True),
            )
            .exists(),
        ),
    ),
    permission="company.read",
    key=_V.c.id,
    order="name",
    allowed=_allowed,
)
