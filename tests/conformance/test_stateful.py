"""A short walk at random through the sample company on each engine; the long ones are in `python -m tests.soak`.

Two sellers at once over one credit limit stand in `tests/modules/sales/test_credit.py`.
"""

from __future__ import annotations

import contextlib

import pytest

from retaguarda.app.headless import Office
from tests.stateful.machine import walk

STEPS = 150


@pytest.mark.slow
def test_every_invariant_holds_after_each_step(sample_copy: Office) -> None:
    tally = walk(lambda: contextlib.nullcontext(sample_copy), walks=1, steps=STEPS)
    assert tally.steps >= STEPS
    assert tally.accepted.total() > STEPS / 3
    assert tally.refused.total() > STEPS / 5
