"""What the process fills into the screens of orders: where each stands, its path, what happened to it."""

from __future__ import annotations

from retaguarda.kernel.screen import Column, JoinedColumn, SlotFill, StepperPanel, TimelinePanel
from retaguarda.modules.process.screens.parts import SITUATION_LEVELS

SLOTS = (
    SlotFill(
        "sales.order_list",
        "columns",
        JoinedColumn(
            column=Column(
                field="situation",
                title="process.situation",
                show="pill",
                width=140,
                texts="process.situation",
                levels=SITUATION_LEVELS,
            ),
            query="process.situations",
            after="total_amount",
        ),
    ),
    SlotFill(
        "sales.order_page",
        "panels",
        StepperPanel(
            name="path",
            title="process.path",
            icon="route",
            query="process.order_path",
            where={"subject_id": "id"},
            sort="position",
            place="top",
            permission="process.read",
        ),
    ),
    SlotFill(
        "sales.order_page",
        "panels",
        TimelinePanel(
            name="timeline",
            title="process.timeline",
            icon="history",
            query="process.timeline",
            where={"subject_id": "id"},
            sort="-at",
            place="side",
            permission="process.read",
        ),
    ),
)
