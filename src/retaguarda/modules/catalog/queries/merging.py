"""Two records of one product side by side: the merges, and the values of each from which one is chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, null, or_, select, union_all

from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import Minor, digits
from retaguarda.kernel.module import Proof
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api, rules
from retaguarda.modules.catalog.queries.records import READ, TODAY

_M = api.product_merge
_KEPT, _OTHER = api.product.alias("kept"), api.product.alias("other")
_FROM = _M.join(_KEPT, _KEPT.c.id == _M.c.kept_id).join(_OTHER, _OTHER.c.id == _M.c.merged_id)
_PROPOSED = ("catalog.choose_value", "catalog.merge_products", "catalog.drop_merge")


@dataclass(frozen=True, slots=True)
class MergeRow:
    """Two records of one product: which is kept, which refers to it, how far it is."""

    id: str
    version: int
    kept_id: str
    kept_name: str
    kept_code: str
    merged_id: str
    merged_name: str
    merged_code: str
    state: str
    merged_at: dt.datetime | None
    allowed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Both codes, the kept one first: the names are often the same."""
        return f"{self.kept_code} + {self.merged_code}"


def _allowed(row: MergeRow) -> tuple[str, ...]:
    if row.state == rules.PROPOSED:
        return _PROPOSED
    return ("catalog.unmerge_products",) if row.state == rules.MERGED else ()


merges = Query(
    "catalog.merges",
    MergeRow,
    select(
        _M.c.id,
        _M.c.version,
        _M.c.kept_id,
        _KEPT.c.name.label("kept_name"),
        _KEPT.c.code.label("kept_code"),
        _M.c.merged_id,
        _OTHER.c.name.label("merged_name"),
        _OTHER.c.code.label("merged_code"),
        _M.c.state,
        _M.c.merged_at,
    ).select_from(_FROM),
    permission=READ,
    key=_M.c.id,
    order="kept_name",
    search=_KEPT.c.folded,
    allowed=_allowed,
)


@dataclass(frozen=True, slots=True)
class MergeValueRow:
    """A value of both records, and which of them is taken; what both keep stands together."""

    id: str
    merge_id: str
    version: int
    state: str
    position: int
    field: str
    side: str
    kept_text: str | None
    kept_price: Decimal | None
    merged_text: str | None
    merged_price: Decimal | None
    allowed: tuple[str, ...] = ()

    @property
    def kept(self) -> str | Decimal | None:
        """What the kept record says."""
        return self.kept_price if self.kept_price is not None else self.kept_text

    @property
    def merged(self) -> str | Decimal | None:
        """What the other one says."""
        return self.merged_price if self.merged_price is not None else self.merged_text

    @property
    def shown_as(self) -> str:
        """How both are shown."""
        return "price" if self.field == "price" else "text"

    @property
    def other_side(self) -> str:
        """Where it would be taken from instead."""
        return rules.KEPT_SIDE if self.side == rules.MERGED_SIDE else rules.MERGED_SIDE


def _count(column: ColumnElement[Any], product: Any, *more: ColumnElement[bool]) -> ColumnElement[str]:
    found = select(func.count()).where(column == product.c.id, *more).correlate(product)
    return cast(found.scalar_subquery(), String)


def _codes(product: Any) -> ColumnElement[str]:
    return _count(api.product_code.c.product_id, product, api.product_code.c.active)


def _substitutes(product: Any) -> ColumnElement[str]:
    return _count(api.product_substitute.c.product_id, product, api.product_substitute.c.active)


def _price(product: Any, named: str) -> ColumnElement[Any]:
    held = api.product_price.alias(named)
    of_today = select(held.c.price).where(
        held.c.product_id == product.c.id,
        held.c.valid_from <= TODAY,
        or_(held.c.valid_to.is_(None), held.c.valid_to >= TODAY),
    )
    return of_today.correlate(product).scalar_subquery()


def _value(position: int, field: str, kept: ColumnElement[Any], other: ColumnElement[Any]) -> Select[Any]:
    price = field == "price"
    nothing, none = cast(null(), String), cast(null(), Minor(4))
    chosen = (word(" ").op("||")(_M.c.taken).op("||")(word(" "))).like(literal(f"% {field} %"))
    side: ColumnElement[str] = case((chosen, word(rules.MERGED_SIDE)), else_=word(rules.KEPT_SIDE))
    if field not in rules.MERGED_FIELDS:
        side = word(rules.BOTH_SIDES if field in ("codes", "substitutes") else rules.KEPT_SIDE)
    columns: tuple[ColumnElement[Any], ...] = (
        digits(_M.c.id).op("||")(word(f" {field}")).label("id"),
        _M.c.id.label("merge_id"),
        _M.c.version,
        _M.c.state,
        number(position).label("position"),
        word(field).label("field"),
        side.label("side"),
        (nothing if price else func.nullif(cast(kept, String), "")).label("kept_text"),
        (kept if price else none).label("kept_price"),
        (nothing if price else func.nullif(cast(other, String), "")).label("merged_text"),
        (other if price else none).label("merged_price"),
    )
    return select(*columns).select_from(_FROM)


_VALUES = union_all(
    _value(1, "name", _KEPT.c.name, _OTHER.c.name),
    _value(2, "code", _KEPT.c.code, _OTHER.c.code),
    _value(3, "price", _price(_KEPT, "kept_price"), _price(_OTHER, "other_price")),
    _value(4, "tax_code", _KEPT.c.tax_code, _OTHER.c.tax_code),
    _value(5, "note", _KEPT.c.note, _OTHER.c.note),
    _value(6, "codes", _codes(_KEPT), _codes(_OTHER)),
    _value(7, "substitutes", _substitutes(_KEPT), _substitutes(_OTHER)),
).subquery("product_merge_value")


def _choosable(row: MergeValueRow) -> tuple[str, ...]:
    choose = row.state == rules.PROPOSED and row.field in rules.MERGED_FIELDS and row.kept != row.merged
    return ("catalog.choose_value",) if choose else ()


merge_values = Query(
    "catalog.merge_values",
    MergeValueRow,
    select(*(_VALUES.c[one.name] for one in fields(MergeValueRow) if one.name != "allowed")),
    permission=READ,
    key=_VALUES.c.id,
    order="position",
    allowed=_choosable,
)
_P, _C = api.product.c, api.product_code.c
PROOFS = (
    # A record that was merged has no code in use: what is scanned finds the one that stands for both.
    Proof(
        "catalog.merged_codes",
        select(_P.id, word("none").label("expected"), func.min(_C.code).label("found"))
        .join(api.product_code, _C.product_id == _P.id)
        .where(_P.merged_into_id.is_not(None), _C.active)
        .group_by(_P.id),
    ),
)
