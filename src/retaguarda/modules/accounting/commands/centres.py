"""Cost centres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api
from retaguarda.modules.accounting.model import CostCentre

TWIN = Statement(select(api.cost_centre.c.id).where(api.cost_centre.c.code == bindparam("code")))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCostCentre(Command):
    """Adds a cost centre: a shop, a team, a project whose revenue and expense are looked at apart."""

    code: Annotated[str, Text(20, least=1)]
    name: Annotated[str, Text(80, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseCostCentre(Command):
    """Changes what a cost centre is called."""

    cost_centre_id: Annotated[str, Ref("cost_centre")]
    name: Annotated[str, Text(80, least=1)]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCostCentre(Command):
    """Archives a cost centre: nothing more is booked on it, what was booked stays."""

    cost_centre_id: Annotated[str, Ref("cost_centre")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCostCentre(Command):
    """Brings an archived cost centre back into use."""

    cost_centre_id: Annotated[str, Ref("cost_centre")]
    version: Annotated[int, Version()] | None = None


def add_cost_centre(unit: Unit, command: AddCostCentre) -> Mapping[str, Any]:
    if unit.one(TWIN, code=command.code) is not None:
        raise Invalid(Fault("code", "accounting.code_taken", {"code": command.code}))
    key = unit.add(CostCentre, code=command.code, name=command.name, folded=fold(f"{command.code} {command.name}"))
    return {"id": key, "version": 1}


def revise_cost_centre(unit: Unit, command: ReviseCostCentre) -> Mapping[str, Any]:
    row = unit.get(CostCentre, command.cost_centre_id, field="cost_centre_id")
    unit.fresh(row, command.version, "cost_centre")
    unit.revise(CostCentre, row, name=command.name, folded=fold(f"{row.code} {command.name}"))
    return {"id": row.id, "version": row.version + 1}


def archive_cost_centre(unit: Unit, command: ArchiveCostCentre) -> Mapping[str, Any]:
    row = unit.get(CostCentre, command.cost_centre_id, field="cost_centre_id")
    unit.fresh(row, command.version, "cost_centre")
    if row.archived:
        raise Refusal("accounting.cost_centre_archived", name=row.name)
    unit.revise(CostCentre, row, archived=True)
    return {"id": row.id, "version": row.version + 1}


def restore_cost_centre(unit: Unit, command: RestoreCostCentre) -> Mapping[str, Any]:
    row = unit.get(CostCentre, command.cost_centre_id, field="cost_centre_id")
    unit.fresh(row, command.version, "cost_centre")
    if not row.archived:
        raise Refusal("accounting.cost_centre_in_place", name=row.name)
    unit.revise(CostCentre, row, archived=False)
    return {"id": row.id, "version": row.version + 1}
