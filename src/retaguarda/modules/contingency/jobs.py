"""Timed work: early warning looks at the open orders, whether or not anybody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def review_alerts(door: Door) -> None:
    """Looks for what came into danger, and for what is in danger no more."""
    door.do(("contingency.review_alerts", {}))
