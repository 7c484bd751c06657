"""What shipping asks of a carrier: whether it is one, when it comes next and when the goods are there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import api
from retaguarda.modules.party import api as party

_PARTY_ID = bindparam("party_id", type_=party.carrier.c.party_id.type)
CARRIER = Statement(select(party.carrier.c.id).where(party.carrier.c.party_id == _PARTY_ID, party.carrier.c.active))
TERMS_OF = Statement(select(api.carrier_terms).where(api.carrier_terms.c.party_id == _PARTY_ID))


def expected_by(unit: Unit, order: Any, carrier_id: str | None) -> dt.date | None:
    """The day on which a carrier that takes the goods now brings them; None where nobody knows. Refuses a party that
    is no carrier."""
    if carrier_id is None:
        return None
    if unit.one(CARRIER, party_id=carrier_id) is None:
        raise Invalid(Fault("carrier_id", "delivery.not_a_carrier"))
    terms = unit.one(TERMS_OF, party_id=carrier_id)
    return None if terms is None else api.arrival(unit, order.branch_id, terms)
