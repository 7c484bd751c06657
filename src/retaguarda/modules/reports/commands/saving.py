"""A report is saved with what it is asked, shared with roles, renamed, put away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Fault, Forbidden, Invalid, Missing
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Codes, Ref, Text, Version
from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.screen import ReportScreen
from retaguarda.kernel.screen.inquiry import ask
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.reports.model import SavedReport, SavedReportRole
from retaguarda.modules.reports.ports import Screens

SAVE = "reports.save_report"
_SHARE = table_of(SavedReportRole)
_ROLES = Statement(select(company.role.c.id, company.role.c.code))
_SHARES = Statement(select(_SHARE).where(_SHARE.c.saved_id == bindparam("saved_id", type_=Key())))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedValue(Part):
    """What is typed for one parameter: a code, a record, a day (`-30`, `d`, `last_month`); nothing leaves it open."""

    key: Annotated[str, Text(40, least=1)]
    value: Annotated[str, Text(80)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveReport(Command):
    """Saves a report under a name, added up and asked as it is now. Days that are counted from today, and periods like
    last month, are other days tomorrow. Who holds one of the roles it is shared with finds it too, and sees in it what
    they may see themselves."""

    name: Annotated[str, Text(80, least=1)]
    report: Annotated[str, Text(80, least=3)]
    cut: Annotated[str, Text(40, least=1)]
    asked: tuple[AskedValue, ...] = ()
    roles: Annotated[tuple[str, ...], Codes()] = ()


def save_report(unit: Unit, command: SaveReport) -> Mapping[str, Any]:
    if unit.actor.person_id is None:
        raise Forbidden(SAVE)
    asked = {one.key: one.value for one in command.asked}
    screen = unit.port(Screens).screens.get(command.report)  # type: ignore[type-abstract]
    if not isinstance(screen, ReportScreen):
        raise Invalid(Fault("report", "reports.unknown_report", {"name": command.report}))
    # What it means today does not matter; what it is asked has to mean something.
    ask(screen, command.cut, asked, unit.today, unit.actor.language)
    return keep_saved(
        unit, command.name, command.roles, report=command.report, cut=command.cut, asked=json.dumps(asked), needs=""
    )


def keep_saved(unit: Unit, name: str, roles: Sequence[str], **told: str) -> Mapping[str, Any]:
    """A further report of the actor's, shared with the roles of these codes; refuses a role that there is not."""
    keys = _roles(unit, roles)
    saved_id = unit.add(SavedReport, name=name, folded=fold(name), owner_id=unit.actor.person_id, **told)
    unit.add_all(SavedReportRole, [{"saved_id": saved_id, "role_id": role_id} for role_id in keys])
    return {"id": saved_id, "version": 1, "name": name}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseSaved(Command):
    """Gives a saved report another name, or shares it with other roles. Only who saved it may."""

    saved_id: Annotated[str, Ref("saved_report")]
    version: Annotated[int, Version()] | None = None
    name: Annotated[str, Text(80, least=1)]
    roles: Annotated[tuple[str, ...], Codes()] = ()


def revise_saved(unit: Unit, command: ReviseSaved) -> Mapping[str, Any]:
    row = own_report(unit, command.saved_id, command.version)
    wanted = _roles(unit, command.roles)
    there = {share.role_id: share for share in unit.all(_SHARES, saved_id=row.id)}
    changed = [(share, {"active": key in wanted}) for key, share in there.items() if share.active != (key in wanted)]
    unit.revise_all(SavedReportRole, changed)
    new = [role_id for role_id in wanted if role_id not in there]
    unit.add_all(SavedReportRole, [{"saved_id": row.id, "role_id": role_id} for role_id in new])
    unit.revise(SavedReport, row, name=command.name, folded=fold(command.name))
    return {"id": row.id, "version": row.version + 1, "name": command.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSaved(Command):
    """Takes a saved report out of every list. Only who saved it may; the report itself stays."""

    saved_id: Annotated[str, Ref("saved_report")]
    version: Annotated[int, Version()] | None = None


def archive_saved(unit: Unit, command: ArchiveSaved) -> Mapping[str, Any]:
    row = own_report(unit, command.saved_id, command.version)
    unit.revise(SavedReport, row, archived=True)
    return {"id": row.id, "version": row.version + 1, "name": row.name}


def own_report(unit: Unit, saved_id: str, version: int | None = None) -> Any:
    """The saved report, which has to be the actor's own; to anybody else it is not there."""
    row = unit.get(SavedReport, saved_id, field="saved_id")
    if row.archived or row.owner_id != unit.actor.person_id:
        raise Missing("saved_report", saved_id, field="saved_id")
    unit.fresh(row, version, "saved_report")
    return row


def _roles(unit: Unit, codes: Sequence[str]) -> tuple[str, ...]:
    """The keys of the roles with these codes; refuses one that there is not."""
    known = {row.code: row.id for row in unit.all(_ROLES)}
    for code in codes:
        if code not in known:
            raise Invalid(Fault("roles", "company.unknown_role", {"role": code, "known": ", ".join(sorted(known))}))
    return tuple(dict.fromkeys(known[code] for code in codes))
