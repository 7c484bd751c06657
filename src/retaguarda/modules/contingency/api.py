"""The public door of plan B: who is asked for ways forward, for which failure; what warns before a promise breaks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.rules import (
    RULES,
    Alert,
    AlertRule,
    CaseFacts,
    Way,
    end_of,
    grounds,
    ranked,
    standing,
)

__all__ = ["RULES", "Alert", "AlertRule", "CaseFacts", "Provider", "Ways", "end_of", "grounds", "standing"]


class Ground:
    """What ways forward are looked for on: the failure, and what was found out about it, once for all who ask."""

    def __init__(self, unit: Unit, failure: FailureFacts) -> None:
        self.unit, self.failure = unit, failure
        self._known: dict[Any, Any] = {}

    def once[T](self, find: Callable[[Unit, FailureFacts], T]) -> T:
        """What `find` finds out, which is asked only once."""
        if find not in self._known:
            self._known[find] = find(self.unit, self.failure)
        found: T = self._known[find]
        return found


type Provider = Callable[[Ground], Iterable[Way]]
"""What knows ways forward for a failure; it reads, it writes nothing."""


class Ways:
    """Who is asked for which failure, by its code; each who is asked has the name of a kind of way."""

    def __init__(self, providers: Mapping[str, Mapping[str, Provider]]) -> None:
        self._providers = providers

    @property
    def codes(self) -> frozenset[str]:
        """The failures that somebody knows ways for."""
        return frozenset(self._providers)

    def of(self, unit: Unit, failure: FailureFacts) -> list[Way]:
        """The ways that there are as things stand, best first; none of them was tried."""
        return self.seen(unit, failure)[0]

    def seen(self, unit: Unit, failure: FailureFacts, end: float | None = None) -> tuple[list[Way], dict[str, str]]:
        """The ways, and the names of those who could not say theirs, with what went wrong: whoever breaks is left out,
        and whoever is not asked before `end` (of the monotonic clock), for the others' sake."""
        ground = Ground(unit, failure)
        found: list[Way] = []
        left_out: dict[str, str] = {}
        for name, provider in self._providers.get(failure.code, {}).items():
            if end is not None and time.monotonic() >= end:
                left_out[name] = f"plan B, {name}: no time left"
                continue
            try:
                # Taken back by itself: a statement that broke must not break those of the others.
                with unit.trial():
                    found += provider(ground)
            except Exception as error:
                left_out.update({name: f"plan B, {name}: {error!r}"})
        return ranked(found), left_out
