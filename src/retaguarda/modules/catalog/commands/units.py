"""Units of measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import String, bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Text, Whole
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api
from retaguarda.modules.catalog.model import MeasureUnit

UNIT_BY_CODE = Statement(select(api.measure_unit).where(api.measure_unit.c.code == bindparam("code", type_=String())))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(Command):
    """Adds a unit to count in. With no digits it takes whole quantities only, like pieces; with three, kilograms."""

    code: Annotated[str, Text(6)]
    name: Annotated[str, Text(40)]
    decimals: Annotated[int, Whole(most=4)] = 0


def add_unit(unit: Unit, command: AddUnit) -> Mapping[str, Any]:
    code = command.code.upper()
    if unit.one(UNIT_BY_CODE, code=code) is not None:
        raise Invalid(Fault("code", "catalog.unit_taken", {"code": code}))
    unit_id = unit.add(MeasureUnit, code=code, name=command.name, decimals=command.decimals)
    return {"id": unit_id, "version": 1}


def known_unit(unit: Unit, code: str) -> Any:
    """The unit with this code; refuses, naming the field, one that is not there or is archived."""
    row = unit.one(UNIT_BY_CODE, code=code.upper())
    if row is None or row.archived:
        raise Invalid(Fault("unit_code", "catalog.unknown_unit", {"code": code}))
    return row
