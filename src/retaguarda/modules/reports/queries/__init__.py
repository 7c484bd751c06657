"""What the reports ask."""

from retaguarda.modules.reports.queries import cash, kept

ALL = (*cash.CASH, *kept.KEPT)

__all__ = ["ALL", "cash", "kept"]
