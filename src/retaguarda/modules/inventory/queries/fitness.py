"""What labels and kits ask of products, and which of them are not fit for it."""

from __future__ import annotations

from sqlalchemy import and_, case, func, select

from retaguarda.kernel.data_rules import DataRule, DataUse, all_digits, found, gtin_holds
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api

_P, _CODE, _KIT = catalog.product, catalog.product_code, api.kit_part
_LABELLED = and_(_P.c.archived.is_(False), _P.c.kind == catalog.STOCK)
_OF_PRODUCT = and_(_CODE.c.product_id == _P.c.id, _CODE.c.active.is_(True))
_HAS_GTIN = select(_CODE.c.id).where(_OF_PRODUCT, _CODE.c.kind == "gtin").exists()
_EAN = 13
_MEANT = case((_CODE.c.kind == "gtin", True), else_=and_(all_digits(_CODE.c.code), _CODE.c.code.like("_" * _EAN)))
"""A GTIN by its kind, or by its look: thirteen digits that somebody gave as the product's own code."""
_PART = _P.alias("part")
_MADE = and_(_P.c.archived.is_(False), _KIT.c.kit_id == _P.c.id, _KIT.c.active.is_(True))

USES = (
    DataUse("labels", "product", select(_P.c.id).where(_LABELLED)),
    DataUse("production", "product", select(_P.c.id).where(select(_KIT.c.id).where(_MADE).exists())),
)
DATA_RULES = (
    DataRule("inventory.without_gtin", "product", found(_P.c.id).where(_LABELLED, ~_HAS_GTIN), use="labels"),
    DataRule(
        "inventory.invalid_gtin",
        "product",
        found(_P.c.id, detail=func.min(_CODE.c.code))
        .select_from(_P.join(_CODE, _OF_PRODUCT))
        .where(_LABELLED, _MEANT, ~gtin_holds(_CODE.c.code))
        .group_by(_P.c.id),
        use="labels",
    ),
    DataRule(
        "inventory.kit_of_archived",
        "product",
        found(_P.c.id, detail=func.min(_PART.c.name))
        .select_from(_P.join(_KIT, _MADE).join(_PART, _PART.c.id == _KIT.c.component_id))
        .where(_PART.c.archived.is_(True))
        .group_by(_P.c.id),
        use="production",
    ),
)
