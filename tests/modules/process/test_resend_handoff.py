"""Sending again what was refused."""

from __future__ import annotations

import datetime as dt

from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, row, sent


def test_a_day_that_passed_meanwhile_becomes_today_and_another_day_can_be_named(work: Work) -> None:
    _, handoff = sent(work)
    does(work, "stock", "refuse", handoff, reason="hoje não")
    work.pass_time(days=1)
    does(work, "sales", "resend", handoff, note="hoje então")
    assert (row(work, handoff).due_on, row(work, handoff).state) == (dt.date(2026, 11, 24), "sent")
    does(work, "stock", "refuse", handoff, reason="hoje não")
    does(work, "sales", "resend", handoff, note="quinta", due_on="2026-11-26")
    assert row(work, handoff).due_on == dt.date(2026, 11, 26)


def test_what_was_not_refused_a_day_that_passed_and_who_did_not_send_it(work: Work) -> None:
    _, handoff = sent(work)
    with acting(work.office, "sales"), refused(work.office, "process.resend_handoff.not_refused"):
        work.office.do("process.resend_handoff", handoff_id=handoff, note="x")
    does(work, "stock", "refuse", handoff, reason="não")
    with acting(work.office, "stock"), refused(work.office, "process.resend_handoff.not_yours"):
        work.office.do("process.resend_handoff", handoff_id=handoff, note="x")
    with acting(work.office, "sales"), refused(work.office, "process.send_handoff.day_passed"):
        work.office.do("process.resend_handoff", handoff_id=handoff, note="x", due_on="2026-11-20")
