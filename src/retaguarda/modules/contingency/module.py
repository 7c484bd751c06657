"""Plan B: what answers failures, the command that takes a way forward, what was chosen; early warning."""

from __future__ import annotations

from retaguarda.kernel.failure import RemedySource
from retaguarda.kernel.module import Handled, Job, Module
from retaguarda.modules.contingency import jobs, queries, screens
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.commands import (
    ApplyRemedy,
    FindWays,
    ReviewAlerts,
    apply_remedy,
    find_ways,
    review_alerts,
)
from retaguarda.modules.contingency.model import CaseAlert, RemedyChoice
from retaguarda.modules.contingency.providers import WAYS, PlanB

_WHO = ("sales", "commercial", "relations", "stock", "finance", "picking", "shipping", "delivery", "analyst")
_TAKES = ("contingency.apply_remedy", "contingency.find_ways")
_REVIEWS = "contingency.review_alerts"

MODULE = Module(
    name="contingency",
    needs=("company", "party", "catalog", "inventory", "purchasing", "sales", "delivery", "process"),
    models=(RemedyChoice, CaseAlert),
    commands=(
        Handled(ApplyRemedy, apply_remedy),
        Handled(FindWays, find_ways),
        Handled(ReviewAlerts, review_alerts),
    ),
    queries=(queries.choices, queries.order_ways, queries.alerts),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    ports={RemedySource: PlanB(), Ways: WAYS},
    jobs=(Job("contingency.job.alerts", 900, jobs.review_alerts, (_REVIEWS,)),),
    grants={**dict.fromkeys(_WHO, _TAKES), "analyst": (*_TAKES, _REVIEWS)},
    guards={"uq_case_alert_case_id_rule_step": "contingency.review_alerts.at_once"},
)
