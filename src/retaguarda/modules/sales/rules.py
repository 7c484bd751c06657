"""Pure rules of sales: the states of an order, what counts as a discount, which typed line is which stored one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

QUOTATION, CONFIRMED, HELD, CANCELLED, CLOSED = "quotation", "confirmed", "held", "cancelled", "closed"
STATES = (QUOTATION, CONFIRMED, HELD, CANCELLED, CLOSED)
TRANSITIONS: Mapping[tuple[str, str], str] = {
    (QUOTATION, "revise"): QUOTATION,
    (QUOTATION, "confirm"): CONFIRMED,
    (QUOTATION, "decline"): CANCELLED,
    (CONFIRMED, "amend"): CONFIRMED,
    (CONFIRMED, "hold"): HELD,
    (CONFIRMED, "invoice"): CONFIRMED,
    (CONFIRMED, "cancel"): CANCELLED,
    (CONFIRMED, "close"): CLOSED,
    (HELD, "resume"): CONFIRMED,
    (HELD, "cancel"): CANCELLED,
}
"""Where a verb leads from a state; a pair that is not here is refused."""

ONCE_BILLED = frozenset({"amend", "cancel", "invoice"})
"""Verbs that end once the order is billed: from there on the invoice has to be reversed first."""

BILLED_CONFIRMED, BILLED_SHIPPED = "confirmed", "shipped"
INVOICE_POLICIES = (BILLED_CONFIRMED, BILLED_SHIPPED)
"""When an order is billed: once it is confirmed, or once its goods have left. It keeps what the company said when it
was made."""

CHANNELS = ("counter", "phone", "email", "whatsapp", "site")
HANDOVERS = ("delivery", "pickup")
STOCK = "stock"
LEAD_WORKING_DAYS = 2
"""The day that is promised when nobody named one: so many working days from today."""

DISCOUNT, PRICE, CREDIT = "discount", "price", "credit"
APPROVALS = (DISCOUNT, PRICE, CREDIT)
"""What may be let through beyond somebody's rights: a discount, a price under the floor, credit over the limit."""

GOOD, DAMAGED, TO_INSPECT = "good", "damaged", "inspect"
CONDITIONS = (GOOD, DAMAGED, TO_INSPECT)
"""How goods come back; only good ones go on sale again."""
RETURN_REASONS = ("defect", "wrong_goods", "not_wanted", "damaged", "other")
BALANCE, MONEY = "balance", "money"
REFUNDS = (BALANCE, MONEY)

CASH, ON_CREDIT = "cash", "credit"
TO_THE_BANK = ("pix", "debit", "card")
WAYS = (CASH, *TO_THE_BANK, ON_CREDIT)
"""How one pays at the counter; `credit` is what the customer has in credit."""

ON_SALE, ON_RECEIPT = "sale", "receipt"
BASES = (ON_SALE, ON_RECEIPT)
"""What a commission is a share of: what was sold, or what was received of it."""

LISTED, TYPED = "list", "typed"
"""Where a line's price comes from: a price list (its name beside it), or the person."""

_RATE = Decimal("0.000001")
_PRICE = Decimal("0.0001")


def next_state(state: str, verb: str, billed: bool = False) -> str | None:
    """The state a verb leads to, None when it has no place now."""
    if billed and verb in ONCE_BILLED:
        return None
    return TRANSITIONS.get((state, verb))


def verbs(state: str, billed: bool) -> tuple[str, ...]:
    """What may be done with an order in this state, in the order of the table."""
    return tuple(verb for (was, verb) in TRANSITIONS if was == state and not (billed and verb in ONCE_BILLED))


def discount_of(list_price: Decimal | None, unit_price: Decimal, discount_rate: Decimal) -> Decimal:
    """The whole discount of a line against the list, as a share: a price below the list is a discount too.

    A price above the list makes up for nothing: the discount granted on it still counts.
    """
    if not list_price or unit_price >= list_price:
        return discount_rate
    paid = unit_price * (1 - discount_rate) / list_price
    return max(discount_rate, (1 - paid).quantize(_RATE, rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Tendered:
    """What was handed over for a sale: what each way pays of it, the change, and what is missing or too much."""

    ways: Mapping[str, Decimal]
    change: Decimal
    missing: Decimal
    over: Decimal


def tendered(asked: Mapping[str, Decimal | None], total: Decimal) -> Tendered:
    """How the ways pay the total: only cash gives change; where no money is named the rest is paid in cash."""
    nothing = Decimal("0.00")
    ways = {way: amount for way, amount in asked.items() if amount}
    if all(asked.get(way) is None for way in WAYS if way != ON_CREDIT):
        ways[CASH] = max(nothing, total - ways.get(ON_CREDIT, nothing))
    beyond = sum(ways.values(), nothing) - total
    change = min(ways.get(CASH, nothing), max(beyond, nothing))
    if change:
        ways[CASH] -= change
    return Tendered(ways, change, max(-beyond, nothing), max(beyond - change, nothing))


def floor_of(unit_cost: Decimal, margin: Decimal) -> Decimal:
    """The lowest price that leaves this share of itself as margin over the cost."""
    return (unit_cost / (1 - margin)).quantize(_PRICE, rounding=ROUND_UP)


def paid_price(unit_price: Decimal, discount_rate: Decimal) -> Decimal:
    """What is paid for one unit."""
    return (unit_price * (1 - discount_rate)).quantize(_PRICE, rounding=ROUND_HALF_UP)


def pair_lines(stored: Sequence[tuple[str, str]], asked: Sequence[tuple[str | None, str]]) -> tuple[str | None, ...]:
    """For each asked line (id or None, product) the id of the stored line (id, product) that it is, None for a new one.

    A line that names its id is that line if the product is the same; the others take the first free stored line of
    their product. Stored lines that nobody claims have been taken out.
    """
    product_of = dict(stored)
    free = dict.fromkeys(key for key, _ in stored)
    found: list[str | None] = [None] * len(asked)
    for i, (key, product) in enumerate(asked):
        if key is not None and key in free and product_of[key] == product:
            found[i] = key
            del free[key]
    for i, (_, product) in enumerate(asked):
        if found[i] is None:
            found[i] = next((key for key in free if product_of[key] == product), None)
            if found[i] is not None:
                del free[str(found[i])]
    return tuple(found)
