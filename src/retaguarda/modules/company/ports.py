"""What the company needs to know of the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class PermissionNames(Protocol):
    """Every permission that all modules together declare, and who has it; the composition root's registry answers."""

    def permissions(self) -> tuple[str, ...]:
        """The names, sorted."""

    @property
    def grants(self) -> Mapping[str, frozenset[str]]:
        """What the modules give each ready-made role."""
