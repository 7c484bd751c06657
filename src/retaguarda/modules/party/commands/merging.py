"""Two records of one party become one: proposed, chosen value by value, merged, and taken apart again.

What was written before keeps naming the record it was written for; `api.as_one` says which one stands for both. The
merged record says so itself (`merged_into_id`), and a merge keeps what it changed, so that it can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Ref, Version
from retaguarda.kernel.model import Base, table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.party import api, rules
from retaguarda.modules.party.commands.records import ADDRESSES, CONTACTS, ROLE_MODELS, ROLES_OF
from retaguarda.modules.party.events import PartiesMerged, PartiesUnmerged
from retaguarda.modules.party.model import Party, PartyAddress, PartyContact, PartyMerge

SET_LIMIT = "party.set_credit_limit"
_M = table_of(PartyMerge).c
_KEY = _M.id.type
STANDING = Statement(
    select(_M.id).where(
        _M.kept_id.in_((bindparam("one", type_=_KEY), bindparam("other", type_=_KEY))),
        _M.merged_id.in_((bindparam("one", type_=_KEY), bindparam("other", type_=_KEY))),
        _M.state == rules.PROPOSED,
    )
)
MEMBERS = Statement(
    select(api.party).where(api.party.c.merged_into_id == bindparam("party_id", type_=_KEY)).order_by(api.party.c.id)
)
_CUSTOMER = ("credit_limit_amount", "blocked", "block_reason")
_PARTS: tuple[tuple[str, type[Base], Statement, tuple[str, ...]], ...] = (
    ("addresses", PartyAddress, ADDRESSES, tuple(api.AddressFacts.__slots__)),
    ("contacts", PartyContact, CONTACTS, ("purpose", "name", "email", "phone")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMerge(Command):
    """Puts two records of one party side by side, the first to be kept, so that the values that count can be chosen
    before they become one. Nothing else changes yet."""

    party_id: Annotated[str, Ref("party")]
    other_id: Annotated[str, Ref("party")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseValue(Command):
    """Says from which of the two records a value is taken when they become one."""

    merge_id: Annotated[str, Ref("party_merge")]
    field: Annotated[str, Choice(tuple(rules.MERGED_FIELDS), texts="party.merged_field")]
    side: Annotated[str, Choice(rules.SIDES, texts="party.side")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMerge(Command):
    """Leaves two records as they are: they are not one party after all."""

    merge_id: Annotated[str, Ref("party_merge")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeParties(Command):
    """Makes two records one: the kept one takes the chosen values, the other's roles, addresses, contacts and a block,
    the other is archived and refers to it.

    Documents stay as they were written. Orders, debts, credit and the credit limit count for both together, what is
    begun goes on, and a new document for the merged record is made for the kept one. It can be taken back.
    """

    merge_id: Annotated[str, Ref("party_merge")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeParties(Command):
    """Takes a merge back: both records are as they were before it. What was changed since in the kept one stays, and is
    named; so do the documents made meanwhile."""

    merge_id: Annotated[str, Ref("party_merge")]
    version: Annotated[int, Version()] | None = None


def propose_merge(unit: Unit, command: ProposeMerge) -> Mapping[str, Any]:
    if command.party_id == command.other_id:
        raise Invalid(Fault("other_id", "party.propose_merge.itself"))
    kept = _mergeable(unit, command.party_id, "party_id")
    other = _mergeable(unit, command.other_id, "other_id")
    if unit.one(STANDING, one=kept.id, other=other.id) is not None:
        raise Refusal("party.propose_merge.stands", name=kept.name, other=other.name)
    lacking = [
        field
        for field, columns in rules.MERGED_FIELDS.items()
        if columns and not getattr(kept, columns[-1]) and getattr(other, columns[-1])
    ]
    key = unit.add(PartyMerge, kept_id=kept.id, merged_id=other.id, state=rules.PROPOSED, taken=" ".join(lacking))
    return {"id": key, "version": 1}


def choose_value(unit: Unit, command: ChooseValue) -> Mapping[str, Any]:
    row = _proposed(unit, command)
    taken = {*row.taken.split()} - {command.field}
    if command.side == rules.MERGED_SIDE:
        taken.add(command.field)
    unit.revise(PartyMerge, row, taken=" ".join(sorted(taken)))
    return {"id": row.id, "version": row.version + 1}


def drop_merge(unit: Unit, command: DropMerge) -> Mapping[str, Any]:
    row = _proposed(unit, command)
    unit.revise(PartyMerge, row, state=rules.DROPPED)
    return {"id": row.id, "version": row.version + 1}


def merge_parties(unit: Unit, command: MergeParties) -> Mapping[str, Any]:
    row = _proposed(unit, command)
    _take_turns(unit, row)
    kept, other = _mergeable(unit, row.kept_id, "merge_id"), _mergeable(unit, row.merged_id, "merge_id")
    taken = set(row.taken.split())
    columns = [name for field in sorted(taken) for name in rules.MERGED_FIELDS[field]]
    before = {name: getattr(kept, name) for name in columns}
    after = {name: getattr(other, name) for name in columns}
    said: dict[str, Any] = {"before": before, "after": after, **_merge_roles(unit, kept.id, other.id, taken)}
    for name, model, statement, same in _PARTS:
        said[name] = _bring_over(unit, model, statement, same, kept.id, other.id)
    members = unit.all(MEMBERS, party_id=other.id)
    said["members"] = [member.id for member in members]
    unit.revise_all(Party, [(member, {"merged_into_id": kept.id}) for member in members])
    unit.revise(Party, kept, **after, folded=rules.folded_together(kept.folded, other.folded))
    unit.revise(Party, other, archived=True, merged_into_id=kept.id)
    unit.revise(PartyMerge, row, state=rules.MERGED, said=json.dumps(said, default=str), merged_at=unit.now)
    unit.emit(PartiesMerged(kept.id, other.id))
    return {"id": row.id, "version": row.version + 1}


def unmerge_parties(unit: Unit, command: UnmergeParties) -> Mapping[str, Any]:
    row = _known(unit, command)
    if row.state != rules.MERGED:
        raise Refusal("party.unmerge_parties.not_merged")
    _take_turns(unit, row)
    kept, other = unit.get(Party, row.kept_id), unit.get(Party, row.merged_id)
    if kept.merged_into_id is not None:
        into = unit.get(Party, kept.merged_into_id)
        raise Refusal("party.unmerge_parties.kept_is_merged", name=kept.name, into=into.name)
    _demand_employees(unit, kept.id, other.id)
    said = json.loads(row.said)
    stays = {
        field
        for field, columns in rules.MERGED_FIELDS.items()
        if any(name in said["after"] and getattr(kept, name) != said["after"][name] for name in columns)
    }
    back = {
        name: said["before"][name]
        for field, columns in rules.MERGED_FIELDS.items()
        if field not in stays
        for name in columns
        if name in said["before"]
    }
    changed = bool(stays) | _unmerge_roles(unit, kept.id, said)
    for name, model, statement, _ in _PARTS:
        changed |= _send_back(unit, model, statement, kept.id, said[name])
    members = [member for member in unit.all(MEMBERS, party_id=kept.id) if member.id in said["members"]]
    unit.revise(Party, kept, **back, folded=rules.folded_apart(kept.folded, other.folded))
    unit.revise(Party, other, archived=False, merged_into_id=None)
    unit.revise_all(Party, [(member, {"merged_into_id": other.id}) for member in members])
    unit.revise(PartyMerge, row, state=rules.UNDONE)
    if changed:
        unit.warn("party.unmerged_but_changed", name=kept.name)
    unit.emit(PartiesUnmerged(kept.id, other.id))
    return {"id": row.id, "version": row.version + 1}


def _known(unit: Unit, command: Any) -> Any:
    row = unit.get(PartyMerge, command.merge_id, field="merge_id")
    unit.fresh(row, command.version, "party_merge")
    return row


def _proposed(unit: Unit, command: Any) -> Any:
    row = _known(unit, command)
    if row.state != rules.PROPOSED:
        raise Refusal("party.merge.not_proposed")
    return row


def _mergeable(unit: Unit, party_id: str, field: str) -> Any:
    row = unit.get(Party, party_id, field=field)
    api.refuse_merged(unit, row, field)
    if row.archived:
        raise Refusal("party.archived", field=field, name=row.name)
    _demand_employees(unit, row.id)
    return row


def _demand_employees(unit: Unit, *party_ids: str) -> None:
    for key in party_ids:
        held = unit.one(ROLES_OF["employee"], party_id=key)
        if held is not None and held.active:
            unit.demand(rules.KEEP_EMPLOYEES)


def _take_turns(unit: Unit, row: Any) -> None:
    """Who checks a customer's credit and who merges it wait for each other, in the order of the keys."""
    for key in sorted((row.kept_id, row.merged_id)):
        api.lock_credit(unit, key)


