"""Plan B: what answers failures, the command that takes a way forward, what was chosen."""

from __future__ import annotations

from retaguarda.kernel.failure import RemedySource
from retaguarda.kernel.module import Handled, Module
from retaguarda.modules.contingency import queries, screens
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.commands import ApplyRemedy, apply_remedy
from retaguarda.modules.contingency.model import RemedyChoice
from retaguarda.modules.contingency.providers import WAYS, PlanB

_WHO = ("sales", "commercial", "relations", "stock", "finance", "picking", "shipping", "delivery", "analyst")
_TAKES = ("contingency.apply_remedy",)

MODULE = Module(
    name="contingency",
    needs=("company", "party", "catalog", "inventory", "purchasing", "sales", "process"),
    models=(RemedyChoice,),
    commands=(Handled(ApplyRemedy, apply_remedy),),
    queries=(queries.choices,),
    screens=screens.SCREENS,
    places=screens.PLACES,
    ports={RemedySource: PlanB(), Ways: WAYS},
    grants=dict.fromkeys(_WHO, _TAKES),
)
