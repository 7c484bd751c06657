"""The chart of accounts: adding, renaming, archiving, and which account the program books to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, exists, func, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Flag, Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.accounting.model import Account, AccountRole

_A, _R, _L, _M = api.account.c, api.account_role.c, api.entry_line.c, api.money_account_table.c
_ID = bindparam("id", type_=_A.id.type)
BY_CODE = Statement(select(_A.id).where(_A.code == bindparam("code")))
BELOW = Statement(select(_A.code, _A.archived).where(_A.parent_id == _ID))
USES = Statement(
    select(
        exists().where(_L.account_id == _ID).label("booked"),
        exists().where(_M.account_id == _ID, ~_M.archived).label("money"),
        select(func.count(_R.id)).where(_R.account_id == _ID).scalar_subquery().label("roles"),
    )
)
ROLE = Statement(select(api.account_role).where(_R.role == bindparam("role")))
ROLES_ON = Statement(select(_R.role).where(_R.account_id == _ID))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAccount(Command):
    """Adds an account below another. Without a code it gets the next one; a code begins with that of the account
    above. An account that sums others is not posted to."""

    parent_id: Annotated[str, Ref("account")]
    name: Annotated[str, Text(120, least=1)]
    code: Annotated[str, Text(30)] = ""
    sums: Annotated[bool, Flag()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseAccount(Command):
    """Changes what an account is called; its code and kind stay, since papers carry them."""

    account_id: Annotated[str, Ref("account")]
    name: Annotated[str, Text(120, least=1)]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAccount(Command):
    """Archives an account: nothing is posted to it any more, what was posted stays."""

    account_id: Annotated[str, Ref("account")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreAccount(Command):
    """Brings an archived account back into use."""

    account_id: Annotated[str, Ref("account")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRole(Command):
    """Says which account the program books to for a purpose. Where another ledger equals the account (receivables,
    payables, stock), it changes only as long as nothing was booked there."""

    role: Annotated[str, Choice(tuple(rules.ROLES), texts="accounting.role")]
    account_id: Annotated[str, Ref("account")]
    version: Annotated[int, Version()] | None = None


def add_account(unit: Unit, command: AddAccount) -> Mapping[str, Any]:
    api.changed(unit)
    parent = unit.get(Account, command.parent_id, field="parent_id")
    if parent.archived:
        raise Invalid(Fault("parent_id", "accounting.parent_archived", {"account": _named(parent)}))
    if parent.postable:
        uses = unit.one(USES, id=parent.id)
        assert uses is not None
        if uses.booked or uses.money or uses.roles:
            raise Invalid(Fault("parent_id", "accounting.parent_is_posted_to", {"account": _named(parent)}))
        unit.revise(Account, parent, postable=False)
    code = command.code or _next_code(unit, parent)
    if not code.startswith(f"{parent.code}.") or code.endswith("."):
        raise Invalid(Fault("code", "accounting.code_not_below", {"parent": parent.code}))
    if unit.one(BY_CODE, code=code) is not None:
        raise Invalid(Fault("code", "accounting.code_taken", {"code": code}))
    key = unit.add(
        Account,
        code=code,
        name=command.name,
        kind=parent.kind,
        parent_id=parent.id,
        postable=not command.sums,
        folded=fold(f"{code} {command.name}"),
    )
    return {"id": key, "version": 1}


def _next_code(unit: Unit, parent: Account) -> str:
    taken = {row.code for row in unit.all(BELOW, id=parent.id)}
    width = max((len(code.rpartition(".")[2]) for code in taken), default=2)
    return next(c for n in range(1, len(taken) + 2) if (c := f"{parent.code}.{n:0{width}}") not in taken)


def _named(account: Account) -> str:
    return f"{account.code} {account.name}"


def revise_account(unit: Unit, command: ReviseAccount) -> Mapping[str, Any]:
    row = unit.get(Account, command.account_id, field="account_id")
    unit.fresh(row, command.version, "account")
    api.changed(unit)
    unit.revise(Account, row, name=command.name, folded=fold(f"{row.code} {command.name}"))
    return {"id": row.id, "version": row.version + 1}


def archive_account(unit: Unit, command: ArchiveAccount) -> Mapping[str, Any]:
    row = unit.get(Account, command.account_id, field="account_id")
    unit.fresh(row, command.version, "account")
    if row.archived:
        raise Refusal("accounting.account_archived", account=_named(row))
    for refusal in _in_use(unit, row):
        raise refusal
    api.changed(unit)
    unit.revise(Account, row, archived=True)
    return {"id": row.id, "version": row.version + 1}


def _in_use(unit: Unit, row: Account) -> Iterator[Refusal]:
    uses = unit.one(USES, id=row.id)
    assert uses is not None
    if uses.roles:
        yield Refusal("accounting.account_has_role", account=_named(row))
    if uses.money:
        yield Refusal("accounting.account_of_money", account=_named(row))
    if any(not child.archived for child in unit.all(BELOW, id=row.id)):
        yield Refusal("accounting.account_has_children", account=_named(row))


def restore_account(unit: Unit, command: RestoreAccount) -> Mapping[str, Any]:
    row = unit.get(Account, command.account_id, field="account_id")
    unit.fresh(row, command.version, "account")
    if not row.archived:
        raise Refusal("accounting.account_in_place", account=_named(row))
    api.changed(unit)
    unit.revise(Account, row, archived=False)
    return {"id": row.id, "version": row.version + 1}


def assign_role(unit: Unit, command: AssignRole) -> Mapping[str, Any]:
    mapped = unit.one(ROLE, role=command.role)
    if mapped is None:
        raise Missing("account_role", command.role, field="role")
    unit.fresh(mapped, command.version, "account_role")
    account = unit.get(Account, command.account_id, field="account_id")
    if faults := list(_role_faults(unit, command.role, account)):
        raise Invalid(*faults)
    if command.role in rules.BOOKED_BY_MODULES and mapped.account_id != account.id:
        uses = unit.one(USES, id=mapped.account_id)
        assert uses is not None
        if uses.booked:
            raise Refusal("accounting.role_in_use", field="role", role=f"accounting.role.{command.role}")
    api.changed(unit)
    unit.revise(AccountRole, mapped, account_id=account.id)
    return {"id": mapped.id, "version": mapped.version + 1}


def _role_faults(unit: Unit, role: str, account: Account) -> Iterator[Fault]:
    """Why this account cannot have the role."""
    name = {"account": _named(account)}
    kind, node = rules.ROLES[role], role in rules.NODES
    if account.kind != kind:
        yield Fault("account_id", "accounting.wrong_kind", {**name, "kind": f"accounting.kind.{kind}"})
    if account.archived or bool(account.postable) == node:
        yield Fault("account_id", "accounting.node_needed" if node else "accounting.account_not_postable", name)
    uses = unit.one(USES, id=account.id)
    assert uses is not None
    others = {row.role for row in unit.all(ROLES_ON, id=account.id)} - {role}
    booked = rules.BOOKED_BY_MODULES
    if uses.money or others & booked or (role in booked and (others or uses.booked)):
        yield Fault("account_id", "accounting.account_taken", name)
