"""Non-conformities, open and decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api

_N, _P = api.non_conformity.c, catalog.product.c


@dataclass(frozen=True, slots=True)
class NonConformityRow:
    """What was found wrong with goods, and what was decided."""

    id: str
    version: int
    number: int
    product_id: str
    code: str
    name: str
    lot: str
    quantity: Decimal
    found_at: str
    found_on: dt.date
    description: str
    state: str
    disposition: str | None
    decision: str
    decided_on: dt.date | None
    allowed: tuple[str, ...] = ()


def _commands(row: Any) -> tuple[str, ...]:
    return ("inventory.decide_non_conformity",) if row.state == "open" else ()


non_conformities = Query(
    "inventory.non_conformities",
    NonConformityRow,
    select(
        _N.id,
        _N.version,
        _N.number,
        _N.product_id,
        _P.code,
        _P.name,
        _N.lot,
        _N.quantity,
        _N.found_at,
        _N.found_on,
        _N.description,
        _N.state,
        _N.disposition,
        _N.decision,
        _N.decided_on,
    ).join(catalog.product, _P.id == _N.product_id),
    permission="inventory.read",
    key=_N.id,
    order="-number",
    search=_P.folded,
    branch=_N.branch_id,
    allowed=_commands,
)
