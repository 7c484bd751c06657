"""Pure rules: whose reservation breaks first, what is taken from where."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from retaguarda.modules.inventory.rules import Bin, Reserved, allot, break_reservations, less

WHOLE = st.integers(0, 20).map(Decimal)
ROWS = st.lists(
    st.builds(
        Reserved,
        document=st.just(("trial", "d")),
        line_id=st.integers(0, 10**6).map(lambda n: f"{n:032x}"),
        product_id=st.just("p"),
        warehouse_id=st.just("w"),
        quantity=st.integers(1, 9).map(Decimal),
        expected_id=st.none(),
        priority=st.integers(0, 2),
        promised_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9)),
    ),
    max_size=8,
    unique_by=lambda r: r.line_id,
)


def strength(row: Reserved) -> tuple[int, int]:
    return row.priority, -(row.promised_on or dt.date.max).toordinal()


@given(ROWS, WHOLE)
def test_exactly_the_excess_breaks_and_the_weakest_lose_first(rows: list[Reserved], excess: Decimal) -> None:
    broken = break_reservations(rows, excess)
    lost = {r.line_id: r.quantity for r in broken}
    had = {r.line_id: r.quantity for r in rows}
    assert sum(lost.values()) == min(excess, sum(had.values(), Decimal(0)))
    assert all(0 < lost[key] <= had[key] for key in lost)
    untouched = [r for r in rows if r.line_id not in lost]
    assert all(strength(b) <= strength(k) for b in broken for k in untouched)
    assert sum(1 for key in lost if lost[key] < had[key]) <= 1


@given(WHOLE, st.lists(WHOLE, max_size=6))
def test_bins_give_in_their_order_and_never_more_than_they_have(asked: Decimal, amounts: list[Decimal]) -> None:
    bins = [
        Bin(product_id="p", warehouse_id="w", location_id=str(n), lot="", quantity=q) for n, q in enumerate(amounts)
    ]
    taken, left = allot(asked, bins)
    assert sum((t.quantity for t in taken), Decimal(0)) + left == asked
    rest = less(bins, taken)
    assert all(b.quantity >= 0 for b in rest)
    assert left == 0 or all(b.quantity == 0 for b in rest)
