"""What the reports ask."""

from retaguarda.modules.reports.queries import cash, kept, saved, scheduled

ALL = (*cash.CASH, *kept.KEPT, *saved.SAVED, *scheduled.SCHEDULED)

__all__ = ["ALL", "cash", "kept", "saved", "scheduled"]
