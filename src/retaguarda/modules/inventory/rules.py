"""Pure rules of the inventory: whose reservation breaks first, from which place to pick."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import Protocol

from retaguarda.kernel.money import AMOUNT_SCALE, EXACT, round_money

ZERO = Decimal(0)
RECEIPT, COUNT, DAMAGE, TRANSFER = "receipt", "count", "damage", "transfer"
SHIP, RETURN, BACK = "ship", "return", "back"
OPENING, REVERSAL = "opening", "reversal"
"""Goods that were there when the shop began with the program; the document that takes them back moves by the same
kind."""
_LONG = Context(prec=28)
UNIT_COST_SCALE = 10
"""Digits of an average cost: quantity times average gives the value to the cent up to a hundred million pieces."""
Document = tuple[str, str]
"""What a ledger row stands for: the table and the key of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """What is reserved for one line of a document: on hand, or pegged to an expected movement. Of a kit it is a part:
    `kit_id` is what the line sells, `per_kit` how much of the part goes into one."""

    document: Document
    line_id: str
    product_id: str
    warehouse_id: str
    quantity: Decimal
    expected_id: str | None = None
    priority: int = 0
    promised_on: dt.date | None = None
    kit_id: str | None = None
    per_kit: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What lies picked for one line of a document, and from which place it was taken; of what is tracked by number,
    `serials` are the pieces that the picker named."""

    document: Document
    line_id: str
    product_id: str
    location_id: str
    lot: str
    quantity: Decimal
    tracking: str = ""
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One place as a picker sees it: what may be taken (`quantity`), in the order of the route."""

    product_id: str
    warehouse_id: str
    location_id: str
    lot: str
    quantity: Decimal
    tracking: str = ""


def weakest_first(rows: Iterable[Reserved]) -> list[Reserved]:
    """The order in which reservations break: lowest priority, latest promise (none is the latest), newest line."""

    def strength(row: Reserved) -> tuple[int, int, str]:
        days_left = -(row.promised_on or dt.date.max).toordinal()
        # Keys are in order of creation, so the newest line has the greatest; it breaks first.
        return row.priority, days_left, "".join(chr(255 - ord(c)) for c in row.line_id)

    return sorted(rows, key=strength)


def break_reservations(rows: Iterable[Reserved], excess: Decimal) -> list[Reserved]:
    """What to take from whom so that `excess` less is reserved: rows with the quantity each of them loses."""
    broken: list[Reserved] = []
    for row in weakest_first(rows):
        if excess <= 0:
            break
        lost = min(row.quantity, excess)
        broken.append(replace(row, quantity=lost))
        excess -= lost
    return broken


def allot(quantity: Decimal, bins: Sequence[Bin]) -> tuple[list[Bin], Decimal]:
    """Takes `quantity` from bins in their order: the takings, and what is left over."""
    taken: list[Bin] = []
    for place in bins:
        if quantity <= 0:
            break
        part = min(quantity, place.quantity)
        if part > 0:
            taken.append(replace(place, quantity=part))
            quantity -= part
    return taken, quantity


