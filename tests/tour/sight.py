"""One picture of the tour, and what is said where there is none to take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.tour.stage import Stage


class NothingToShow(Exception):
    """The sample company has no record for a screen."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One picture: its name, the screen it belongs to, and how to get there."""

    name: str
    screen: str
    show: Callable[[Stage], object]
