"""How money is shared out: over receivables, over the accounts it came into, over the lines of a credit note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retaguarda.kernel.money import EXACT, round_money
from retaguarda.modules.billing.rules.charges import NOTHING, Charges, quotient

PARTS = ("principal", "interest", "fine", "discount", "credit")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A receivable to be paid: what is open, what paying costs beside it, at most how much money is meant for it."""

    receivable_id: str
    open_amount: Decimal
    charges: Charges
    most: Decimal | None = None

    @property
    def whole(self) -> Decimal:
        """The money that pays all of it."""
        return self.open_amount + self.charges.extra


@dataclass(frozen=True, slots=True)
class Shared:
    """What of one receivable is paid."""

    receivable_id: str
    principal: Decimal
    interest: Decimal = NOTHING
    fine: Decimal = NOTHING
    discount: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Sums:
    """What a settlement comes to, and what is booked of it against one account."""

    principal: Decimal = NOTHING
    interest: Decimal = NOTHING
    fine: Decimal = NOTHING
    discount: Decimal = NOTHING
    credit: Decimal = NOTHING

    @property
    def money(self) -> Decimal:
        """What all this is together."""
        return self.principal + self.interest + self.fine - self.discount + self.credit


def share_money(money: Decimal, wanted: Sequence[Wanted]) -> tuple[tuple[Shared, ...], Decimal]:
    """What the money pays, in the order asked, and what is left of it.

    A receivable that is not paid whole has its fine and interest paid before its principal (in Brazil Civil Code,
    article 354), and no discount.
    """
    shared: list[Shared] = []
    for want in wanted:
        here = money if want.most is None else min(money, want.most)
        if here <= 0:
            continue
        charges = want.charges
        if here >= want.whole:
            part = Shared(want.receivable_id, want.open_amount, charges.interest, charges.fine, charges.discount)
            here = want.whole
        else:
            fine = min(here, charges.fine)
            interest = min(here - fine, charges.interest)
            part = Shared(want.receivable_id, min(here - fine - interest, want.open_amount), interest, fine)
            here = part.principal + interest + fine
        shared.append(part)
        money -= here
    return tuple(shared), money


def booked_by_money(sums: Sums, moneys: Sequence[Decimal]) -> tuple[Sums, ...]:
    """The sums split over the moneys that came for them, so that each part is its money; the first has the discount."""
    left = {"interest": sums.interest, "fine": sums.fine, "principal": sums.principal, "credit": sums.credit}
    parts: list[Sums] = []
    for place, money in enumerate(moneys):
        discount = sums.discount if place == 0 else NOTHING
        room, taken = money + discount, dict.fromkeys(left, NOTHING)
        for name, rest in left.items():
            taken[name] = min(rest, room)
            room -= taken[name]
            left[name] = rest - taken[name]
        parts.append(Sums(discount=discount, **taken))
    return tuple(parts)


def lines_credited(
    billed_quantity: Decimal,
    billed_amount: Decimal,
    credited_quantity: Decimal,
    credited_amount: Decimal,
    quantity: Decimal,
) -> Decimal:
    """What crediting so much of a billed line gives back; the last of it gives back the last cent."""
    if credited_quantity + quantity >= billed_quantity:
        return billed_amount - credited_amount
    share = quotient(EXACT.multiply(billed_amount, quantity), billed_quantity)
    return min(round_money(share), billed_amount - credited_amount)
