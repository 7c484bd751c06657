"""The company's settings: each is declared in the rules, only what differs is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Missing, Stale
from retaguarda.kernel.kinds import Text, ValueFault, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.model import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetting(Command):
    """Changes a setting of the company; an empty value brings back what the program comes with."""

    code: Annotated[str, Text(80)]
    version: Annotated[int, Version()] | None = None
    value: Annotated[str, Text(200)] = ""


def change_setting(unit: Unit, command: ChangeSetting) -> Mapping[str, Any]:
    spec = rules.SETTINGS.get(command.code)
    if spec is None:
        raise Missing("setting", command.code, field="code")
    try:
        value = rules.read_setting(command.code, command.value or spec.default)
    except ValueFault as fault:
        raise Invalid(Fault("value", fault.code, fault.params)) from None
    row = unit.one(api.SETTING, code=command.code)
    if row is None:
        # A setting nobody changed yet is shown with version 1; somebody may have been faster.
        if command.version not in (None, 1):
            raise Stale("setting", command.code)
        unit.add(Setting, code=command.code, value=value, version=2)
        return {"id": command.code, "version": 2}
    unit.fresh(row, command.version, "setting")
    unit.revise(Setting, row, value=value)
    return {"id": command.code, "version": row.version + 1}
