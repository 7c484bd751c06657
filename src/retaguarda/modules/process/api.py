"""The public door of the process: what higher modules show of a case."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case

from retaguarda.kernel.case import HEAD, STEP
from retaguarda.modules.process.flows import FLOWS, HANDOFF, HANDOFF_STEPS
from retaguarda.modules.sales import api as sales

HELD = sales.sales_order.c.state == "held"


def next_command() -> ColumnElement[str]:
    """The command that ends the open step of a case; a held order has to be resumed first."""
    steps = [(and_(HEAD.c.flow == f.name, STEP.c.name == s.name), s.command) for f in FLOWS for s in f.steps]
    handed = [(and_(HEAD.c.flow == HANDOFF, STEP.c.name == n), c) for n, (_, c) in HANDOFF_STEPS.items()]
    return case(*handed, (HELD, "sales.resume_order"), *steps, else_="")
