"""Screens of delivery."""

from retaguarda.modules.delivery.screens import orders, stations

SCREENS = (*orders.SCREENS, *stations.SCREENS)
PLACES, SLOTS = orders.PLACES, orders.SLOTS

__all__ = ["PLACES", "SCREENS", "SLOTS"]
