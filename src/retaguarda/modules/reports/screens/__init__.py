"""What people see of the reports over several modules, and of those that were saved."""

from retaguarda.modules.reports.screens import building, declared, saved, scheduled

SCREENS = (*declared.DECLARED, *building.BUILDING, *saved.SAVED, *scheduled.SCHEDULED)
PLACES = (*declared.PLACES, *building.PLACES, *saved.PLACES)
SLOTS = saved.SLOTS

__all__ = ["PLACES", "SCREENS", "SLOTS"]
