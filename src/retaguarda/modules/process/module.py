"""The process: flows as data, the listeners that walk their cases, queues, paths and what failed."""

from __future__ import annotations

from sqlalchemy import case, func, literal, select

from retaguarda.kernel.case import HEAD, OPEN, STEP, with_case
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import Handled, Listener, Module, Proof
from retaguarda.modules.process import commands, events, queries, rules, screens
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.process.listeners import listeners_of, undo_import
from retaguarda.modules.process.model import (
    Handoff,
    HandoffEntry,
    PastCase,
    PastItem,
    PastPayment,
    PastReview,
    PastTime,
)
from retaguarda.modules.sales import api as sales

READS = ("process.read", "process.read_failures")
READS_PAST = "process.read_past"
HANDS_OVER = tuple(
    f"process.{verb}_handoff" for verb in ("accept", "end", "refuse", "resend", "say_in", "send", "withdraw")
)
WORKS = (
    *READS,
    "process.take_step",
    "process.release_step",
    "process.snooze_step",
    "process.wake_step",
    *HANDS_OVER,
)
LEADS = (*WORKS, "process.assign_step", "process.set_priority", "process.close_failure")
_STEP = ("process.queue", "id")
_HANDOFF = ("process.handoffs", "id")
_O = sales.sales_order.c
_WITH_CASE = sales.sales_order.outerjoin(HEAD, HEAD.c.subject_id == _O.id)
_H, _E = table_of(Handoff).c, table_of(HandoffEntry).c
_STANDS = case(
    (_H.state == rules.SENT, literal("answer ").op("||")(_H.to_department)),
    (_H.state == rules.REFUSED, literal("mend ").op("||")(_H.from_department)),
    (_H.state == rules.ACCEPTED, literal("fulfil ").op("||")(_H.to_department)),
    else_=literal("closed"),
)
_FOUND = func.coalesce(STEP.c.name.op("||")(literal(" ")).op("||")(STEP.c.department), HEAD.c.state)
_LAST = (
    select(case((_E.kind == "resent", rules.SENT), else_=_E.kind))
    .where(_E.handoff_id == _H.id, _E.kind != rules.SAID)
    .order_by(_E.seq.desc())
    .limit(1)
    .correlate(table_of(Handoff))
    .scalar_subquery()
)
_REFUSALS = (
    select(func.count())
    .where(_E.handoff_id == _H.id, _E.kind == rules.REFUSED)
    .correlate(table_of(Handoff))
    .scalar_subquery()
)
_ENDED = (_O.state == "cancelled") | (_O.state == "closed")

MODULE = Module(
    name="process",
    needs=("company", "imports", "party", "sales", "delivery"),
    models=(Handoff, HandoffEntry, PastCase, PastItem, PastPayment, PastReview, PastTime),
    commands=(
        Handled(commands.SendHandoff, commands.send_handoff, rows=_HANDOFF, undo="process.withdraw_handoff"),
        Handled(commands.AcceptHandoff, commands.accept_handoff, rows=_HANDOFF),
        Handled(commands.RefuseHandoff, commands.refuse_handoff, rows=_HANDOFF),
        Handled(commands.ResendHandoff, commands.resend_handoff, rows=_HANDOFF),
        Handled(commands.EndHandoff, commands.end_handoff, rows=_HANDOFF),
        Handled(commands.WithdrawHandoff, commands.withdraw_handoff, rows=_HANDOFF),
        Handled(commands.SayInHandoff, commands.say_in_handoff),
        Handled(commands.TakeStep, commands.take_step, rows=_STEP, undo="process.release_step"),
        Handled(commands.ReleaseStep, commands.release_step, rows=_STEP),
        Handled(commands.AssignStep, commands.assign_step, rows=_STEP),
        Handled(commands.SnoozeStep, commands.snooze_step, rows=_STEP, undo="process.wake_step"),
        Handled(commands.WakeStep, commands.wake_step, rows=_STEP),
        Handled(commands.SetPriority, commands.set_priority),
        Handled(commands.CloseFailure, commands.close_failure),
        Handled(commands.RecordPastCase, commands.record_past_case, rows=("process.past_orders", "id")),
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
        queries.lights,
        queries.step_times,
        queries.paths_taken,
        queries.deviations,
        queries.handoffs,
        queries.handoff_thread,
        queries.past_orders,
        queries.past_totals,
        queries.past_steps,
        queries.past_scores,
        queries.past_prices,
        queries.past_items,
        queries.past_payments,
        queries.past_reviews,
        queries.past_timeline,
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    listeners=(*listeners_of(FLOWS), Listener("imports.BatchUndone", "process.undo_import", undo_import)),
    events=(events.StepTaken,),
    flows=FLOWS,
    failures=("process.refuse_handoff.twice",),
    permissions=(*READS, READS_PAST),
    grants={
        "sales": WORKS,
        "commercial": (*WORKS, "process.set_priority"),
        "relations": WORKS,
        "stock": WORKS,
        "finance": WORKS,
        "picking": WORKS,
        "shipping": WORKS,
        "delivery": WORKS,
        "analyst": (*LEADS, READS_PAST, "process.record_past_case"),
        "accounting": ("process.read",),
        "marketing": ("process.read",),
        "legal": ("process.read",),
        "hr": ("process.read",),
        "it": READS,
    },
    guards={"uq_past_case_source_outside_key": "process.record_past_case.known"},
    proofs=(
        Proof(
            "process.handoff_stands_in_its_step",
            select(_H.id, _STANDS.label("expected"), _FOUND.label("found"))
            .select_from(with_case(table_of(Handoff), _H.id))
            .where(_STANDS.is_distinct_from(_FOUND)),
        ),
        Proof(
            "process.handoff_equals_thread",
            select(_H.id, _LAST.label("expected"), _H.state.label("found")).where(_LAST.is_distinct_from(_H.state)),
        ),
        Proof(
            "process.refusals_equal_thread",
            select(_H.id, _REFUSALS.label("expected"), _H.refusals.label("found")).where(_H.refusals != _REFUSALS),
        ),
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
