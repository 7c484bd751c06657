"""What an invoice asks of products and customers, and which of them are not fit for it."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from retaguarda.kernel.data_rules import DataRule, DataUse, found
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.party import api as party

_P, _PARTY = catalog.product, party.party
_BILLED = (
    select(_PARTY.c.id)
    .join(party.customer, and_(party.customer.c.party_id == _PARTY.c.id, party.customer.c.active.is_(True)))
    .where(_PARTY.c.archived.is_(False), _PARTY.c.kind == "company")
)
_ON_SALE = _P.c.archived.is_(False)

USES = (
    DataUse("invoicing", "product", select(_P.c.id).where(_ON_SALE)),
    DataUse("invoicing", "party", _BILLED),
)
DATA_RULES = (
    DataRule(
        "billing.without_tax_code",
        "product",
        found(_P.c.id).where(_ON_SALE, func.coalesce(_P.c.tax_code, "") == ""),
        use="invoicing",
    ),
    DataRule(
        "billing.without_tax_id",
        "party",
        found(_PARTY.c.id).where(_PARTY.c.id.in_(_BILLED), _PARTY.c.tax_id.is_(None)),
        use="invoicing",
    ),
)
