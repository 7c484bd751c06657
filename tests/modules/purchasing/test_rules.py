"""Pure rules of purchasing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from retaguarda.modules.purchasing import rules

SOME = st.decimals("0.0001", "9999", places=4)


@given(SOME, SOME, st.decimals("0", "500", places=4))
def test_whole_packs_are_enough_and_not_one_too_many(quantity: Decimal, pack: Decimal, least: Decimal) -> None:
    found = rules.whole_packs(quantity, pack, least)
    assert found >= max(quantity, least) > found - pack
    assert found % pack == 0


def test_once_something_came_the_rest_is_closed_and_not_cancelled() -> None:
    assert rules.next_state("ordered", "cancel") == "cancelled"
    assert rules.next_state("ordered", "cancel", received=True) is None
    assert "close" in rules.verbs("confirmed", True)
    assert "cancel" not in rules.verbs("confirmed", True)
