"""Branches with their working hours, and departments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.calendar import country_holidays
from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Day, Ref, Text, ValueFault, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.events import BranchAdded
from retaguarda.modules.company.model import Branch, BranchException, Department

BRANCH_BY_CODE = Statement(select(api.branch).where(api.branch.c.code == bindparam("code")))
EXCEPTIONS_OF = Statement(
    select(api.branch_exception).where(
        api.branch_exception.c.branch_id == bindparam("branch_id", type_=api.branch.c.id.type)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours(Part):
    """One day that differs from the week, with its hours; without hours the branch is closed."""

    day: Annotated[dt.date, Day()]
    name: Annotated[str, Text(80)]
    hours: Annotated[str, Text(60)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchRecord(Command):
    """What is known about a branch; adding and revising send all of it."""

    name: Annotated[str, Text(80)]
    state: Annotated[str, Text(2)] | None = None
    city: Annotated[str, Text(80)] | None = None
    address: Annotated[str, Text(160)] | None = None
    phone: Annotated[str, Text(30)] | None = None
    monday: Annotated[str, Text(60)] = rules.OFFICE_HOURS
    tuesday: Annotated[str, Text(60)] = rules.OFFICE_HOURS
    wednesday: Annotated[str, Text(60)] = rules.OFFICE_HOURS
    thursday: Annotated[str, Text(60)] = rules.OFFICE_HOURS
    friday: Annotated[str, Text(60)] = rules.OFFICE_HOURS
    saturday: Annotated[str, Text(60)] = rules.SATURDAY_HOURS
    sunday: Annotated[str, Text(60)] = ""
    exceptions: Annotated[tuple[DayHours, ...], Rows()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBranch(BranchRecord):
    """Adds a branch with its working hours (lunch is the gap between two times) and the days that differ."""

    code: Annotated[str, Text(10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseBranch(BranchRecord):
    """Changes a branch, its working hours and the days that differ; deadlines set from now on use the new hours."""

    branch_id: Annotated[str, Ref("branch")]
    version: Annotated[int, Version()] | None = None


def add_branch(unit: Unit, command: AddBranch) -> Mapping[str, Any]:
    if unit.one(BRANCH_BY_CODE, code=command.code) is not None:
        raise Invalid(Fault("code", "company.branch_code_taken", {"code": command.code}))
    values, exceptions = _read(unit, command)
    branch_id = unit.add(Branch, code=command.code, folded=_branch_folded(command.code, command), **values)
    unit.add_all(BranchException, [{"branch_id": branch_id, **row} for row in exceptions])
    unit.emit(BranchAdded(branch_id, command.code))
    return {"id": branch_id, "version": 1}


def revise_branch(unit: Unit, command: ReviseBranch) -> Mapping[str, Any]:
    row = api.reachable_branch(unit, command.branch_id)
    unit.fresh(row, command.version, "branch")
    values, exceptions = _read(unit, command)
    _revise_exceptions(unit, row.id, exceptions)
    unit.revise(Branch, row, folded=_branch_folded(row.code, command), **values)
    return {"id": row.id, "version": row.version + 1}


def _branch_folded(code: str, command: BranchRecord) -> str:
    return fold(f"{command.name} {code} {command.city or ''}")


def _read(unit: Unit, command: BranchRecord) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    facts = api.the_company(unit)
    assert facts is not None, "a command runs in a company"
    faults = state_faults(facts.country, command.state)
    week = {day: _hours(faults, day, getattr(command, day)) for day in rules.WEEKDAYS}
    if not any(week.values()):
        faults.append(Fault("monday", "company.never_open"))
    exceptions: dict[dt.date, dict[str, Any]] = {}
    for n, part in enumerate(command.exceptions, 1):
        if part.day in exceptions:
            faults.append(Fault(f"exceptions.{n}.day", "company.day_twice", {"day": part.day.isoformat()}))
        hours = _hours(faults, f"exceptions.{n}.hours", part.hours)
        exceptions[part.day] = {"day": part.day, "name": part.name, "hours": hours, "archived": False}
    if faults:
        raise Invalid(*faults)
    values = {
        "name": command.name,
        "state": (command.state or "").upper() or None,
        "city": command.city,
        "address": command.address,
        "phone": command.phone,
        **week,
    }
    return values, list(exceptions.values())


def _hours(faults: list[Fault], field: str, text: str) -> str:
    try:
        return rules.write_hours(rules.read_hours(text))
    except ValueFault as fault:
        faults.append(Fault(field, fault.code, fault.params))
        return text


def state_faults(country: str, state: str | None, *, field: str = "state") -> list[Fault]:
    """What is wrong with a state: the working calendar must know its holidays."""
    if not state:
        return []
    try:
        country_holidays(country, state.upper())
    except ValueError:
        return [Fault(field, "company.unknown_state", {"state": state, "country": country})]
    return []


def _revise_exceptions(unit: Unit, branch_id: str, wanted: Sequence[dict[str, Any]]) -> None:
    there = {row.day: row for row in unit.all(EXCEPTIONS_OF, branch_id=branch_id)}
    days = {row["day"] for row in wanted}
    changed = [
        (there[row["day"]], row)
        for row in wanted
        if row["day"] in there and any(getattr(there[row["day"]], name) != value for name, value in row.items())
    ]
    unit.revise_all(BranchException, changed)
    gone = [row for day, row in there.items() if day not in days and not row.archived]
    unit.revise_all(BranchException, [(row, {"archived": True}) for row in gone])
    unit.add_all(BranchException, [{"branch_id": branch_id, **row} for row in wanted if row["day"] not in there])


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDepartment(Command):
    """Adds a department; steps of a flow can be given to it at once, and its work queue is there without further ado.

    Without a code one is made from the name.
    """

    name: Annotated[str, Text(80)]
    code: Annotated[str, Text(40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDepartment(Command):
    """Gives a department another name; its code stays, flows know it by that."""

    department_id: Annotated[str, Ref("department")]
    version: Annotated[int, Version()] | None = None
    name: Annotated[str, Text(80)]


def add_department(unit: Unit, command: AddDepartment) -> Mapping[str, Any]:
    code = command.code or rules.code_of(command.name)
    if not rules.is_code(code):
        raise Invalid(Fault("code" if command.code else "name", "company.bad_code", {"code": command.code}))
    if unit.one(api.DEPARTMENT_BY_CODE, code=code) is not None:
        raise Invalid(Fault("code" if command.code else "name", "company.department_code_taken", {"code": code}))
    return {
        "id": unit.add(Department, code=code, name=command.name, folded=fold(f"{command.name} {code}")),
        "version": 1,
        "code": code,
    }


def revise_department(unit: Unit, command: ReviseDepartment) -> Mapping[str, Any]:
    row = unit.get(Department, command.department_id, field="department_id")
    unit.fresh(row, command.version, "department")
    if row.archived:
        raise Refusal("company.archived", name=row.name)
    unit.revise(Department, row, name=command.name, folded=fold(f"{command.name} {row.code}"))
    return {"id": row.id, "version": row.version + 1}
