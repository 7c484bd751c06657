"""The pure rules: states, discounts, which line is which."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.modules.sales import rules

SHARES = st.decimals(0, 1, places=6)
PRICES = st.decimals("0.01", 1_000_000, places=4)


def test_every_state_is_reached_and_the_last_ones_lead_nowhere() -> None:
    reached = {rules.QUOTATION, *rules.TRANSITIONS.values()}
    assert reached == set(rules.STATES)
    assert all(rules.verbs(state, billed=False) == () for state in (rules.CANCELLED, rules.CLOSED))


def test_a_billed_order_is_neither_amended_nor_cancelled_nor_billed_again() -> None:
    assert rules.verbs(rules.CONFIRMED, billed=True) == ("hold", "close")
    assert rules.next_state(rules.CONFIRMED, "cancel", billed=True) is None
    assert rules.next_state(rules.CONFIRMED, "close", billed=True) == rules.CLOSED


@pytest.mark.parametrize(
    ("listed", "price", "rate", "asked"),
    [
        ("10", "10", "0", "0"),
        ("10", "10", "0.05", "0.05"),
        ("10", "9", "0", "0.1"),
        ("10", "9", "0.1", "0.19"),
        ("10", "12", "0.05", "0.05"),
        (None, "9", "0.1", "0.1"),
        ("0", "0", "0", "0"),
        ("10", "0", "0", "1"),
    ],
)
def test_a_price_below_the_list_is_a_discount(listed: str | None, price: str, rate: str, asked: str) -> None:
    found = rules.discount_of(Decimal(listed) if listed else None, Decimal(price), Decimal(rate))
    assert found == Decimal(asked)


@given(PRICES, PRICES, SHARES)
def test_a_discount_is_a_share_and_never_less_than_what_was_asked(
    listed: Decimal, price: Decimal, rate: Decimal
) -> None:
    assert rate <= rules.discount_of(listed, price, rate) <= 1


LINES = st.lists(st.sampled_from("abc"), max_size=6)


@given(LINES, LINES)
def test_lines_pair_by_product_and_no_stored_line_twice(stored: list[str], asked: list[str]) -> None:
    known = [(f"{n}", product) for n, product in enumerate(stored)]
    pairs = rules.pair_lines(known, [(None, product) for product in asked])
    taken = [key for key in pairs if key is not None]
    assert len(taken) == len(set(taken))
    assert all(dict(known)[key] == product for key, product in zip(pairs, asked, strict=True) if key is not None)
    for product in "abc":
        wanted = min(stored.count(product), asked.count(product))
        assert sum(1 for key in taken if dict(known)[key] == product) == wanted


def test_a_named_line_is_itself_when_its_product_stays() -> None:
    known = [("1", "a"), ("2", "a")]
    assert rules.pair_lines(known, [("2", "a"), (None, "a")]) == ("2", "1")
    assert rules.pair_lines(known, [("2", "b")]) == (None,)
