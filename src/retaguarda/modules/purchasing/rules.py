"""Pure rules of purchasing: the states of an order, whole packs, how a receipt differs from what was ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from retaguarda.kernel.money import line_amount

ZERO, ONE = Decimal(0), Decimal(1)
STANDS, REVERSED = "stands", "reversed"
"""What becomes of a title of before the program."""
DRAFT, ORDERED, CONFIRMED, CLOSED, CANCELLED = "draft", "ordered", "confirmed", "closed", "cancelled"
STATES = (DRAFT, ORDERED, CONFIRMED, CLOSED, CANCELLED)
TRANSITIONS: Mapping[tuple[str, str], str] = {
    (DRAFT, "revise"): DRAFT,
    (DRAFT, "send"): ORDERED,
    (DRAFT, "cancel"): CANCELLED,
    (ORDERED, "confirm"): CONFIRMED,
    (ORDERED, "amend"): ORDERED,
    (ORDERED, "postpone"): ORDERED,
    (ORDERED, "receive"): ORDERED,
    (ORDERED, "cancel"): CANCELLED,
    (ORDERED, "close"): CLOSED,
    (CONFIRMED, "amend"): CONFIRMED,
    (CONFIRMED, "postpone"): CONFIRMED,
    (CONFIRMED, "receive"): CONFIRMED,
    (CONFIRMED, "cancel"): CANCELLED,
    (CONFIRMED, "close"): CLOSED,
}
"""Where a verb leads from a state; a pair that is not here is refused."""
AWAITED = (ORDERED, CONFIRMED)
"""States in which goods are on their way."""
BILLABLE = (ORDERED, CONFIRMED, CLOSED)
"""States in which a supplier may bill an order."""
BEFORE_RECEIPT = frozenset({"cancel"})
"""Verbs that end once something has come: from there on the rest is closed, not cancelled."""
DIFFERENCES = ("more", "damaged", "wrong", "unordered", "other")
"""Why what came differs from what was ordered: more of it, damaged, something else, nothing of the order."""
REFUSABLE = ("damaged", "wrong", "other")
"""Why something is refused at the door."""
LEAD_DAYS = 5
"""Working days until goods come where no supplier's price says otherwise."""


def next_state(state: str, verb: str, received: bool = False) -> str | None:
    """The state a verb leads to, None when it has no place now; `received`: some of it has come."""
    if received and verb in BEFORE_RECEIPT:
        return None
    return TRANSITIONS.get((state, verb))


def verbs(state: str, received: bool) -> tuple[str, ...]:
    """What may be done with an order in this state, in the order of the table."""
    return tuple(verb for (was, verb) in TRANSITIONS if was == state and next_state(state, verb, received) is not None)


def whole_packs(quantity: Decimal, pack: Decimal, least: Decimal = ZERO) -> Decimal:
    """At least `quantity` and `least`, in whole packs."""
    packs = (max(quantity, least) / pack).to_integral_value(rounding=ROUND_CEILING)
    return packs * pack


@dataclass(frozen=True, slots=True)
class Match:
    """How a billed line stands to order and receipt: how much too much, what the price differs by, whether that is
    within the tolerance."""

    too_many: Decimal
    price_difference: Decimal
    within: bool


def match_line(
    quantity: Decimal, net_amount: Decimal, order_price: Decimal, to_bill: Decimal, tolerance: Decimal
) -> Match:
    """Compares a billed line with what was ordered and has come; `tolerance` is a share of either."""
    too_many = max(ZERO, quantity - max(ZERO, to_bill))
    agreed = line_amount(quantity, order_price)
    difference = net_amount - agreed
    within = too_many <= max(ZERO, to_bill) * tolerance and abs(difference) <= agreed * tolerance
    return Match(too_many, difference, within)


def to_credit(quantity: Decimal, received: Decimal, returned: Decimal, invoiced: Decimal, credited: Decimal) -> Decimal:
    """How much of what goes back now had been billed beyond what stays here: the supplier owes it."""
    beyond = invoiced - credited - (received - returned - quantity)
    return min(quantity, max(ZERO, beyond))


def lower(amount: Decimal, parts: list[tuple[str, Decimal]]) -> tuple[list[tuple[str, Decimal]], Decimal]:
    """Takes `amount` off open parts (key, open), in order: what is taken off each, and what is left over."""
    taken = []
    for key, still in parts:
        part = min(amount, still)
        if part > ZERO:
            taken.append((key, part))
            amount -= part
    return taken, amount
