"""Flows as data: every step has an owner, a purpose, a way on that exists, and failures that some module declares."""

from __future__ import annotations

import pytest

from retaguarda.app.compose import registry
from retaguarda.kernel.module import event_name
from retaguarda.kernel.text import Texts
from retaguarda.modules.company import rules as company
from retaguarda.modules.process.flows import FLOWS, TOLD, Flow

FLOW = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


@FLOW
def test_every_step_has_an_owner_a_limit_and_a_command(flow: Flow) -> None:
    for step in flow.steps:
        assert step.department in company.DEPARTMENTS
        assert step.limit.total_seconds() > 0
        assert step.command in registry().commands
    assert len({step.name for step in flow.steps}) == len(flow.steps)


@FLOW
@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_every_step_says_why_it_is_there_what_it_needs_and_gives(flow: Flow, language: str) -> None:
    texts = Texts(language, strict=True)
    for step in flow.steps:
        name = f"process.step.{flow.name}.{step.name}"
        said = [texts.say(name), *(texts.say(f"{name}.{told}") for told in TOLD)]
        assert all(said)
        assert len(set(said)) == len(said)
        for code in step.failures:
            assert texts.entry(code) is not None, code


@FLOW
def test_every_event_is_said_by_some_module(flow: Flow) -> None:
    known = {event_name(event) for module in registry().modules for event in module.events}
    assert set(flow.events()) <= known


@FLOW
def test_every_failure_is_declared(flow: Flow) -> None:
    declared = {code for module in registry().modules for code in module.failures}
    assert {code for step in flow.steps for code in step.failures} <= declared


@FLOW
def test_every_event_moves_exactly_one_thing(flow: Flow) -> None:
    ends = [step.ends_by for step in flow.steps]
    rest = [flow.opens_by, flow.held_by, flow.resumed_by, flow.closed_by, *flow.ends, *flow.returns]
    assert len({*ends, *rest}) == len(ends) + len(rest)
    assert [flow.ended_by(event) for event in ends] == list(flow.steps)
    assert all(flow.ended_by(event) is None for event in rest)


@FLOW
def test_the_next_step_is_the_first_that_is_not_done(flow: Flow) -> None:
    names = [step.name for step in flow.steps]
    for place, name in enumerate(names):
        assert flow.position(name) == place + 1
        assert flow.step(name).name == name
        assert flow.next_after(names[:place]) == flow.step(name)
    assert flow.next_after(names) is None
    assert flow.next_after(names[1:]) == flow.steps[0]
