"""Blind counts: sheets, their places without what the books say, and which places are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, bindparam, case, func, literal_column, select
from sqlalchemy.ext.compiler import compiles

from retaguarda.kernel.model import UtcDateTime, digits
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api, rules

READ = "inventory.read"
NOW = bindparam("now", type_=UtcDateTime())
ZERO: ColumnElement[Any] = literal_column("0")
_S, _CL, _W, _L, _P, _B = (
    api.count_sheet.c,
    api.count_sheet_line.c,
    api.warehouse.c,
    api.location.c,
    catalog.product.c,
    api.bin_balance.c,
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A count: how many places it has, how many wait for their first count, how many must be counted again."""

    id: str
    version: int
    number: int
    warehouse_id: str
    warehouse_name: str
    state: str
    opened_on: dt.date
    note: str
    places: int
    waiting: int
    again: int
    document_id: str | None
    allowed: tuple[str, ...] = ()


def _commands(row: Any) -> tuple[str, ...]:
    if row.state != "open":
        return ()
    settled = ("inventory.post_count",) if not row.waiting and not row.again else ()
    return ("inventory.enter_count", *settled, "inventory.cancel_count")


def _places(*where: Any) -> Any:
    return select(func.count()).where(_CL.sheet_id == _S.id, *where).correlate(api.count_sheet).scalar_subquery()


sheets = Query(
    "inventory.count_sheets",
    SheetRow,
    select(
        _S.id,
        _S.version,
        _S.number,
        _S.warehouse_id,
        _W.name.label("warehouse_name"),
        _S.state,
        _S.opened_on,
        _S.note,
        _places().label("places"),
        _places(_CL.entries == 0).label("waiting"),
        _places(_CL.entries > 0, ~_CL.settled).label("again"),
        _S.document_id,
    ).join(api.warehouse, _W.id == _S.warehouse_id),
    permission=READ,
    key=_S.id,
    order="-number",
    branch=_S.branch_id,
    allowed=_commands,
)


@dataclass(frozen=True, slots=True)
class SheetLineRow:
    """A place to count; nothing of the books is shown. `standing` is waiting, again or settled."""

    id: str
    sheet_id: str
    position: int
    product_id: str
    code: str
    name: str
    unit_code: str
    location_id: str
    location_code: str
    lot: str
    entries: int
    standing: str


_STANDING: ColumnElement[Any] = case(
    (_CL.entries == 0, literal_column("'waiting'", String())),
    (_CL.settled, literal_column("'settled'", String())),
    else_=literal_column("'again'", String()),
)
sheet_lines = Query(
    "inventory.count_sheet_lines",
    SheetLineRow,
    select(
        _CL.id,
        _CL.sheet_id,
        _CL.position,
        _CL.product_id,
        _P.code,
        _P.name,
        _P.unit_code,
        _CL.location_id,
        _L.code.label("location_code"),
        _CL.lot,
        _CL.entries,
        _STANDING.label("standing"),
    )
    .join(api.count_sheet, _S.id == _CL.sheet_id)
    .join(catalog.product, _P.id == _CL.product_id)
    .join(api.location, _L.id == _CL.location_id),
    permission=READ,
    key=_CL.id,
    order="position",
    branch=_S.branch_id,
)


class _DaysSince(ColumnElement[int]):
    """Whole days from an instant to now."""

    inherit_cache = False
    type = Integer()

    def __init__(self, since: ColumnElement[Any]) -> None:
        self.since = since


@compiles(_DaysSince, "sqlite")
def _on_sqlite(element: _DaysSince, compiler: Any, **more: Any) -> str:
    now, since = compiler.process(NOW, **more), compiler.process(element.since, **more)
    return f"({now} - {since}) / 86400000000"


@compiles(_DaysSince)
def _elsewhere(element: _DaysSince, compiler: Any, **more: Any) -> str:
    now, since = compiler.process(NOW, **more), compiler.process(element.since, **more)
    return f"CAST(floor(extract(epoch FROM ({now} - {since})) / 86400) AS INTEGER)"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A place with goods: how long ago it was counted, and whether it is due by the class of its product."""

    id: str
    product_id: str
    code: str
    name: str
    warehouse_id: str
    warehouse_name: str
    location_id: str
    location_code: str
    lot: str
    count_class: str
    counted_at: dt.datetime | None
    days: int | None
    due: bool


_CLASS: ColumnElement[Any] = func.coalesce(api.stock_care.c.count_class, literal_column("'C'", String()))
_EVERY: ColumnElement[Any] = case(
    {c: literal_column(str(days), Integer()) for c, days in rules.COUNT_EVERY.items() if c != "C"},
    value=_CLASS,
    else_=literal_column(str(rules.COUNT_EVERY["C"]), Integer()),
)
_DAYS = _DaysSince(_B.counted_at)
_ID = digits(_B.product_id) + digits(_B.location_id) + _B.lot
due_places = Query(
    "inventory.count_due",
    DueRow,
    select(
        _ID.label("id"),
        _B.product_id,
        _P.code,
        _P.name,
        _L.warehouse_id,
        _W.name.label("warehouse_name"),
        _B.location_id,
        _L.code.label("location_code"),
        _B.lot,
        _CLASS.label("count_class"),
        _B.counted_at,
        _DAYS.label("days"),
        (_B.counted_at.is_(None) | (_DAYS >= _EVERY)).label("due"),
    )
    .join(catalog.product, _P.id == _B.product_id)
    .join(api.location, _L.id == _B.location_id)
    .join(api.warehouse, _W.id == _L.warehouse_id)
    .outerjoin(api.stock_care, api.stock_care.c.product_id == _B.product_id)
    .where(_B.on_hand != ZERO, ~_W.transit),
    permission=READ,
    key=_ID,
    order="location_code",
    search=_P.folded,
    branch=_W.branch_id,
)
