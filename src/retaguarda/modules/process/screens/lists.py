"""The work queue, the list of failures, the catalogue of steps, and the dialogs over a row."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, Column, FieldView, Filter, FormScreen, ListScreen, Tab
from retaguarda.modules.process import rules
from retaguarda.modules.process.commands import AssignStep, CloseFailure, SetPriority, SnoozeStep
from retaguarda.modules.process.flows import ORDER
from retaguarda.modules.process.screens.parts import (
    ASKED,
    ASSIGN,
    FLAG,
    LIGHT_LEVELS,
    NEXT,
    NEXT_ACTIONS,
    NEXT_OF_ORDERS,
    RANK,
    REFUSE,
    RELEASE,
    SEND,
    SNOOZE,
    STEP,
    TABLES,
    TAKE,
    WAITS,
    WAKE,
    WHY,
    allowed,
)

queue_list = ListScreen(
    name="process.queue_list",
    icon="list-checks",
    query="process.queue",
    opens_key="subject_id",
    tabs=(
        Tab(name="mine", where={"mine": True}),
        Tab(name="all"),
        Tab(name="promised", where={"why": (rules.TODAY, rules.PAST)}),
        Tab(name="late", where={"state": "late"}),
        Tab(name="free", where={"person_id": None}),
        Tab(name="snoozed", where={"why": rules.SNOOZED}),
    ),
    filters=(
        Filter(key="department", options=tuple(step.department for step in ORDER.steps), texts="company.department"),
        Filter(key="process", options=tuple(rules.PROCESSES), texts="process.process"),
        Filter(key="standing", options=rules.STANDINGS, texts="process.standing"),
        Filter(key="step", options=tuple(step.name for step in ORDER.steps), texts=f"process.step.{ORDER.name}"),
    ),
    columns=(
        RANK,
        ASKED,
        STEP,
        Column(field="department_name", width=120, hide_below=1400),
        NEXT,
        WAITS,
        Column(field="due_at", show="instant", width=160, hide_below=1200),
        Column(field="promised_on", show="day", width=110, hide_below=1100),
        Column(field="person_name", width=130, hide_below=1300),
        WHY,
    ),
    actions=(*NEXT_ACTIONS, TAKE, RELEASE, SNOOZE, WAKE, ASSIGN, FLAG, SEND, REFUSE),
    refreshed_by=TABLES,
)

AREAS = (rules.STOCK, *dict.fromkeys(step.department for step in ORDER.steps))
failure_list = ListScreen(
    name="process.failure_list",
    icon="shield-alert",
    query="process.failures",
    sort="rank",
    search="",
    opens_key="subject_id",
    tabs=(
        Tab(name="all"),
        Tab(name="today", where={"why": (rules.TODAY, rules.PAST)}),
        *(Tab(name=area, where={"area": area}, title=f"company.department.{area}") for area in AREAS),
    ),
    columns=(
        RANK,
        Column(field="title", title="process.work", show="name", width=252),
        Column(field="note", show="answer"),
        Column(field="promised_on", show="day", width=110, hide_below=1100),
        Column(field="since_at", show="instant", width=150, sortable=True, hide_below=1400),
        Column(field="at_risk", show="money", width=110, sortable=True),
        Column(field="person_name", width=120, hide_below=1400),
        NEXT,
        WHY,
    ),
    actions=(
        *NEXT_OF_ORDERS,
        Action(
            name="close",
            text="process.close_failure",
            icon="shield-check",
            opens="process.close_failure_form",
            key="failure_id",
            given={"version": "version"},
            enabled=allowed("process.close_failure"),
        ),
    ),
    refreshed_by=TABLES,
)  # fmt: skip

step_list = ListScreen(
    name="process.step_list",
    icon="activity",
    query="process.step_counts",
    sort="position",
    search="",
    columns=(
        Column(field="id", title="process.step", show="code", width=110, texts="process.step"),
        Column(field="level", show="pill", width=120, texts="process.light", levels=LIGHT_LEVELS),
        Column(field="open", show="whole", width=80),
        Column(field="late", show="whole", width=80),
        Column(field="failed", show="whole", width=90, hide_below=1100),
        Column(field="department_name", width=110),
        Column(field="limit", width=80, hide_below=1200),
        Column(field="purpose", show="code", texts="process.step"),
        Column(field="input", show="code", texts="process.step", hide_below=1400),
        Column(field="output", show="code", texts="process.step", hide_below=1400),
    ),
    refreshed_by=TABLES,
)

assign_form = FormScreen(
    name="process.assign_form",
    icon="user-check",
    permission="process.assign_step",
    command=AssignStep,
    fields=(FieldView(name="person_id", suggestions="company.person_choices", width=2),),
    refreshed_by=("case_step",),
)
snooze_form = FormScreen(
    name="process.snooze_form",
    icon="alarm-clock",
    permission="process.snooze_step",
    command=SnoozeStep,
    fields=(FieldView(name="until", width=2),),
    refreshed_by=("case_step",),
)
priority_form = FormScreen(
    name="process.priority_form",
    icon="arrow-up",
    permission="process.set_priority",
    command=SetPriority,
    fields=(FieldView(name="priority", width=2), FieldView(name="reason", width=2)),
    refreshed_by=("case_head",),
)
close_failure_form = FormScreen(
    name="process.close_failure_form",
    icon="shield-check",
    permission="process.close_failure",
    command=CloseFailure,
    fields=(FieldView(name="reason", width=2),),
    refreshed_by=("failure",),
)
