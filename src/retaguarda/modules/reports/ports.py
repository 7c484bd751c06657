"""What the reports need to know of the rest of the program."""

from __future__ import annotations

from typing import Protocol

from retaguarda.kernel.screen.built import Lists


class Screens(Lists, Protocol):
    """Every screen that all modules together declare; the composition root's registry answers."""
