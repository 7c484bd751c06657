"""What happened in sales."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ContactLogged:
    """Somebody spoke to us; `customer_id` is None when we do not know them yet."""

    contact_id: str
    branch_id: str
    channel: str
    customer_id: str | None


@dataclass(frozen=True, slots=True)
class OrderQuoted:
    """An order exists with its number, as a quotation; `invoice_policy` says when it is going to be billed."""

    order_id: str
    number: int
    branch_id: str
    customer_id: str
    customer_name: str
    contact_id: str | None
    invoice_policy: str


@dataclass(frozen=True, slots=True)
class QuotationDeclined:
    """The customer did not want it."""

    order_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderConfirmed:
    """Its stock is reserved and its promise made."""

    order_id: str
    customer_id: str
    total_amount: Decimal
    promised_on: dt.date


@dataclass(frozen=True, slots=True)
class OrderHeld:
    """Nobody works on it until it is resumed."""

    order_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderResumed:
    """Work goes on."""

    order_id: str


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """Its reservations are released; it is not going to happen."""

    order_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderAmended:
    """Lines, quantities or the promised day of a confirmed order changed."""

    order_id: str
    total_amount: Decimal
    promised_on: dt.date


@dataclass(frozen=True, slots=True)
class OrderShortened:
    """What was not found was taken out of an order before it was billed."""

    order_id: str
    total_amount: Decimal


@dataclass(frozen=True, slots=True)
class OrderInvoiced:
    """The order is billed."""

    order_id: str
    invoice_id: str


@dataclass(frozen=True, slots=True)
class CounterSold:
    """Sold at the counter: the goods are gone, the invoice is paid."""

    order_id: str
    customer_id: str
    total_amount: Decimal
    invoice_id: str


@dataclass(frozen=True, slots=True)
class OrderReturned:
    """Goods of an order came back and were credited."""

    order_id: str
    return_id: str
    credit_note_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OrderClosed:
    """Everything promised was handed over."""

    order_id: str
