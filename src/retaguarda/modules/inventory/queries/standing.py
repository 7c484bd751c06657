"""What stands open: reservations, those that broke, holds, authorised negatives, expectations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, ScalarSelect, Table, bindparam, func, literal_column, select

from retaguarda.kernel.model import digits
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
        (digits(_R.c.line_id) + func.coalesce(digits(_R.c.expected_id), literal_column("''"))).label("id"),
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


def _left_of(ledger: Table, opened_by: str) -> ScalarSelect[Any]:
    """What is left of the quantity that a row opened: its sum with the rows that took from it."""
    rows = ledger.alias(f"all_of_{ledger.name}")
    total = select(func.sum(rows.c.quantity)).where(rows.c[opened_by] == ledger.c.id)
    return total.correlate(ledger).scalar_subquery()


def _hold_commands(_row: Any) -> tuple[str, ...]:
    return ("inventory.release_hold",)


_H = api.stock_hold.c
_HELD = _left_of(api.stock_hold, "hold_id")
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
_AUTHORISED = _left_of(api.authorised_negative, "authorisation_id")
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


def _expected_commands(row: Any) -> tuple[str, ...]:
    """What a purchase order or a transfer brings is changed there."""
    if row.document_table != "expected_movement":
        return ()
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
