"""Commands as steps of one transaction: what a command is made of that carries others out, and what trying them is.

A step runs with its own permission, its own checks and its listeners; what it refuses, the whole refuses. The journal
has one row, that of the command they are steps of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retaguarda.kernel.command import check, parse
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.module import Registry, event_name
from retaguarda.kernel.store import GuardHit
from retaguarda.kernel.unit import Unit

type Step = tuple[str, Mapping[str, Any]]
"""A command's name and its payload."""


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

    def tried(self, unit: Unit, steps: Sequence[Step]) -> Refusal | GuardHit | None:
        """What would refuse the steps as things stand; they are carried out for it and taken back. What the database
        asks at COMMIT only is not asked."""
        with unit.trial() as trial:
            try:
                for step in steps:
                    self.carry_out(trial, step)
                trial.end()
                trial.settle()
            except (Refusal, GuardHit) as refused:
                return refused
        return None
