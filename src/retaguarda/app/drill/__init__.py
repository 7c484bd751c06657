"""The standard situations: for every failure that plan B answers a shop in which it happens, and what comes back."""

from __future__ import annotations

from retaguarda.app.drill.coverage import run
from retaguarda.app.drill.situations import SITUATIONS

__all__ = ["SITUATIONS", "run"]
