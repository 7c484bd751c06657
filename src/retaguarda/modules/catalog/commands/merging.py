"""Two records of one product become one: proposed, chosen value by value, merged, and taken apart again.

Only a record on which nothing hangs any more is merged (the other modules refuse by the event `ProductsMerged`), so
that no stock, order or document changes whose it is: what was written keeps naming the record it was written for. The
merged record is archived and says into which one; its codes find the kept one from then on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, or_, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Ref, Version
from retaguarda.kernel.model import table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api, rules
from retaguarda.modules.catalog.commands.codes import OWNER_OF_CODE, codes_of
from retaguarda.modules.catalog.events import ProductArchived, ProductsMerged, ProductsUnmerged
from retaguarda.modules.catalog.model import Product, ProductCode, ProductMerge, ProductSubstitute

_M = table_of(ProductMerge).c
_KEY = _M.id.type
_S = api.product_substitute.c
STANDING = Statement(
    select(_M.id).where(
        _M.kept_id.in_((bindparam("one", type_=_KEY), bindparam("other", type_=_KEY))),
        _M.merged_id.in_((bindparam("one", type_=_KEY), bindparam("other", type_=_KEY))),
        _M.state == rules.PROPOSED,
    )
)
MEMBERS = Statement(
    select(api.product)
    .where(api.product.c.merged_into_id == bindparam("product_id", type_=_KEY))
    .order_by(api.product.c.id)
)
ALL_CODES_OF = Statement(
    select(api.product_code)
    .where(api.product_code.c.product_id == bindparam("product_id", type_=_KEY))
    .order_by(api.product_code.c.id)
)
SUBSTITUTIONS = Statement(
    select(api.product_substitute)
    .where(
        or_(
            _S.product_id.in_((bindparam("one", type_=_KEY), bindparam("other", type_=_KEY))),
            _S.substitute_id.in_((bindparam("one", type_=_KEY), bindparam("other", type_=_KEY))),
        )
    )
    .order_by(_S.position, _S.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMerge(Command):
    """Puts two records of one product side by side, the first to be kept, so that the values that count can be chosen
    before they become one. Both are of one kind and counted in one unit. Nothing else changes yet."""

    product_id: Annotated[str, Ref("product")]
    other_id: Annotated[str, Ref("product")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseValue(Command):
    """Says from which of the two records a value is taken when they become one product."""

    merge_id: Annotated[str, Ref("product_merge")]
    field: Annotated[str, Choice(rules.MERGED_FIELDS, texts="catalog.merged_field")]
    side: Annotated[str, Choice(rules.SIDES, texts="catalog.side")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMerge(Command):
    """Leaves two records as they are: they are not one product after all."""

    merge_id: Annotated[str, Ref("product_merge")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeProducts(Command):
    """Makes two records one product: the kept one takes the chosen values, the other's codes, suppliers' prices and
    substitutes; the other is archived and refers to it.

    The other must have nothing left: no stock, nothing reserved or on its way, no open order or purchase, no place in a
    kit or a repeated invoice. Its history stays on its own record. It can be taken back.
    """

    merge_id: Annotated[str, Ref("product_merge")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeProducts(Command):
    """Takes a merge of products back: both records are as they were before it. What was changed since in the kept one
    stays, and is named."""

    merge_id: Annotated[str, Ref("product_merge")]
    version: Annotated[int, Version()] | None = None


def propose_merge(unit: Unit, command: ProposeMerge) -> Mapping[str, Any]:
    if command.product_id == command.other_id:
        raise Invalid(Fault("other_id", "catalog.propose_merge.itself"))
    kept = _mergeable(unit, command.product_id, "product_id")
    other = _mergeable(unit, command.other_id, "other_id")
    _demand_alike(kept, other)
    if unit.one(STANDING, one=kept.id, other=other.id) is not None:
        raise Refusal("catalog.propose_merge.stands", name=kept.name, other=other.name)
    lacking = [name for name in rules.MERGED_FIELDS if not getattr(kept, name) and getattr(other, name)]
    key = unit.add(ProductMerge, kept_id=kept.id, merged_id=other.id, state=rules.PROPOSED, taken=" ".join(lacking))
    return {"id": key, "version": 1}


def choose_value(unit: Unit, command: ChooseValue) -> Mapping[str, Any]:
    row = _proposed(unit, command)
    taken = {*row.taken.split()} - {command.field}
    if command.side == rules.MERGED_SIDE:
        taken.add(command.field)
    unit.revise(ProductMerge, row, taken=" ".join(sorted(taken)))
    return {"id": row.id, "version": row.version + 1}


def drop_merge(unit: Unit, command: DropMerge) -> Mapping[str, Any]:
    row = _proposed(unit, command)
    unit.revise(ProductMerge, row, state=rules.DROPPED)
    return {"id": row.id, "version": row.version + 1}


def merge_products(unit: Unit, command: MergeProducts) -> Mapping[str, Any]:
    row = _proposed(unit, command)
    kept, other = _mergeable(unit, row.kept_id, "merge_id"), _mergeable(unit, row.merged_id, "merge_id")
    _demand_alike(kept, other)
    after = {name: getattr(other, name) for name in sorted(row.taken.split())}
    own, given = codes_of(unit, kept.id), codes_of(unit, other.id)
    unit.revise_all(ProductCode, [(code, {"active": False}) for code in given])
    codes = unit.add_all(ProductCode, [{"product_id": kept.id, "kind": c.kind, "code": c.code} for c in given])
    substitutes = _bring_substitutes(unit, kept.id, other.id)
    members = unit.all(MEMBERS, product_id=other.id)
    said = {
        "before": {name: getattr(kept, name) for name in after},
        "after": after,
        "codes": codes,
        "gave": [code.id for code in given],
        "substitutes": substitutes,
        "members": [member.id for member in members],
    }
    found_by = [code.code for code in (*own, *given)]
    unit.revise_all(Product, [(member, {"merged_into_id": kept.id}) for member in members])
    unit.revise(Product, kept, **after, folded=rules.product_fold(after.get("name", kept.name), found_by))
    unit.revise(Product, other, archived=True, merged_into_id=kept.id)
    unit.revise(
        ProductMerge, row, state=rules.MERGED, said=json.dumps(said), merged_at=unit.now, merged_by=unit.command_id
    )
    unit.emit(ProductsMerged(kept.id, other.id))
    unit.emit(ProductArchived(other.id))
    return {"id": row.id, "version": row.version + 1}


def unmerge_products(unit: Unit, command: UnmergeProducts) -> Mapping[str, Any]:
    row = _known(unit, command)
    if row.state != rules.MERGED:
        raise Refusal("catalog.unmerge_products.not_merged")
    kept, other = unit.get(Product, row.kept_id), unit.get(Product, row.merged_id)
    if kept.merged_into_id is not None:
        into = unit.get(Product, kept.merged_into_id)
        raise Refusal("catalog.unmerge_products.kept_is_merged", name=kept.name, into=into.name)
    said = json.loads(row.said)
    stays = {name for name, value in said["after"].items() if getattr(kept, name) != value}
    back = {name: value for name, value in said["before"].items() if name not in stays}
    changed = _give_codes_back(unit, kept, other, said) | bool(stays)
    changed |= _take_substitutes_back(unit, row, said["substitutes"])
    members = [member for member in unit.all(MEMBERS, product_id=kept.id) if member.id in said["members"]]
    left = [code.code for code in codes_of(unit, kept.id)]
    theirs = [code.code for code in codes_of(unit, other.id)]
    unit.revise(Product, kept, **back, folded=rules.product_fold(back.get("name", kept.name), left))
    unit.revise(Product, other, archived=False, merged_into_id=None, folded=rules.product_fold(other.name, theirs))
    unit.revise_all(Product, [(member, {"merged_into_id": other.id}) for member in members])
    unit.revise(ProductMerge, row, state=rules.UNDONE)
    if changed:
        unit.warn("catalog.unmerged_but_changed", name=kept.name)
    unit.emit(ProductsUnmerged(kept.id, other.id, row.merged_by))
    return {"id": row.id, "version": row.version + 1}


def _known(unit: Unit, command: Any) -> Any:
    row = unit.get(ProductMerge, command.merge_id, field="merge_id")
    unit.fresh(row, command.version, "product_merge")
    return row


def _proposed(unit: Unit, command: Any) -> Any:
    row = _known(unit, command)
    if row.state != rules.PROPOSED:
        raise Refusal("catalog.merge.not_proposed")
    return row


def _mergeable(unit: Unit, product_id: str, field: str) -> Any:
    row = unit.get(Product, product_id, field=field)
    api.refuse_merged(unit, row, field)
    if row.archived:
        raise Refusal("catalog.merge.archived", field=field, name=row.name)
    return row


def _demand_alike(kept: Any, other: Any) -> None:
    """One kind and one unit: a box of ten pieces is not a piece, whatever both are called."""
    if kept.kind != other.kind:
        raise Refusal("catalog.merge.other_kind", name=kept.name, other=other.name)
    if kept.unit_code != other.unit_code:
        params = {"name": kept.name, "other": other.name, "unit": kept.unit_code, "other_unit": other.unit_code}
        raise Refusal("catalog.merge.other_unit", **params)


def _bring_substitutes(unit: Unit, kept_id: str, other_id: str) -> Sequence[str]:
    """What stands in for the other stands in for the kept one, and the kept one where the other did; gives the keys of
    the rows that this takes. A pair that there was once is not named again: somebody took it away."""
    rows = unit.all(SUBSTITUTIONS, one=kept_id, other=other_id)
    there, stands = {(row.product_id, row.substitute_id) for row in rows}, {other_id: kept_id}
    last = max((row.position for row in rows if row.product_id == kept_id and row.active), default=0)
    wanted = []
    for row in rows:
        if not row.active or other_id not in (row.product_id, row.substitute_id):
            continue
        pair = stands.get(row.product_id, row.product_id), stands.get(row.substitute_id, row.substitute_id)
        if pair in there or pair[0] == pair[1]:
            continue
        there.add(pair)
        last += pair[0] == kept_id
        position = last if pair[0] == kept_id else row.position
        wanted.append({"product_id": pair[0], "substitute_id": pair[1], "position": position})
    return unit.add_all(ProductSubstitute, wanted)


def _take_substitutes_back(unit: Unit, merge: Any, brought: Sequence[str]) -> bool:
    """Takes away the pairs that the merge brought; gives whether one was changed since and stays."""
    rows = unit.all(SUBSTITUTIONS, one=merge.kept_id, other=merge.merged_id)
    there = [row for row in rows if row.id in brought and row.active]
    untouched = [row for row in there if row.command_id == merge.merged_by]
    unit.revise_all(ProductSubstitute, [(row, {"active": False}) for row in untouched])
    return len(untouched) < len(there)


def _give_codes_back(unit: Unit, kept: Any, other: Any, said: Mapping[str, Any]) -> bool:
    """The merged record has its codes again; gives whether one of them is not to be had by now. Without its own code it
    cannot stand by itself."""
    gave = [code for code in unit.all(ALL_CODES_OF, product_id=other.id) if code.id in said["gave"]]
    mine = [code for code in codes_of(unit, kept.id) if code.id in said["codes"] and code.code != kept.code]
    free = {code.code for code in mine}
    lost = []
    for code in gave:
        owner = None if code.code in free else unit.one(OWNER_OF_CODE, code=code.code)
        if owner is not None and code.code == other.code:
            raise Refusal("catalog.restore_product.code_taken", code=code.code, product=owner.product_name)
        if owner is not None or code.code not in free | {other.code}:
            lost.append(code)
    unit.revise_all(ProductCode, [(code, {"active": False}) for code in mine])
    unit.revise_all(ProductCode, [(code, {"active": True}) for code in gave if code not in lost])
    return bool(lost)
