"""How much of a customer's credit is used: what was invoiced and not paid, and what was promised and not invoiced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api as billing
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

READ_CREDIT = "sales.read_credit"
_CUSTOMER = party.customer.c
_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CustomerCreditRow:
    """A customer's credit in the whole company, whatever branch sold. Without a limit nothing is free and nothing
    over."""

    id: str
    credit_limit: Decimal | None
    owed_amount: Decimal
    ordered_amount: Decimal

    @property
    def used(self) -> Decimal:
        """Invoiced and not paid, confirmed and not invoiced."""
        return self.owed_amount + self.ordered_amount

    @property
    def free(self) -> Decimal | None:
        """What may still be sold on credit."""
        return None if self.credit_limit is None else max(_NOTHING, self.credit_limit - self.used)

    @property
    def over(self) -> Decimal | None:
        """How much more is used than the limit allows; None while it is not."""
        within = self.credit_limit is None or self.used <= self.credit_limit
        return None if within else self.used - (self.credit_limit or _NOTHING)


customer_credit = Query(
    "sales.customer_credit",
    CustomerCreditRow,
    select(
        _CUSTOMER.party_id.label("id"),
        _CUSTOMER.credit_limit_amount.label("credit_limit"),
        billing.owed_by(_CUSTOMER.party_id).label("owed_amount"),
        api.ordered_by(_CUSTOMER.party_id).label("ordered_amount"),
    ).where(_CUSTOMER.active.is_(True)),
    permission=READ_CREDIT,
    key=_CUSTOMER.party_id,
    order="id",
)
