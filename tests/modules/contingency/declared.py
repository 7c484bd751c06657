"""What the tests over all modules ask of plan B: rights, its ledger filled."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.modules.contingency.shortage import shop

RIGHTS = """
contingency.apply_remedy     S C R E F P X D A N . . . . .
contingency.find_ways        S C R E F P X D A N . . . . .
contingency.review_alerts    . . . . . . . . A N . . . . .
"""


def tell(office: Office) -> None:
    """A way that was taken for an order that was short."""
    store = shop(office)
    store.take(next(iter(store.ways(store.order()).values())))


PLACES = """
alerts          S C R E F P X D A N . . . . I
choices         S C R E F P X D A N . . . . I
"""
