"""Commands of plan B: looking for ways forward and taking one, looking for what is in danger."""

from retaguarda.modules.contingency.commands.alerts import ReviewAlerts, review_alerts
from retaguarda.modules.contingency.commands.remedies import ApplyRemedy, FindWays, apply_remedy, find_ways

__all__ = ["ApplyRemedy", "FindWays", "ReviewAlerts", "apply_remedy", "find_ways", "review_alerts"]
