"""GTIN check digits, by published numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.gtin import gtin_check_digit, gtin_fault, normalise_gtin


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("7891000315507", None),
        ("789 1000 31550-7", None),
        ("96385074", None),
        ("036000291452", None),
        ("10614141543219", None),
        ("7891000315508", "gtin.check_digit"),
        ("789100031550", "gtin.check_digit"),
        ("12345", "gtin.length"),
        ("", "gtin.characters"),
        ("78910003155O7", "gtin.characters"),
        ("٧٨٩١٠٠٠٣١٥٥٠٧", "gtin.characters"),
    ],
)
def test_gtin_fault(text: str, fault: str | None) -> None:
    assert gtin_fault(text) == fault


@given(st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_a_completed_number_is_right_and_a_changed_digit_is_found(body: str) -> None:
    whole = body + gtin_check_digit(body)
    assert gtin_fault(whole) is None
    changed = str((int(whole[0]) + 1) % 10) + whole[1:]
    assert gtin_fault(changed) == "gtin.check_digit"


def test_only_bodies_have_check_digits() -> None:
    with pytest.raises(ValueError):
        gtin_check_digit("123")
    assert normalise_gtin(" 789.1000-31550 7\r\n") == "7891000315507"
