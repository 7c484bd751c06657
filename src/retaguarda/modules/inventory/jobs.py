"""Timed work: what has expired is held back before anybody is promised it; how often products are counted follows what
was shipped of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def hold_expired(door: Door) -> None:
    """Holds back expired lots of which something lies free; sends nothing where there are none."""
    lots = door.show("inventory.lots", {"state": "expired"}, limit=1000).rows
    if any(lot.on_hand > lot.held for lot in lots):
        door.do(("inventory.hold_expired", {}))


def classify_stock(door: Door) -> None:
    """Sorts products into the classes by which they are counted."""
    door.do(("inventory.classify_stock", {}))
