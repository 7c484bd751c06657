"""What happened in the catalog."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ProductAdded:
    """A product or service can be sold."""

    product_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProductArchived:
    """A product is no longer offered."""

    product_id: str


@dataclass(frozen=True, slots=True)
class PriceSet:
    """A product has another price from a day on."""

    product_id: str
    price: Decimal
    valid_from: dt.date


@dataclass(frozen=True, slots=True)
class ProductsMerged:
    """Two records are one product now; whoever cannot have that refuses: the merged one may have nothing left."""

    kept_id: str
    merged_id: str


@dataclass(frozen=True, slots=True)
class ProductsUnmerged:
    """Two records that were one product are two again; `merged_by` is the id of the command that had merged them."""

    kept_id: str
    merged_id: str
    merged_by: str
