"""Home in its first form, the work queue, the list of failures, and what the process fills into the order's screens."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    BoardScreen,
    Column,
    FiguresPanel,
    JoinedColumn,
    Level,
    ListScreen,
    Place,
    SlotFill,
    StepperPanel,
    Tab,
    TablePanel,
    TimelinePanel,
)
from retaguarda.modules.process.flows import ORDER

TABLES = ("case_head", "case_step", "sales_order", "failure", "promise", "promise_result")
SITUATION_LEVELS: dict[str, Level] = {
    "delivered": "ok",
    "held": "warn",
    "failed": "bad",
    **{step.name: "info" for step in ORDER.steps},
    "check": "",
}
WHY_LEVELS: dict[str, Level] = {"today": "bad", "late": "warn", "failed": "bad", "turn": ""}

_SITUATION = Column(
    field="situation",
    title="process.situation",
    show="pill",
    width=130,
    texts="process.situation",
    levels=SITUATION_LEVELS,
)
_TAKE = Action(name="take", icon="hand", press="process.take_step", key="step_id", shortcut="Ctrl+T")
_COLUMNS = (
    Column(field="rank", show="whole", width=44, align="left"),
    Column(field="title", title="process.work", show="name"),
    Column(field="step", show="code", width=130, texts="process.step"),
    Column(field="next_command", show="code", width=170, texts="process.next", hide_below=1100),
    Column(field="opened_at", show="instant", width=130, hide_below=1300),
    Column(field="due_at", show="instant", width=130),
    Column(field="promised_on", show="day", width=100, hide_below=1200),
    Column(field="person_name", width=130, hide_below=1400),
    Column(field="why", show="pill", width=120, texts="process.why", levels=WHY_LEVELS),
)

QUEUE = ListScreen(
    name="process.queue",
    icon="list-checks",
    query="process.queue",
    sort="rank",
    search="",
    opens_key="subject_id",
    tabs=(
        Tab(name="all", counted=False),
        *(Tab(name=step.name, where={"step": step.name}, title=f"process.step.{step.name}") for step in ORDER.steps),
    ),
    columns=_COLUMNS,
    actions=(_TAKE,),
    refreshed_by=TABLES,
)

FAILURES = ListScreen(
    name="process.failures",
    icon="shield-alert",
    query="process.failures",
    sort="-last_at",
    search="",
    opens_key="subject_id",
    columns=(
        Column(field="note", show="answer"),
        Column(field="title", title="process.work", show="name", width=240),
        Column(field="since_at", show="instant", width=130, sortable=True),
        Column(field="times", show="whole", width=70, hide_below=1200),
        Column(field="next_command", show="code", width=170, texts="process.next"),
    ),
    refreshed_by=TABLES,
)

HOME = BoardScreen(
    name="process.home",
    icon="house",
    panels=(
        FiguresPanel(
            name="promises",
            icon="calendar-check",
            query="process.promises_today",
            permission="process.read",
            figures=(
                Column(field="due", show="whole"),
                Column(field="kept", show="whole"),
                Column(field="on_way", show="whole"),
                Column(field="at_risk", show="whole"),
            ),
            levels={"kept": "ok", "on_way": "info", "at_risk": "bad"},
            bar=("kept", "on_way", "at_risk"),
            rows=TablePanel(
                name="open_promises",
                query="process.promises_open_today",
                limit=4,
                columns=(
                    Column(field="number", show="code", width=80),
                    Column(field="customer_name", show="name"),
                    Column(
                        field="situation", show="pill", width=130, texts="process.situation", levels=SITUATION_LEVELS
                    ),
                    Column(field="total_amount", show="money", width=110),
                ),
                opens="sales.order_page",
            ),
        ),
        TablePanel(
            name="my_queue",
            icon="list-checks",
            query="process.my_queue",
            permission="process.read",
            limit=12,
            columns=(
                Column(field="rank", show="whole", width=40, align="left"),
                Column(field="title", title="process.work", show="name"),
                Column(field="next_command", show="code", width=160, texts="process.next"),
                Column(field="due_at", show="instant", width=120, hide_below=1200),
                Column(field="why", show="pill", width=110, texts="process.why", levels=WHY_LEVELS),
            ),
            opens_key="subject_id",
            actions=(_TAKE,),
        ),
        TablePanel(
            name="failures",
            icon="shield-alert",
            query="process.failures",
            permission="process.read_failures",
            place="side",
            limit=5,
            columns=(
                Column(field="title", title="process.work", show="name"),
                Column(field="since_at", show="instant", width=120),
            ),
            opens_key="subject_id",
        ),
        TablePanel(
            name="last_orders",
            icon="shopping-cart",
            query="sales.orders",
            permission="sales.read",
            place="side",
            sort="-ordered_at",
            limit=8,
            columns=(
                Column(field="number", show="code", width=70),
                Column(field="customer_name", show="name"),
                Column(field="total_amount", show="money", width=110),
            ),
            opens="sales.order_page",
        ),
    ),
    refreshed_by=TABLES,
)

SCREENS = (HOME, QUEUE, FAILURES)
PLACES = (
    Place(name="home", screen="process.home", icon="house", order=0),
    Place(name="queue", screen="process.queue", icon="list-checks", order=10, badge="process.my_queue"),
    Place(name="failures", screen="process.failures", icon="shield-alert", order=12, badge="process.failures"),
)
SLOTS = (
    SlotFill(
        "sales.order_list",
        "columns",
        JoinedColumn(
            column=_SITUATION,
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
            query="process.order_path",
            where={"order_id": "id"},
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
            where={"order_id": "id"},
            sort="-at",
            place="side",
            permission="process.read",
        ),
    ),
)
