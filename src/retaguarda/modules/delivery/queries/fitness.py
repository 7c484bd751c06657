"""What delivering asks of customers: an address."""

from __future__ import annotations

from sqlalchemy import and_, select

from retaguarda.kernel.data_rules import DataRule, DataUse, found
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_PARTY, _PLACE = party.party, party.party_address.c
_DELIVERED = (
    select(_PARTY.c.id)
    .join(party.customer, and_(party.customer.c.party_id == _PARTY.c.id, party.customer.c.active.is_(True)))
    .where(_PARTY.c.archived.is_(False), _PARTY.c.id.not_in(select(sales.counter_customer.c.party_id)))
)
_HAS_PLACE = select(_PLACE.id).where(_PLACE.party_id == _PARTY.c.id, _PLACE.archived.is_(False)).exists()

USES = (DataUse("delivery", "party", _DELIVERED),)
DATA_RULES = (
    DataRule(
        "delivery.without_address",
        "party",
        found(_PARTY.c.id).where(_PARTY.c.id.in_(_DELIVERED), ~_HAS_PLACE),
        use="delivery",
    ),
)
