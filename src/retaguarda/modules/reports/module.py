"""Reports over several modules: the cash that is to come, the promises that were kept."""

from __future__ import annotations

from retaguarda.kernel.module import Module
from retaguarda.modules.reports import queries, screens

READ_CASH, READ_PROMISES = queries.cash.READ, queries.kept.READ
_LEADS = (READ_CASH, READ_PROMISES)

MODULE = Module(
    name="reports",
    needs=("company", "party", "accounting", "billing", "purchasing", "sales"),
    queries=queries.ALL,
    screens=screens.SCREENS,
    places=screens.PLACES,
    permissions=_LEADS,
    grants={
        "commercial": (READ_PROMISES,),
        "relations": (READ_PROMISES,),
        "shipping": (READ_PROMISES,),
        "finance": (READ_CASH,),
        "accounting": (READ_CASH,),
        "analyst": _LEADS,
    },
)
