"""What buying asks of products: somebody's price that holds today."""

from __future__ import annotations

from sqlalchemy import Date, and_, bindparam, or_, select

from retaguarda.kernel.data_rules import DataRule, DataUse, found
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing import api

_P, _V, _KIT = catalog.product, api.supplier_price.c, inventory.kit_part.c
_TODAY = bindparam("today", type_=Date())
_IS_KIT = select(_KIT.id).where(_KIT.kit_id == _P.c.id, _KIT.active.is_(True)).exists()
_BOUGHT = and_(_P.c.archived.is_(False), _P.c.kind == catalog.STOCK, ~_IS_KIT)
_OFFERED = (
    select(_V.id)
    .where(_V.product_id == _P.c.id, _V.valid_from <= _TODAY, or_(_V.valid_to.is_(None), _V.valid_to >= _TODAY))
    .exists()
)

USES = (DataUse("purchasing", "product", select(_P.c.id).where(_BOUGHT)),)
DATA_RULES = (
    DataRule(
        "purchasing.without_price",
        "product",
        found(_P.c.id).where(_BOUGHT, ~_OFFERED),
        use="purchasing",
        refusal="purchasing.no_price",
    ),
)
