"""Transfers on their way and received, with their lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Date, bindparam, func, literal_column, select, type_coerce

from retaguarda.kernel.model import Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api

READ = "inventory.read"
TODAY = bindparam("today", type_=Date())
_T, _L, _A, _P = api.transfer.c, api.transfer_line.c, api.transfer_arrival.c, catalog.product.c
_FROM, _TO = api.warehouse.alias("sender"), api.warehouse.alias("receiver")


@dataclass(frozen=True, slots=True)
class TransferLineRow:
    """A line of a transfer: sent, come, lost, found, and what is still on its way. `name` and `sub` call it."""

    id: str
    transfer_id: str
    position: int
    product_id: str
    name: str
    sub: str
    lot: str
    quantity: Decimal
    came: Decimal
    lost: Decimal
    found: Decimal
    open_quantity: Decimal


def _sum(column: Any) -> Any:
    found = (
        select(func.coalesce(func.sum(column), literal_column("0")))
        .where(_A.line_id == _L.id)
        .correlate(api.transfer_line)
        .scalar_subquery()
    )
    return type_coerce(found, Minor(4))


transfer_lines = Query(
    "inventory.transfer_lines",
    TransferLineRow,
    select(
        _L.id,
        _L.transfer_id,
        _L.position,
        _L.product_id,
        _P.name,
        _P.code.label("sub"),
        _L.lot,
        _L.quantity,
        _sum(_A.quantity).label("came"),
        _sum(_A.lost_quantity).label("lost"),
        _sum(_A.found_quantity).label("found"),
        type_coerce(_L.quantity - _sum(_A.quantity + _A.lost_quantity), Minor(4)).label("open_quantity"),
    )
    .join(api.transfer, _T.id == _L.transfer_id)
    .join(catalog.product, _P.id == _L.product_id),
    permission=READ,
    key=_L.id,
    order="position",
    search=_P.folded,
    branch=_T.branch_id,
)


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer: from where to where, sent or received, late where its day has passed."""

    id: str
    version: int
    number: int
    from_name: str
    to_name: str
    to_warehouse_id: str
    state: str
    sent_on: dt.date
    expected_on: dt.date
    received_on: dt.date | None
    late: bool
    note: str
    person_name: str | None
    allowed: tuple[str, ...] = ()


def _commands(row: Any) -> tuple[str, ...]:
    return ("inventory.receive_transfer",) if row.state == "sent" else ()


transfers = Query(
    "inventory.transfers",
    TransferRow,
    select(
        _T.id,
        _T.version,
        _T.number,
        _FROM.c.name.label("from_name"),
        _TO.c.name.label("to_name"),
        _T.to_warehouse_id,
        _T.state,
        _T.sent_on,
        _T.expected_on,
        _T.received_on,
        ((_T.expected_on < TODAY) & (_T.state == "sent")).label("late"),
        _T.note,
        company.person.c.name.label("person_name"),
    )
    .join(_FROM, _FROM.c.id == _T.from_warehouse_id)
    .join(_TO, _TO.c.id == _T.to_warehouse_id)
    .outerjoin(company.person, company.person.c.id == _T.person_id),
    permission=READ,
    key=_T.id,
    order="-number",
    branch=_TO.c.branch_id,
    allowed=_commands,
)


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """What the form that receives a transfer begins with: every line with what is still on its way."""

    id: str
    version: int
    number: int
    lines: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()


_OPEN = type_coerce(_L.quantity - _sum(_A.quantity + _A.lost_quantity), Minor(4))
_LINES = nested(
    (_L.id, _L.position, _P.name, _OPEN.label("open_quantity")),
    _L.transfer_id == _T.id,
    _P.id == _L.product_id,
    type_coerce(_OPEN, BigInteger) > 0,
    order="position",
)
arrivals = Query(
    "inventory.arrivals",
    ArrivalRow,
    select(
        _T.id,
        _T.version,
        _T.number,
        _LINES.label("lines"),
    )
    .join(_TO, _TO.c.id == _T.to_warehouse_id)
    .where(_T.state == "sent"),
    permission=READ,
    key=_T.id,
    order="number",
    branch=_TO.c.branch_id,
    allowed=lambda _row: ("inventory.receive_transfer",),
)
