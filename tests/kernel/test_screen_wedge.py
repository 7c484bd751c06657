"""Scanner or person: the wedge detector and the scan text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.screen.wedge import WedgeDetector, read_scan


def _feed(detector: WedgeDetector, text: str, gap: float, start: float = 1000.0) -> tuple[list[str], str, float]:
    scanned, typed, at = [], "", start
    for char in text:
        at += gap
        burst = detector.feed(char, at)
        typed += burst.typed
        if burst.scanned:
            scanned.append(burst.scanned)
    return scanned, typed, at


def test_a_fast_burst_with_enter_is_a_scan():
    assert _feed(WedgeDetector(), "7890000000017\r", 2)[:2] == (["7890000000017"], "")


def test_typing_is_never_swallowed():
    detector = WedgeDetector()
    scanned, typed, at = _feed(detector, "rua 7 de abril", 120)
    assert scanned == []
    assert typed + detector.idle(at + 50).typed == "rua 7 de abril"


def test_a_person_who_types_slowly_and_presses_enter_gets_both():
    assert _feed(WedgeDetector(), "4417\r", 90)[:2] == ([], "4417\r")


def test_short_fast_text_is_typing():
    assert _feed(WedgeDetector(), "12\r", 5)[:2] == ([], "12\r")


def test_codes_back_to_back_at_zero_ms():
    scanned, typed, _ = _feed(WedgeDetector(), "7890000000017\r7890000000034\r" * 20, 0)
    assert len(scanned) == 40
    assert typed == ""


def test_typed_letters_before_a_burst_stay_typed():
    detector = WedgeDetector()
    _, typed, at = _feed(detector, "ab", 100)
    scanned, more, _ = _feed(detector, "7890000000017\r", 3, at + 100)
    assert (typed + more, scanned) == ("ab", ["7890000000017"])


def test_idle_before_the_gap_gives_nothing_back():
    detector = WedgeDetector()
    detector.feed("7", 0)
    assert detector.holding
    assert detector.idle(10).typed == ""
    assert detector.idle(60).typed == "7"
    assert not detector.holding


@given(st.lists(st.tuples(st.sampled_from("0123456789ab\r"), st.floats(0, 200)), max_size=60))
def test_no_character_is_lost_or_doubled(keys):
    detector, out, at = WedgeDetector(), "", 0.0
    for char, gap in keys:
        at += gap
        burst = detector.feed(char, at)
        out += burst.typed
        if burst.scanned:
            out += burst.scanned + "\r"
    out += detector.idle(at + 1000).typed
    assert out == "".join(char for char, _ in keys)


@pytest.mark.parametrize(
    ("text", "quantity", "code", "is_code"),
    [
        ("7890000000017", "1", "7890000000017", True),
        ("3*7890000000017", "3", "7890000000017", True),
        (" 2,5 x 4417 ", "2.5", "4417", True),
        ("0*4417", "1", "0*4417", False),
        ("papel toalha", "1", "papel toalha", False),
        ("12 X caixa", "12", "caixa", False),
        ("AB-12/3", "1", "AB-12/3", True),
    ],
)
def test_scan_texts(text, quantity, code, is_code):
    scanned = read_scan(text)
    assert scanned is not None
    assert (scanned.quantity, scanned.text, scanned.is_code) == (Decimal(quantity), code, is_code)


def test_nothing_scanned_is_nothing():
    assert read_scan("  ") is None
