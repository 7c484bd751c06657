"""What paying late costs and early saves, to the cent and to the day."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.modules.billing.rules import (
    Charges,
    Late,
    Owing,
    Settled,
    Sums,
    Wanted,
    booked_by_money,
    charges_of,
    lines_credited,
    share_money,
)

DUE = dt.date(2026, 11, 20)
RATES = Late(Decimal("0.02"), Decimal("0.01"))


def owing(amount: str = "300.00", *settled: Settled, free: int = 0) -> Owing:
    return Owing(Decimal(amount), DUE, DUE + dt.timedelta(days=free), settled)


def day(after: int) -> dt.date:
    return DUE + dt.timedelta(days=after)


@pytest.mark.parametrize(
    ("after", "fine", "interest"),
    [(-3, "0.00", "0.00"), (0, "0.00", "0.00"), (1, "6.00", "0.10"), (30, "6.00", "3.00"), (45, "6.00", "4.50")],
)
def test_fine_once_and_interest_by_the_day(after: int, fine: str, interest: str) -> None:
    assert charges_of(owing(), day(after), RATES) == Charges(Decimal(fine), Decimal(interest))


def test_a_due_day_without_work_is_paid_freely_on_the_next_one() -> None:
    assert charges_of(owing(free=2), day(2), RATES) == Charges()
    late = charges_of(owing(free=2), day(3), RATES)
    assert late == Charges(Decimal("6.00"), Decimal("0.30")), "from the due day on, not from the free one"


def test_days_of_grace_put_off_everything() -> None:
    kind = Late(Decimal("0.02"), Decimal("0.01"), grace_days=5)
    assert charges_of(owing(), day(5), kind) == Charges()
    assert charges_of(owing(), day(6), kind) == Charges(Decimal("6.00"), Decimal("0.60"))


def test_what_was_paid_in_time_costs_nothing() -> None:
    half = Settled(day(-1), Decimal("150.00"))
    assert charges_of(owing("300.00", half), day(30), RATES) == Charges(Decimal("3.00"), Decimal("1.50"))


def test_interest_runs_on_what_is_left_and_no_charge_is_asked_twice() -> None:
    paid = Settled(day(30), Decimal("200.00"), interest=Decimal("3.00"), fine=Decimal("6.00"))
    assert charges_of(owing("300.00", paid), day(30), RATES) == Charges()
    assert charges_of(owing("300.00", paid), day(60), RATES) == Charges(interest=Decimal("1.00"))


def test_a_payment_taken_back_leaves_no_trace() -> None:
    paid = Settled(day(10), Decimal("100.00"), Decimal("1.00"), Decimal("6.00"))
    back = Settled(day(10), Decimal("-100.00"), Decimal("-1.00"), Decimal("-6.00"))
    assert charges_of(owing("300.00", paid, back), day(30), RATES) == charges_of(owing(), day(30), RATES)


def test_early_payment_of_all_saves() -> None:
    early = Late(early_rate=Decimal("0.03"), early_days=5)
    assert charges_of(owing(), day(-5), early) == Charges(discount=Decimal("9.00"))
    assert charges_of(owing(), day(-4), early) == Charges()


def test_what_is_settled_costs_nothing() -> None:
    assert charges_of(owing("300.00", Settled(day(0), Decimal("300.00"))), day(90), RATES) == Charges()


def test_money_pays_fine_and_interest_before_principal() -> None:
    wanted = [Wanted("a", Decimal("100.00"), Charges(Decimal("2.00"), Decimal("1.00")))]
    (part,), rest = share_money(Decimal("50.00"), wanted)
    assert (part.fine, part.interest, part.principal, rest) == tuple(map(Decimal, ("2.00", "1.00", "47.00", "0.00")))


def test_a_discount_is_for_paying_all() -> None:
    wanted = [Wanted("a", Decimal("100.00"), Charges(discount=Decimal("5.00")))]
    (whole,), rest = share_money(Decimal("95.00"), wanted)
    assert (whole.principal, whole.discount, rest) == (Decimal("100.00"), Decimal("5.00"), Decimal("0.00"))
    (some,), rest = share_money(Decimal("94.99"), wanted)
    assert (some.principal, some.discount, rest) == (Decimal("94.99"), Decimal("0.00"), Decimal("0.00"))


cents = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)
charges = st.builds(Charges, cents, cents, st.just(Decimal("0.00")))
wanteds = st.lists(st.builds(Wanted, st.uuids().map(str), cents.filter(bool), charges), max_size=8)


@given(cents, wanteds)
def test_no_cent_is_lost_when_money_is_shared(money: Decimal, wanted: list[Wanted]) -> None:
    shared, rest = share_money(money, wanted)
    assert sum((p.principal + p.interest + p.fine - p.discount for p in shared), rest) == money
    assert rest >= 0
    by_id = {want.receivable_id: want for want in wanted}
    assert all(0 <= p.principal <= by_id[p.receivable_id].open_amount for p in shared)
    if rest:
        assert rest + sum(w.whole for w in wanted) == money


@given(cents, cents, cents, cents, st.lists(cents, min_size=1, max_size=5))
def test_every_account_gets_its_money_and_all_is_booked(
    principal: Decimal, interest: Decimal, fine: Decimal, credit: Decimal, cuts: list[Decimal]
) -> None:
    sums = Sums(principal, interest, fine, Decimal("0.00"), credit)
    moneys, left = [], sums.money
    for cut in cuts:
        moneys.append(min(cut, left))
        left -= moneys[-1]
    moneys[-1] += left
    parts = booked_by_money(sums, moneys)
    assert [part.money for part in parts] == moneys
    for name in ("principal", "interest", "fine", "credit"):
        assert sum((getattr(part, name) for part in parts), Decimal(0)) == getattr(sums, name)


@given(st.integers(1, 50), cents, st.lists(st.integers(1, 10), min_size=1, max_size=12))
def test_credits_of_a_line_never_come_to_more_than_was_billed(quantity: int, amount: Decimal, takes: list[int]) -> None:
    billed, taken, credited = Decimal(quantity), Decimal(0), Decimal("0.00")
    for take in takes:
        step = min(Decimal(take), billed - taken)
        if step <= 0:
            break
        part = lines_credited(billed, amount, taken, credited, step)
        assert 0 <= part <= amount - credited
        taken, credited = taken + step, credited + part
    if taken == billed:
        assert credited == amount
