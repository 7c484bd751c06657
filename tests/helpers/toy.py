"""A toy shop's commands and rows; `toy_shop` is its store and door, `toy_screens` its screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.kinds import Choice, Codes, Day, Flag, Money, Price, Quantity, Rate, Ref, Secret, Text, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine(Part):
    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    unit_price: Annotated[Decimal, Price()] = Decimal(0)
    discount: Annotated[Decimal, Rate()] = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOrder(Command):
    """Takes an order."""

    customer_id: Annotated[str, Ref("customer")]
    lines: Annotated[tuple[OrderLine, ...], Rows(1)]
    due_on: Annotated[dt.date | None, Day()] = None
    note: Annotated[str, Text(lines=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseOrder(Command):
    """Changes an order that is not confirmed."""

    order_id: Annotated[str, Ref("order")]
    customer_id: Annotated[str, Ref("customer")]
    lines: Annotated[tuple[OrderLine, ...], Rows(1)]
    due_on: Annotated[dt.date | None, Day()] = None
    note: Annotated[str, Text(lines=True)] = ""
    version: Annotated[int | None, Version()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOrder(Command):
    """Confirms an order; refused when stock lacks."""

    order_id: Annotated[str, Ref("order")]
    version: Annotated[int | None, Version()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconfirmOrder(Command):
    """Takes a confirmation back."""

    order_id: Annotated[str, Ref("order")]
    version: Annotated[int | None, Version()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder(Command):
    """Cancels an order, with a reason."""

    order_id: Annotated[str, Ref("order")]
    reason: Annotated[str, Text(least=3)]
    version: Annotated[int | None, Version()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode(Part):
    gtin: Annotated[str, Text(most=14)]
    kind: Annotated[str, Choice(("each", "box"), "toy.barcode")] = "each"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProduct(Command):
    """Makes a product."""

    name: Annotated[str, Text(least=2)]
    price: Annotated[Decimal, Price()]
    unit: Annotated[str, Choice(("each", "box"), "toy.unit")] = "each"
    active: Annotated[bool, Flag()] = True
    sold_from: Annotated[dt.date | None, Day()] = None
    supplier_id: Annotated[str | None, Ref("customer")] = None
    limit_amount: Annotated[Decimal | None, Money()] = None
    barcodes: tuple[Barcode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseProduct(AddProduct):
    """Changes a product."""

    product_id: Annotated[str, Ref("product")]
    version: Annotated[int | None, Version()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Command):
    """Changes a password."""

    password: Annotated[str, Secret(least=4)]
    grants: Annotated[tuple[str, ...], Codes()] = ()


@dataclass(frozen=True, kw_only=True)
class CustomerRow:
    id: str
    name: str
    sub: str = ""
    free_limit: Decimal = Decimal("9480.00")


@dataclass(frozen=True, kw_only=True)
class ProductRow:
    id: str
    name: str
    code: str
    gtin: str
    price: Decimal
    unit: str = "each"
    active: bool = True
    sold_from: dt.date | None = None
    supplier_id: str | None = None
    supplier_name: str = ""
    limit_amount: Decimal | None = None
    barcodes: tuple[Barcode, ...] = ()
    version: int = 1
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LineRow:
    product_id: str
    name: str
    code: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class OrderRow:
    id: str
    number: str
    customer_id: str
    customer_name: str
    state: str
    total: Decimal
    due_on: dt.date | None
    note: str
    lines: tuple[LineRow, ...] = ()
    version: int = 1
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StockRow:
    product_id: str
    free: Decimal
    reserved: Decimal


@dataclass(frozen=True, kw_only=True)
class SituationRow:
    id: str
    step: str


@dataclass(frozen=True, kw_only=True)
class EventRow:
    id: str
    order_id: str
    at: dt.datetime
    code: str
    params: Mapping[str, Any]
    who: str = "Marina"
    name: str = ""
    state: str = "done"
