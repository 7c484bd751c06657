"""Pure rules of delivery: the states of a shipment and of its volumes, and which verb leads where."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

NONE, PICKED, PACKED, SHIPPED, DELIVERED = "none", "picked", "packed", "shipped", "delivered"
RETURNED = "returned"
IN_HAND = "confirmed"
"""The state of an order on which delivery works."""
STATES = (PICKED, PACKED, SHIPPED, DELIVERED, RETURNED)
TRANSITIONS: Mapping[tuple[str, str], str] = {
    (NONE, "pick"): PICKED,
    (PICKED, "pack"): PACKED,
    (PACKED, "ship"): SHIPPED,
    (SHIPPED, "deliver"): DELIVERED,
    (SHIPPED, "fail"): SHIPPED,
    (PICKED, "return"): RETURNED,
    (PACKED, "return"): RETURNED,
    (SHIPPED, "return"): RETURNED,
}
"""Where a verb leads from a state; `none` is an order without a shipment."""

COMMANDS: Mapping[str, str] = {
    **{verb: f"delivery.{verb}_order" for verb in ("pick", "pack", "ship", "deliver")},
    "fail": "delivery.fail_delivery",
    "return": "delivery.return_shipment",
}
"""The command behind each verb."""

OPEN, CLOSED, VOID = "open", "closed", "void"
VOLUME_STATES = (OPEN, CLOSED, VOID)
"""A volume is filled, then closed; one that was left empty is void."""

OWN_STEP, WHILE_PICKING = "own_step", "while_picking"
"""When goods are packed: by a step of its own, or by whoever picks them."""

ZERO = Decimal(0)


def next_state(state: str, verb: str) -> str | None:
    """The state a verb leads to, None when it has no place now."""
    return TRANSITIONS.get((state, verb))


def verbs(state: str) -> tuple[str, ...]:
    """What may be done with a shipment in this state."""
    return tuple(verb for (was, verb) in TRANSITIONS if was == state)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPack:
    """One line of a shipment: how much of it was picked and how much lies in volumes already."""

    order_line_id: str
    product_id: str
    name: str
    picked: Decimal
    packed: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What still has to be packed."""
        return self.picked - self.packed


def into_volume(lines: Sequence[ToPack], product_id: str, quantity: Decimal) -> tuple[list[ToPack], Decimal]:
    """Which lines a scanned quantity of a product fills, in their order, `packed` being what goes to each; and what
    is left over because no line asks for it."""
    taken: list[ToPack] = []
    for line in lines:
        part = min(quantity, line.left) if line.product_id == product_id else ZERO
        if part > 0:
            taken.append(replace(line, packed=part))
            quantity -= part
    return taken, quantity


DONE, SHORT, DROPPED = "done", "short", "dropped"
LIST_STATES = (OPEN, DONE, SHORT, DROPPED)
"""A pick list is worked on, then everything was found, or something was not, or it was given up."""

PLACE, PICK, SKIP = "place", "pick", "skip"
ENTRY_KINDS = (PLACE, PICK, SHORT, SKIP)
DAMAGED = "damaged"
SHORT_REASONS = ("missing", DAMAGED, "expired", "wrong_label", "unreachable")
"""Why goods were not picked although the books have them there."""


@dataclass(slots=True, kw_only=True)
class Task:
    """A stop of a pick list with what was done there so far."""

    id: str
    position: int
    order_line_id: str
    product_id: str
    name: str
    code: str
    location_id: str
    location_code: str
    lot: str
    quantity: Decimal
    picked: Decimal = ZERO
    short: Decimal = ZERO
    skips: int = 0
    placed: bool = False

    @property
    def left(self) -> Decimal:
        """What is still to be taken, or said to be missing."""
        return self.quantity - self.picked - self.short


def now_of(tasks: Sequence[Task]) -> Task | None:
    """The stop where the picker stands: the first in order that is not done, those that were skipped last."""
    left = [task for task in tasks if task.left > 0]
    return min(left, key=lambda task: (task.skips, task.position), default=None)


def place_wanted(tasks: Sequence[Task], now: Task) -> bool:
    """Whether the place has to be scanned before its goods: not where the whole list lies in one place, and not again
    where the picker has said so already."""
    if len({task.location_id for task in tasks}) == 1:
        return False
    return not any(task.placed or task.picked > 0 for task in tasks if task.location_id == now.location_id)


FAIL_REASONS = ("absent", "address_wrong", "refused", "damaged", "lost", "closed", "no_access", "other")
"""Why a customer did not get the goods."""
GOOD, HELD, LOST = "good", "held", "lost"
CONDITIONS = (GOOD, HELD, LOST)
"""How goods come back: fit to be sold, held back, or not at all."""
WEEKDAYS = ("1", "2", "3", "4", "5", "6", "7")
"""Monday is 1, as ISO counts."""
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")


def minute_of(text: str) -> int | None:
    """The minute of the day of a time (`17:00`), None when it is none."""
    match = _TIME.match(text)
    return None if match is None else int(match[1]) * 60 + int(match[2])


def next_pick_up(weekdays: str, cut_off_minute: int, now: dt.datetime) -> dt.date:
    """The day on which a carrier that comes on these days of the week takes goods along that are ready now."""
    day = now.date()
    if now.hour * 60 + now.minute > cut_off_minute:
        day += dt.timedelta(days=1)
    while str(day.isoweekday()) not in weekdays:
        day += dt.timedelta(days=1)
    return day


PLANNED, OUT, ENDED = "planned", "out", "ended"
ROUTE_STATES = (PLANNED, OUT, ENDED, DROPPED)
ROUTE_MOVES = ((PLANNED, OUT), (OUT, ENDED), (PLANNED, DROPPED))
"""A route is planned, goes out and ends; one that never left is dropped."""