def _merge_roles(unit: Unit, kept_id: str, other_id: str, taken: set[str]) -> dict[str, Any]:
    """Gives the kept party the roles of the other; says which it gained and how it stood as a customer."""
    gained = []
    customer: dict[str, Any] = {}
    for role, model in ROLE_MODELS.items():
        mine, theirs = unit.one(ROLES_OF[role], party_id=kept_id), unit.one(ROLES_OF[role], party_id=other_id)
        if theirs is None or not theirs.active:
            continue
        new = {} if mine is not None and mine.active else {"active": True}
        if role == "customer":
            new |= _as_customer(unit, mine, theirs, taken)
            customer = {
                "before": {name: None if mine is None else getattr(mine, name) for name in _CUSTOMER},
                "after": {name: new.get(name, getattr(mine, name, None)) for name in _CUSTOMER},
            }
        if "active" in new:
            gained.append(role)
        if mine is None:
            unit.add(model, party_id=kept_id, **new)
        elif new:
            unit.revise(model, mine, **new)
    return {"gained": gained, "customer": customer}


def _as_customer(unit: Unit, mine: Any, theirs: Any, taken: set[str]) -> dict[str, Any]:
    """What the kept customer gets of the other: its limit where chosen, or where it was none itself; a block always."""
    was_none = mine is None or not mine.active
    new: dict[str, Any] = {}
    if was_none or "credit_limit" in taken:
        if not was_none and mine.credit_limit_amount != theirs.credit_limit_amount:
            unit.demand(SET_LIMIT)
        new["credit_limit_amount"] = theirs.credit_limit_amount
    if theirs.blocked and (mine is None or not mine.blocked):
        new |= {"blocked": True, "block_reason": theirs.block_reason}
    return new


