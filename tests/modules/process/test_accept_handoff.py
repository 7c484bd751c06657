"""Accepting: the receiving department has until the day that was asked for."""

from __future__ import annotations

import datetime as dt

from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, queue_of, row, sent, thread


def test_it_becomes_work_until_the_day_asked_for(work: Work) -> None:
    _, handoff = sent(work, due_on="2026-11-25")
    done = does(work, "stock", "accept", handoff, note="amanhã cedo")
    assert (done.rows[0].state, row(work, handoff).due_at) == ("accepted", dt.datetime(2026, 11, 25, 21, tzinfo=dt.UTC))
    assert queue_of(work, "stock") == [(handoff, "fulfil")]
    assert thread(work, handoff)[-1] == ("accepted", "amanhã cedo")
    assert work.office.check() == []


def test_twice_and_by_others(work: Work) -> None:
    _, handoff = sent(work)
    for role in ("sales", "finance"):
        with acting(work.office, role), refused(work.office, "process.accept_handoff.not_yours"):
            work.office.do("process.accept_handoff", handoff_id=handoff)
    does(work, "stock", "accept", handoff)
    with acting(work.office, "stock"), refused(work.office, "process.accept_handoff.not_sent"):
        work.office.do("process.accept_handoff", handoff_id=handoff)


def test_another_version(work: Work) -> None:
    _, handoff = sent(work)
    with refused(work.office, "kernel.stale"):
        work.office.do("process.accept_handoff", handoff_id=handoff, version=9)


def test_the_department_of_a_place_counts_as_a_role_does(work: Work) -> None:
    _, handoff = sent(work)
    work.office.do("company.add_person", login="caio", name="Caio", roles=["shipping"], department="stock")
    with acting(work.office, "caio"):
        work.office.do("process.accept_handoff", handoff_id=handoff)
    assert row(work, handoff).state == "accepted"
