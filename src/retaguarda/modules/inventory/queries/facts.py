"""What happened and what is open: documents, moves, reservations, holds, authorised negatives, expectations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, String, bindparam, cast, func, literal_column, select

from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api

READ = "inventory.read"
TODAY = bindparam("today", type_=Date())
ZERO: ColumnElement[Any] = literal_column("0")
_W, _P, _L = api.warehouse.c, catalog.product.c, api.location.c
_PERSON = company.person.c


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A receipt, count, damage or transfer."""

    id: str
    number: int
    kind: str
    on_day: dt.date
    at: dt.datetime
    warehouse_id: str
    warehouse_name: str
    reason: str
    person_name: str | None
    lines: int


_D, _DL = api.stock_document.c, api.stock_document_line.c
documents = Query(
    "inventory.documents",
    DocumentRow,
    select(
        _D.id,
        _D.number,
        _D.kind,
        _D.on_day,
        _D.at,
        _D.warehouse_id,
        _W.name.label("warehouse_name"),
        _D.reason,
        _PERSON.name.label("person_name"),
        select(func.count())
        .where(_DL.document_id == _D.id)
        .correlate(api.stock_document)
        .scalar_subquery()
        .label("lines"),
    )
    .join(api.warehouse, _W.id == _D.warehouse_id)
    .outerjoin(company.person, _PERSON.id == _D.person_id),
    permission=READ,
    key=_D.id,
    order="-at",
    branch=_D.branch_id,
)


@dataclass(frozen=True, slots=True)
class DocumentLineRow:
    """A line of a document of the warehouse."""

    id: str
    document_id: str
    position: int
    product_id: str
    code: str
    name: str
    location_code: str
    lot: str
    quantity: Decimal
    booked_quantity: Decimal | None


document_lines = Query(
    "inventory.document_lines",
    DocumentLineRow,
    select(
        _DL.id,
        _DL.document_id,
        _DL.position,
        _DL.product_id,
        _P.code,
        _P.name,
        _L.code.label("location_code"),
        _DL.lot,
        _DL.quantity,
        _DL.booked_quantity,
    )
    .join(api.stock_document, _D.id == _DL.document_id)
    .join(catalog.product, _P.id == _DL.product_id)
    .join(api.location, _L.id == _DL.location_id),
    permission=READ,
    key=_DL.id,
    order="position",
    branch=_D.branch_id,
)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a product, with the document it stands for."""

    id: str
    at: dt.datetime
    kind: str
    product_id: str
    from_code: str | None
    to_code: str | None
    lot: str
    quantity: Decimal
    document_table: str
    document_id: str


_M = api.stock_move.c
_FROM, _TO = api.location.alias("from_location"), api.location.alias("to_location")
_SIDE = api.warehouse.alias("side")
moves = Query(
    "inventory.moves",
    MoveRow,
    select(
        _M.id,
        _M.at,
        _M.kind,
        _M.product_id,
        _FROM.c.code.label("from_code"),
        _TO.c.code.label("to_code"),
        _M.lot,
        _M.quantity,
        _M.document_table,
        _M.document_id,
    )
    .outerjoin(_FROM, _FROM.c.id == _M.from_location_id)
    .outerjoin(_TO, _TO.c.id == _M.to_location_id)
    .join(_SIDE, _SIDE.c.id == func.coalesce(_M.from_warehouse_id, _M.to_warehouse_id)),
    permission=READ,
    key=_M.id,
    order="-at",
    branch=_SIDE.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """What is reserved for one line of a document now."""

    id: str
    product_id: str
    warehouse_id: str
    warehouse_name: str
    quantity: Decimal
    priority: int
    promised_on: dt.date | None
    document_table: str
    document_id: str
    line_id: str
    expected_id: str | None


_R = api.stock_reservation
_LEFT = (
    select(
        func.replace(
            cast(_R.c.line_id, String) + func.coalesce(cast(_R.c.expected_id, String), literal_column("''")), "-", ""
        ).label("id"),
        _R.c.line_id,
        _R.c.product_id,
        _R.c.warehouse_id,
        func.sum(_R.c.quantity).label("quantity"),
        func.max(_R.c.priority).label("priority"),
        func.max(_R.c.promised_on).label("promised_on"),
        _R.c.document_table,
        _R.c.document_id,
        _R.c.expected_id,
    )
    .group_by(_R.c.line_id, _R.c.product_id, _R.c.warehouse_id, _R.c.document_table, _R.c.document_id, _R.c.expected_id)
    .having(func.sum(_R.c.quantity) > ZERO)
    .subquery("reserved_now")
)
reservations = Query(
    "inventory.reservations",
    ReservationRow,
    select(
        _LEFT.c.id,
        _LEFT.c.product_id,
        _LEFT.c.warehouse_id,
        _W.name.label("warehouse_name"),
        _LEFT.c.quantity,
        _LEFT.c.priority,
        _LEFT.c.promised_on,
        _LEFT.c.document_table,
        _LEFT.c.document_id,
        _LEFT.c.line_id,
        _LEFT.c.expected_id,
    ).join(api.warehouse, _W.id == _LEFT.c.warehouse_id),
    permission=READ,
    key=_LEFT.c.id,
    order="promised_on",
    branch=_W.branch_id,
)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A line that lost what was reserved for it."""

    id: str
    at: dt.datetime
    cause: str
    product_id: str
    code: str
    name: str
    warehouse_name: str
    quantity: Decimal
    promised_on: dt.date | None
    document_table: str
    document_id: str
    line_id: str


