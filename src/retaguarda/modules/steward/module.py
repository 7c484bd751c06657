"""The data steward: lists and scores of what every module declares about the records it needs."""

from __future__ import annotations

from retaguarda.kernel.module import Module
from retaguarda.modules.steward import queries, screens

MODULE = Module(
    name="steward",
    needs=("company", "party", "catalog"),
    queries_over=queries.queries_over,
    screens=screens.SCREENS,
    places=screens.PLACES,
    permissions=(queries.READ,),
    grants={"commercial": (queries.READ,), "stock": (queries.READ,), "analyst": (queries.READ,)},
)
