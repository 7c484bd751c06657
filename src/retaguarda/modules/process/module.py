"""The process: flows as data, the listeners that walk their cases, queues, paths and what failed."""

from __future__ import annotations

from sqlalchemy import literal, select

from retaguarda.kernel.case import HEAD, OPEN
from retaguarda.kernel.module import Handled, Module, Proof
from retaguarda.modules.process import commands, events, queries, screens
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.process.listeners import listeners_of
from retaguarda.modules.sales import api as sales

READS = ("process.read", "process.read_failures")
WORKS = (*READS, "process.take_step", "process.release_step")
LEADS = (*WORKS, "process.assign_step", "process.set_priority", "process.close_failure")
_STEP = ("process.queue", "id")
_O = sales.sales_order.c
_WITH_CASE = sales.sales_order.outerjoin(HEAD, HEAD.c.subject_id == _O.id)
_ENDED = (_O.state == "cancelled") | (_O.state == "closed")

MODULE = Module(
    name="process",
    needs=("company", "party", "sales", "delivery"),
    commands=(
        Handled(commands.TakeStep, commands.take_step, rows=_STEP, undo="process.release_step"),
        Handled(commands.ReleaseStep, commands.release_step, rows=_STEP),
        Handled(commands.AssignStep, commands.assign_step, rows=_STEP),
        Handled(commands.SetPriority, commands.set_priority),
        Handled(commands.CloseFailure, commands.close_failure),
    ),
    queries=(
        queries.queue,
        queries.my_queue,
        queries.situations,
        queries.order_path,
        queries.step_counts,
        queries.timeline,
        queries.promises_today,
        queries.promises_open_today,
        queries.failures,
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    listeners=tuple(listener for flow in FLOWS for listener in listeners_of(flow)),
    events=(events.StepTaken,),
    flows=FLOWS,
    permissions=READS,
    grants={
        "sales": WORKS,
        "commercial": (*WORKS, "process.set_priority"),
        "relations": WORKS,
        "stock": WORKS,
        "finance": WORKS,
        "picking": WORKS,
        "shipping": WORKS,
        "delivery": WORKS,
        "analyst": LEADS,
        "accounting": ("process.read",),
        "marketing": ("process.read",),
        "legal": ("process.read",),
        "hr": ("process.read",),
        "it": READS,
    },
    proofs=(
        Proof(
            "process.ended_order_has_closed_case",
            select(_O.id, literal("closed").label("expected"), HEAD.c.state.label("found"))
            .select_from(_WITH_CASE)
            .where(_ENDED, HEAD.c.state == OPEN),
        ),
        Proof(
            "process.open_order_has_open_case",
            select(_O.id, literal("open").label("expected"), HEAD.c.state.label("found"))
            .select_from(_WITH_CASE)
            .where(~_ENDED, HEAD.c.state.is_distinct_from(OPEN)),
        ),
    ),
)
