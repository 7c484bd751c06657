"""Screens of delivery."""

from retaguarda.modules.delivery.screens import carriers, dialogs, orders, routes, stations

SCREENS = (*orders.SCREENS, *dialogs.DIALOGS, *stations.SCREENS, *carriers.SCREENS, *routes.SCREENS)
PLACES = (*orders.PLACES, *carriers.PLACES, *routes.PLACES)
SLOTS = orders.SLOTS

__all__ = ["PLACES", "SCREENS", "SLOTS"]
