"""Kits and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api

READ = "inventory.read"
_K = api.kit_part.c
_KIT, _PART = catalog.product.alias("kit"), catalog.product.alias("part")


@dataclass(frozen=True, slots=True)
class KitPartRow:
    """How much of a product goes into one kit."""

    id: str
    product_id: str
    component_id: str
    component_name: str
    component_code: str
    unit_code: str
    quantity: Decimal


kit_parts = Query(
    "inventory.kit_parts",
    KitPartRow,
    select(
        _K.id,
        _K.kit_id.label("product_id"),
        _K.component_id,
        _PART.c.name.label("component_name"),
        _PART.c.code.label("component_code"),
        _PART.c.unit_code,
        _K.quantity,
    )
    .join(_PART, _PART.c.id == _K.component_id)
    .where(_K.active),
    permission=READ,
    key=_K.id,
    order="component_name",
)


@dataclass(frozen=True, slots=True)
class KitRow:
    """A product as a kit: how many parts it has (none: it is no kit), and which."""

    id: str
    code: str
    name: str
    count: int
    parts: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()


_MINE = select(func.count()).where(_K.kit_id == _KIT.c.id, _K.active).correlate(_KIT).scalar_subquery()
_PARTS = nested(
    (
        _K.component_id,
        _PART.c.name.label("component_name"),
        _K.quantity,
    ),
    _K.kit_id == _KIT.c.id,
    _K.active,
    _PART.c.id == _K.component_id,
    order="component_name",
)
kits = Query(
    "inventory.kits",
    KitRow,
    select(_KIT.c.id, _KIT.c.code, _KIT.c.name, _MINE.label("count"), _PARTS.label("parts")).where(
        _KIT.c.kind == catalog.STOCK
    ),
    permission=READ,
    key=_KIT.c.id,
    order="name",
    search=_KIT.c.folded,
    allowed=lambda _row: ("inventory.set_kit",),
)
