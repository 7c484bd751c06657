"""Views: how a person likes to see a list, by name, for themselves or for a role they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.model import SavedView


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepView(Command):
    """Keeps how a list is shown (filters, columns, order, tab) under a name, for oneself or for everybody of a role one
    holds. The same name again keeps it anew. Nobody sees more rows by it than before."""

    screen: Annotated[str, Text(80, least=1)]
    name: Annotated[str, Text(60, least=1)]
    look: Annotated[str, Text(8000, least=2)]
    role: Annotated[str, Text(40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView(Command):
    """Takes away a view that one has kept; for those it was shared with, too. An administrator may take away any."""

    view_id: Annotated[str, Ref("saved_view")]
    version: Annotated[int, Version()] | None = None


def keep_view(unit: Unit, command: KeepView) -> Mapping[str, Any]:
    faults = [] if rules.is_look(command.look) else [Fault("look", "company.keep_view.not_a_look")]
    role_id = _shared_with(unit, command.role, faults)
    if faults:
        raise Invalid(*faults)
    person_id = unit.actor.person_id
    row = unit.one(api.OWN_VIEW, person_id=person_id, screen=command.screen, name=command.name)
    values = {"look": command.look, "role_id": role_id, "archived": False}
    if row is not None:
        unit.revise(SavedView, row, **values)
        return {"id": row.id, "version": row.version + 1, "name": row.name}
    view_id = unit.add(SavedView, person_id=person_id, screen=command.screen, name=command.name, **values)
    return {"id": view_id, "version": 1, "name": command.name}


def _shared_with(unit: Unit, code: str, faults: list[Fault]) -> str | None:
    if not code:
        return None
    known = {role.code: role for role in unit.all(api.ALL_ROLES)}
    role = known.get(code)
    if role is None:
        faults.append(Fault("role", "company.unknown_role", {"role": code, "known": ", ".join(sorted(known))}))
        return None
    if code not in unit.actor.limits.get("roles", ()) and not unit.actor.may(rules.EVERYTHING):
        faults.append(Fault("role", "company.keep_view.not_your_role", {"role": role.name}))
    return str(role.id)


def archive_view(unit: Unit, command: ArchiveView) -> Mapping[str, Any]:
    row = unit.get(SavedView, command.view_id, field="view_id")
    if row.person_id != unit.actor.person_id and not unit.actor.may(rules.EVERYTHING):
        raise Refusal("company.archive_view.not_yours")
    unit.fresh(row, command.version, "saved_view")
    if row.archived:
        raise Refusal("company.archive_view.is_archived")
    unit.revise(SavedView, row, archived=True)
    return {"id": row.id, "version": row.version + 1, "name": row.name}
