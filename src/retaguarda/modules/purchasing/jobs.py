"""Timed work: orders whose day has passed stand on the failure desk without anybody looking for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def review_late_orders(door: Door) -> None:
    """Reviews late orders, where there is one that is late."""
    if door.show("purchasing.orders", {"late": True}, limit=1).rows:
        door.do(("purchasing.review_late_orders", {}))
