"""Products that may be one and the same, and those whose price has long been the same."""

from __future__ import annotations

from sqlalchemy import and_, case, func, select

from retaguarda.kernel.data_rules import DataRule, Subject, found
from retaguarda.kernel.literal import word
from retaguarda.kernel.periods import days_between
from retaguarda.modules.catalog import api
from retaguarda.modules.catalog.queries.records import READ, TODAY
from retaguarda.modules.company import api as company

_P = api.product.c
SUBJECT = Subject(
    "product",
    READ,
    select(_P.id, _P.name, _P.code.label("sub"), _P.folded, word("catalog.product_page").label("opens")).where(
        ~_P.archived
    ),
)
_PRICE = api.product_price.c
_NAMED = (
    select(
        _P.id,
        _P.name,
        _P.kind,
        _P.unit_code,
        func.lower(_P.name).label("key"),
        func.row_number()
        .over(partition_by=(func.lower(_P.name), _P.kind, _P.unit_code), order_by=(_P.code, _P.id))
        .label("place"),
    )
    .where(~_P.archived)
    .subquery("named")
)
_TWIN = _NAMED.alias("twin")
DATA_RULES = (
    # Every product with the first of its name, that one with the second: both ends of a pair are found. What is counted
    # in another unit is another product.
    DataRule(
        "catalog.same_name",
        "product",
        found(_NAMED.c.id, detail=_TWIN.c.name, other=_TWIN.c.id)
        .select_from(_NAMED)
        .join(
            _TWIN,
            and_(
                _TWIN.c.key == _NAMED.c.key,
                _TWIN.c.kind == _NAMED.c.kind,
                _TWIN.c.unit_code == _NAMED.c.unit_code,
                _TWIN.c.place == case((_NAMED.c.place == 1, 2), else_=1),
            ),
        ),
    ),
    DataRule(
        "catalog.stale_price",
        "product",
        found(_P.id, since=_PRICE.valid_from)
        .select_from(api.product.join(api.product_price, api.price_in_force(TODAY)))
        .where(~_P.archived, days_between(_PRICE.valid_from, TODAY) > company.figure("stale_price_days")),
    ),
)