_K = api.reservation_broken.c
broken = Query(
    "inventory.broken_reservations",
    BrokenRow,
    select(
        _K.id,
        _K.at,
        _K.cause,
        _K.product_id,
        _P.code,
        _P.name,
        _W.name.label("warehouse_name"),
        _K.quantity,
        _K.promised_on,
        _K.document_table,
        _K.document_id,
        _K.line_id,
    )
    .join(catalog.product, _P.id == _K.product_id)
    .join(api.warehouse, _W.id == _K.warehouse_id),
    permission=READ,
    key=_K.id,
    order="-at",
    branch=_W.branch_id,
)


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Goods held back: how much still is, since when, why."""

    id: str
    at: dt.datetime
    product_id: str
    code: str
    name: str
    warehouse_id: str
    warehouse_name: str
    location_code: str
    lot: str
    quantity: Decimal
    reason: str
    allowed: tuple[str, ...] = ()


def _hold_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.release_hold",)


_H = api.stock_hold.c
_ALL_OF_HOLD = api.stock_hold.alias("all_of_hold")
_HELD = (
    select(func.sum(_ALL_OF_HOLD.c.quantity))
    .where(_ALL_OF_HOLD.c.hold_id == _H.id)
    .correlate(api.stock_hold)
    .scalar_subquery()
)
holds = Query(
    "inventory.holds",
    HoldRow,
    select(
        _H.id,
        _H.at,
        _H.product_id,
        _P.code,
        _P.name,
        _H.warehouse_id,
        _W.name.label("warehouse_name"),
        _L.code.label("location_code"),
        _H.lot,
        _HELD.label("quantity"),
        _H.reason,
    )
    .join(catalog.product, _P.id == _H.product_id)
    .join(api.warehouse, _W.id == _H.warehouse_id)
    .join(api.location, _L.id == _H.location_id)
    .where(_H.id == _H.hold_id, _HELD > ZERO),
    permission=READ,
    key=_H.id,
    order="-at",
    search=_P.folded,
    branch=_W.branch_id,
    allowed=_hold_commands,
)


@dataclass(frozen=True, slots=True)
class NegativeRow:
    """An authorised negative that no receipt has covered yet: how much, since when, who allowed it and why."""

    id: str
    at: dt.datetime
    product_id: str
    code: str
    name: str
    warehouse_id: str
    warehouse_name: str
    location_code: str
    quantity: Decimal
    reason: str
    person_name: str | None
    allowed: tuple[str, ...] = ()


def _negative_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.withdraw_negative",)


_N = api.authorised_negative.c
_ALL_OF_NEGATIVE = api.authorised_negative.alias("all_of_negative")
_AUTHORISED = (
    select(func.sum(_ALL_OF_NEGATIVE.c.quantity))
    .where(_ALL_OF_NEGATIVE.c.authorisation_id == _N.id)
    .correlate(api.authorised_negative)
    .scalar_subquery()
)
negatives = Query(
    "inventory.negatives",
    NegativeRow,
    select(
        _N.id,
        _N.at,
        _N.product_id,
        _P.code,
        _P.name,
        _N.warehouse_id,
        _W.name.label("warehouse_name"),
        _L.code.label("location_code"),
        _AUTHORISED.label("quantity"),
        _N.reason,
        _PERSON.name.label("person_name"),
    )
    .join(catalog.product, _P.id == _N.product_id)
    .join(api.warehouse, _W.id == _N.warehouse_id)
    .join(api.location, _L.id == _N.location_id)
    .outerjoin(company.person, _PERSON.id == _N.person_id)
    .where(_N.id == _N.authorisation_id, _AUTHORISED > ZERO),
    permission=READ,
    key=_N.id,
    order="at",
    search=_P.folded,
    branch=_W.branch_id,
    allowed=_negative_commands,
)


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """Goods that are expected, how much of them is promised on, whether they are late."""

    id: str
    product_id: str
    code: str
    name: str
    warehouse_id: str
    warehouse_name: str
    expected_on: dt.date
    quantity: Decimal
    pegged: Decimal
    document_table: str
    document_id: str
    late: bool
    allowed: tuple[str, ...] = ()


def _expected_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.postpone_expected", "inventory.cancel_expected", "inventory.receive_stock")


_X = api.expected_movement.c
expected = Query(
    "inventory.expected",
    ExpectedRow,
    select(
        _X.id,
        _X.product_id,
        _P.code,
        _P.name,
        _X.warehouse_id,
        _W.name.label("warehouse_name"),
        _X.expected_on,
        _X.quantity,
        _X.pegged,
        _X.document_table,
        _X.document_id,
        (_X.expected_on < TODAY).label("late"),
    )
    .join(catalog.product, _P.id == _X.product_id)
    .join(api.warehouse, _W.id == _X.warehouse_id)
    .where(_X.quantity > ZERO),
    permission=READ,
    key=_X.id,
    order="expected_on",
    search=_P.folded,
    branch=_W.branch_id,
    allowed=_expected_commands,
)
