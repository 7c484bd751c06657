"""Two records side by side: the merges, and the values of each from which one is chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, null, or_, select, union_all

from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import Minor, digits
from retaguarda.kernel.query import Query
from retaguarda.modules.party import api, rules

_M = api.party_merge
_KEPT, _OTHER = api.party.alias("kept"), api.party.alias("other")
_BUYS, _BOUGHT = api.customer.alias("kept_customer"), api.customer.alias("other_customer")
_FROM = (
    _M.join(_KEPT, _KEPT.c.id == _M.c.kept_id)
    .join(_OTHER, _OTHER.c.id == _M.c.merged_id)
    .outerjoin(_BUYS, and_(_BUYS.c.party_id == _KEPT.c.id, _BUYS.c.active.is_(True)))
    .outerjoin(_BOUGHT, and_(_BOUGHT.c.party_id == _OTHER.c.id, _BOUGHT.c.active.is_(True)))
)
_WORKS = api.employee
_EMPLOYED = (
    select(_WORKS.c.id)
    .where(or_(_WORKS.c.party_id == _M.c.kept_id, _WORKS.c.party_id == _M.c.merged_id), _WORKS.c.active.is_(True))
    .correlate(_M)
    .exists()
)
_PROPOSED = ("party.choose_value", "party.merge_parties", "party.drop_merge")


@dataclass(frozen=True, slots=True)
class MergeRow:
    """Two records of one party: which is kept, which refers to it, how far it is."""

    id: str
    version: int
    kept_id: str
    kept_name: str
    merged_id: str
    merged_name: str
    state: str
    merged_at: dt.datetime | None
    allowed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Both names, the kept one first."""
        return f"{self.kept_name} + {self.merged_name}"


def _allowed(row: MergeRow) -> tuple[str, ...]:
    if row.state == rules.PROPOSED:
        return _PROPOSED
    return ("party.unmerge_parties",) if row.state == rules.MERGED else ()


merges = Query(
    "party.merges",
    MergeRow,
    select(
        _M.c.id,
        _M.c.version,
        _M.c.kept_id,
        _KEPT.c.name.label("kept_name"),
        _M.c.merged_id,
        _OTHER.c.name.label("merged_name"),
        _M.c.state,
        _M.c.merged_at,
    ).select_from(_FROM),
    permission="party.read",
    key=_M.c.id,
    order="kept_name",
    search=_KEPT.c.folded,
    guarded=(rules.KEEP_EMPLOYEES, _EMPLOYED),
    allowed=_allowed,
)


@dataclass(frozen=True, slots=True)
class MergeValueRow:
    """A value of both records, and which of them is taken; addresses and contacts of both stand together."""

    id: str
    merge_id: str
    version: int
    state: str
    position: int
    field: str
    side: str
    kept_text: str | None
    kept_amount: Decimal | None
    merged_text: str | None
    merged_amount: Decimal | None
    allowed: tuple[str, ...] = ()

    @property
    def kept(self) -> str | Decimal | None:
        """What the kept record says."""
        return self.kept_amount if self.kept_amount is not None else self.kept_text

    @property
    def merged(self) -> str | Decimal | None:
        """What the other one says."""
        return self.merged_amount if self.merged_amount is not None else self.merged_text

    @property
    def shown_as(self) -> str:
        """How both are shown."""
        return "money" if self.field == "credit_limit" else "text"

    @property
    def other_side(self) -> str:
        """Where it would be taken from instead."""
        return rules.KEPT_SIDE if self.side == rules.MERGED_SIDE else rules.MERGED_SIDE


def _many(table: Any, party: Any) -> ColumnElement[str]:
    found = select(func.count()).where(table.c.party_id == party.c.id, table.c.archived.is_(False))
    return cast(found.correlate(party).scalar_subquery(), String)


def _text(value: ColumnElement[Any]) -> ColumnElement[str]:
    return func.nullif(cast(value, String), "")


def _value(position: int, field: str, kept: ColumnElement[Any], other: ColumnElement[Any]) -> Select[Any]:
    amount = field == "credit_limit"
    nothing, none = cast(null(), String), cast(null(), Minor(2))
    chosen = (word(" ").op("||")(_M.c.taken).op("||")(word(" "))).like(literal(f"% {field} %"))
    side = case((chosen, word(rules.MERGED_SIDE)), else_=word(rules.KEPT_SIDE))
    columns: tuple[ColumnElement[Any], ...] = (
        digits(_M.c.id).op("||")(word(f" {field}")).label("id"),
        _M.c.id.label("merge_id"),
        _M.c.version,
        _M.c.state,
        number(position).label("position"),
        word(field).label("field"),
        (side if field in rules.MERGED_FIELDS else word(rules.BOTH_SIDES)).label("side"),
        (nothing if amount else _text(kept)).label("kept_text"),
        (kept if amount else none).label("kept_amount"),
        (nothing if amount else _text(other)).label("merged_text"),
        (other if amount else none).label("merged_amount"),
        case((_EMPLOYED, True), else_=False).label("employed"),
    )
    return select(*columns).select_from(_FROM)


_VALUES = union_all(
    _value(1, "name", _KEPT.c.name, _OTHER.c.name),
    _value(2, "legal_name", _KEPT.c.legal_name, _OTHER.c.legal_name),
    _value(3, "identity", _KEPT.c.tax_id_shown, _OTHER.c.tax_id_shown),
    _value(4, "credit_limit", _BUYS.c.credit_limit_amount, _BOUGHT.c.credit_limit_amount),
    _value(5, "block", _BUYS.c.block_reason, _BOUGHT.c.block_reason),
    _value(6, "notes", _KEPT.c.notes, _OTHER.c.notes),
    _value(7, "addresses", _many(api.party_address, _KEPT), _many(api.party_address, _OTHER)),
    _value(8, "contacts", _many(api.party_contact, _KEPT), _many(api.party_contact, _OTHER)),
).subquery("merge_value")


def _choosable(row: MergeValueRow) -> tuple[str, ...]:
    choose = row.state == rules.PROPOSED and row.field in rules.MERGED_FIELDS and row.kept != row.merged
    return ("party.choose_value",) if choose else ()


merge_values = Query(
    "party.merge_values",
    MergeValueRow,
    select(*(_VALUES.c[one.name] for one in fields(MergeValueRow) if one.name != "allowed")),
    permission="party.read",
    key=_VALUES.c.id,
    order="position",
    guarded=(rules.KEEP_EMPLOYEES, _VALUES.c.employed.is_(True)),
    allowed=_choosable,
)
