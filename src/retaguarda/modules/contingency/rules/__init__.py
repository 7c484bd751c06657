"""Pure rules of plan B: the order in which ways forward stand, and what warns before a promise breaks."""

from retaguarda.modules.contingency.rules.alerts import (
    DELIVER,
    RULES,
    Alert,
    AlertRule,
    CaseFacts,
    end_of,
    grounds,
    news,
    standing,
)
from retaguarda.modules.contingency.rules.ways import (
    CRITERIA,
    KINDS,
    MOST,
    ZERO,
    Way,
    best_of_groups,
    ranked,
    why,
)

__all__ = [
    "CRITERIA", "DELIVER", "KINDS", "MOST", "RULES", "ZERO", "Alert", "AlertRule", "CaseFacts", "Way", "best_of_groups",
    "end_of", "grounds", "news", "ranked", "standing", "why",
]  # fmt: skip
