"""Pure rules of purchasing: the states of an order, whole packs, how a receipt differs from what was ordered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

ZERO, ONE = Decimal(0), Decimal(1)
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
BEFORE_RECEIPT = frozenset({"cancel"})
"""Verbs that end once something has come: from there on the rest is closed, not cancelled."""
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
