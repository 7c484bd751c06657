"""The walks that hypothesis makes: each through a copy of the sample company of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from retaguarda.app.headless import Office
from tests.stateful.walk import Tally, Walk

Copy = Callable[[], AbstractContextManager[Office]]


def walk(copy: Copy, *, walks: int, steps: int) -> Tally:
    """Walks so many times, so many steps each, through fresh copies; the same walks every time. Raises at the first
    thing that must not be, with the steps before it."""
    tally = Tally()

    class Company(RuleBasedStateMachine):
        """A company and its next command."""

        def __init__(self) -> None:
            super().__init__()
            self.open = contextlib.ExitStack()
            self.walk = Walk(self.open.enter_context(copy()), tally)

        @rule(seed=st.integers(0, 2**32))
        def command(self, seed: int) -> None:
            self.walk.step(seed)

        def teardown(self) -> None:
            with self.open:
                self.walk.prove()

    # A failing walk is told by its last steps; to shorten it would walk it hundreds of times more.
    run_state_machine_as_test(
        Company,
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
    return tally
