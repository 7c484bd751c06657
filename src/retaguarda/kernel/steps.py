"""Commands as steps of one transaction: what a command is made of that carries others out, and what trying them is.

A step runs with its own permission, its own checks and its listeners; what it refuses, the whole refuses. The journal
has one row, that of the command they are steps of.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from retaguarda.kernel.command import check, parse
from retaguarda.kernel.errors import Busy, Refusal
from retaguarda.kernel.module import Registry, event_name
from retaguarda.kernel.store import GuardHit
from retaguarda.kernel.unit import Unit

type Step = tuple[str, Mapping[str, Any]]
"""A command's name and its payload."""
TRYING_S, WAITING_S = 0.2, 0.05
"""How long ways are tried in all (issue 5: an answer within 0.2 s), and how long one waits for what others hold."""


def hear(registry: Registry, unit: Unit) -> None:
    """Runs the listeners within of what was said since it was last asked; they may say more."""
    while unit.heard < len(unit.events):
        event = unit.events[unit.heard]
        unit.heard += 1
        for listener in registry.within.get(event_name(type(event)), ()):
            listener.act(unit, event)


class Steps:
    """A port: how a handler has other commands carried out within its own transaction."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def carry_out(self, unit: Unit, step: Step) -> Mapping[str, Any]:
        """What the command gives; raises its refusal, and then nothing of the whole must stand."""
        name, payload = step
        handled = self._registry.handled(name)
        unit.demand(handled.permission or handled.name)
        command = check(parse(handled.command, payload))
        value: Mapping[str, Any] = handled.handler(unit, command) or {}
        hear(self._registry, unit)
        return value

    def tried(
        self, unit: Unit, ways: Iterable[Sequence[Step]], *, seconds: float = TRYING_S, waiting: float = WAITING_S
    ) -> Iterator[bool | None]:
        """Of each of the ways whether it would go through as things stand: it is carried out for that and taken back.

        None where that cannot be said: the time for all of them is up, or somebody else has held what it needs for
        longer than `waiting`. What the database asks at COMMIT only is not asked.
        """
        end = time.monotonic() + seconds
        unit.hurry(waiting)
        for steps in ways:
            yield self._goes_through(unit, steps) if time.monotonic() < end else None

    def _goes_through(self, unit: Unit, steps: Sequence[Step]) -> bool | None:
        with unit.trial() as trial:
            try:
                for step in steps:
                    self.carry_out(trial, step)
                trial.end()
                trial.settle()
            except (Refusal, GuardHit):
                return False
            except Busy:
                return None
        return True
