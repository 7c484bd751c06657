"""What the company needs to know of the rest of the program."""

from __future__ import annotations

from typing import Protocol


class PermissionNames(Protocol):
    """Every permission that all modules together declare; the composition root's registry answers."""

    def permissions(self) -> tuple[str, ...]:
        """The names, sorted."""
