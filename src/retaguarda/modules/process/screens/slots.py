"""What the process fills into the screens of orders: where each stands, its path, what happened to it."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.screen import (
    Action,
    Column,
    JoinedColumn,
    Phrase,
    SlotFill,
    StepperPanel,
    TablePanel,
    TimelinePanel,
)
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.modules.process.screens.parts import HANDOFF_LEVELS, SITUATION_LEVELS


def _while_open(order: Any) -> Phrase | None:
    """Nothing more is asked about an order that is over."""
    return NOT_NOW if order.state in ("cancelled", "closed") else None


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
    SlotFill(
        "sales.order_page",
        "panels",
        TablePanel(
            name="handoffs",
            title="process.handoffs",
            icon="send",
            query="process.handoffs",
            where={"subject_id": "id"},
            permission="process.read",
            columns=(
                Column(field="what", title="process.handoff_list.what", show="name"),
                Column(field="way", title="process.handoff_list.way", width=200),
                Column(field="state", title="process.handoff_list.state", show="pill", width=120,
                       texts="process.handoff.state", levels=HANDOFF_LEVELS),
                Column(field="due_on", title="process.handoff_list.due_on", show="day", width=110),
            ),
        ),
    ),
    SlotFill(
        "sales.order_page",
        "actions",
        Action(name="send_handoff", text="process.send_handoff", icon="send", opens="process.send_handoff_form",
               given={"subject_id": "id"}, enabled=_while_open),
    ),
)  # fmt: skip
