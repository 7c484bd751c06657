"""Lists, pages and forms of the catalog."""

from retaguarda.modules.catalog.screens.merging import MERGING
from retaguarda.modules.catalog.screens.records import PLACES, RECORDS, SLOTS

SCREENS = (*RECORDS, *MERGING)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
