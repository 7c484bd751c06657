"""Queries of plan B: what was chosen when something failed, what is in danger."""

from retaguarda.modules.contingency.queries.alerts import alerts
from retaguarda.modules.contingency.queries.choices import choices, order_ways

__all__ = ["alerts", "choices", "order_ways"]
