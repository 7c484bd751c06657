"""The public door of plan B: who is asked for ways forward, for which failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.rules import Way, ranked

type Provider = Callable[[Unit, FailureFacts], Iterable[Way]]
"""What knows ways forward for a failure; it reads, it writes nothing."""


class Ways:
    """Who is asked for which failure, by its code."""

    def __init__(self, providers: Mapping[str, Sequence[Provider]]) -> None:
        self._providers = providers

    @property
    def codes(self) -> frozenset[str]:
        """The failures that somebody knows ways for."""
        return frozenset(self._providers)

    def of(self, unit: Unit, failure: FailureFacts) -> list[Way]:
        """The ways that there are as things stand, best first; none of them was tried."""
        return ranked(way for provider in self._providers.get(failure.code, ()) for way in provider(unit, failure))
