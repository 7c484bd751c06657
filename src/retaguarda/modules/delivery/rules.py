"""Pure rules of delivery: the states of a shipment and which verb leads where."""

from __future__ import annotations

from collections.abc import Mapping

NONE, PICKED, SHIPPED, DELIVERED = "none", "picked", "shipped", "delivered"
IN_HAND = "confirmed"
"""The state of an order on which delivery works."""
STATES = (PICKED, SHIPPED, DELIVERED)
TRANSITIONS: Mapping[tuple[str, str], str] = {
    (NONE, "pick"): PICKED,
    (PICKED, "ship"): SHIPPED,
    (SHIPPED, "deliver"): DELIVERED,
}
"""Where a verb leads from a state; `none` is an order without a shipment."""


def next_state(state: str, verb: str) -> str | None:
    """The state a verb leads to, None when it has no place now."""
    return TRANSITIONS.get((state, verb))


def verbs(state: str) -> tuple[str, ...]:
    """What may be done with a shipment in this state."""
    return tuple(verb for (was, verb) in TRANSITIONS if was == state)
