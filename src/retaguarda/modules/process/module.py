"""The process: flows as data, the listeners that walk their cases, queues, paths and what failed."""

from __future__ import annotations

from retaguarda.kernel.module import Handled, Module
from retaguarda.modules.process import commands, events, queries
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.process.listeners import listeners_of

WORKS = ("process.read", "process.read_failures", "process.take_step")

MODULE = Module(
    name="process",
    needs=("company", "party", "sales", "delivery"),
    commands=(Handled(commands.TakeStep, commands.take_step, rows=("process.queue", "id")),),
    queries=(
        queries.queue,
        queries.my_queue,
        queries.situations,
        queries.order_path,
        queries.timeline,
        queries.promises_today,
        queries.promises_open_today,
        queries.failures,
    ),
    listeners=tuple(listener for flow in FLOWS for listener in listeners_of(flow)),
    events=(events.StepTaken,),
    flows=FLOWS,
    permissions=("process.read", "process.read_failures"),
    grants={
        "sales": WORKS,
        "commercial": WORKS,
        "relations": WORKS,
        "stock": WORKS,
        "finance": WORKS,
        "picking": WORKS,
        "shipping": WORKS,
        "delivery": WORKS,
        "analyst": WORKS,
        "accounting": ("process.read",),
        "marketing": ("process.read",),
        "legal": ("process.read",),
        "hr": ("process.read",),
        "it": ("process.read", "process.read_failures"),
    },
)
