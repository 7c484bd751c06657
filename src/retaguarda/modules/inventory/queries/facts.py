"""What happened: the documents of the warehouse with their lines, the moves of a product."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, func, literal_column, select

from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api, rules

READ = "inventory.read"
TODAY = bindparam("today", type_=Date())
ZERO: ColumnElement[Any] = literal_column("0")
_W, _P, _L = api.warehouse.c, catalog.product.c, api.location.c
_PERSON = company.person.c


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A receipt, count, damage, transfer or opening stock; `reversed` is the number of what took it back."""

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
    reversed: int | None
    allowed: tuple[str, ...] = ()


def _document_commands(row: Any) -> tuple[str, ...]:
    opened = row.kind == rules.OPENING and row.reversed is None
    return ("inventory.reverse_opening_stock",) if opened else ()


_REVERSAL = api.stock_document.alias("reversal")
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
        _REVERSAL.c.number.label("reversed"),
    )
    .join(api.warehouse, _W.id == _D.warehouse_id)
    .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _D.id)
    .outerjoin(company.person, _PERSON.id == _D.person_id),
    permission=READ,
    key=_D.id,
    order="-at",
    branch=_D.branch_id,
    allowed=_document_commands,
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