def _unmerge_roles(unit: Unit, kept_id: str, said: Mapping[str, Any]) -> bool:
    """Takes back the roles that the merge gave; gives whether something was changed since and stays."""
    changed = False
    for role, model in ROLE_MODELS.items():
        mine = unit.one(ROLES_OF[role], party_id=kept_id)
        if mine is None:
            continue
        new: dict[str, Any] = {"active": False} if role in said["gained"] and mine.active else {}
        if role == "customer" and said["customer"]:
            back, stays = _customer_back(mine, said["customer"])
            if "active" not in new and "credit_limit_amount" in back:
                unit.demand(SET_LIMIT)
            new |= back
            changed |= stays
        if new:
            unit.revise(model, mine, **new)
    return changed


def _customer_back(mine: Any, said: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    before, after = said["before"], said["after"]
    limit = {name: None if one["credit_limit_amount"] is None else Decimal(one["credit_limit_amount"])
             for name, one in (("before", before), ("after", after))}  # fmt: skip
    new: dict[str, Any] = {}
    stays = mine.credit_limit_amount != limit["after"]
    if not stays and limit["before"] != limit["after"]:
        new["credit_limit_amount"] = limit["before"]
    if bool(mine.blocked) != bool(after["blocked"]):
        return new, True
    if bool(before["blocked"]) != bool(after["blocked"]):
        new |= {"blocked": bool(before["blocked"]), "block_reason": before["block_reason"]}
    return new, stays


def _bring_over(
    unit: Unit, model: type[Base], statement: Statement, same: Sequence[str], kept_id: str, other_id: str
) -> dict[str, list[Any]]:
    """Copies the other's rows that the kept one has not; gives their keys with what they say."""
    mine = unit.all(statement, party_id=kept_id)
    there = {tuple(getattr(row, name) for name in same) for row in mine if not row.archived}
    last = max((row.position for row in mine), default=0)
    found: dict[str, list[Any]] = {}
    rows = []
    for row in unit.all(statement, party_id=other_id):
        values = [getattr(row, name) for name in same]
        if row.archived or tuple(values) in there:
            continue
        there.add(tuple(values))
        key = unit.new_id()
        found[key] = values
        rows.append(
            {"id": key, "party_id": kept_id, "position": last + len(found), "archived": False}
            | dict(zip(same, values, strict=True))
        )
    unit.add_all(model, rows)
    return found


def _send_back(
    unit: Unit, model: type[Base], statement: Statement, kept_id: str, brought: Mapping[str, Sequence[Any]]
) -> bool:
    """Puts away the rows that the merge brought; gives whether one was changed since and stays."""
    same = next(names for _, kind, _, names in _PARTS if kind is model)
    there = [row for row in unit.all(statement, party_id=kept_id) if row.id in brought and not row.archived]
    untouched = [row for row in there if [getattr(row, name) for name in same] == list(brought[row.id])]
    unit.revise_all(model, [(row, {"archived": True}) for row in untouched])
    return len(untouched) < len(there)
