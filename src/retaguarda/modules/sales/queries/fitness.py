"""What selling and serving ask of products and customers, and which of them are not fit for it."""

from __future__ import annotations

from sqlalchemy import Date, and_, bindparam, select

from retaguarda.kernel.data_rules import DataRule, DataUse, found
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

_P, _PARTY, _CONTACT = catalog.product, party.party, party.party_contact
_SOLD = _P.c.archived.is_(False)
_GOODS, _SERVICES = and_(_SOLD, _P.c.kind == catalog.STOCK), and_(_SOLD, _P.c.kind == catalog.SERVICE)
_PRICED = select(catalog.product_price.c.id).where(catalog.price_in_force(bindparam("today", type_=Date()))).exists()
_L, _O = api.sales_order_line.c, api.sales_order.c
_EVER_SOLD = (
    select(_L.id)
    .join(api.sales_order, _O.id == _L.order_id)
    .where(_L.product_id == _P.c.id, _L.active.is_(True), _O.state.in_(("confirmed", "held", "closed")))
    .exists()
)
_NAMED = select(api.counter_customer.c.party_id)
_SERVED = (
    select(_PARTY.c.id)
    .join(party.customer, and_(party.customer.c.party_id == _PARTY.c.id, party.customer.c.active.is_(True)))
    .where(_PARTY.c.archived.is_(False), _PARTY.c.id.not_in(_NAMED))
)
_REACHED = select(_CONTACT.c.id).where(_CONTACT.c.party_id == _PARTY.c.id, _CONTACT.c.archived.is_(False)).exists()

USES = (
    DataUse("sales", "product", select(_P.c.id).where(_GOODS)),
    DataUse("services", "product", select(_P.c.id).where(_SERVICES)),
    DataUse("service", "party", _SERVED),
)
DATA_RULES = (
    DataRule(
        "sales.goods_without_price",
        "product",
        found(_P.c.id).where(_GOODS, ~_PRICED),
        use="sales",
        refusal="sales.no_price",
    ),
    DataRule(
        "sales.service_without_price",
        "product",
        found(_P.c.id).where(_SERVICES, ~_PRICED),
        use="services",
        refusal="sales.no_price",
    ),
    DataRule("sales.never_sold", "product", found(_P.c.id).where(_SOLD, ~_EVER_SOLD)),
    DataRule(
        "sales.without_contact",
        "party",
        found(_PARTY.c.id).where(_PARTY.c.id.in_(_SERVED), ~_REACHED),
        use="service",
    ),
)
