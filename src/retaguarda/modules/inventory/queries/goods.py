"""Lots with their expiry, numbered pieces with their whereabouts, how products are tracked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, String, bindparam, case, func, literal_column, select, type_coerce

from retaguarda.kernel.model import Key, Minor
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api
from retaguarda.modules.party import api as party

READ = "inventory.read"
TODAY = bindparam("today", type_=Date())
_P, _L, _B, _W = catalog.product.c, api.lot.c, api.bin_balance.c, api.warehouse.c


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot: when it expires, how much of it there is and is held back, who supplied it. `state` is good, expired, or
    allowed (expired, but somebody let it be sold)."""

    id: str
    version: int
    product_id: str
    product_code: str
    name: str
    code: str
    expires_on: dt.date | None
    state: str
    on_hand: Decimal
    held: Decimal
    supplier_id: str | None
    supplier_name: str | None
    sold_expired: bool
    reason: str
    allowed: tuple[str, ...] = ()


def _lot_commands(row: Any) -> tuple[str, ...]:
    more = {"expired": ("inventory.allow_expired",), "allowed": ("inventory.forbid_expired",)}.get(row.state, ())
    return ("inventory.revise_lot", "inventory.hold_lot", *more)


def _in_bins(column: Any) -> Any:
    found = (
        select(func.coalesce(func.sum(column), literal_column("0")))
        .where(_B.product_id == _L.product_id, _B.lot == _L.code)
        .correlate(api.lot)
        .scalar_subquery()
    )
    return type_coerce(found, Minor(4))


_WORD: ColumnElement[str] = literal_column("'good'", String())
_STATE: ColumnElement[Any] = case(
    (_L.sold_expired, literal_column("'allowed'", String())),
    (_L.expires_on < TODAY, literal_column("'expired'", String())),
    else_=_WORD,
)
lots = Query(
    "inventory.lots",
    LotRow,
    select(
        _L.id,
        _L.version,
        _L.product_id,
        _P.code.label("product_code"),
        _P.name,
        _L.code,
        _L.expires_on,
        _STATE.label("state"),
        _in_bins(_B.on_hand).label("on_hand"),
        _in_bins(_B.held).label("held"),
        _L.supplier_id,
        party.party.c.name.label("supplier_name"),
        _L.sold_expired,
        _L.reason,
    )
    .join(catalog.product, _P.id == _L.product_id)
    .outerjoin(party.party, party.party.c.id == _L.supplier_id),
    permission=READ,
    key=_L.id,
    order="expires_on",
    search=_P.folded + literal_column("' '") + func.lower(_L.code),
    allowed=_lot_commands,
)


@dataclass(frozen=True, slots=True)
class SerialRow:
    """A numbered piece: where it is now; without a place it has left. `state` is there, picked or gone."""

    id: str
    product_id: str
    product_code: str
    name: str
    number: str
    lot: str
    warehouse_name: str | None
    location_code: str | None
    state: str


_MY_BRANCH = (
    select(company.person.c.branch_id)
    .where(company.person.c.id == bindparam("person_id", type_=Key()))
    .scalar_subquery()
)
_S, _PLACE = api.serial.c, api.location.c
serials = Query(
    "inventory.serials",
    SerialRow,
    select(
        _S.id,
        _S.product_id,
        _P.code.label("product_code"),
        _P.name,
        _S.number,
        _S.lot,
        _W.name.label("warehouse_name"),
        _PLACE.code.label("location_code"),
        case(
            (_S.location_id.is_(None), literal_column("'gone'", String())),
            (_S.line_id.is_not(None), literal_column("'picked'", String())),
            else_=literal_column("'there'", String()),
        ).label("state"),
    )
    .join(catalog.product, _P.id == _S.product_id)
    .outerjoin(api.location, _PLACE.id == _S.location_id)
    .outerjoin(api.warehouse, _W.id == _PLACE.warehouse_id),
    permission=READ,
    key=_S.id,
    order="number",
    search=_P.folded + literal_column("' '") + func.lower(_S.number),
    # A piece that has left is in no branch: each sees it from its own.
    branch=func.coalesce(_W.branch_id, _MY_BRANCH),
)


@dataclass(frozen=True, slots=True)
class SerialMoveRow:
    """What happened to a numbered piece."""

    id: str
    at: dt.datetime
    kind: str
    product_id: str
    number: str
    from_code: str | None
    to_code: str | None
    document_table: str
    document_id: str
    line_id: str | None


_M = api.serial_move.c
_FROM, _TO = api.location.alias("piece_from"), api.location.alias("piece_to")
serial_moves = Query(
    "inventory.serial_moves",
    SerialMoveRow,
    select(
        _M.id,
        _M.at,
        _M.kind,
        _M.product_id,
        _M.number,
        _FROM.c.code.label("from_code"),
        _TO.c.code.label("to_code"),
        _M.document_table,
        _M.document_id,
        _M.line_id,
    )
    .outerjoin(_FROM, _FROM.c.id == _M.from_location_id)
    .outerjoin(_TO, _TO.c.id == _M.to_location_id),
    permission=READ,
    key=_M.id,
    order="-at",
)


@dataclass(frozen=True, slots=True)
class CareRow:
    """How a product is looked after."""

    id: str
    tracking: str
    count_class: str


_CARE = api.stock_care.c
care = Query(
    "inventory.care",
    CareRow,
    select(
        _P.id,
        func.coalesce(_CARE.tracking, literal_column("'none'", String())).label("tracking"),
        func.coalesce(_CARE.count_class, literal_column("'C'", String())).label("count_class"),
    )
    .select_from(catalog.product.outerjoin(api.stock_care, _CARE.product_id == _P.id))
    .where(_P.kind == catalog.STOCK),
    permission=READ,
    key=_P.id,
    order="id",
)
