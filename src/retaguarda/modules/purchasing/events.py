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


@dataclass(frozen=True, slots=True)
class GoodsReceived:
    """A supplier delivered on an order: these products of this warehouse have more than before."""

    receipt_id: str
    number: int
    order_id: str
    supplier_id: str
    warehouse_id: str
    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupplierInvoicePosted:
    """A supplier's invoice is owed, in instalments."""

    invoice_id: str
    supplier_id: str
    branch_id: str
    total_amount: Decimal


@dataclass(frozen=True, slots=True)
class SupplierPaid:
    """Money went to a supplier."""

    payment_id: str
    number: int
    supplier_id: str
    branch_id: str
    money_amount: Decimal


@dataclass(frozen=True, slots=True)
class GoodsReturned:
    """Goods went back to their supplier, who owes `credit_amount` for them."""

    return_id: str
    number: int
    order_id: str
    supplier_id: str
    credit_amount: Decimal
