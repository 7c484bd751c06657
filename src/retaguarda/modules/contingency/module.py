"""Plan B: what answers failures, the command that takes a way forward, what was chosen."""

from __future__ import annotations

from retaguarda.kernel.failure import RemedySource
from retaguarda.kernel.module import Handled, Module
from retaguarda.modules.contingency import queries, screens
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.commands import ApplyRemedy, FindWays, apply_remedy, find_ways
from retaguarda.modules.contingency.model import RemedyChoice
from retaguarda.modules.contingency.providers import WAYS, PlanB

_WHO = ("sales", "commercial", "relations", "stock", "finance", "picking", "shipping", "delivery", "analyst")
_TAKES = ("contingency.apply_remedy", "contingency.find_ways")

MODULE = Module(
    name="contingency",
    needs=("company", "party", "catalog", "inventory", "purchasing", "sales", "delivery", "process"),
    models=(RemedyChoice,),
    commands=(Handled(ApplyRemedy, apply_remedy), Handled(FindWays, find_ways)),
    queries=(queries.choices, queries.order_ways),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    ports={RemedySource: PlanB(), Ways: WAYS},
    grants=dict.fromkeys(_WHO, _TAKES),
)
