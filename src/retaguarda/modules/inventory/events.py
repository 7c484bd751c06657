"""What happened in the inventory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StockReceived:
    """Goods came in: these products of this warehouse have more than before."""

    document_id: str
    warehouse_id: str
    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockCounted:
    """A count was posted."""

    document_id: str
    warehouse_id: str
    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReservationBroken:
    """A line lost what was reserved for it; its failure is open already."""

    document_table: str
    document_id: str
    line_id: str
    product_id: str
    warehouse_id: str
    quantity: Decimal
    cause: str
    failure_id: str


@dataclass(frozen=True, slots=True)
class StockArrivedForLine:
    """What a line had pegged to an expected movement came in and is reserved for it on hand."""

    document_table: str
    document_id: str
    line_id: str
    product_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class ExpectationMoved:
    """Something expected comes on another day, or less of it."""

    expected_id: str
    product_id: str
    warehouse_id: str
    expected_on: dt.date
    quantity: Decimal
