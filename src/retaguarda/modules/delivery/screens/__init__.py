"""Screens of delivery."""

from retaguarda.modules.delivery.screens import carriers, orders, routes, stations

SCREENS = (*orders.SCREENS, *stations.SCREENS, *carriers.SCREENS, *routes.SCREENS)
PLACES = (*orders.PLACES, *carriers.PLACES, *routes.PLACES)
SLOTS = orders.SLOTS

__all__ = ["PLACES", "SCREENS", "SLOTS"]
