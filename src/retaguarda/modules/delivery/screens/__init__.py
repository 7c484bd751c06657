"""Screens of delivery."""

from retaguarda.modules.delivery.screens.orders import PLACES, SCREENS, SLOTS

__all__ = ["PLACES", "SCREENS", "SLOTS"]
