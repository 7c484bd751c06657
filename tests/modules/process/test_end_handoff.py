"""Saying that what was accepted is done."""

from __future__ import annotations

from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, queue_of, row, sent


def test_it_leaves_the_queue(work: Work) -> None:
    _, handoff = sent(work)
    does(work, "stock", "accept", handoff)
    does(work, "stock", "end", handoff, note="na doca")
    found = row(work, handoff)
    assert (found.state, found.waits_for, found.allowed, queue_of(work, "stock")) == ("ended", None, (), [])
    assert work.office.check() == []


def test_before_it_is_accepted_and_by_others(work: Work) -> None:
    _, handoff = sent(work)
    with acting(work.office, "stock"), refused(work.office, "process.end_handoff.not_accepted"):
        work.office.do("process.end_handoff", handoff_id=handoff)
    does(work, "stock", "accept", handoff)
    with acting(work.office, "sales"), refused(work.office, "process.end_handoff.not_yours"):
        work.office.do("process.end_handoff", handoff_id=handoff)