def less(bins: Sequence[Bin], taken: Sequence[Bin]) -> list[Bin]:
    """The bins after what was taken from them."""
    used: dict[tuple[str, str, str], Decimal] = {}
    for row in taken:
        key = (row.product_id, row.location_id, row.lot)
        used[key] = used.get(key, ZERO) + row.quantity
    return [replace(b, quantity=b.quantity - used.get((b.product_id, b.location_id, b.lot), ZERO)) for b in bins]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a product stands at: how much of it is owned, its value, its average cost.

    `amount` is always `worth(quantity, unit_cost)`. While the quantity is not above zero the last average stands.
    """

    quantity: Decimal = ZERO
    amount: Decimal = ZERO
    unit_cost: Decimal = ZERO


def worth(quantity: Decimal, unit_cost: Decimal) -> Decimal:
    """The value of a quantity at a cost, in whole cents, halves away from zero."""
    return round_money(EXACT.multiply(quantity, unit_cost))


def share(amount: Decimal, part: Decimal, whole: Decimal, scale: int = AMOUNT_SCALE) -> Decimal:
    """The share of an amount that `part` of `whole` has, with `scale` digits, halves away from zero."""
    return round_money(_LONG.divide(EXACT.multiply(amount, part), whole), scale)


def goes_out(there: Standing, quantity: Decimal) -> tuple[Decimal, Standing]:
    """What `quantity` takes with it at the average that stands, and what stays."""
    left = there.quantity - quantity
    stays = worth(left, there.unit_cost)
    return there.amount - stays, Standing(left, stays, there.unit_cost)


def comes_in(
    there: Standing, arrivals: Sequence[tuple[Decimal, Decimal | None]]
) -> tuple[list[Decimal], Decimal, Standing]:
    """What arrivals (quantity, and cost or None for the average that stands) bring: the cost of each, the difference
    that is posted beside them, and what stands then.

    The difference is what covers goods sold below zero at another cost than they now turn out to have.
    """
    costs: list[Decimal] = []
    counted = there.quantity
    for quantity, cost in arrivals:
        more = worth(counted + quantity, there.unit_cost) - worth(counted, there.unit_cost)
        costs.append(more if cost is None else cost)
        counted += quantity
    came = counted - there.quantity
    unit_cost = there.unit_cost
    if counted > 0 and any(cost is not None for _, cost in arrivals):
        brought = sum(costs, ZERO)
        held = max(ZERO, there.quantity)
        before = there.amount if held else ZERO
        unit_cost = share(before + brought, Decimal(1), held + came, UNIT_COST_SCALE)
    amount = worth(counted, unit_cost)
    difference = amount - there.amount - sum(costs, ZERO)
    return costs, difference, Standing(counted, amount, unit_cost)


def taken_back(there: Standing, quantity: Decimal, amount: Decimal, unit_cost: Decimal = ZERO) -> Standing:
    """What stands without arrivals that brought so much and were worth that `amount`, as if they had never come; where
    nothing is left, `unit_cost` is the average that stood before them."""
    left, stays = there.quantity - quantity, there.amount - amount
    return Standing(left, stays, share(stays, Decimal(1), left, UNIT_COST_SCALE) if left else unit_cost)


NONE, LOT, SERIAL = "none", "lot", "serial"
TRACKING = (NONE, LOT, SERIAL)


class Arrival(Protocol):
    """What goods that come in say of themselves."""

    @property
    def product_id(self) -> str: ...
    @property
    def location_id(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def lot(self) -> str: ...
    @property
    def expires_on(self) -> dt.date | None: ...
    @property
    def serials(self) -> tuple[str, ...]: ...


ArrivalFault = tuple[str, str, dict[str, object]]
"""Field, code and parameters."""


def arrival_faults(
    rows: Sequence[Arrival],
    tracking: Mapping[str, str],
    expiries: Mapping[tuple[str, str], dt.date | None],
    in_stock: set[tuple[str, str]],
) -> list[ArrivalFault]:
    """What arrivals lack, line by line: a lot, its one expiry, as many different new serial numbers as pieces."""
    faults: list[ArrivalFault] = []
    seen: set[tuple[str, str]] = set()
    for n, row in enumerate(rows, 1):
        how = tracking.get(row.product_id, NONE)
        if how == LOT and not row.lot:
            faults.append((f"lines.{n}.lot", "inventory.lot_needed", {}))
        known = expiries.get((row.product_id, row.lot), row.expires_on)
        if row.expires_on is not None and row.expires_on != known:
            faults.append((f"lines.{n}.expires_on", "inventory.lot_expires_otherwise", {"lot": row.lot, "day": known}))
        if how == SERIAL and len(row.serials) != row.quantity:
            params: dict[str, object] = {"quantity": row.quantity, "named": len(row.serials)}
            faults.append((f"lines.{n}.serials", "inventory.serials_needed", params))
        for number in row.serials:
            piece = (row.product_id, number)
            if how != SERIAL:
                faults.append((f"lines.{n}.serials", "inventory.serials_not_tracked", {}))
                break
            if piece in in_stock or piece in seen:
                faults.append((f"lines.{n}.serials", "inventory.serial_there_already", {"number": number}))
            seen.add(piece)
    return faults


def whole_kits(parts: Mapping[str, Decimal], free: Mapping[str, Decimal]) -> Decimal:
    """How many whole kits can be put together of what is free of their parts."""
    return min((Decimal(max(ZERO, free.get(key, ZERO)) // per) for key, per in parts.items()), default=ZERO)


def kits_of(rows: Iterable[Reserved]) -> list[Reserved]:
    """Reservations as the lines know them: the parts of a kit are as many kits as the scarcest of them allows."""
    rows = list(rows)
    plain = [row for row in rows if row.kit_id is None]
    kits: dict[tuple[str, str, str], list[Reserved]] = {}
    for row in rows:
        if row.kit_id is not None:
            kits.setdefault((row.line_id, row.kit_id, row.warehouse_id), []).append(row)
    for (_, kit_id, _), parts in kits.items():
        whole = Decimal(min(part.quantity // (part.per_kit or part.quantity) for part in parts))
        plain.append(replace(parts[0], product_id=kit_id, quantity=whole, kit_id=None, per_kit=None))
    return [row for row in plain if row.quantity > 0]


COUNT_EVERY: Mapping[str, int] = {"A": 30, "B": 90, "C": 180}
"""After how many days a place is due to be counted again, by the class of its product."""
_SHARES = (("A", Decimal("0.80")), ("B", Decimal("0.95")))


def count_classes(moved: Mapping[str, Decimal]) -> dict[str, str]:
    """The class of each product by the value that left of it: those that make up the first four fifths are A, up to
    95 % B, the rest C."""
    total = sum(moved.values(), ZERO)
    found: dict[str, str] = {}
    before = ZERO
    for product_id, value in sorted(moved.items(), key=lambda pair: (-pair[1], pair[0])):
        found[product_id] = next((c for c, share in _SHARES if value > 0 and before < total * share), "C")
        before += value
    return found


def serial_numbers(text: str) -> tuple[str, ...]:
    """The serial numbers of a text: apart by spaces, commas, semicolons or lines, as scanned or pasted."""
    return tuple(re.split(r"[\s,;]+", text.strip())) if text.strip() else ()
