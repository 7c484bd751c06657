"""What happened in purchasing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PurchaseOrderSent:
    """An order went to its supplier: its goods are expected from now on."""

    order_id: str
    number: int
    branch_id: str
    supplier_id: str
    total_amount: Decimal
    expected_on: dt.date


@dataclass(frozen=True, slots=True)
class PurchaseOrderConfirmed:
    """The supplier said that it delivers, and when."""

    order_id: str
    expected_on: dt.date


@dataclass(frozen=True, slots=True)
class PurchaseOrderPostponed:
    """The goods come on another day; lines that were promised them for an earlier one have lost them."""

    order_id: str
    expected_on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class PurchaseOrderEnded:
    """Nothing more comes on this order: it was `closed`, whole or short, or `cancelled` before anything came."""

    order_id: str
    state: str
    reason: str
