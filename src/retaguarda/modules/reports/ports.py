"""What the reports need to know of the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from retaguarda.kernel.screen import Screen


class Screens(Protocol):
    """Every screen that all modules together declare; the composition root's registry answers."""

    @property
    def screens(self) -> Mapping[str, Screen]:
        """The screens by name, reports among them."""
