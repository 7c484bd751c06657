"""The credit check: one seller after the other, under the customer's lock, against what is owed and promised."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.approving import EXCEED_CREDIT, Approving

NO_CREDIT = "sales.no_credit"
_PARTY = bindparam("party_id", type_=Key())
USED = Statement(
    select(
        billing.owed_by(_PARTY).label("owed"),
        api.ordered_by(_PARTY, but=bindparam("order_id", type_=Key())).label("ordered"),
    )
)


def demand_credit(
    unit: Unit,
    approving: Approving,
    customer: party.CustomerFacts,
    needed: Decimal,
    *,
    code: str,
    order_id: str,
    subject: tuple[str, str],
    **said: Any,
) -> None:
    """Refuses with `code` what would use more than the customer's limit, unless somebody with the right lets it pass.

    Customers without a limit cost nothing. With one their row is locked first and only then read what is used, so that
    of two sellers at once the second sees what the first has sold.
    """
    if customer.credit_limit is None or needed <= 0:
        return
    limit = party.lock_credit(unit, customer.id)
    if limit is None:
        return
    found = unit.one(USED, party_id=customer.id, order_id=order_id)
    assert found is not None
    used = found.owed + found.ordered
    if used + needed <= limit:
        return
    if approving.lets(EXCEED_CREDIT):
        approving.note(rules.CREDIT, used + needed, limit, permission=EXCEED_CREDIT)
        return
    raise Shortfall(
        code,
        subject=subject,
        cause_key=NO_CREDIT,
        customer=customer.name,
        limit=limit,
        used=used,
        needed=needed,
        over=used + needed - limit,
        **said,
    )
