"""Home: the health of every process, today's promises, what to do next, the bottleneck of the week, what failed."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, BarsPanel, BoardScreen, Column, FiguresPanel, LightsPanel, TablePanel
from retaguarda.modules.process.screens.parts import (
    ASKED,
    NEXT,
    RANK,
    SITUATION_LEVELS,
    TABLES,
    TAKE,
    WAITS,
    WHY,
    WORK,
)

_READ, _READ_FAILURES = "process.read", "process.read_failures"
_PROMISES = FiguresPanel(
    name="promises",
    icon="calendar-check",
    query="process.promises_today",
    permission=_READ,
    figures=tuple(Column(field=name, show="whole") for name in ("due", "kept", "on_way", "at_risk")),
    levels={"kept": "ok", "on_way": "info", "at_risk": "bad"},
    bar=("kept", "on_way", "at_risk"),
    rows=TablePanel(
        name="open_promises",
        query="process.promises_open_today",
        permission=_READ,
        limit=4,
        columns=(
            Column(field="number", show="code", width=80),
            Column(field="customer_name", show="name"),
            Column(field="situation", show="pill", width=140, texts="process.situation", levels=SITUATION_LEVELS),
            Column(field="total_amount", show="money", width=110),
        ),
        opens="sales.order_page",
    ),
)
_MY_QUEUE = TablePanel(
    name="my_queue",
    icon="list-checks",
    query="process.my_queue",
    permission=_READ,
    limit=12,
    columns=(RANK, ASKED, NEXT, WAITS, WHY),
    opens_key="subject_id",
    actions=(TAKE,),
)
_LIGHTS = LightsPanel(
    name="lights",
    query="process.lights",
    permission=_READ,
    place="top",
    sort="position",
    texts="process.process",
)
_BOTTLENECK = BarsPanel(
    name="bottleneck",
    icon="activity",
    query="process.step_times",
    permission=_READ,
    place="side",
    always={"period": "week"},
    sort="position",
    texts="process.step",
    said="process.home.bottleneck.said",
)
_FAILURES = TablePanel(
    name="failures",
    icon="shield-alert",
    query="process.failures",
    permission=_READ_FAILURES,
    place="side",
    limit=5,
    columns=(WORK, Column(field="at_risk", show="money", width=110), WHY),
    opens_key="subject_id",
    hide_below_height=820,
)
_LAST_ORDERS = TablePanel(
    name="last_orders",
    icon="shopping-cart",
    query="sales.orders",
    permission="sales.read",
    place="side",
    sort="-ordered_at",
    limit=6,
    columns=(
        Column(field="number", show="code", width=80),
        Column(field="customer_name", show="name"),
        Column(field="total_amount", show="money", width=110),
    ),
    opens="sales.order_page",
)

_RECEIVABLES = FiguresPanel(
    name="receivables",
    icon="banknote",
    query="billing.receivable_figures",
    permission="billing.receive_payment",
    place="side",
    figures=tuple(Column(field=name, show="money") for name in ("overdue", "today", "week")),
    levels={"overdue": "bad", "today": "warn"},
)

home = BoardScreen(
    name="process.home",
    icon="house",
    panels=(_LIGHTS, _PROMISES, _MY_QUEUE, _BOTTLENECK, _RECEIVABLES, _FAILURES, _LAST_ORDERS),
    actions=(
        Action(name="new_order", icon="plus", opens="sales.order_entry", shortcut="Ctrl+N", on_row=False),
        Action(name="exceptions", icon="shield-alert", opens="process.failure_list", shortcut="Ctrl+E", primary=True,
               on_row=False),
    ),
    refreshed_by=(*TABLES, "promise_result", "settlement"),
)  # fmt: skip
