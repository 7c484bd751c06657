"""Who may come in: passwords, locking, putting people away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Ref, Secret, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api
from retaguarda.modules.company.commands.administrators import keep_an_administrator, respect_administrator
from retaguarda.modules.company.commands.giving import demand_access
from retaguarda.modules.company.model import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Command):
    """Changes your own password; the present one is asked for."""

    old_password: Annotated[str, Secret()] = ""
    new_password: Annotated[str, Secret(least=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword(Command):
    """Gives a person a new password, for those who never had one or forgot it."""

    person_id: Annotated[str, Ref("person")]
    version: Annotated[int, Version()] | None = None
    password: Annotated[str, Secret(least=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnPerson(Command):
    """A command on one person."""

    person_id: Annotated[str, Ref("person")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockPerson(_OnPerson):
    """Keeps a person from logging in until unlocked; nothing of theirs changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockPerson(_OnPerson):
    """Lets a locked person log in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePerson(_OnPerson):
    """Puts away a person who has left: no log-in, not offered any more, everything they did stays with their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePerson(_OnPerson):
    """Brings a person back who was put away."""


def change_password(unit: Unit, command: ChangePassword) -> Mapping[str, Any]:
    if unit.actor.person_id is None:
        raise Refusal("company.change_password.nobody")
    row = unit.get(Person, unit.actor.person_id)
    if row.verifier and not api.is_password(row.verifier, command.old_password):
        raise Refusal("company.change_password.wrong", field="old_password")
    return _revised(unit, row, verifier=api.verifier_of(command.new_password, unit.new_id()))


def set_password(unit: Unit, command: SetPassword) -> Mapping[str, Any]:
    row = _person(unit, command.person_id, command.version)
    demand_access(unit, row)
    if row.archived:
        raise Refusal("company.archived", field="person_id", name=row.name)
    return _revised(unit, row, verifier=api.verifier_of(command.password, unit.new_id()))


def lock_person(unit: Unit, command: LockPerson) -> Mapping[str, Any]:
    row = _person(unit, command.person_id, command.version)
    _not_oneself(unit, row)
    if row.locked:
        raise Refusal("company.lock_person.already", name=row.name)
    return _kept_out(unit, row, locked=True)


def unlock_person(unit: Unit, command: UnlockPerson) -> Mapping[str, Any]:
    row = _person(unit, command.person_id, command.version)
    demand_access(unit, row)
    if not row.locked:
        raise Refusal("company.unlock_person.not_locked", name=row.name)
    return _revised(unit, row, locked=False)


def archive_person(unit: Unit, command: ArchivePerson) -> Mapping[str, Any]:
    row = _person(unit, command.person_id, command.version)
    _not_oneself(unit, row)
    if row.archived:
        raise Refusal("company.archive_person.already", name=row.name)
    return _kept_out(unit, row, archived=True)


def restore_person(unit: Unit, command: RestorePerson) -> Mapping[str, Any]:
    row = _person(unit, command.person_id, command.version)
    demand_access(unit, row)
    if not row.archived:
        raise Refusal("company.restore_person.not_archived", name=row.name)
    return _revised(unit, row, archived=False)


def _person(unit: Unit, person_id: str, version: int | None) -> Any:
    row = unit.get(Person, person_id, field="person_id")
    unit.fresh(row, version, "person")
    return row


def _not_oneself(unit: Unit, row: Any) -> None:
    if row.id == unit.actor.person_id:
        raise Refusal("company.not_oneself", field="person_id", name=row.name)


def _kept_out(unit: Unit, row: Any, **new: Any) -> Mapping[str, Any]:
    administrator = respect_administrator(unit, row.id)
    value = _revised(unit, row, **new)
    if administrator:
        keep_an_administrator(unit)
    return value


def _revised(unit: Unit, row: Any, **new: Any) -> Mapping[str, Any]:
    unit.revise(Person, row, **new)
    return {"id": row.id, "version": row.version + 1}
