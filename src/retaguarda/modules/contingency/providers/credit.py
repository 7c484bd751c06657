"""Ways forward when an order would go beyond the customer's credit limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.money import line_parts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.contingency.api import Ground, Provider
from retaguarda.modules.contingency.providers.wanted import Amending, Placing, Quotation, Wanted, wanted
from retaguarda.modules.contingency.rules import ZERO, Way


@dataclass(frozen=True)
class OverLimit:
    """What is wanted, of whom, and by how much it goes beyond the limit."""

    want: Wanted
    customer_id: str
    limit: Decimal
    used: Decimal
    needed: Decimal

    @property
    def over(self) -> Decimal:
        """So much too much."""
        return self.used + self.needed - self.limit


def over_limit(unit: Unit, failure: FailureFacts) -> OverLimit | None:
    """What the failure said of the limit; what has changed since is found out when the ways are tried."""
    want = wanted(unit, failure)
    if isinstance(want, Quotation | Amending):
        customer_id = str(want.order.customer_id)
    elif isinstance(want, Placing):
        customer_id = failure.subject_id
    else:
        return None
    limit, used, needed = (Decimal(str(failure.params[name])) for name in ("limit", "used", "needed"))
    return OverLimit(want, customer_id, limit, used, needed)


def collected(ground: Ground) -> Iterator[Way]:
    """The customer pays so much of what is owed that the order fits."""
    found = ground.once(over_limit)
    steps = found.want.write() if found else None
    if found and steps and found.used >= found.over:
        paid = {"party_id": found.customer_id, "amount": str(found.over), "method": "cash"}
        params = {"amount": found.over}
        yield Way("collect", (("billing.receive_payment", paid), *steps), params, found.want.promised_on)


def paid_at_once(ground: Ground) -> Iterator[Way]:
    """The customer takes the goods along and pays them now: then nothing is owed."""
    found = ground.once(over_limit)
    if found is None or isinstance(found.want, Amending):
        return
    want = found.want
    sold = [{name: value for name, value in line.said.items() if name != "line_id"} for line in want.lines]
    sale = {"customer_id": found.customer_id, "branch_id": want.branch_id, "lines": sold}
    steps = [("sales.sell_at_counter", sale)]
    if isinstance(want, Quotation):
        steps.insert(0, ("sales.decline_quotation", {"order_id": want.order.id, "reason": want.named}))
    yield Way("pay_now", tuple(steps), {"amount": found.needed}, ground.unit.today)


def raised(ground: Ground) -> Iterator[Way]:
    """The limit becomes as high as the order needs."""
    found = ground.once(over_limit)
    steps = found.want.write() if found else None
    if found and steps:
        limit = found.used + found.needed
        step = ("party.set_credit_limit", {"party_id": found.customer_id, "credit_limit": str(limit)})
        yield Way("raise_limit", (step, *steps), {"amount": limit}, found.want.promised_on)


def cut_to_fit(ground: Ground) -> Iterator[Way]:
    """So much of the order as the limit allows: the lines from the first on, the last that fits in part."""
    found = ground.once(over_limit)
    if found is None or isinstance(found.want, Amending):
        return
    lines = _fitting(ground.unit, found.want, found.limit - found.used)
    steps = found.want.write(lines) if lines else None
    if steps:
        params = {"amount": found.limit - found.used}
        yield Way("within_limit", steps, params, found.want.promised_on, complete=False)


def _fitting(unit: Unit, want: Wanted, room: Decimal) -> Sequence[Mapping[str, Any]]:
    digits = {key: facts.decimals for key, facts in catalog.products(unit, [x.product_id for x in want.lines]).items()}
    found = []
    for line in want.lines:
        net = line_parts(line.quantity, line.unit_price, line.discount_rate).net
        quantity = line.quantity
        if net > room:
            smallest = Decimal(1).scaleb(-digits[line.product_id])
            quantity = (line.quantity * max(ZERO, room) / net).quantize(smallest, rounding=ROUND_DOWN)
        if quantity > ZERO:
            found.append(line.of(quantity))
            room -= line_parts(quantity, line.unit_price, line.discount_rate).net
    return found


CREDIT: Mapping[str, Provider] = {
    "collect": collected,
    "pay_now": paid_at_once,
    "raise_limit": raised,
    "within_limit": cut_to_fit,
}
"""Who knows what an order beyond the limit could be answered with."""
