"""Screens of delivery."""

from retaguarda.modules.delivery.screens import carriers, orders, stations

SCREENS = (*orders.SCREENS, *stations.SCREENS, *carriers.SCREENS)
PLACES = (*orders.PLACES, *carriers.PLACES)
SLOTS = orders.SLOTS

__all__ = ["PLACES", "SCREENS", "SLOTS"]
