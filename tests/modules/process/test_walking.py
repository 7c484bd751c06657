"""How cases walk: step by step, held, ended early, out of order, and never on two steps or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from retaguarda.app.headless import Office
from retaguarda.kernel.case import HEAD, STEP
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.statement import Statement
from retaguarda.modules.process.flows import ORDER, ORDER_BILLED_SHIPPED
from tests.helpers.company import MONDAY
from tests.helpers.tampering import without_triggers
from tests.modules.process.conftest import Work
from tests.modules.process.toy import Sayer

HEADS = Statement(select(HEAD))
STEPS = Statement(select(STEP).order_by(STEP.c.position, STEP.c.id))
NAMES = tuple(step.name for step in ORDER.steps)


@pytest.fixture
def sayer(office: Office) -> Iterator[Sayer]:
    found = Sayer(office)
    yield found
    found.close()


def case_of(office: Office, subject: str) -> tuple[Any, list[Any]]:
    """The case about a subject with its steps."""
    head = next(row for row in office.reads().all(HEADS) if row.subject_id == subject)
    return head, [row for row in office.reads().all(STEPS) if row.case_id == head.id]


def test_an_order_walks_to_its_end(work: Work) -> None:
    order = work.order()
    for step in NAMES:
        assert work.row(order).step == step
        work.step(step, order)
    head, steps = case_of(work.office, order)
    assert (head.state, head.outcome, head.title, head.off_script) == ("closed", "delivered", "1 · Maria Souza", False)
    assert [(s.name, s.state) for s in steps] == [(name, "done") for name in NAMES]
    assert [s.department for s in steps] == ["sales", "finance", "picking", "shipping", "shipping", "delivery"]
    assert work.office.check() == []


def test_an_order_placed_at_once_waits_for_finance(work: Work) -> None:
    lines = [{"product_id": work.product, "quantity": "1"}]
    order = work.office.do("sales.place_order", customer_id=work.customer, lines=lines).value["id"]
    assert work.row(order).step == "invoice"
    assert [s.name for s in case_of(work.office, order)[1]] == ["check", "invoice"]


def test_confirming_costs_two_writes_and_no_read(work: Work) -> None:
    statements = work.office.bus.statements
    first, second = work.order(), work.order()
    work.step("check", first)
    statements.tape = []
    before = statements.count
    work.step("check", second)
    written = [sql.split()[:3] for sql, _ in statements.tape]
    statements.tape = None
    about_cases = [words for words in written if "case_step" in words or "case_head" in words]
    assert about_cases == [["UPDATE", "case_step", "SET"], ["INSERT", "INTO", "case_step"]]
    assert statements.count - before <= 14


def test_a_limit_counts_working_hours(work: Work) -> None:
    # Eight hours from nine o'clock, an hour of lunch between them: six in the evening.
    assert work.row(work.order()).due_at == MONDAY + dt.timedelta(hours=9)


def test_hours_that_change_hold_for_steps_opened_a_minute_later(work: Work) -> None:
    before = work.row(work.order()).due_at
    branch = work.office.show("company.branches").rows[0]
    week = dict.fromkeys(("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "")
    work.office.do("company.revise_branch", branch_id=branch.id, name=branch.name, monday="10-11", **week)
    assert work.row(work.order()).due_at == before
    work.pass_time(minutes=2)
    # One hour every Monday: the eighth of them ends the limit.
    due_at = work.row(work.order()).due_at
    assert due_at == MONDAY + dt.timedelta(days=49, hours=2)


def test_no_clock_runs_while_an_order_is_held(work: Work) -> None:
    order = work.order("check", promised_on="2026-12-04")
    work.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    held = work.row(order)
    assert (held.due_at, held.state, held.why, held.next_command) == (None, "held", "held", "sales.resume_order")
    work.pass_time(hours=1)
    work.office.do("sales.resume_order", order_id=order)
    assert work.row(order).due_at is not None
    work.step("invoice", order)


@pytest.mark.parametrize(("until", "command", "outcome"), [("check", "sales.cancel_order", "cancelled"),
                                                          ("", "sales.decline_quotation", "declined")])  # fmt: skip
def test_what_ends_early_closes_its_case(work: Work, until: str, command: str, outcome: str) -> None:
    order = work.order(until)
    work.office.do((command, {"order_id": order, "reason": "desistiu"}))
    head, steps = case_of(work.office, order)
    assert (head.state, head.outcome) == ("closed", outcome)
    assert steps[-1].state == "skipped"
    assert work.office.one("process.situations", order).situation == outcome
    assert work.office.check() == []


def test_events_out_of_order_are_flagged_and_kept(office: Office, sayer: Sayer) -> None:
    subject = new_id()
    sayer(subject, "quoted", "check")
    sayer(subject, "pick")
    head, steps = case_of(office, subject)
    assert head.off_script
    assert [(s.name, s.state) for s in steps] == [("check", "done"), ("invoice", "open"), ("pick", "done")]
    sayer(subject, "invoice", "pack", "ship", "deliver")
    head, steps = case_of(office, subject)
    assert (head.state, head.outcome) == ("closed", "delivered")
    assert len(steps) == len(NAMES)
    assert office.show("process.queue").rows == ()


def test_a_subject_without_a_case_is_left_alone(office: Office, sayer: Sayer) -> None:
    sayer(new_id(), "check", "cancelled", "closed")
    assert office.reads().all(HEADS) == []


def expected(events: list[str], names: Sequence[str]) -> tuple[str | None, bool, set[str]]:
    """The open step, whether the case is off script, the steps done, after these events: the rule said once more."""
    done: set[str] = set()
    closed = off_script = False
    for event in events:
        open_step = next((name for name in names if name not in done), None)
        if closed:
            off_script |= event != "closed"
        elif event in ("cancelled", "declined"):
            closed = True
        elif event == "closed":
            closed = off_script = True
        elif event in names:
            off_script |= event != open_step
            done.add(event)
            closed = done == set(names)
    left = None if closed else next(name for name in names if name not in done)
    return left, off_script, done


EVENTS = st.lists(
    st.sampled_from((*NAMES, *NAMES, "held", "resumed", "cancelled", "declined", "closed")), min_size=1, max_size=9
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, cut=st.integers(0, 9), shipped=st.booleans())
def test_any_order_of_events_leaves_one_open_step_or_a_closed_case(
    office: Office, sayer: Sayer, events: list[str], cut: int, shipped: bool
) -> None:
    subject, flow = new_id(), ORDER_BILLED_SHIPPED if shipped else ORDER
    sayer(subject, "quoted_shipped" if shipped else "quoted", *events[:cut])
    if events[cut:]:
        sayer(subject, *events[cut:])
    head, steps = case_of(office, subject)
    left, off_script, done = expected(events, [step.name for step in flow.steps])
    assert head.flow == flow.name
    assert [s.name for s in steps if s.state == "open"] == ([left] if left else [])
    assert (head.state == "closed") == (left is None)
    assert bool(head.off_script) == off_script
    assert sorted(s.name for s in steps if s.state == "done") == sorted(done)
    assert [f for f in office.check() if f.proof.startswith("kernel.")] == []


@pytest.mark.parametrize("one_command", [False, True])
def test_a_step_that_lasts_is_not_asked_for_again(office: Office, sayer: Sayer, one_command: bool) -> None:
    """The invoice of goods that came back stands: the way goes on past it, and the limits of the rest leave it out."""
    subject = new_id()
    said = ("quoted_shipped", "check", "pick", "pack", "ship", "invoice", "returned", "pick", "pack", "ship")
    for events in (said,) if one_command else [(one,) for one in said]:
        sayer(subject, *events)
    head, steps = case_of(office, subject)
    assert not head.off_script
    states = [(s.name, s.state) for s in steps if s.state in ("open", "done")]
    assert states == [(name, "done") for name in ("check", "pick", "pack", "ship", "invoice")] + [("deliver", "open")]
    assert [s.name for s in steps if s.state == "undone"] == ["pick", "pack", "ship"]
    sayer(subject, "deliver")
    assert case_of(office, subject)[0].outcome == "delivered"


@pytest.mark.parametrize(
    ("state", "proof"),
    [("closed", "process.open_order_has_open_case"), ("open", "process.ended_order_has_closed_case")],
)
def test_check_names_an_order_whose_case_says_otherwise(work: Work, state: str, proof: str) -> None:
    order = work.order("check")
    if state == "open":
        work.office.do("sales.cancel_order", order_id=order, reason="x")
    head, _ = case_of(work.office, order)
    with without_triggers(work.office) as connection:
        connection.execute(update(HEAD).where(HEAD.c.id == head.id).values(state=state))
    assert (proof, order) in [(f.proof, f.id) for f in work.office.check()]
