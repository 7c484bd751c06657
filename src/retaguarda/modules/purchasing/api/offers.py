"""What suppliers ask for products on a day, and which of their prices counts for a quantity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys
from retaguarda.modules.purchasing.api.tables import supplier_price

_V = supplier_price.c


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What a supplier asks for a product: the price for at least so many, in packs, and when it comes."""

    supplier_id: str
    product_id: str
    supplier_code: str
    unit_price: Decimal
    least_quantity: Decimal
    pack_quantity: Decimal
    lead_days: int


_DAY = bindparam("day", type_=_V.valid_from.type)


def _in_force(keys: Sequence[Any], *where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            _V.supplier_id,
            _V.product_id,
            _V.supplier_code,
            _V.unit_price,
            _V.least_quantity,
            _V.pack_quantity,
            _V.lead_days,
        )
        .where(_V.product_id.in_(keys), *where, _V.valid_from <= _DAY, or_(_V.valid_to.is_(None), _V.valid_to >= _DAY))
        .order_by(_V.supplier_id, _V.product_id, _V.least_quantity)
    )


_OFFERS = ForKeys(lambda keys: _in_force(keys, _V.supplier_id == bindparam("supplier_id", type_=Key())))
_ANYBODYS = ForKeys(_in_force)


def offers_of(
    reads: Reads, supplier_id: str, product_ids: Sequence[str], day: dt.date
) -> Mapping[str, tuple[OfferFacts, ...]]:
    """The prices of a supplier that hold on `day`, by product, for the smallest quantity first."""
    if not product_ids:
        return {}
    statement, values = _OFFERS.of(tuple(dict.fromkeys(product_ids)))
    return _by_product(_facts(row) for row in reads.all(statement, supplier_id=supplier_id, day=day, **values))


def offers_for(
    reads: Reads, product_ids: Sequence[str], day: dt.date
) -> Mapping[str, Mapping[str, tuple[OfferFacts, ...]]]:
    """The prices of every supplier that hold on `day`, by supplier and product, for the smallest quantity first."""
    if not product_ids:
        return {}
    statement, values = _ANYBODYS.of(tuple(dict.fromkeys(product_ids)))
    found: dict[str, list[OfferFacts]] = {}
    for row in reads.all(statement, day=day, **values):
        found.setdefault(row.supplier_id, []).append(_facts(row))
    return {key: _by_product(offers) for key, offers in found.items()}


def _facts(row: Any) -> OfferFacts:
    return OfferFacts(
        row.supplier_id,
        row.product_id,
        row.supplier_code,
        row.unit_price,
        row.least_quantity,
        row.pack_quantity,
        row.lead_days,
    )


def _by_product(offers: Iterable[OfferFacts]) -> Mapping[str, tuple[OfferFacts, ...]]:
    found: dict[str, list[OfferFacts]] = {}
    for offer in offers:
        found.setdefault(offer.product_id, []).append(offer)
    return {key: tuple(rows) for key, rows in found.items()}


def pick_offer(offers: Sequence[OfferFacts], quantity: Decimal) -> OfferFacts | None:
    """The price that counts for a quantity: of those it is enough for the one for the most, else the smallest."""
    enough = [offer for offer in offers if offer.least_quantity <= quantity]
    return enough[-1] if enough else next(iter(offers), None)
