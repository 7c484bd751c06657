"""What a late payment costs and an early one saves, by the company's rates: fine once, interest by the day.

The fine falls once on what was still owed when the free days were over (in Brazil at most 2 per cent to consumers: Law
8,078/1990, article 52, paragraph 1). Interest is the monthly rate by the day of a month of thirty days, simple, on what
was owed on each of those days, from the due day on (1 per cent a month: Civil Code, article 406, and Law 5,172/1966,
article 161, paragraph 1). A due day on which the branch is closed costs nothing when paid on the next working day (Law
7,089/1983): `free_until` is that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Context, Decimal

from retaguarda.kernel.money import EXACT, round_money

DAYS_OF_A_MONTH = 30
NOTHING = Decimal("0.00")


_QUOTIENT = Context(prec=36, rounding=ROUND_DOWN)


def quotient(amount: Decimal, by: Decimal) -> Decimal:
    """The amount divided, cut after digits that no cent depends on: what is cut never lies on a half."""
    return _QUOTIENT.divide(amount, by)


@dataclass(frozen=True, slots=True)
class Late:
    """The company's rates as shares: fine, interest a month, days of grace; discount for paying so many days early."""

    fine_rate: Decimal = Decimal(0)
    monthly_rate: Decimal = Decimal(0)
    grace_days: int = 0
    early_rate: Decimal = Decimal(0)
    early_days: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled on one day: principal (with the discount in it), interest and fine; below zero when reversed."""

    day: dt.date
    principal: Decimal
    interest: Decimal = NOTHING
    fine: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Owing:
    """One receivable as the rules see it."""

    due_amount: Decimal
    due_on: dt.date
    free_until: dt.date
    settled: Sequence[Settled] = field(default_factory=tuple)

    @property
    def open_amount(self) -> Decimal:
        """The principal still owed."""
        return self.due_amount - sum((s.principal for s in self.settled), Decimal(0))


@dataclass(frozen=True, slots=True)
class Charges:
    """What paying all of a receivable on a day costs beside the principal, and saves."""

    fine: Decimal = NOTHING
    interest: Decimal = NOTHING
    discount: Decimal = NOTHING

    @property
    def extra(self) -> Decimal:
        """Fine and interest less discount."""
        return self.fine + self.interest - self.discount


def charges_of(owing: Owing, on: dt.date, late: Late) -> Charges:
    """Fine and interest that are due on that day and not paid yet, or the discount for paying all of it early."""
    if owing.open_amount <= 0:
        return Charges()
    free_until = owing.free_until + dt.timedelta(days=late.grace_days)
    if on <= free_until:
        return Charges(discount=_early(owing, on, late))
    owed = owing.due_amount - sum((s.principal for s in owing.settled if s.day <= free_until), Decimal(0))
    fine = round_money(EXACT.multiply(owed, late.fine_rate)) - sum((s.fine for s in owing.settled), Decimal(0))
    product, since = Decimal(0), owing.due_on
    for settled in sorted(owing.settled, key=lambda s: s.day):
        if free_until < settled.day < on:
            product += owed * (settled.day - since).days
            owed, since = owed - settled.principal, settled.day
    product += owed * (on - since).days
    interest = round_money(quotient(EXACT.multiply(product, late.monthly_rate), Decimal(DAYS_OF_A_MONTH)))
    interest -= sum((s.interest for s in owing.settled), Decimal(0))
    return Charges(max(fine, NOTHING), max(interest, NOTHING))


def _early(owing: Owing, on: dt.date, late: Late) -> Decimal:
    if not late.early_rate or (owing.due_on - on).days < max(late.early_days, 1):
        return NOTHING
    return round_money(EXACT.multiply(owing.open_amount, late.early_rate))
